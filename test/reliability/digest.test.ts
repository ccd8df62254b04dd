import { drawnDigest } from './digest';
import { expectHeld, foundOut, interceptedSuite } from './seeds';

interceptedSuite();

test('of 200 drawn trials, each outcome that people have to know is told as its report has it, once if its sender could note that, or lies in the queue', async () => {
  await expectHeld(200, (seed) => drawnDigest(seed));
});

test('a function without a queue for what it could not tell is found out: an outcome is lost', async () => {
  expect(await foundOut(200, (seed) => drawnDigest(seed, { hasQueue: false }))).toEqual(['event is lost']);
});

test('a rule that does not know where reports lie is found out: what somebody made up is told', async () => {
  const found = await foundOut(200, (seed) => drawnDigest(seed, { isBelieving: true }));
  expect(found).toContain('a message tells what no report does');
});

test('a store that ignores conditions is found out: two send the same message at once', async () => {
  expect(await foundOut(200, (seed) => drawnDigest(seed, { keepsConditions: false }))).toEqual([
    'a message is sent again',
  ]);
});
