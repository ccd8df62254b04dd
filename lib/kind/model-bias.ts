import type { KindSheet } from './kind-sheet';

/** How differently a model treats groups, against labels. */
export const MODEL_BIAS: KindSheet<'ModelBias'> = {
  kind: 'ModelBias',
  prop: 'modelBias',
  aspect: 'bias',
  engines: ['serverless', 'model-monitor'],
  readsLabels: true,
  asksModel: false,
  baseline: {
    hasStatistics: false,
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-run.html
    constraintsFile: 'analysis.json',
    constraintsContent: 'Bias',
    needsDecimals: false,
    mirrorsCapture: false,
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html
    overrides: { takes: () => false, allowed: 'nothing for a monitor of bias' },
  },
  report: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-violations.html ("if violations are detected")
    measured: {
      file: 'analysis.json',
      countsRecords: false,
      sections: ['pre_training_bias_metrics', 'post_training_bias_metrics'],
      listsNone: false,
    },
    subjectOf: ({ facet, facet_value = '', metric_name = '' }) =>
      facet === undefined ? undefined : `${facet}=${facet_value} (${metric_name})`,
    concernOf: () => 'Drift',
    isWithoutChance: () => false,
    skippedBy: () => undefined,
  },
};
