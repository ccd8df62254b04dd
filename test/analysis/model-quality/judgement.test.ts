import type { ModelQualityConstraints, QualityRow } from '../../../lib/analysis/model-quality';
import { suggestQualityConstraints } from '../../../lib/analysis/model-quality';
import { judgeQuality } from '../../../lib/analysis/model-quality/judgement';
import { MIN_JUDGED_ROWS } from '../../../lib/analysis/model-quality/least-rows';
import { chiSquaredSurvival } from '../../../lib/analysis/numbers/tail-probabilities';
import { CHANCE_UNKNOWN } from '../../../lib/analysis/words';
import { figuresOf } from './drawn';
import { MULTICLASS, profileOf, REGRESSION } from './rows';

/** A model of two labels that errs on so many of so many rows. */
function figures(rows: number, wrong: number) {
  const row = (index: number): QualityRow => {
    const actual = index % 2 ? 'a' : 'b';
    return { actual, predicted: index < wrong ? (actual === 'a' ? 'b' : 'a') : actual };
  };
  return figuresOf(
    profileOf(
      MULTICLASS,
      Array.from({ length: rows }, (_, index) => row(index)),
    ),
  );
}

const baseline = (rows: number, wrong: number): ModelQualityConstraints => {
  const { statistics, sampling } = figures(rows, wrong);
  return { ...suggestQualityConstraints(statistics), sampling };
};

const accuracyBelow = (threshold: number): ModelQualityConstraints => ({
  version: 0,
  multiclass_classification_constraints: { accuracy: { threshold, comparison_operator: 'LessThanThreshold' } },
});

const found = (
  baselineConstraints: ModelQualityConstraints,
  run: ReturnType<typeof figures>,
  falseAlarmRate?: number,
) => judgeQuality({ ...run, baselineConstraints, falseAlarmRate }).findings.map(({ entry }) => entry.metric_name);

test('what chance explains is no violation, what it does not is one, with how likely chance does it', () => {
  expect(found(baseline(1000, 100), figures(500, 65))).toEqual([]);
  const { findings } = judgeQuality({ ...figures(500, 110), baselineConstraints: baseline(1000, 100) });
  expect(findings.map(({ entry }) => entry.metric_name)).toContain('accuracy');
  expect(findings[0]).toMatchObject({ observed: 0.78, expected: 0.9 });
  expect(findings.every(({ pValue = 1 }) => pValue > 0 && pValue <= 0.001)).toBe(true);
});

test('the chance of a baseline counts where a threshold is its own metric, and not where somebody has stated it', () => {
  const run = figures(2000, 280);
  expect(found({ ...baseline(200, 20), ...accuracyBelow(0.9) }, run)).toEqual([]);
  const stated = { ...baseline(200, 10), ...accuracyBelow(0.9) };
  expect(found(stated, run)).toEqual(['accuracy']);
  expect(found(accuracyBelow(0.9), run)).toEqual(['accuracy']);
});

test('a rate that somebody has stated decides how seldom chance may find anything', () => {
  const [constraints, run] = [accuracyBelow(0.9), figures(500, 65)]; // 0.87
  expect(found(constraints, run, 0.001)).toEqual([]);
  expect(found(constraints, run, 0.05)).toEqual(['accuracy']);
});

test('more metrics are compared, so that each has to be farther off', () => {
  const run = figures(500, 76);
  const one = judgeQuality({ ...run, baselineConstraints: accuracyBelow(0.9) }).findings[0];
  const all = { ...baseline(1_000_000, 100_000), sampling: undefined };
  const [several] = judgeQuality({ ...run, baselineConstraints: all, falseAlarmRate: 1 }).findings;
  expect(several.pValue).toBeGreaterThan(4 * (one?.pValue ?? 1));
});

test('a window of few rows is reported and not judged', () => {
  const few = figures(MIN_JUDGED_ROWS - 1, 29);
  const { findings, notEvaluated } = judgeQuality({ ...few, baselineConstraints: accuracyBelow(0.9) });
  expect(findings).toEqual([]);
  expect(notEvaluated).toEqual([
    {
      feature: 'accuracy',
      check: 'all',
      reason:
        'the window has 29 rows with a label, and needs 30 to be judged: run the monitor less often, so that windows are longer',
    },
  ]);
  expect(found(accuracyBelow(0.9), figures(MIN_JUDGED_ROWS, 29))).toEqual(['accuracy']);
});

test('a metric of which it is not known how much chance is in it is told as not judged', () => {
  const run = figures(500, 400);
  const { findings, notEvaluated } = judgeQuality({
    ...run,
    sampling: { ...run.sampling, estimates: {} },
    baselineConstraints: accuracyBelow(0.9),
  });
  expect(findings).toEqual([]);
  expect(notEvaluated).toContainEqual({
    feature: 'accuracy',
    check: 'all',
    reason: CHANCE_UNKNOWN,
  });
});

test('few large errors put a mean of squares below what it is of, and hardly above: this much beyond is less by chance', () => {
  const mseAbove = (threshold: number): ModelQualityConstraints => ({
    version: 0,
    regression_constraints: { mse: { threshold, comparison_operator: 'GreaterThanThreshold' } },
  });
  const row = (index: number): QualityRow => ({
    actual: index,
    predicted: index + (index % 40 === 0 ? 30 : 1 + (index % 7)),
  });
  const run = figuresOf(
    profileOf(
      REGRESSION,
      Array.from({ length: 400 }, (_, index) => row(index)),
    ),
  );
  const [value, error] = run.sampling.estimates.mse;
  const chance = (skewness: number | undefined, off: number) => {
    const sampling = { ...run.sampling, skewness: skewness === undefined ? undefined : { mse: skewness } };
    const baselineConstraints = mseAbove(value - off * error);
    return judgeQuality({ ...run, sampling, baselineConstraints, falseAlarmRate: 1 }).findings[0]?.pValue ?? 1;
  };
  expect(run.sampling.skewness?.mse).toBeGreaterThan(0.1);
  expect(chance(undefined, 2)).toBeCloseTo(0.02275, 4); // of a file of an earlier version
  expect(chance(0, 2)).toBeCloseTo(0.02275, 4);
  expect(chance(0.3, 2)).toBeLessThan(chance(0, 2));
  expect(chance(-0.3, 2)).toBeGreaterThan(chance(0, 2));
  expect(chance(-0.9, 0.1)).toBeGreaterThan(0.5);
});

test('the skewness of a baseline counts against that of a window, as far as its chance does', () => {
  const { statistics, sampling } = figuresOf(
    profileOf(
      REGRESSION,
      Array.from({ length: 400 }, (_, index) => ({ actual: index, predicted: index + 1 + (index % 7) })),
    ),
  );
  const [value, error] = sampling.estimates.mse;
  const run = { statistics, undefinedMetrics: [], sampling: { ...sampling, skewness: { mse: 0.3 } } };
  const chance = (skewness: number) => {
    const own = value - 2 * error;
    const baselineConstraints: ModelQualityConstraints = {
      version: 0,
      regression_constraints: { mse: { threshold: own, comparison_operator: 'GreaterThanThreshold' } },
      sampling: { rows: 400, estimates: { mse: [own, error] }, skewness: { mse: skewness } },
    };
    return judgeQuality({ ...run, baselineConstraints, falseAlarmRate: 1 }).findings[0]?.pValue;
  };
  const plain = chiSquaredSurvival(2, 1) / 2; // two standard errors of one, of the spread of two
  expect(chance(0.3)).toBeCloseTo(plain, 6);
  expect(chance(0)).toBeLessThan(plain);
});
