import { drawnRollout } from './rollout';
import { expectHeld, interceptedSuite } from './seeds';

interceptedSuite();

test('of 10,000 drawn trials, each request about an update is answered as its endpoint is, and what stays is told by what it was asked while it baked', async () => {
  await expectHeld(10_000, drawnRollout);
}, 1_200_000);
