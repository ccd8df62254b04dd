import type { KindSheet } from './kind-sheet';

/** Which features a model's predictions rest on. */
export const MODEL_EXPLAINABILITY: KindSheet<'ModelExplainability'> = {
  kind: 'ModelExplainability',
  prop: 'modelExplainability',
  aspect: 'feature attributions',
  engines: ['serverless', 'model-monitor'],
  readsLabels: false,
  asksModel: true,
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
  },
};
