import { applyOverrides, type Constraints } from '../analysis';
import type { ConstraintOverridesConfig } from '../engine/serverless/contract';
import { Failure } from '../runtime/failure';

/** Names in an error text. */
const NAMES = 50;

/** The constraints with overrides applied. Throws `UnknownFeature`, with the known names, when an override has no feature to apply to. */
export function overriddenConstraints(constraints: Constraints, overrides?: ConstraintOverridesConfig): Constraints {
  if (!overrides) return constraints;
  const { constraints: overridden, unknownFeatures } = applyOverrides(constraints, overrides);
  if (unknownFeatures.length === 0) return overridden;
  const known = constraints.features.map(({ name }) => name);
  throw new Failure(
    'UnknownFeature',
    `overrides name ${quoted(unknownFeatures)}, but the baseline has ${quoted(known)}`,
  );
}

function quoted(names: string[]): string {
  const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
  return (
    names
      .slice(0, NAMES)
      .map((name) => `'${name}'`)
      .join(', ') + more
  );
}
