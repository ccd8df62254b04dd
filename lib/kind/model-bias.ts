import { counted } from './counted';
import type { KindSheet } from './kind-sheet';

/** How differently a model treats groups, against labels. */
export const MODEL_BIAS: KindSheet<'ModelBias'> = {
  kind: 'ModelBias',
  prop: 'modelBias',
  aspect: 'bias',
  engines: ['serverless', 'model-monitor'],
  readsLabels: true,
  asksModel: false,
  // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift.html
  captured: { sides: ['Input', 'Output'], reason: 'it compares predictions between groups, which are features' },
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
    headline: (count, watched) =>
      `Bias of ${watched} is farther from 0 than its baseline in ${counted(count, 'metric')}`,
    advice: [
      'look at the groups and metrics above in constraint_violations.json and analysis.json of the report.',
      'See whether the group has few records in the window, or other labels than in the baseline; a small group varies by chance.',
      'If the model treats it differently, retrain the model on data that represent the group; if not, make a new baseline.',
    ],
  },
  service: {
    container: 'clarify',
    metricsNamespace: 'bias-metrics',
    driftCheckBaselines: {
      member: 'Bias',
      constraints: ['PreTrainingConstraints', 'PostTrainingConstraints'],
      path: 'Bias (PreTrainingConstraints or PostTrainingConstraints)',
    },
  },
};
