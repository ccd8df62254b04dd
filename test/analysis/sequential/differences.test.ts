import { bestScale, exponentialBoundary, normalBoundary } from '../../../lib/analysis/sequential/boundaries';
import { countedInterval, NO_COUNTS, withCounts } from '../../../lib/analysis/sequential/counted-difference';
import { groupedInterval, NO_ROWS, withRows } from '../../../lib/analysis/sequential/grouped-difference';
import { GROUPS, GroupedWindow } from '../../../lib/analysis/sequential/grouped-window';
import {
  NO_MINUTES,
  type TimedPair,
  timedInterval,
  withMinutes,
} from '../../../lib/analysis/sequential/timed-difference';
import { asymptoticInterval } from '../../../lib/analysis/sequential/weighed-difference';
import { random } from '../data-quality/detectors/traffic';

// What is kept of windows are sums. Here the same is computed of all rows and minutes at once, as the formulas say it.

const CERTAINTY = { level: 0.05, leastEffect: 0.1 };

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
const weightOf = (one: number, other: number) => 1 / (1 / one + 1 / other);

test('an asymptotic interval is as wide as the normal boundary says, made wider as by Student', () => {
  const [sum, weight, variance, degreesOfFreedom] = [30, 200, 150, 40];
  const information = weight ** 2 / variance;
  const deviates = normalBoundary(information, { level: 0.05, scale: 100 }) / Math.sqrt(information);
  const student = Math.sqrt(degreesOfFreedom * (Math.exp(deviates ** 2 / degreesOfFreedom) - 1));
  const { value, low, high } = asymptoticInterval({ sum, weight, variance, degreesOfFreedom }, CERTAINTY);
  const radius = (student * Math.sqrt(variance)) / weight;
  expect(value).toBeCloseTo(0.15, 12);
  expect([low, high]).toEqual([expect.closeTo(0.15 - radius, 12), expect.closeTo(0.15 + radius, 12)]);
});

describe('of counts', () => {
  test('each found request counts by the share of the others, and both sides have half of the level', () => {
    const sums = withCounts(withCounts(NO_COUNTS, { count: 300, found: 12 }, { count: 100, found: 9 }), ...SECOND);
    const squares = 12 * 0.25 ** 2 + 9 * 0.75 ** 2 + 2 * 0.5 ** 2 + 3 * 0.5 ** 2;
    const weight = 75 + 50;
    const value = (9 * 0.75 - 12 * 0.25 + 3 * 0.5 - 2 * 0.5) / weight;
    const radius = exponentialBoundary(squares, { level: 0.025, scale: bestScale(50, 0.05) }) / weight;
    const found = countedInterval(sums, CERTAINTY);
    expect(found?.value).toBeCloseTo(value, 12);
    expect(found?.high).toBeCloseTo(value + radius, 9);
    expect(found?.low).toBeCloseTo(value - radius, 9);
  });

  const SECOND = [
    { count: 100, found: 2 },
    { count: 100, found: 3 },
  ] as const;

  test('a window without requests adds nothing, and nothing is known of none', () => {
    const none = { count: 0, found: 0 };
    expect(withCounts(NO_COUNTS, none, none)).toEqual(NO_COUNTS);
    expect(countedInterval(withCounts(NO_COUNTS, none, { count: 9, found: 9 }), CERTAINTY)).toBeUndefined();
  });
});

/** Windows of rows that are drawn, of so many groups. */
function drawnRows(seed: number, { groups = GROUPS, reference = 150, candidate = 220 } = {}): GroupedWindow {
  const next = random(seed);
  const window = new GroupedWindow();
  for (let row = 0; row < reference; row += 1) window.reference.add(row % groups, next());
  for (let row = 0; row < candidate; row += 1) window.candidate.add(row % groups, 0.3 + next());
  return window;
}

describe('of rows', () => {
  test('chance is told by how far groups are apart, each with what it adds otherwise than its windows', () => {
    const windows = [drawnRows(1), drawnRows(2, { reference: 90 })];
    const apart = Array<number>(GROUPS).fill(0);
    let [sum, weight] = [0, 0];
    for (const { reference, candidate } of windows) {
      const [less, more] = [reference, candidate].map(({ rows, sums }) => {
        const mean = total(sums) / total(rows);
        return { mean, rows: total(rows), by: sums.map((own, group) => own - mean * rows[group]) };
      });
      const own = weightOf(less.rows, more.rows);
      weight += own;
      sum += own * (more.mean - less.mean);
      for (let group = 0; group < GROUPS; group += 1)
        apart[group] += own * (more.by[group] / more.rows - less.by[group] / less.rows);
    }
    const squares = total(apart.map((each) => each ** 2));
    for (const resolution of [1, 0.1]) {
      const variance = (squares * GROUPS) / (GROUPS - 1) + resolution ** 2;
      const expected = asymptoticInterval({ sum, weight, variance, degreesOfFreedom: GROUPS - 1 }, CERTAINTY);
      const found = groupedInterval(windows.reduce(withRows, NO_ROWS), CERTAINTY, resolution);
      expect(found?.value).toBeCloseTo(expected.value, 12);
      expect(found?.high).toBeCloseTo(expected.high, 12);
    }
  });

  test('a window without rows of a variant adds nothing', () => {
    for (const none of [{ reference: 0 }, { candidate: 0 }])
      expect(withRows(NO_ROWS, drawnRows(1, none))).toBe(NO_ROWS);
  });

  test('nothing is known of 99 rows of one of them, and of 100 it is, over all windows', () => {
    const of = (...windows: GroupedWindow[]) => groupedInterval(windows.reduce(withRows, NO_ROWS), CERTAINTY, 1);
    expect(of(drawnRows(1, { reference: 99 }))).toBeUndefined();
    expect(of(drawnRows(1, { candidate: 99 }))).toBeUndefined();
    expect(of(drawnRows(1, { reference: 100, candidate: 100 }))).toBeDefined();
    expect(of(drawnRows(1, { reference: 49 }), drawnRows(2, { reference: 50 }))).toBeUndefined();
    expect(of(drawnRows(1, { reference: 50 }), drawnRows(2, { reference: 50 }))).toBeDefined();
  });

  test('nor is anything of 29 groups', () => {
    const of = (groups: number) => groupedInterval(withRows(NO_ROWS, drawnRows(1, { groups })), CERTAINTY, 1);
    expect([29, 30].map((groups) => of(groups) !== undefined)).toEqual([false, true]);
  });
});

interface Drawn {
  readonly minutes: number;
  /** how like the one before each minute is */
  readonly likeness: number;
  /** how far a window is from the others */
  readonly shift?: number;
  /** how far minutes are apart in turn, so that their window is not */
  readonly unrest?: number;
}

/** Minutes whose requests are of different numbers. */
function drawnMinutes(seed: number, { minutes, likeness, shift = 0, unrest = 0 }: Drawn): TimedPair[] {
  const next = random(seed);
  let noise = 0;
  return Array.from({ length: minutes }, (_, minute) => {
    noise = likeness * noise + next() - 0.5;
    const [one, other] = [5 + Math.floor(next() * 20), 5 + Math.floor(next() * 20)];
    return {
      reference: { count: one, sum: one * (3 + next()) },
      candidate: { count: other, sum: other * (4 + noise + shift + (minute % 2 === 0 ? unrest : -unrest)) },
    };
  });
}

/** The same as `timedInterval`, of all minutes. */
function byFormula(windows: readonly (readonly TimedPair[])[]) {
  const stretches = windows.map((pairs) =>
    pairs.map(({ reference, candidate }) => {
      const weight = weightOf(reference.count, candidate.count);
      return { weight, added: weight * (candidate.sum / candidate.count - reference.sum / reference.count) };
    }),
  );
  const all = stretches.flat();
  const [weight, sum] = [total(all.map((one) => one.weight)), total(all.map(({ added }) => added))];
  const mean = sum / weight;
  const apart = stretches.map((minutes) => minutes.map((one) => one.added - mean * one.weight));
  const own = total(apart.flat().map((one) => one ** 2));
  const beside = apart.flatMap((minutes) => minutes.slice(1).map((one, before) => one * minutes[before]));
  const likeness = beside.length === 0 ? 0 : total(beside) / beside.length / (own / all.length);
  const kept = Math.min(0.98, Math.max(0, likeness));
  const longer = (1 + kept) / (1 - kept);
  const one = (weight / all.length) * CERTAINTY.leastEffect;
  const of = (variance: number, numbers: number) => {
    const degreesOfFreedom = numbers - 1;
    const unbiased = (variance * numbers) / degreesOfFreedom + one ** 2;
    return asymptoticInterval({ sum, weight, variance: unbiased, degreesOfFreedom }, CERTAINTY);
  };
  const byWindow = total(apart.map((minutes) => total(minutes) ** 2));
  return { byMinutes: of(own * longer, all.length / longer), byWindows: of(byWindow, windows.length) };
}

describe('of minutes', () => {
  const found = (windows: readonly (readonly TimedPair[])[]) =>
    timedInterval(windows.reduce(withMinutes, NO_MINUTES), CERTAINTY);

  test.each([0, 0.5, 0.9])('that are like the one before by %p, minutes decide while windows are few', (likeness) => {
    const windows = Array.from({ length: 19 }, (_, seed) => drawnMinutes(seed, { minutes: 40, likeness }));
    const { byMinutes } = byFormula(windows);
    const { value, high, low } = found(windows) ?? {};
    expect([value, high, low]).toEqual(
      [byMinutes.value, byMinutes.high, byMinutes.low].map((it) => expect.closeTo(it, 9)),
    );
  });

  test.each([
    ['windows', 0.4, 0],
    ['minutes', 0, 2],
  ])('where they are farther apart, %s decide', (who, far, unrest) => {
    const windows = Array.from({ length: 20 }, (_, seed) =>
      drawnMinutes(seed, { minutes: 40, likeness: 0, shift: seed % 2 === 0 ? far : -far, unrest }),
    );
    const { byMinutes, byWindows } = byFormula(windows);
    expect(byWindows.high > byMinutes.high).toBe(who === 'windows');
    expect(found(windows)?.high).toBeCloseTo(Math.max(byWindows.high, byMinutes.high), 9);
  });

  test('one that lacks requests of a variant adds nothing, nor does a window of such', () => {
    const [pair, ...others] = drawnMinutes(1, { minutes: 30, likeness: 0 });
    const none = { count: 0, sum: 0 };
    for (const silent of [
      { ...pair, reference: none },
      { ...pair, candidate: none },
    ]) {
      expect(withMinutes(NO_MINUTES, [silent, ...others])).toEqual(withMinutes(NO_MINUTES, others));
      expect(withMinutes(NO_MINUTES, [silent])).toBe(NO_MINUTES);
    }
  });

  test('of which each is a window, none is like the one before', () => {
    const windows = Array.from({ length: 30 }, (_, seed) => drawnMinutes(seed, { minutes: 1, likeness: 0 }));
    const { byMinutes, byWindows } = byFormula(windows);
    expect(found(windows)?.high).toBeCloseTo(Math.max(byMinutes.high, byWindows.high), 9);
  });

  test('that never differ are as certain as what matters is small, and no surer', () => {
    const pair = { reference: { count: 10, sum: 30 }, candidate: { count: 10, sum: 30 } };
    const windows = [Array<TimedPair>(60).fill(pair)];
    const { value, high } = found(windows) ?? {};
    const variance = (5 * 0.1) ** 2;
    const expected = asymptoticInterval({ sum: 0, weight: 300, variance, degreesOfFreedom: 59 }, CERTAINTY);
    expect([value, high]).toEqual([0, expect.closeTo(expected.high, 12)]);
  });
});
