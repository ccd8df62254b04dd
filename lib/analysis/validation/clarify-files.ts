import type { AttributionAnalysis } from '../attribution/schemas';
import type { BiasAnalysis, FacetMetrics } from '../bias/schemas';
import { brief } from '../words';
import { basic, COMPUTED, type FileProblem, list, mapOf, object, optional, type Shape, TEXT } from './shape';

const GROUP = object({
  value_or_threshold: basic(TEXT),
  metrics: basic(list(basic(object({ name: basic(TEXT), value: COMPUTED })))),
});

const SECTION = optional(
  basic(object({ label: TEXT, facets: basic(mapOf(basic(list(basic(GROUP))))), label_value_or_threshold: TEXT })),
);

const SECTIONS = ['post_training_bias_metrics', 'pre_training_bias_metrics'] as const;

const BIAS = basic(object(Object.fromEntries(SECTIONS.map((section) => [section, SECTION]))));

/** Everything that is wrong with the `analysis.json` of a baseline of bias; what no check reads may be anything. */
export function biasFileProblems(file: unknown): FileProblem[] {
  const problems = BIAS(file, '');
  if (problems.length > 0) return problems;
  const analysis = file as BiasAnalysis;
  const sections = SECTIONS.filter((section) => analysis[section] !== undefined);
  if (sections.length === 0) return [nothingOf('metrics of bias', SECTIONS.join(' or '))];
  return sections.flatMap((section) => facetProblems(`${section}.facets`, analysis[section]?.facets ?? {}));
}

const nothingOf = (what: string, allowed: string): FileProblem => ({
  weight: 'Structure',
  place: '',
  found: `an object without ${what}`,
  allowed: `an object with ${allowed}`,
});

function facetProblems(place: string, facets: { readonly [facet: string]: readonly FacetMetrics[] }): FileProblem[] {
  const names = Object.keys(facets);
  if (names.length === 0) return [empty(place, 'an empty object', 'at least one facet')];
  return names.flatMap((name) => groupProblems(`${place}[${brief(name)}]`, facets[name]));
}

function groupProblems(place: string, groups: readonly FacetMetrics[]): FileProblem[] {
  if (groups.length === 0) return [empty(place, 'an empty list', 'at least one group')];
  return groups.flatMap(({ value_or_threshold: value, metrics }, index): FileProblem[] => {
    const isRepeated = groups.findIndex((other) => other.value_or_threshold === value) < index;
    return [
      ...(isRepeated
        ? [empty(`${place}[${index}].value_or_threshold`, 'that of a group before it', 'one group of each value')]
        : []),
      ...(metrics.length === 0 ? [empty(`${place}[${index}].metrics`, 'an empty list', 'at least one metric')] : []),
    ];
  });
}

const empty = (place: string, found: string, allowed: string): FileProblem => ({
  weight: 'Meaning',
  place,
  found,
  allowed,
});

const EXPLANATION = object({ global_shap_values: basic(mapOf(COMPUTED)), expected_value: optional(COMPUTED) });

const LABELS: Shape = basic(mapOf(basic(EXPLANATION)));

const ATTRIBUTION = basic(object({ explanations: optional(basic(object({ kernel_shap: optional(LABELS) }))) }));

/** Everything that is wrong with the `analysis.json` of a baseline of attributions; what no check reads may be anything. */
export function attributionFileProblems(file: unknown): FileProblem[] {
  const problems = ATTRIBUTION(file, '');
  if (problems.length > 0) return problems;
  const labels = (file as AttributionAnalysis).explanations?.kernel_shap;
  if (labels === undefined) return [nothingOf('attributions', 'explanations.kernel_shap')];
  const place = 'explanations.kernel_shap';
  const names = Object.keys(labels);
  if (names.length === 0) return [empty(place, 'an empty object', 'at least one label')];
  return names
    .filter((name) => Object.keys(labels[name].global_shap_values).length === 0)
    .map((name) => empty(`${place}[${brief(name)}].global_shap_values`, 'an empty object', 'at least one feature'));
}
