import { ExtractScenery, extractBaseline } from './extracts';
import { expectHeld, interceptedSuite } from './seeds';

const calls = interceptedSuite();

test('of 2,000 drawn trials, each extract is what its objects come to, and each report has its records once', async () => {
  const scenery = await ExtractScenery.make(calls, extractBaseline());
  await expectHeld(2000, (seed) => scenery.trial(seed));
}, 1_200_000);
