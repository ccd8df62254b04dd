import type { KernelShapValues } from './kernel-shap';
import type { AttributionAnalysis } from './schemas';

/** The names of what was explained. */
export interface AttributionNames {
  readonly features: readonly string[];
  /** @default - `label0`, `label1`, ... as Clarify names labels without headers */
  readonly labels?: readonly string[];
}

/**
 * `analysis.json` of attributions: global values by feature, and the expected answer, for every label. Of features with the same name the last
 * one counts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-analysis-results.html
 */
export function attributionAnalysis(
  { global, expected }: Pick<KernelShapValues, 'global' | 'expected'>,
  { features, labels }: AttributionNames,
): AttributionAnalysis {
  const explanations = global.map((values, label) => [
    labels?.[label] ?? `label${label}`,
    {
      global_shap_values: Object.fromEntries(features.map((name, index) => [name, values[index]])),
      expected_value: expected[label],
    },
  ]);
  return { version: '1.0', explanations: { kernel_shap: Object.fromEntries(explanations) } };
}
