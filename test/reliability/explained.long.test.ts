import { ExplainedScenery } from './explained';
import { explainedSuite } from './explained-suite';
import { expectHeld } from './seeds';

const calls = explainedSuite();

test('of 2,000 drawn trials, attributions are those of the rows, told alike at least once, and no row is left of what a model was asked about', async () => {
  const scenery = await ExplainedScenery.make(calls);
  await expectHeld(2000, (seed) => scenery.trial(seed));
}, 1_200_000);
