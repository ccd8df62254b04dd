import { ExplainedScenery } from './explained';
import { explainedSuite } from './explained-suite';
import { expectAll, expectHeld } from './seeds';

const calls = explainedSuite();

test('of 2,000 drawn trials, attributions are those of the rows, told alike at least once, and no row is left of what a model was asked about', async () => {
  const scenery = await ExplainedScenery.make(calls);
  await expectHeld(2000, (seed) => scenery.trial(seed));
}, 1_200_000);

test('of two executions that read the rows and ask the model in turns, with one fault at any call, attributions are those of the rows, and no row is left', async () => {
  const scenery = await ExplainedScenery.make(calls);
  const count = await scenery.everyTrialOfTwo(expectAll);
  process.stdout.write(`${count} trials of two executions\n`);
  expect(count).toBeGreaterThan(1000);
}, 1_200_000);
