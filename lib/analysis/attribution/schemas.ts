// The files of an explainability monitor, exactly as Clarify reads and writes them.

/** The attributions of one label. */
export interface LabelExplanation {
  /** by feature */
  readonly global_shap_values: Record<string, number>;
  /** the model's answer to the baseline; absent in files that were cut */
  readonly expected_value?: number;
}

/**
 * `analysis.json` of an explainability job; the baseline's is the constraints file of a monitor.
 *
 * `{"version":"1.0","explanations":{"kernel_shap":{"label0":{"global_shap_values":{"Age":0.0597},"expected_value":0.21}}}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-analysis-results.html
 */
export interface AttributionAnalysis {
  readonly version: '1.0';
  readonly explanations?: { readonly kernel_shap?: Record<string, LabelExplanation> };
}

/**
 * One entry of `constraint_violations.json` of an explainability monitor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift-violations.html
 */
export interface AttributionViolation {
  readonly constraint_check_type: 'feature_attribution_drift_check';
  readonly description: string;
  readonly label: string;
  readonly metric_name: 'shap';
}
