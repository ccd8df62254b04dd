import { drawnGate } from './gate';
import { gateSuite } from './gate-suite';
import { expectHeld } from './seeds';

gateSuite();

test('of 1,000 drawn trials, violations start one training within the cool-down, or lie in the queue', async () => {
  await expectHeld(1000, drawnGate);
});
