import { brief } from '../words';
import { inWords } from './problem-words';
import { COUNT, FLAG, isObject, list, mapOf, object, oneOf, optional, SHARE, type Shape, TEXT, within } from './shape';

const MONITORING = {
  evaluateConstraints: optional(FLAG),
  emitMetrics: optional(FLAG),
  datatypeCheckThreshold: optional(SHARE),
  domainContentThreshold: optional(SHARE),
  performComparison: optional(FLAG),
  comparisonThreshold: optional(SHARE),
  comparisonMethod: optional(oneOf('Simple', 'Robust')),
  categoricalComparisonThreshold: optional(SHARE),
  categoricalDriftMethod: optional(oneOf('LInfinity', 'ChiSquared')),
};

const CATEGORIES: Shape = (value, place) =>
  Array.isArray(value) && value.length === 0
    ? [{ weight: 'Meaning', place, found: 'an empty list', allowed: 'at least one category' }]
    : list(TEXT)(value, place);

const FEATURE = object({
  ...MONITORING,
  completeness: optional(SHARE),
  completenessTolerance: optional(SHARE),
  domains: optional(CATEGORIES),
});

/** What thresholds of metrics may be that are no shares: errors have no most, and R² has no least. */
const RANGES: { readonly [metric: string]: Shape } = {
  mae: COUNT,
  mse: COUNT,
  rmse: COUNT,
  r2: within(Number.NEGATIVE_INFINITY, 1, 'a number of at most 1'),
};

const THRESHOLDS: Shape = (value, place) =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, each]) => (RANGES[name] ?? SHARE)(each, `${place}[${brief(name)}]`))
    : mapOf(SHARE)(value, place);

const OVERRIDES = object({
  ...MONITORING,
  features: optional(mapOf(FEATURE)),
  metricThresholds: optional(THRESHOLDS),
});

/**
 * Why overrides cannot be applied to any constraints, in words; undefined where they can. Most are judged at synthesis; parameters and the like have their
 * values at deployment only.
 */
export function overridesProblem(overrides: unknown): string | undefined {
  const problems = OVERRIDES(overrides, '');
  if (problems.length === 0) return undefined;
  return inWords(
    problems.map((problem) => ({ ...problem, file: 'withOverrides' })),
    'mend the override',
  );
}
