import { GATE_ENV } from '../../lib/retraining/contract';
import { drawnGate } from './gate';
import { expectHeld, interceptedSuite } from './seeds';

interceptedSuite();

beforeAll(() => {
  process.env[GATE_ENV.tableName] = 'gate';
  process.env[GATE_ENV.pipelineName] = 'retrain';
  process.env[GATE_ENV.settings] = JSON.stringify({
    triggerId: 'Stack/Retraining',
    cooldownSeconds: 86_400,
    parameters: {},
  });
});
afterAll(() => {
  for (const name of Object.values(GATE_ENV)) delete process.env[name];
});

test('of 2,000 drawn trials, violations start one training within the cool-down, or lie in the queue', async () => {
  await expectHeld(2000, drawnGate);
});
