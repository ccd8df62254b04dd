import { counted } from './counted';
import type { KindSheet } from './kind-sheet';

/** What a model predicts, against labels. */
export const MODEL_QUALITY: KindSheet<'ModelQuality'> = {
  kind: 'ModelQuality',
  prop: 'modelQuality',
  aspect: 'model quality',
  engines: ['serverless', 'model-monitor'],
  readsLabels: true,
  asksModel: false,
  // https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
  captured: { sides: ['Output'], reason: 'it compares predictions with labels' },
  baseline: {
    hasStatistics: false,
    constraintsFile: 'constraints.json',
    constraintsContent: 'Metrics',
    // https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-baseline.html
    needsDecimals: true,
    mirrorsCapture: false,
    overrides: {
      takes: (prop) => prop === 'metricThresholds',
      allowed: 'metricThresholds for a monitor of model quality',
    },
  },
  report: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
    measured: {
      file: 'statistics.json',
      countsRecords: true,
      sections: ['binary_classification_metrics', 'multiclass_classification_metrics', 'regression_metrics'],
      listsNone: true,
    },
    subjectOf: ({ metric_name }) => metric_name,
    concernOf: () => 'Quality',
    isWithoutChance: () => false,
    skippedBy: () => undefined,
    headline: (count, watched) =>
      `${counted(count, 'metric')} of model quality of ${watched} beyond ${count === 1 ? 'its threshold' : 'their thresholds'}`,
    advice: [
      'look at the metrics above in constraint_violations.json and statistics.json of the report.',
      'See first whether the labels (ground truth) of the window are right and complete, then whether data quality has drifted.',
      'If the model has aged, retrain it on newer data; if the baseline asks for too much, override its thresholds.',
    ],
  },
  service: {
    container: 'analyzer',
    metricsNamespace: 'model-metrics',
    driftCheckBaselines: {
      member: 'ModelQuality',
      constraints: ['Constraints'],
      path: 'ModelQuality.Constraints',
    },
  },
};
