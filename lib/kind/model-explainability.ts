import { counted } from './counted';
import type { KindSheet } from './kind-sheet';

/** Which features a model's predictions rest on. */
export const MODEL_EXPLAINABILITY: KindSheet<'ModelExplainability'> = {
  kind: 'ModelExplainability',
  prop: 'modelExplainability',
  aspect: 'feature attributions',
  engines: ['serverless', 'model-monitor'],
  readsLabels: false,
  asksModel: true,
  // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift.html
  captured: { sides: ['Input'], reason: 'it asks the model again about the features' },
  baseline: {
    hasStatistics: false,
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-run.html
    constraintsFile: 'analysis.json',
    constraintsContent: 'Attributions',
    needsDecimals: false,
    mirrorsCapture: false,
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-shap-violations.html
    overrides: { takes: () => false, allowed: 'nothing for a monitor of feature attributions' },
  },
  report: {
    // https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-model-attribution-drift-violations.html ("if violations are detected")
    measured: { file: 'analysis.json', countsRecords: false, sections: ['explanations'], listsNone: false },
    subjectOf: ({ label }) => label,
    concernOf: () => 'Drift',
    isWithoutChance: () => false,
    skippedBy: () => undefined,
    headline: (count, watched) => `Feature attributions of ${watched} have drifted for ${counted(count, 'output')}`,
    advice: [
      'compare global_shap_values in analysis.json of the report with those of the baseline.',
      'The predictions rest on other features than before: look at the data quality of those that gained or lost weight.',
      'If the data has rightly changed, retrain the model and make a new baseline; if not, look for the change at its source.',
    ],
  },
  service: {
    container: 'clarify',
    metricsNamespace: 'explainability-metrics',
    driftCheckBaselines: {
      member: 'Explainability',
      constraints: ['Constraints'],
      path: 'Explainability.Constraints',
    },
  },
};
