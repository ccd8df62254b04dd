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
  /** what the attributions are of; Clarify does not write it */
  readonly explained?: ExplainedRecords;
}

/** What attributions are of, and what they took. */
export interface ExplainedRecords {
  /** records of the sample that was explained */
  readonly records: number;
  /** rows that the model was asked about */
  readonly predictions: number;
  /** requests in which it was asked, those that were tried again counted again; absent where nobody counted */
  readonly requests?: number;
  /** whether every record was explained from all coalitions of its features, so that nothing is estimated */
  readonly isExact: boolean;
}

/** `constraint_check_type` of {@link AttributionViolation}. */
export const ATTRIBUTION_CHECK = 'feature_attribution_drift_check';

/**
 * One entry of `constraint_violations.json` of an explainability monitor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-feature-attribution-drift-violations.html
 */
export interface AttributionViolation {
  readonly constraint_check_type: typeof ATTRIBUTION_CHECK;
  readonly description: string;
  readonly label: string;
  readonly metric_name: 'shap';
}
