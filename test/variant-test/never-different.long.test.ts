import { GROUPS, GroupedWindow, type MetricEvidence, type TestOutcome } from '../../lib/analysis/sequential';
import type { MetricEvidence as RowsOf } from '../../lib/outcome/comparison/contract';
import type { KeptTest } from '../../lib/outcome/tested/contract';
import type { MeasureSettings, TestSettings } from '../../lib/variant-test/contract';
import { testProgress } from '../../lib/variant-test/handler/test-progress';
import type { TestedWindow } from '../../lib/variant-test/handler/window-walk';
import { type Random, random } from '../analysis/data-quality/detectors/traffic';

// What the function of a test makes of windows of two variants that do not differ, of all measures at once, when it is looked at after each of 200 windows.

const { cos, exp, floor, log, sqrt, PI } = Math;
const WINDOWS = 200;
const LEVEL = 0.05;
const SEED = Number(process.env.SEED ?? 20261130);
const ROWS = 30;
const TESTS = Number(process.env.TESTS ?? 10_000);

const BOTH: readonly MeasureSettings[] = [
  { metric: 'serverErrors', leastEffect: 0.002 },
  { metric: 'modelLatency', leastEffect: 0.8 },
  { metric: 'predictions', leastEffect: 0.02 },
];
const SHADOW: readonly MeasureSettings[] = [...BOTH, { metric: 'disagreement', leastEffect: 0.1 }];

const settingsOf = (measures: readonly MeasureSettings[]): TestSettings => ({
  ...{ key: 'k', name: 'Stack/Test', reference: 'blue', candidate: 'green', leastEffect: 0.015, measures },
  ...{ level: LEVEL, leastHours: 0, largestHours: WINDOWS },
});

const hour = (index: number) => new Date(Date.UTC(2026, 0, 1, index)).toISOString();

/** Whether both are right about a row, as often as each other. */
type Answers = (next: Random) => readonly [reference: boolean, candidate: boolean];

/** Each of its own request: nine of ten are right. */
const apart: Answers = (next) => [next() < 0.9, next() < 0.9];

/** Of the same request: of one in ten the answers are others, which is just what matters. */
const together: Answers = (next) => {
  const [isOther, coin] = [next() < 0.1, next()];
  return isOther ? [coin < 0.5, coin >= 0.5] : [coin < 0.9, coin < 0.9];
};

/** Three requests of ten are positive. */
function rowsOf(next: Random, isShadow: boolean): RowsOf[] {
  const windows = {
    accuracy: new GroupedWindow(),
    predictions: new GroupedWindow(),
    disagreement: new GroupedWindow(),
  };
  for (let row = 0; row < ROWS; row += 1) {
    const right = (isShadow ? together : apart)(next);
    const group = floor(next() * GROUPS);
    const other = isShadow ? group : floor(next() * GROUPS);
    const truth = next() < 0.3;
    const otherTruth = isShadow ? truth : next() < 0.3;
    windows.accuracy.reference.add(group, right[0] ? 1 : 0);
    windows.accuracy.candidate.add(other, right[1] ? 1 : 0);
    windows.predictions.reference.add(group, right[0] === truth ? 1 : 0);
    windows.predictions.candidate.add(other, right[1] === otherTruth ? 1 : 0);
    windows.disagreement.reference.add(group, 0);
    windows.disagreement.candidate.add(group, right[0] === right[1] ? 0 : 1);
  }
  const told = isShadow
    ? (['accuracy', 'predictions', 'disagreement'] as const)
    : (['accuracy', 'predictions'] as const);
  return told.map((metric) => ({ metric, ...sidesOf(windows[metric]) }));
}

const sidesOf = ({ reference, candidate }: GroupedWindow) => ({ reference, candidate });

function poisson(next: Random, mean: number): number {
  let count = 0;
  for (let product = next(); product > exp(-mean); product *= next()) count += 1;
  return count;
}

const normal = (next: Random) => sqrt(-2 * log(1 - next())) * cos(2 * PI * next());

/** Of 900 requests of one and 100 of the other one in a hundred fails; twelve minutes of latency, whose standard deviation is 10. */
function serviceOf(next: Random): { readonly [measure: string]: MetricEvidence } {
  const measured = () => ({ count: 1, sum: 100 + 10 * normal(next) });
  const minutes = Array.from({ length: 12 }, () => ({ reference: measured(), candidate: measured() }));
  const counts = {
    reference: { count: 900, found: poisson(next, 9) },
    candidate: { count: 100, found: poisson(next, 1) },
  };
  return { serverErrors: { counts }, modelLatency: { minutes } };
}

async function ended(settings: TestSettings, next: Random): Promise<TestOutcome> {
  const isShadow = settings.measures === SHADOW;
  let before: KeptTest | undefined;
  for (let index = 0; before?.outcome === undefined; index += 1) {
    const evidence = { test: 'k', metrics: rowsOf(next, isShadow) };
    const window: TestedWindow = { start: hour(index), end: hour(index + 1), evidence, compared: {} };
    before = await testProgress(settings, { before, windows: [window] }, async () => serviceOf(next));
  }
  return before.outcome;
}

test.each([
  ['AbTest', BOTH],
  ['ShadowTest', SHADOW],
])(
  'at most 5 %% of 10,000 tests without a difference end Better or Worse: an %s of all its measures',
  async (_, measures) => {
    const next = random(SEED);
    const found: { [outcome in TestOutcome]?: number } = {};
    for (let test = 0; test < TESTS; test += 1) {
      const outcome = await ended(settingsOf(measures), next);
      found[outcome] = (found[outcome] ?? 0) + 1;
    }
    console.log(JSON.stringify({ seed: SEED, ...found, of: TESTS }));
    expect((found.Better ?? 0) + (found.Worse ?? 0)).toBeLessThanOrEqual(LEVEL * TESTS);
  },
);
