import { Scenery } from './scenes';
import { expectAll, expectHeld, interceptedSuite } from './seeds';
import { drawnTrial, everyTrialOfTwo } from './trial';

const SEEDS = 10_000;
const calls = interceptedSuite();
let scenery: Scenery;

beforeAll(async () => {
  scenery = await Scenery.make(calls);
});

test('of two executions that take turns, with one fault at any call, the window is decided once and told alike at least once', async () => {
  const count = await everyTrialOfTwo(scenery, expectAll);
  process.stdout.write(`${count} trials of two executions\n`);
  expect(count).toBeGreaterThan(10_000);
}, 1_200_000);

test(`of ${SEEDS} drawn trials, each window is decided once, told alike at least once, and counted once`, async () => {
  await expectHeld(SEEDS, (seed) => drawnTrial(scenery, seed));
}, 1_200_000);
