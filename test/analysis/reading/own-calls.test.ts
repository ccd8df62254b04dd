import { OwnCallLog } from '../../../lib/analysis/reading/own-calls';

// What became of calls of this library that were captured, in several parts.

const logOf = (...calls: Parameters<OwnCallLog['add']>[0][]) => {
  const log = new OwnCallLog();
  for (const each of calls) log.add(each);
  return log;
};

test('where there are none, nothing is said', () => {
  const log = logOf(undefined);
  expect(log.calls).toBeUndefined();
  expect(log.counts).toEqual({});
});

test('of those that are left out each is counted once, and what was left out beside it as repeated', () => {
  const once = logOf({ leftOut: { run: [1, 2] }, strange: 0 }, undefined);
  expect(once.calls).toEqual({ leftOut: { run: [1, 2] }, strange: 0 });
  expect(once.counts).toEqual({ ownCalls: 2 });
  const twice = logOf({ leftOut: { run: [1, 2], other: [1] }, strange: 0 }, { leftOut: { run: [2, 3] }, strange: 0 });
  expect(twice.calls).toEqual({ leftOut: { run: [1, 2, 2, 3], other: [1] }, strange: 0 });
  expect(twice.counts).toEqual({ ownCalls: 4, repeatedOwnCalls: 1 });
});

test('strange ones are added up', () => {
  const log = logOf({ leftOut: {}, strange: 2 }, { leftOut: {}, strange: 3 });
  expect(log.calls).toEqual({ leftOut: {}, strange: 5 });
  expect(log.counts).toEqual({ strangeCalls: 5 });
});
