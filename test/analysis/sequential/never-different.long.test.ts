import { readFileSync } from 'node:fs';
import { identifierKey } from '../../../lib/analysis/batch/identifier-hash';
import { unitGroups } from '../../../lib/analysis/model-quality/unit-groups';
import { chiSquaredSurvival } from '../../../lib/analysis/numbers/tail-probabilities';
import {
  afterWindow,
  GROUPS,
  GroupedWindow,
  type MetricEvidence,
  type MetricSettings,
  type TestState,
  type TimedPair,
} from '../../../lib/analysis/sequential';
import { type Random, random } from '../data-quality/detectors/traffic';

// What a sequential test comes to that is looked at after each of its windows: how often it finds a difference that is not there, and how soon one that is.

const { cos, exp, floor, log, sqrt, PI } = Math;
const WINDOWS = 200;
const LEVEL = 0.05;
const SEED = 20261130;

/** What one test reads, window by window, of a candidate that is better by so much. */
type Traffic = (next: Random, better: number) => () => MetricEvidence;

type Metric = Omit<MetricSettings, 'metric'>;

function ended(
  { metric, traffic, better }: { metric: Metric; traffic: Traffic; better: number },
  next: Random,
): TestState {
  const settings = { metrics: [{ ...metric, metric: 'it' }], level: LEVEL, least: 0, largest: WINDOWS };
  const window = traffic(next, better);
  let state = afterWindow(settings, { elapsed: 1, evidence: { it: window() } });
  for (let elapsed = 2; !state.outcome; elapsed += 1)
    state = afterWindow(settings, { elapsed, evidence: { it: window() } }, state);
  return state;
}

/** Rows of a window, of each variant. */
const ROWS = 30;

/** Rows of requests that do not depend on each other, and are right in nine of ten. */
const independent: Traffic = (next, better) => () => {
  const rows = new GroupedWindow();
  for (let row = 0; row < ROWS; row += 1) {
    rows.reference.add(floor(next() * GROUPS), next() < 0.9 ? 1 : 0);
    rows.candidate.add(floor(next() * GROUPS), next() < 0.9 + better ? 1 : 0);
  }
  return { rows };
};

const UNITS = (WINDOWS * ROWS) / 20;

/**
 * Units that make 20 requests each, in whichever windows: of most nearly all are right, of the others few. Each is kept with one variant.
 *
 * @param groupOf the group of each of a unit's requests
 */
const unitsOf =
  (groupOf: (unit: number, next: Random) => () => number): Traffic =>
  (next) => {
    const units = (first: number) =>
      Array.from({ length: UNITS }, (_, index) => ({
        group: groupOf(first + index, next),
        right: next() < 0.8 ? 1 : 0.2,
      }));
    const begin = floor(next() * 2 ** 30);
    const [one, other] = [units(begin), units(begin + UNITS)];
    return () => {
      const rows = new GroupedWindow();
      for (let row = 0; row < ROWS; row += 1) {
        const [reference, candidate] = [one[floor(next() * UNITS)], other[floor(next() * UNITS)]];
        rows.reference.add(reference.group(), next() < reference.right ? 1 : 0);
        rows.candidate.add(candidate.group(), next() < candidate.right ? 1 : 0);
      }
      return { rows };
    };
  };

const groups = unitGroups({ customAttribute: 'user' }, identifierKey('00112233445566778899aabbccddeeff'));

/** As the shipped reading puts them into groups, by what callers say in each request. */
const dependent = unitsOf((unit) => {
  const group = groups({ id: 'any', customAttributes: [`user=${unit}; test=1`] });
  return () => group;
});
/** As if each request were a unit. */
const taken = unitsOf((_, next) => () => floor(next() * GROUPS));

function poisson(next: Random, mean: number): number {
  let count = 0;
  for (let product = next(); product > exp(-mean); product *= next()) count += 1;
  return count;
}

/** Requests of which one in a hundred fails, a tenth of them answered by the candidate. */
const failing: Traffic = (next, better) => () => ({
  counts: {
    reference: { count: 900, found: poisson(next, 9) },
    candidate: { count: 100, found: poisson(next, 1 - 100 * better) },
  },
});

/** Minutes of both variants, each like the one before it by so much, whose standard deviation is 10. */
const timed =
  (likeness: number): Traffic =>
  (next, better) => {
    const sides = [
      { noise: 0, mean: 100 },
      { noise: 0, mean: 100 - better },
    ];
    const measured = (side: (typeof sides)[number]) => {
      const normal = sqrt(-2 * log(1 - next())) * cos(2 * PI * next());
      side.noise = likeness * side.noise + sqrt(1 - likeness ** 2) * normal;
      return { count: 1, sum: side.mean + 10 * side.noise };
    };
    const pair = (): TimedPair => ({ reference: measured(sides[0]), candidate: measured(sides[1]) });
    return () => ({ minutes: Array.from({ length: 12 }, pair) });
  };

const right = (leastEffect: number): Metric => ({ by: 'shares', better: 'higher', leastEffect });
const errors = (leastEffect: number): Metric => ({ by: 'counts', better: 'lower', leastEffect });
const latency = (leastEffect: number): Metric => ({ by: 'minutes', better: 'lower', leastEffect });

test.each<[string, Metric, Traffic]>([
  ['rows of requests that do not depend on each other', right(0.015), independent],
  ['rows of units of 20 requests that do', right(0.06), dependent],
  ['counts of errors', errors(0.002), failing],
  ['minutes that do not depend on each other', latency(0.8), timed(0)],
])('at most 5 %% of 10,000 tests without a difference end Better or Worse: %s', (_, metric, traffic) => {
  expectSeldomFound(10_000, metric, traffic);
});

test('of the same units, where each request counts as one, more do: what a unit is for', () => {
  expect(countFound(1000, right(0.06), taken)).toBeGreaterThan(3 * LEVEL * 1000);
});

test('at most 5 % of tests do of minutes, each of which is like the one before it', () => {
  expectSeldomFound(1000, latency(1.5), timed(0.5));
});

function expectSeldomFound(tests: number, metric: Metric, traffic: Traffic): void {
  expect(countFound(tests, metric, traffic)).toBeLessThanOrEqual(LEVEL * tests);
}

function countFound(tests: number, metric: Metric, traffic: Traffic): number {
  const next = random(SEED);
  let found = 0;
  for (let test = 0; test < tests; test += 1) {
    const { outcome } = ended({ metric, traffic, better: 0 }, next);
    if (outcome === 'Better' || outcome === 'Worse') found += 1;
  }
  console.log(JSON.stringify({ seed: SEED, found, of: tests }));
  return found;
}

/** How often a test of all windows at once, at the same level, finds a difference of so many standard errors. */
function powerAtTheEnd(deviates: number): number {
  const short = 1.959963984540054 - deviates;
  const beyond = chiSquaredSurvival(short ** 2, 1) / 2;
  return short > 0 ? beyond : 1 - beyond;
}

const shareError = (share: number, count: number) => (share * (1 - share)) / count;

/** The standard errors of differences after all windows. */
const ROWS_ERROR = (better: number) => sqrt(shareError(0.9, WINDOWS * ROWS) + shareError(0.9 + better, WINDOWS * ROWS));
const ERRORS_ERROR = (better: number) =>
  sqrt(shareError(0.01, WINDOWS * 900) + shareError(0.01 - better, WINDOWS * 100));
const MINUTES_ERROR = () => sqrt((2 * 10 ** 2) / (WINDOWS * 12));

const PAGE = readFileSync('docs/captured-data.md', 'utf8');
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const tableRow = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

test.each<[string, Metric, Traffic, (better: number) => number]>([
  ['rows', right(0.015), independent, ROWS_ERROR],
  ['counts', errors(0.002), failing, ERRORS_ERROR],
  ['minutes', latency(0.8), timed(0), MINUTES_ERROR],
])('finds most that a test of a fixed length finds, and sooner: %s', (of, metric, traffic, standardError) => {
  const next = random(SEED);
  const found = [0.5, 1, 1.5, 2].map((times) => {
    const better = times * metric.leastEffect;
    const tests = Array.from({ length: 400 }, () => ended({ metric, traffic, better }, next));
    const power = tests.filter(({ outcome }) => outcome === 'Better').length / tests.length;
    const windows = tests.reduce((sum, one) => sum + one.windows, 0) / tests.length;
    return { times, power, fixed: powerAtTheEnd(better / standardError(better)), windows };
  });
  const rows = found.map(({ times, power, fixed, windows }) =>
    tableRow([of, times, percent(power), percent(fixed), windows.toFixed(0)]),
  );
  console.log(rows.join('\n'));
  expect(rows.filter((row) => !PAGE.includes(row))).toEqual([]);
  for (const { power, fixed } of found) expect(power).toBeGreaterThan(fixed - 0.4);
  const [, , , twice] = found;
  expect(twice.power).toBeGreaterThan(0.98);
  expect(twice.windows).toBeLessThan(WINDOWS / 2);
});
