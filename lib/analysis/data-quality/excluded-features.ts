import type { NotEvaluated } from '../port';
import type { Constraints } from '../schemas';

const NO_SUCH_FEATURE = 'it is excluded, but neither the data nor the baseline has it';

/** Excluded names that nothing has are a mistake: somebody means a feature that is checked. */
export function mistakenlyExcluded(excluded: readonly string[], known: ReadonlySet<string>): NotEvaluated[] {
  return excluded
    .filter((name) => !known.has(name))
    .map((feature) => ({ feature, check: 'all', reason: NO_SUCH_FEATURE }));
}

const NOT_MEASURED =
  'featureMetrics names it, and the baseline has no such feature, so that its metric is never published; write it as the baseline does';

/** Names of metrics that nothing is published under: an alarm on one would be silent for ever. */
export function mistakenlyMeasured(measured: readonly string[], known: ReadonlySet<string>): NotEvaluated[] {
  return measured
    .filter((name) => !known.has(name))
    .map((feature) => ({ feature, check: 'baseline_drift_check', reason: NOT_MEASURED }));
}

/** Constraints that ask for nothing of the excluded features. */
export function withoutExcluded(constraints: Constraints, excluded: readonly string[] = []): Constraints {
  const features = constraints.features.filter(({ name }) => !excluded.includes(name));
  return { ...constraints, features };
}
