import { drawnDigest, everyDigestOfTwo } from './digest';
import { expectAll, expectHeld, interceptedSuite } from './seeds';

interceptedSuite();

test('of two deliveries of an event that take turns, with one fault at any call, it is told, and once if its sender could note that', async () => {
  const count = await everyDigestOfTwo(expectAll);
  process.stdout.write(`${count} trials of two deliveries\n`);
  expect(count).toBeGreaterThan(50);
});

test('of 10,000 drawn trials, each outcome that people have to know is told, once if its sender could note that, or lies in the queue', async () => {
  await expectHeld(10_000, (seed) => drawnDigest(seed));
}, 1_200_000);
