import type { Constraints } from '../schemas';
import { fileOfFeatures, nameProblems } from './features';
import { basic, type FileProblem, FLAG, list, object, oneOf, optional, SHARE, TEXT } from './shape';
import { TYPE } from './statistics-file';

const SWITCH = optional(oneOf('Enabled', 'Disabled'));

const CONFIG = optional(
  object({
    evaluate_constraints: SWITCH,
    emit_metrics: SWITCH,
    datatype_check_threshold: optional(SHARE),
    domain_content_threshold: optional(SHARE),
    distribution_constraints: optional(
      object({
        perform_comparison: SWITCH,
        comparison_threshold: optional(SHARE),
        comparison_method: optional(oneOf('Simple', 'Robust')),
        categorical_comparison_threshold: optional(SHARE),
        categorical_drift_method: optional(oneOf('LInfinity', 'ChiSquared')),
      }),
    ),
  }),
);

const SHAPE = fileOfFeatures(
  object({
    name: basic(TEXT),
    inferred_type: TYPE,
    completeness: optional(SHARE),
    num_constraints: optional(object({ is_non_negative: optional(FLAG), monitoring_config_overrides: CONFIG })),
    string_constraints: optional(object({ domains: optional(list(TEXT)), monitoring_config_overrides: CONFIG })),
    monitoringConfigOverrides: CONFIG,
    monitoring_config_overrides: CONFIG,
  }),
  { monitoring_config: CONFIG },
);

/** Everything that is wrong with a `constraints.json` of data quality; what no check reads may be anything. */
export function constraintsProblems(file: unknown): FileProblem[] {
  const problems = SHAPE(file, '');
  return problems.length > 0 ? problems : nameProblems((file as Constraints).features);
}
