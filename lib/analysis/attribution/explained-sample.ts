import { type AttributionNames, attributionAnalysis } from './analysis-file';
import { type KernelShapInput, kernelShap } from './kernel-shap';
import type { RowSample } from './row-sample';

/** How the rows of a sample are explained; the model is asked through `predict`. */
export interface ExplanationSettings extends Omit<KernelShapInput, 'rows' | 'keepLocal'> {
  readonly names: AttributionNames;
  /** in how many requests the model was asked; absent where nobody counts */
  readonly requests?: () => number;
}

/**
 * Asks a model about the rows of a sample, and leaves what came of it in their place: attributions, with how many rows they are of, or why there are none.
 * A sample without rows asks nothing and is left as it is. When `predict` rejects, so does the result.
 */
export async function explainedSample(
  sample: RowSample,
  { names, predict, requests, ...settings }: ExplanationSettings,
): Promise<RowSample> {
  const rows = sample.rows.map(({ values }) => values);
  if (rows.length === 0) return sample;
  let predictions = 0;
  const counted: KernelShapInput['predict'] = (asked) => {
    predictions += asked.length;
    return predict(asked);
  };
  const result = await kernelShap({ ...settings, rows, predict: counted });
  if ('problem' in result) {
    const { reason, detail } = result.problem;
    return sample.explained({ refusal: `${reason}: ${detail}` });
  }
  const { labels } = names;
  const found = result.values.expected.length;
  if (labels && labels.length !== found) {
    return sample.explained({
      refusal: `label-count: the model answers ${found} scores, and ${labels.length} labels are named`,
    });
  }
  const explained = { records: rows.length, predictions, requests: requests?.(), isExact: result.values.isExact };
  return sample.explained({ analysis: { ...attributionAnalysis(result.values, names), explained } });
}
