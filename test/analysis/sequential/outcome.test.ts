import { findingOf, testOutcome } from '../../../lib/analysis/sequential/outcome';

const interval = (low: number, high: number) => ({ value: (low + high) / 2, low, high });
const accuracy = (low: number, high: number) =>
  ({ better: 'higher', leastEffect: 0.1, difference: interval(low, high) }) as const;
const latency = (low: number, high: number) => ({ ...accuracy(low, high), better: 'lower' }) as const;
const same = (low: number, high: number) => ({ ...accuracy(low, high), better: 'same' }) as const;

test.each([
  ['Better', accuracy(0.01, 0.2)],
  ['Better', latency(-0.2, -0.01)],
  ['Worse', accuracy(-0.2, -0.01)],
  ['Worse', latency(0.01, 0.2)],
  ['NoDifference', accuracy(-0.05, 0.05)],
  ['NoDifference', accuracy(0.01, 0.09)],
  ['NoDifference', latency(0.01, 0.09)],
  ['NotWorse', accuracy(-0.09, 0.2)],
  ['NotWorse', accuracy(0, 0.1)],
  ['NotWorse', latency(-0.2, 0.09)],
  ['Unknown', accuracy(-0.1, 0.2)],
  ['Unknown', accuracy(-0.1, 0.05)],
  ['Unknown', accuracy(-0.2, 0)],
  ['Unknown', latency(-0.09, 0.2)],
  ['Unknown', { better: 'higher', leastEffect: 0.1 } as const],
  ['Unknown', { better: 'same', leastEffect: 0.1 } as const],
  ['NoDifference', same(-0.09, 0.09)],
  ['NoDifference', same(0.01, 0.09)],
  ['Unknown', same(-0.1, 0.05)],
  ['Unknown', same(-0.05, 0.1)],
  ['Unknown', same(0.1, 0.2)],
  ['Unknown', same(-0.2, -0.1)],
  ['Worse', same(0.11, 0.2)],
  ['Worse', same(-0.2, -0.11)],
])('is %s where the interval of a metric says so', (finding, metric) => {
  expect(findingOf(metric)).toBe(finding);
});

const BETTER = accuracy(0.01, 0.2);
const WORSE = accuracy(-0.2, -0.01);
const EQUAL = accuracy(-0.05, 0.05);
const NOT_WORSE = accuracy(-0.05, 0.2);
const UNKNOWN = accuracy(-0.5, 0.5);
const TIME = { elapsed: 24, least: 24, largest: 48 };

test.each([
  ['Better', [BETTER, EQUAL, NOT_WORSE]],
  ['Worse', [BETTER, WORSE, UNKNOWN]],
  ['NoDifference', [EQUAL, EQUAL]],
  [undefined, [BETTER, UNKNOWN]],
  [undefined, [EQUAL, NOT_WORSE]],
  [undefined, [UNKNOWN]],
] as const)('comes to %s by all of its metrics, once it has gone on for long enough', (outcome, metrics) => {
  expect(testOutcome(metrics, TIME)).toBe(outcome);
});

test('before its least time comes to nothing but that a candidate is worse', () => {
  const early = { ...TIME, elapsed: 23 };
  expect(testOutcome([BETTER], early)).toBeUndefined();
  expect(testOutcome([EQUAL], early)).toBeUndefined();
  expect(testOutcome([WORSE], early)).toBe('Worse');
});

test('is undecided at the end of its largest time, where nothing else is known then', () => {
  expect(testOutcome([NOT_WORSE], { ...TIME, elapsed: 47 })).toBeUndefined();
  expect(testOutcome([NOT_WORSE], { ...TIME, elapsed: 48 })).toBe('Undecided');
  expect(testOutcome([BETTER], { ...TIME, elapsed: 48 })).toBe('Better');
});
