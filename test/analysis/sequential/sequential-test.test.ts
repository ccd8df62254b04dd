import {
  afterWindow,
  GROUPS,
  GroupedWindow,
  type MetricEvidence,
  type MetricSettings,
  type TestSettings,
  type TestState,
  type TimedPair,
} from '../../../lib/analysis/sequential';
import { findingOf } from '../../../lib/analysis/sequential/outcome';
import { NO_MINUTES, timedInterval, withMinutes } from '../../../lib/analysis/sequential/timed-difference';
import { random } from '../data-quality/detectors/traffic';

const SHARES: MetricSettings = { metric: 'it', by: 'shares', better: 'higher', leastEffect: 0.05 };
const MEANS: MetricSettings = { ...SHARES, by: 'means' };
const COUNTS: MetricSettings = { ...SHARES, by: 'counts', better: 'lower' };
const MINUTES: MetricSettings = { ...COUNTS, by: 'minutes' };

const settingsOf = (...metrics: MetricSettings[]): TestSettings => ({ metrics, level: 0.05, least: 1, largest: 100 });

/** What is known after windows of one metric. */
function after(metric: MetricSettings, ...windows: readonly MetricEvidence[]) {
  const settings = { ...settingsOf(metric), least: 50 };
  let state: TestState | undefined;
  for (const [index, it] of windows.entries())
    state = afterWindow(settings, { elapsed: index + 1, evidence: { it } }, state);
  const [{ difference }] = state?.metrics ?? [];
  const finding = findingOf({ ...metric, difference });
  return { state, finding, difference, width: difference ? difference.high - difference.low : Number.NaN };
}

/** As many rows of each side, whose groups go round, with the values that a function gives by number. */
function rowsOf(reference: number, candidate: number, value: (row: number, isCandidate: boolean) => number) {
  const rows = new GroupedWindow();
  for (let row = 0; row < reference; row += 1) rows.reference.add(row % GROUPS, value(row, false));
  for (let row = 0; row < candidate; row += 1) rows.candidate.add(row % GROUPS, value(row, true));
  return { rows };
}

/** Right in so many of ten, by chance. */
function drawn(rightOfTen: number, seed = 1) {
  const next = random(seed);
  return () => (next() * 10 < rightOfTen ? 1 : 0);
}

const counts = (count: number, reference: number, candidate: number): MetricEvidence => ({
  counts: { reference: { count, found: reference }, candidate: { count, found: candidate } },
});

const minute = (reference: number, candidate: number, count = 10): TimedPair => ({
  reference: { count: 10, sum: 10 * reference },
  candidate: { count, sum: count * candidate },
});

test('like is compared with like where the shares of the traffic change', () => {
  const hard = rowsOf(900, 100, (row) => (row % 2 === 0 ? 1 : 0));
  const easy = rowsOf(100, 900, () => 1);
  expect(after(SHARES, hard, easy).difference?.value).toBe(0);
});

test('a difference is the mean of those of its windows, by what each tells', () => {
  const { difference } = after(
    MEANS,
    rowsOf(200, 200, (row, is) => row + (is ? 3 : 0)),
    rowsOf(400, 400, (row) => row),
  );
  expect(difference?.value).toBeCloseTo(1, 12);
});

test('nothing is known of fewer than 100 rows of a variant, or of rows of few groups', () => {
  expect(after(SHARES, rowsOf(99, 5000, drawn(5))).finding).toBe('Unknown');
  expect(after(SHARES, rowsOf(100, 5000, drawn(5))).difference).toBeDefined();
  const fewGroups = new GroupedWindow();
  for (let row = 0; row < 5000; row += 1)
    for (const side of [fewGroups.reference, fewGroups.candidate]) side.add(row % 29, 1);
  expect(after(SHARES, { rows: fewGroups }).difference).toBeUndefined();
});

test('rows of one unit are one number, in whichever windows they are', () => {
  const value = drawn(5);
  const values = Array.from({ length: 2000 }, value);
  const once = after(
    SHARES,
    rowsOf(1000, 1000, (row, is) => values[row + (is ? 1000 : 0)]),
  );
  const again = rowsOf(1000, 1000, (row, is) => values[row + (is ? 1000 : 0)]);
  const repeated = after(SHARES, ...Array(5).fill(again));
  const others = Array.from({ length: 5 }, () => rowsOf(1000, 1000, value));
  expect(repeated.width / once.width).toBeGreaterThan(0.9);
  expect(after(SHARES, ...others).width / once.width).toBeLessThan(0.6);
});

test('two answers to one request are as far apart as they differ, not as each varies', () => {
  const values = Array.from({ length: 1000 }, drawn(5));
  const same = after(
    SHARES,
    rowsOf(1000, 1000, (row) => values[row]),
  );
  const apart = after(SHARES, rowsOf(1000, 1000, drawn(5)));
  expect(same.width).toBeLessThan(apart.width / 5);
});

test('two variants that are always right are not certain of it after few rows', () => {
  const always = (rows: number) =>
    after(
      { ...SHARES, leastEffect: 0.01 },
      rowsOf(rows, rows, () => 1),
    ).finding;
  expect(always(100)).toBe('Unknown');
  expect(always(2000)).toBe('NoDifference');
});

test('means that never differ are as certain as what matters is small', () => {
  const width = (metric: MetricSettings) =>
    after(
      { ...metric, leastEffect: 0.01 },
      rowsOf(100, 100, () => 1),
    ).width;
  expect(width(MEANS)).toBeLessThan(width(SHARES) / 10);
});

test('each metric is told by its own windows, of which there are as many as were added', () => {
  const settings = settingsOf(SHARES, { ...COUNTS, metric: 'errors' });
  const window = (found: number) => ({ it: rowsOf(200, 200, drawn(5)), errors: counts(100, 0, found) });
  const first = afterWindow(settings, { elapsed: 0.1, evidence: window(2) });
  const second = afterWindow(settings, { elapsed: 0.2, evidence: window(4) }, first);
  expect([first.windows, second.windows]).toEqual([1, 2]);
  expect(second.metrics[1].difference?.value).toBeCloseTo(0.03, 12);
});

test('a test of which nothing is known is undecided when its time is over', () => {
  const at = (elapsed: number) => afterWindow(settingsOf(SHARES), { elapsed, evidence: {} }).outcome;
  expect([99, 100].map(at)).toEqual([undefined, 'Undecided']);
});

test('counts are compared by requests, and a window without those of one variant tells nothing', () => {
  const one = after(COUNTS, counts(1000, 10, 30));
  expect(one.difference?.value).toBeCloseTo(0.02, 12);
  const none = { counts: { reference: { count: 0, found: 0 }, candidate: { count: 9, found: 9 } } };
  expect(after(COUNTS, counts(1000, 10, 30), none).difference).toEqual(one.difference);
  expect(after(COUNTS, none).finding).toBe('Unknown');
});

test('a few errors of many requests are no difference yet, and as large a share of more is', () => {
  expect(after({ ...COUNTS, leastEffect: 0.001 }, counts(500, 0, 5)).finding).toBe('Unknown');
  expect(after({ ...COUNTS, leastEffect: 0.001 }, counts(5000, 0, 50)).finding).toBe('Worse');
  expect(after({ ...COUNTS, leastEffect: 0.001 }, counts(5000, 50, 0)).finding).toBe('Better');
});

/** Minutes that are far apart by chance, each like the one before it by so much. */
function drift(length: number, likeness: number, seed = 3): TimedPair[] {
  const next = random(seed);
  let noise = 0;
  return Array.from({ length }, () => {
    noise = likeness * noise + Math.sqrt(1 - likeness ** 2) * (next() - 0.5);
    return minute(100, 100 + noise);
  });
}

test('minutes are compared by the means of both, and one without requests of a variant tells nothing', () => {
  const minutes = Array.from({ length: 30 }, () => minute(100, 103));
  expect(after(MINUTES, { minutes }).difference?.value).toBeCloseTo(3, 12);
  expect(after(MINUTES, { minutes: [...minutes.slice(1), minute(1, 1, 0)] }).finding).toBe('Unknown');
  expect(after(MINUTES, { minutes: [] }).finding).toBe('Unknown');
});

test('minutes that are like the ones before tell less', () => {
  const wide = after(MINUTES, { minutes: drift(600, 0.8) }).width;
  expect(wide / after(MINUTES, { minutes: drift(600, 0) }).width).toBeGreaterThan(2);
});

test('windows that are farther apart than their minutes decide, once there are 20', () => {
  // each minute is unlike the one before it, and like all others of its window
  const window = (shift: number) =>
    Array.from({ length: 60 }, (_, index) => minute(100, 100 + shift + (index % 2 === 0 ? 3 : -3)));
  const windows = Array.from({ length: 21 }, (_, index) => window(index % 2 === 0 ? 1 : -1));
  const width = (count: number) => {
    const sums = windows.slice(0, count).reduce(withMinutes, NO_MINUTES);
    const { low, high } = timedInterval(sums, { level: 0.05, leastEffect: 1 }) ?? { low: 0, high: 0 };
    return high - low;
  };
  expect(width(20) / width(19)).toBeGreaterThan(1.5);
  expect(width(21)).toBeLessThan(width(20));
});

test('one level is shared over all metrics', () => {
  const evidence = { it: rowsOf(500, 500, drawn(9)), other: {} };
  const of = (...metrics: MetricSettings[]) => afterWindow(settingsOf(...metrics), { elapsed: 1, evidence }).metrics[0];
  const alone = of(SHARES).difference;
  const shared = of(SHARES, { ...COUNTS, metric: 'other' }).difference;
  const half = afterWindow({ ...settingsOf(SHARES), level: 0.025 }, { elapsed: 1, evidence }).metrics[0].difference;
  expect(shared).toEqual(half);
  expect(shared).not.toEqual(alone);
});

test('what a test has come to stays, whatever windows say afterwards', () => {
  const worse = afterWindow(settingsOf(COUNTS), { elapsed: 1, evidence: { it: counts(5000, 0, 500) } });
  expect(worse.outcome).toBe('Worse');
  expect(afterWindow(settingsOf(COUNTS), { elapsed: 2, evidence: { it: counts(50_000, 20_000, 0) } }, worse)).toBe(
    worse,
  );
});

test('a test that was written down and read again goes on as if it had not been', () => {
  const settings = settingsOf(SHARES, { ...COUNTS, metric: 'errors' }, { ...MINUTES, metric: 'latency' });
  const window = (seed: number) => ({
    elapsed: seed,
    evidence: {
      it: rowsOf(90, 90, drawn(9, seed)),
      errors: counts(90, seed, 1),
      latency: { minutes: drift(60, 0.3, seed) },
    },
  });
  const first = afterWindow(settings, window(1));
  const read: TestState = JSON.parse(JSON.stringify(first));
  expect(afterWindow(settings, window(2), read)).toEqual(afterWindow(settings, window(2), first));
  expect(JSON.stringify(first).length).toBeLessThan(6000);
});
