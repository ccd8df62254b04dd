import { ExtractScenery, extractBaseline } from './extracts';
import { expectHeld, interceptedSuite } from './seeds';

// Executions of several monitors that read the same captured data at once, and leave extracts for each other; drawn by seeds.

const calls = interceptedSuite();
let scenery: ExtractScenery;

beforeAll(async () => {
  scenery = await ExtractScenery.make(calls, extractBaseline());
});

test('of 50 drawn trials, each extract is what its objects come to, each report has its records once, and a repetition completes what failed', async () => {
  await expectHeld(50, (seed) => scenery.trial(seed));
});

test('a trial comes to the same steps each time that it is drawn', async () => {
  for (const seed of [3, 5]) expect((await scenery.trial(seed)).steps).toEqual((await scenery.trial(seed)).steps);
});
