import type { BiasAnalysis, QualityMetric } from '../../lib/analysis';
import type { QualityWindow } from '../../lib/outcome/quality/contract';
import type { ReportedRun } from '../../lib/report';
import { type Columns, dataQualityRun, runOf } from './report-fixture';

/** The middle of `count` draws of a normal distribution, moved and stretched; the same in each run. */
const normal = (count: number, mean: number, deviation: number) =>
  Array.from({ length: count }, (_, index) => {
    const u = ((index * 0.61803398875) % 1) * 0.998 + 0.001;
    return (mean + deviation * 0.5513 * Math.log(u / (1 - u))).toFixed(3);
  });

/** Values drawn by their shares, which leave the rest without one; the same in each run. */
const chosen = (count: number, shares: { readonly [value: string]: number }) => {
  const values = Object.keys(shares);
  const bounds = values.map((_, index) => values.slice(0, index + 1).reduce((sum, value) => sum + shares[value], 0));
  return Array.from({ length: count }, (_, row) => {
    const place = (row * 0.7548776662) % 1;
    return values[bounds.findIndex((bound) => place < bound)] ?? '';
  });
};

const ROWS = 1200;

/** The rows of a window, by their columns. */
export const flights = (altitude: number, speed: number, missing: number): Columns => ({
  altitude: normal(ROWS, altitude, 400),
  speed: normal(ROWS, speed, 30),
  distance: normal(ROWS, 50, 12),
  phase: chosen(
    ROWS,
    altitude > 1200 ? { climb: 0.2, cruise: 0.7, holding: 0.1 } : { climb: 0.5, cruise: 0.3, landing: 0.2 },
  ),
  warned: chosen(ROWS, { true: 0.3, false: 0.7 }),
  wildlife_size: chosen(ROWS, { small: 0.6, medium: 0.3 - missing, large: 0.1 }),
});

/** Data quality with drift, missing values and windows before it. */
export const drifted = (): ReportedRun =>
  dataQualityRun(
    flights(900, 130, 0),
    [...Array.from({ length: 9 }, (_, index) => flights(900 + index * 20, 130, 0)), flights(1600, 131, 0.12)],
    {
      labels: undefined,
      variants: { read: ['blue'], leftOut: ['shadow'] },
      unreadable: {
        unreadableCount: 31,
        outsideWindow: 4,
        byReason: { notJson: 31 },
        samples: [{ file: 's3://capture/birdstrikes/blue/2026/03/02/10/a.jsonl', line: 7, reason: 'notJson' }],
      },
      baselineAgeHours: 24 * 40,
    },
  );

/** Data quality in which nothing is found. */
export const quiet = (): ReportedRun => dataQualityRun(flights(900, 130, 0), [flights(905, 130, 0)]);

const metric = (value: number, deviation: number | null = 0.004): QualityMetric => ({
  value,
  standard_deviation: deviation,
});

const curve = (bend: number) => {
  const rates = Array.from({ length: 301 }, (_, index) => index / 300);
  return { false_positive_rates: rates, true_positive_rates: rates.map((rate) => rate ** bend) };
};

function binary(found: number, bend: number) {
  return {
    version: 0,
    dataset: { item_count: 2000 },
    binary_classification_metrics: {
      confusion_matrix: { '0': { '0': 1280, '1': 120 }, '1': { '0': 600 - found, '1': found } },
      recall: metric(found / 600),
      precision: metric(found / (found + 120)),
      accuracy: metric((1280 + found) / 2000),
      recall_best_constant_classifier: metric(1),
      true_positive_rate: metric(found / 600),
      false_positive_rate: metric(120 / 1400),
      auc: metric(1 / (1 + bend), null),
      receiver_operating_characteristic_curve: curve(bend),
    },
  };
}

/** A metric that falls over the last of 30 windows, as labels show it and as it was estimated; the labels of the last two have not come. */
const worn = Array.from({ length: 30 }, (_, hour): QualityWindow => {
  const value = 0.8 - 0.015 * Math.max(0, hour - 20);
  const recall = [value + (hour % 3) * 0.004, 0.016] as const;
  const realized = hour < 28 ? { recall, accuracy: [0.9 + (hour % 2) * 0.002, 0.007] as const } : undefined;
  const [start, end] = [hour, hour + 1].map((at) => new Date(Date.UTC(2026, 2, 1, at)).toISOString());
  return { start, end, quality: [{ realized, estimated: { recall: [0.8 + (hour % 2) * 0.003, 0.015] } }] };
});

/** A binary classification that has lost recall. */
export const aged = (): ReportedRun =>
  runOf(
    'ModelQuality',
    {
      status: 'Analysed',
      recordCount: 2000,
      qualityWindows: worn,
      violations: [
        {
          feature: 'recall',
          check: 'LessThanThreshold',
          description: "Metric recall with 0.65 +/- 0.004 was LessThanThreshold '0.8'",
          observed: 0.65,
          expected: 0.8,
          pValue: 1e-9,
        },
      ],
      labels: {
        matched: 2000,
        predictionsWithoutLabel: 180,
        labelsWithoutPrediction: 12,
        duplicateLabels: 0,
        conflictingLabels: 0,
        duplicatePredictions: 0,
        rowCountMismatches: 0,
      },
    },
    {
      run: { statistics: binary(390, 0.3) as never },
      baseline: {
        statistics: binary(520, 0.12) as never,
        constraints: {
          version: 0,
          binary_classification_constraints: {
            recall: { threshold: 0.8, comparison_operator: 'LessThanThreshold' },
            false_positive_rate: { threshold: 0.2, comparison_operator: 'GreaterThanThreshold' },
          },
        },
      },
    },
  );

function bias(gap: number): BiasAnalysis {
  const metrics = [
    { name: 'DI', description: 'Disparate Impact (DI)', value: 1 - gap },
    { name: 'DPPL', description: 'Difference in Positive Proportions in Predicted Labels (DPPL)', value: gap },
    { name: 'RD', description: 'Recall Difference (RD)', value: gap / 2 },
    { name: 'TE', description: 'Treatment Equality (TE)', value: null, error: 'the group has no false negative' },
  ] as const;
  const groups = ['female', '(40, 71]'].map((value) => ({ value_or_threshold: value, metrics: [...metrics] }));
  const sampling = groups.map(({ value_or_threshold }) => ({
    value_or_threshold,
    rows: 640,
    other_rows: 1360,
    estimates: { DI: [1 - gap, 0.05], DPPL: [gap, 0.02], RD: [gap / 2, 0.03] } as { [name: string]: [number, number] },
  }));
  return {
    version: '1.0',
    post_training_bias_metrics: {
      label: 'hired',
      label_value_or_threshold: '1',
      facets: { sex: [groups[0]], age: [groups[1]] },
    },
    sampling: { post_training_bias_metrics: { sex: [sampling[0]], age: [sampling[1]] } },
  };
}

/** A model that has become unfair to one group. */
export const unfair = (): ReportedRun =>
  runOf(
    'ModelBias',
    {
      status: 'Analysed',
      recordCount: 2000,
      violations: [
        {
          feature: 'sex=female (DPPL)',
          check: 'bias_drift_check',
          description: 'Metric value 0.31 is farther from 0 than the baseline value 0.08',
          pValue: 1e-12,
        },
      ],
      notEvaluated: [{ feature: 'sex=female (TE)', check: 'TE', reason: 'the group has no false negative' }],
    },
    { run: { analysis: bias(0.31) }, baseline: { analysis: bias(0.08) } },
  );

const FEATURES = ['age', 'income', 'tenure', 'visits', 'region', 'device', 'hour'];
const attributions = (weights: readonly number[]) => ({
  version: '1.0' as const,
  explanations: {
    kernel_shap: {
      label0: { global_shap_values: Object.fromEntries(FEATURES.map((name, index) => [name, weights[index]])) },
    },
  },
});

/** A model that looks at other features than it did. */
export const distracted = (): ReportedRun =>
  runOf(
    'ModelExplainability',
    {
      status: 'Analysed',
      recordCount: 500,
      violations: [
        {
          feature: 'label0',
          check: 'feature_attribution_drift_check',
          description: 'Feature attribution drift score 0.608 is below the threshold 0.9',
          observed: 0.608,
          expected: 0.9,
        },
      ],
    },
    {
      run: { analysis: attributions([0.02, 0.05, 0.01, 0.2, 0.12, 0.3, 0.01]) },
      baseline: { analysis: attributions([0.3, 0.22, 0.12, 0.06, 0.04, 0.02, 0.01]) },
    },
  );

/** Data quality of many features, every third of which has moved: made of two, so that it is made quickly. */
export function wide(count: number, nameOf = (index: number) => `feature_with_a_name_${index}`): ReportedRun {
  const { report, run, baseline } = dataQualityRun({ moved: normal(200, 0, 1), kept: normal(200, 0, 1) }, [
    { moved: normal(200, 3, 1), kept: normal(200, 0, 1) },
  ]);
  const source = (index: number) => (index % 3 === 0 ? 'moved' : 'kept');
  const names = Array.from({ length: count }, (_, index) => nameOf(index));
  const copied = <T>(items: readonly T[], key: keyof T) =>
    names.flatMap((name, index) =>
      items.filter((item) => item[key] === source(index)).map((item) => ({ ...item, [key]: name })),
    );
  const violated = copied(report.violated, 'feature');
  return {
    report: {
      ...report,
      outcome: {
        ...report.outcome,
        violationCount: violated.length,
        violations: copied(report.outcome.violations, 'feature').slice(0, 20),
      },
      distances: copied(report.distances, 'feature'),
      violated,
    },
    run: { statistics: { ...run.statistics, features: copied(run.statistics?.features ?? [], 'name') } },
    baseline: { statistics: { ...baseline.statistics, features: copied(baseline.statistics?.features ?? [], 'name') } },
    earlier: [],
  };
}

/** Two variants, each judged by its own records: one of them has drifted, and of a third nothing came. */
export function sideBySide(): ReportedRun {
  const [green, blue] = [drifted(), quiet()];
  const of = <T extends object>(variant: string, items: readonly T[]) => items.map((item) => ({ ...item, variant }));
  const { report } = green;
  const outcomes = [
    { variant: 'blue', status: 'Analysed', recordCount: 1200, violationCount: 0, watchedCount: 0 },
    { variant: 'green', status: 'Analysed', recordCount: 1200, violationCount: 5, watchedCount: 0, labelCoverage: 0.9 },
    { variant: 'red', status: 'NoData', recordCount: 0, violationCount: 0, watchedCount: 0 },
  ] as const;
  return {
    ...green,
    run: {},
    variants: { blue: blue.run, green: green.run },
    report: {
      ...report,
      outcome: {
        ...report.outcome,
        ...{ recordCount: 2400, variants: [...outcomes], violations: of('green', report.outcome.violations) },
        healthReasons: ['31 of 2431 records were not used (1.28%): 31 notJson; report.json has where the first are'],
      },
      objectCount: 6,
      variants: { read: ['blue', 'green', 'red'], leftOut: ['shadow'] },
      distances: [...of('blue', blue.report.distances), ...of('green', report.distances)],
      violated: of('green', report.violated),
      notEvaluated: [{ feature: '', check: 'all', reason: 'variant red has no record in the window' }],
    },
    earlier: [],
  };
}

/** What a test knew with so many windows, of a candidate that is worse and slower by a little: one that has ended knows it. */
const known = (windows: number, isEnded = false) => {
  const around = (value: number, spread: number) => ({ value, low: value - spread, high: value + spread });
  const spread = 1 / Math.sqrt(windows);
  return [around(isEnded ? -0.07 : -0.03, spread / 4), windows < 3 ? null : around(1.5, 20 * spread)] as const;
};

/** A window of a test of two variants that goes on, or has ended with it. */
export function tested(outcome?: 'Worse'): ReportedRun {
  const run = aged();
  const evidence = { test: 'k1', metrics: [] };
  const comparison = { reference: 'blue', candidate: 'green', notCompared: [], evidence };
  const until = (windows: number) => new Date(Date.UTC(2026, 2, 1, windows)).toISOString();
  const windows = 40;
  const isEnded = outcome !== undefined;
  const [accuracy, latency] = known(windows, isEnded);
  return {
    ...run,
    report: { ...run.report, comparison },
    test: {
      ...{ version: '1', test: 'k1', name: 'Stack/Autumn', since: until(0), until: until(windows), windows, outcome },
      metrics: [
        { metric: 'accuracy', difference: accuracy ?? undefined, leastEffect: 0.02, better: 'higher', sums: {} },
        { metric: 'modelLatency', difference: latency ?? undefined, leastEffect: 5, better: 'lower', sums: {} },
        { metric: 'predictions', leastEffect: 0.02, better: 'same', sums: {} },
      ],
      course: Array.from({ length: windows }, (_, before) => ({
        ...{ until: until(before + 1), windows: before + 1, differences: [...known(before + 1, isEnded), null] },
      })),
      done: [],
    },
  };
}

/** A run that failed. */
export const failed = (): ReportedRun =>
  runOf(
    'DataQuality',
    { status: 'Failed', failureReason: 'UnusableBaseline: constraints.json has no features' },
    { run: {}, baseline: {} },
  );

/** A window without a record. */
export const empty = (): ReportedRun => runOf('DataQuality', { status: 'NoData' }, { run: {}, baseline: {} });

/** A run of Model Monitor, whose files say of no feature how far it is but where it is too far. */
export function onModelMonitor(run: ReportedRun): ReportedRun {
  const { outcome } = run.report;
  return { ...run, report: { ...run.report, distances: [], outcome: { ...outcome, engine: 'model-monitor' } } };
}

/** A run all of whose findings people accepted, or whose monitor they paused. */
export function quieted(kind: 'Accepted' | 'Paused'): ReportedRun {
  const run = drifted();
  const { outcome, violated } = run.report;
  const said = {
    kind,
    id: 'i',
    until: '2026-03-11T00:00:00.000Z',
    by: 'ann',
    reason: 'the campaign of spring',
  } as const;
  const counts = { status: 'Watch', violationCount: 0, watchedCount: 0, acceptedCount: violated.length } as const;
  const violations = outcome.violations.map((one) => ({ ...one, confirmed: false, accepted: said }));
  const accepted = violated.map(({ feature, check }) => ({ feature, check, ...said }));
  const paused = kind === 'Paused' ? { paused: said } : {};
  return { ...run, report: { ...run.report, outcome: { ...outcome, ...counts, ...paused, violations }, accepted } };
}

/** Every kind and state, by what the page is called. */
export const RUNS = { drifted, quiet, sideBySide, aged, tested, unfair, distracted, failed, empty } as const;
