import { drawnDigest } from './digest';
import { expectHeld, foundOut, interceptedSuite } from './seeds';

interceptedSuite();

test('of 200 drawn trials, each outcome that people have to know is told alike at least once, or lies in the queue', async () => {
  await expectHeld(200, drawnDigest);
});

test('a function without a queue for what it could not tell is found out: an outcome is lost', async () => {
  expect(await foundOut(200, (seed) => drawnDigest(seed, false))).toEqual(['event is lost']);
});
