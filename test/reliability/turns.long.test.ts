import { expectHeld, interceptedSuite } from './seeds';
import { drawnTurns } from './turns';

interceptedSuite();

test('of 10,000 drawn trials, engines have their turns in the order of deployments, whatever is delivered again', async () => {
  await expectHeld(10_000, drawnTurns);
}, 1_200_000);
