import type { KindSheet } from './kind-sheet';

/** What a model predicts, against labels. */
export const MODEL_QUALITY: KindSheet<'ModelQuality'> = {
  kind: 'ModelQuality',
  prop: 'modelQuality',
  aspect: 'model quality',
  engines: ['serverless', 'model-monitor'],
  readsLabels: true,
  asksModel: false,
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
  },
};
