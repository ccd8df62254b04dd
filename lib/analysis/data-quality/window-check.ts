import type { Distance, Finding, NotEvaluated } from '../port';
import { statistics } from '../profile/statistics';
import type { RecordTransformation } from '../reading/record-transformation';
import type { Constraints, Statistics, Violation } from '../schemas';
import { checkDataQuality, type DataQualityInput, type DataQualityResult } from './data-quality';
import { type DriftMethod, type DriftResult, detectDrift, type FeatureDrift, isEvaluated } from './detectors';
import { mistakenlyMeasured, withoutExcluded } from './excluded-features';
import { NOT_IN_STATISTICS } from './gap-reasons';
import { checkByMeaning } from './meaning-check';
import { withoutNestedOverrides } from './nested-overrides';
import type { KeptText } from './text/text-check';
import { distanceOf, driftViolated, findingOf, inOrder } from './violated';

/** How drift is decided: by a test of this library, or as Model Monitor's container does by `constraints.json`. */
export interface WindowDriftSettings {
  readonly method: Exclude<DriftMethod, 'Simple' | 'Robust'> | 'ModelMonitor';
  /** of the whole window, above 0 to 1; `DEFAULT_FALSE_ALARM_RATE` where absent. Without meaning for `ModelMonitor` */
  readonly falseAlarmRate?: number;
}

/** Whose rules hold for types, completeness, categories and columns: this library's, or those of Model Monitor's container. */
export type CheckRules = 'ByMeaning' | 'ModelMonitor';

/** A window, the baseline that it is checked against, and how drift is decided. */
export interface WindowCheck extends Pick<DataQualityInput, 'profile' | 'baselineConstraints'> {
  readonly baselineStatistics: Statistics;
  /** what the baseline keeps of text with too many values for a histogram; nothing where absent. Without meaning for the container's rules */
  readonly text?: KeptText;
  readonly drift: WindowDriftSettings;
  /** `ByMeaning` where absent, but for the drift method `ModelMonitor`, which has the container's rules alone */
  readonly checks?: CheckRules;
  /** features that nothing is asked of, by the names that the baseline or the data have; none where absent */
  readonly excludedFeatures?: readonly string[];
  /** features whose distance is published; none where absent */
  readonly measuredFeatures?: readonly string[];
  /** share of records that may have columns which the baseline lacks, 0 to 1; 0.01 where absent. Without meaning for the container's rules */
  readonly unknownColumnsLimit?: number;
  /** see `MeaningCheck`. Without meaning for the container's rules */
  readonly transformations?: readonly RecordTransformation[];
}

/** What a window was found to be. Each list is empty where there is nothing to say; violations follow the order of the constraints. */
export interface WindowFindings
  extends Pick<DataQualityResult, 'violations' | 'findings' | 'notEvaluated' | 'columnNames'> {
  readonly distances: Distance[];
  /** checks that were made; absent where the container's rules hold */
  readonly checkCount?: number;
  /** of the window itself, its columns named as in the baseline */
  readonly statistics: Statistics;
}

/** How drift is decided beside this library's own checks; undefined where the container's rules hold, for all but drift or for all. */
function ownDrift({ checks, drift: { method, falseAlarmRate } }: Pick<WindowCheck, 'checks' | 'drift'>) {
  return checks === 'ModelMonitor' || method === 'ModelMonitor' ? undefined : { method, falseAlarmRate };
}

/** Whether the container's rules hold for all but drift, or for all. */
export const followsContainer = (rules: Pick<WindowCheck, 'checks' | 'drift'>): boolean =>
  ownDrift(rules) === undefined;

/** Checks a window against a baseline, by the rules and the drift method chosen. Both use Model Monitor's words where it has any. */
export function checkWindow(input: WindowCheck): WindowFindings {
  const { measuredFeatures = [], baselineStatistics } = input;
  const found = checkByRules(input);
  const known = new Set(baselineStatistics.features.map(({ name }) => name));
  return { ...found, notEvaluated: [...found.notEvaluated, ...mistakenlyMeasured(measuredFeatures, known)] };
}

function checkByRules(input: WindowCheck): WindowFindings {
  const drift = ownDrift(input);
  if (!drift) return checkAsContainer(input);
  return checkByMeaning({
    profile: input.profile,
    statistics: input.baselineStatistics,
    constraints: withoutExcluded(withoutNestedOverrides(input.baselineConstraints), input.excludedFeatures),
    excludedFeatures: input.excludedFeatures,
    text: input.text,
    drift,
    unknownColumnsLimit: input.unknownColumnsLimit,
    transformations: input.transformations,
  });
}

/**
 * Types, completeness and categories as Model Monitor checks them, drift by the method chosen. The features are those of the constraints. There
 * is no drift to decide about when the window has no rows or another number of columns, nor for features whose comparison is switched off; one whose constraints are not evaluated has a distance, but no violation.
 */
function checkAsContainer(input: WindowCheck): WindowFindings {
  const { profile, baselineConstraints, baselineStatistics, drift, excludedFeatures = [] } = input;
  const isParity = drift.method === 'ModelMonitor';
  const quality = checkDataQuality({
    profile,
    baselineConstraints,
    excludedFeatures,
    ...(isParity && { baselineStatistics }), // without them drift is not decided there
  });
  const current = statistics(profile, { columnNames: quality.columnNames });
  const found = { ...quality, statistics: current };
  const asked = withoutExcluded(baselineConstraints, excludedFeatures);
  const columns = current.features.filter(({ name }) => !excludedFeatures.includes(name));
  const isComparable = columns.length === asked.features.length && current.dataset.item_count > 0;
  if (isParity || !isComparable) return found;
  const detected = tested({ ...input, baselineConstraints: asked }, current);
  const order = asked.features.map(({ name }) => name);
  const findings = inOrder([...quality.findings, ...driftFindings(detected.features, asked)], order);
  return {
    ...found,
    findings,
    violations: findings.map(({ entry }) => entry),
    distances: detected.features.map(distanceOf),
    notEvaluated: [...quality.notEvaluated, ...detected.notEvaluated],
  };
}

/** Drift of the features that the constraints, the baseline's statistics and the window have. */
function tested(input: WindowCheck, current: Statistics): DriftResult {
  const { baselineConstraints: constraints, baselineStatistics, drift } = input;
  const columns = new Set(current.features.map(({ name }) => name)); // a column that lacks is in `notEvaluated` already
  const names = constraints.features.map(({ name }) => name).filter((name) => columns.has(name));
  const known = new Map(baselineStatistics.features.map((feature) => [feature.name, feature]));
  const result = detectDrift({
    baseline: { ...baselineStatistics, features: names.flatMap((name) => known.get(name) ?? []) },
    current,
    constraints,
    method: drift.method === 'ModelMonitor' ? undefined : drift.method,
    falseAlarmRate: drift.falseAlarmRate,
  });
  const unknown = names.filter((name) => !known.has(name)).map(withoutStatistics);
  return { ...result, notEvaluated: [...result.notEvaluated, ...unknown] };
}

const withoutStatistics = (feature: string): NotEvaluated => ({
  feature,
  check: 'baseline_drift_check',
  reason: NOT_IN_STATISTICS,
});

function driftFindings(features: readonly FeatureDrift[], constraints: Constraints): Finding<Violation>[] {
  return features
    .filter(({ feature, hasDrifted }) => hasDrifted && isEvaluated(constraints, feature))
    .map(({ feature, ...measured }) => findingOf(feature, driftViolated(measured)));
}
