import { ExplainedScenery } from './explained';
import { explainedSuite } from './explained-suite';
import { expectHeld } from './seeds';

// Executions of one window whose rows a model is asked about; drawn by seeds.

const calls = explainedSuite();
let scenery: ExplainedScenery;

beforeAll(async () => {
  scenery = await ExplainedScenery.make(calls);
});

test('of 50 drawn trials, attributions are those of the rows, told alike at least once, and no row is left of what a model was asked about', async () => {
  await expectHeld(50, (seed) => scenery.trial(seed));
});
