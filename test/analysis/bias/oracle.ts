import { analyzeBias, type BiasColumn, type BiasSection } from '../../../lib/analysis/bias';
import type { Figure } from './closeness';

/** A dataset whose columns are digits, one per row; 1 is the facet, a positive label, a positive prediction. */
export interface BitCase {
  readonly facet: string;
  readonly label: string;
  readonly predicted?: string;
  readonly group?: string;
  readonly features?: number[][];
  readonly metrics: Record<string, Figure>;
  readonly tolerance?: number;
  readonly test?: string;
}

const digits = (name: string, text: string): BiasColumn => ({ name, kind: 'category', values: [...text].map(Number) });

/** All metrics of the case, by name. */
export function metricsOf({ facet, label, predicted, group, features = [] }: BitCase): Record<string, Figure> {
  const columns = [digits('facet', facet), digits('label', label)];
  if (predicted) columns.push(digits('predicted', predicted));
  if (group) columns.push({ ...digits('group', group), kind: 'integer' });
  for (const [index, values] of features.entries()) columns.push({ name: `x${index}`, kind: 'fractional', values });
  const { analysis } = analyzeBias({
    columns,
    facets: [{ name: 'facet', valuesOrThreshold: [1] }],
    label: 'label',
    labelValuesOrThreshold: [1],
    predictedLabel: predicted && 'predicted',
    groupVariable: group && 'group',
  });
  return { ...valuesOf(analysis.pre_training_bias_metrics), ...valuesOf(analysis.post_training_bias_metrics) };
}

/** The values of the first group. */
export function valuesOf(section: BiasSection | undefined, group = 0): Record<string, Figure> {
  const [facet] = Object.values(section?.facets ?? {});
  return Object.fromEntries((facet?.[group]?.metrics ?? []).map(({ name, value }) => [name, value]));
}
