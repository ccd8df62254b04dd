import { GATE_ENV } from '../../lib/retraining/contract';
import { COOL_DOWN } from './gate';
import { interceptedSuite } from './seeds';

/** Lets the gate's calls wait for the whole of a suite, and gives it the settings of one trigger. */
export function gateSuite(): void {
  interceptedSuite();
  beforeAll(() => {
    process.env[GATE_ENV.tableName] = 'gate';
    process.env[GATE_ENV.pipelineName] = 'retrain';
    process.env[GATE_ENV.settings] = JSON.stringify({
      triggerId: 'Stack/Retraining',
      cooldownSeconds: COOL_DOWN,
      parameters: {},
    });
  });
  afterAll(() => {
    for (const name of Object.values(GATE_ENV)) delete process.env[name];
  });
}
