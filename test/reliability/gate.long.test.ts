import { drawnGate, everyGateOfTwo, PAIRS } from './gate';
import { gateSuite } from './gate-suite';
import { expectAll, expectHeld } from './seeds';

gateSuite();

test.each(PAIRS)(
  'of two %s that take turns, with one fault at any call, no training is lost or started twice',
  async (pair) => {
    const count = await everyGateOfTwo(pair, expectAll);
    process.stdout.write(`${count} trials of two ${pair}\n`);
    expect(count).toBeGreaterThan(1000);
  },
  1_200_000,
);

test('of 10,000 drawn trials, violations start one training within the cool-down, or lie in the queue', async () => {
  await expectHeld(10_000, drawnGate);
}, 1_200_000);
