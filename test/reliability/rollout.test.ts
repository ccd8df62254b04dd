import { drawnRollout, everyRolloutOfTwo } from './rollout';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

// The guard of rollouts, of whose requests some are delivered several times; drawn by seeds, and all of two deliveries with one fault.

interceptedSuite();

test('of 200 drawn trials, each request about an update is answered as its endpoint is, and what stays is told by what it was asked while it baked', async () => {
  await expectHeld(200, drawnRollout);
});

test('of two deliveries that take turns, with one fault at any call, an update that nobody saw is told, and answered as it is', async () => {
  const count = await everyRolloutOfTwo(expectAll);
  process.stdout.write(`${count} trials of two deliveries\n`);
  expect(count).toBeGreaterThan(1000);
});
