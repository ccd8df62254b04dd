import type { ColumnProfile } from './column-profile';
import { categoricalDistance, numericDistance } from './distance';
import { type Generation, KINDS } from './inferred-type';
import { javaDouble } from './java-double';
import type { Profile } from './profile';
import type {
  ConstraintCheckType,
  Constraints,
  DistributionConstraints,
  FeatureConstraints,
  FeatureStatistics,
  MonitoringConfig,
  Statistics,
  Violation,
} from './schemas';
import { categoryCounts, columnNames, columnType } from './statistics';
import type { TableProfile } from './table-profile';

/** What is checked, and against what. */
/** What is checked against what. */
export interface DataQualityInput {
  readonly profile: Profile;
  /** without them there is no drift check */
  readonly baselineStatistics?: Statistics;
  readonly baselineConstraints: Constraints;
  /** whose type patterns hold; `deequ-2.0` where absent */
  readonly generation?: Generation;
}

/** How far a feature is from its baseline, violated or not. */
export interface FeatureDistance {
  readonly feature: string;
  /** 0 to 1 */
  readonly distance: number;
  /** above it the distance violates */
  readonly threshold: number;
  /** the comparison method: `Simple` or `Robust`, of the largest difference (LInfinity) */
  readonly method: string;
}

/** A check that the constraints ask for and that could not be made. */
export interface NotEvaluated {
  /** empty for the dataset as a whole */
  readonly feature: string;
  /** a constraint check type, or `all` */
  readonly check: string;
  readonly reason: string;
}

/** What a check found. Each list is empty where there is nothing to say. */
/** What the checks found; the order follows the constraints. */
export interface DataQualityResult {
  readonly violations: Violation[];
  readonly distances: FeatureDistance[];
  readonly notEvaluated: NotEvaluated[];
  /** the names that the profile's columns have by the baseline: for `statistics` */
  readonly columnNames: string[];
}

/**
 * Checks a profile against a baseline, as Model Monitor does and in its words. Columns without names are matched by position, others by name.
 * When the number of columns differs there is exactly one violation and nothing else. A profile without rows violates nothing: `notEvaluated`.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
export function checkDataQuality(input: DataQualityInput): DataQualityResult {
  const { profile, baselineConstraints } = input;
  const table = profile.mainTable();
  const baselineNames = baselineConstraints.features.map(({ name }) => name);
  if (!table || table.rowCount === 0) return nothingToCheck(baselineNames);
  const names = columnNames(table, baselineNames);
  const report: Report = { violations: [], distances: [], notEvaluated: [], columnNames: names };
  if (table.columns.length !== baselineNames.length) {
    const isEvaluated = baselineConstraints.monitoring_config?.evaluate_constraints !== 'Disabled';
    return { ...report, violations: isEvaluated ? [columnCountViolation(table, baselineNames.length)] : [] };
  }
  const columns = new Map(names.map((name, index) => [name, table.columns[index]]));
  const statistics = new Map(input.baselineStatistics?.features.map((feature) => [feature.name, feature]));
  for (const constraints of baselineConstraints.features) {
    const column = columns.get(constraints.name);
    const config = effectiveConfig(baselineConstraints.monitoring_config, constraints);
    if (!column) report.notEvaluated.push({ feature: constraints.name, check: 'all', reason: NO_COLUMN });
    else
      checkFeature(
        { ...input, table, column, constraints, config, baseline: statistics.get(constraints.name) },
        report,
      );
  }
  return report;
}

type Report = { [K in keyof DataQualityResult]: DataQualityResult[K] };

const NO_COLUMN = 'the data have no column of this name';

const nothingToCheck = (names: string[]): DataQualityResult => ({
  violations: [],
  distances: [],
  notEvaluated: [{ feature: '', check: 'all', reason: 'the data have no readable rows' }],
  columnNames: names,
});

function columnCountViolation(table: TableProfile, expected: number): Violation {
  const isMissing = table.columns.length < expected;
  const what = isMissing ? 'missing' : 'extra';
  return {
    feature_name: isMissing ? 'Missing columns' : 'Extra columns',
    constraint_check_type: isMissing ? 'missing_column_check' : 'extra_column_check',
    description: `There are ${what} columns in current dataset. Number of columns in current dataset: ${table.columns.length}, Number of columns in baseline constraints: ${expected}`,
  };
}

/** The file's settings with those of the feature over them; the developer guide's spelling wins over the SDK's. */
function effectiveConfig(config: MonitoringConfig = {}, feature: FeatureConstraints): MonitoringConfig {
  const layers = [config, feature.monitoring_config_overrides ?? {}, feature.monitoringConfigOverrides ?? {}];
  const distribution = Object.assign({}, ...layers.map((layer) => layer.distribution_constraints));
  return Object.assign({}, ...layers, { distribution_constraints: distribution });
}

interface FeatureCheck {
  readonly table: TableProfile;
  readonly column: ColumnProfile;
  readonly constraints: FeatureConstraints;
  readonly config: MonitoringConfig;
  readonly baseline?: FeatureStatistics;
  readonly baselineStatistics?: Statistics;
  readonly generation?: Generation;
}

function checkFeature(check: FeatureCheck, report: Report): void {
  const isEvaluated = check.config.evaluate_constraints !== 'Disabled';
  const violate = (type: ConstraintCheckType, description: string) => {
    const feature_name = check.constraints.name;
    if (isEvaluated) report.violations.push({ feature_name, constraint_check_type: type, description });
  };
  const skip = (type: ConstraintCheckType, reason: string) => {
    report.notEvaluated.push({ feature: check.constraints.name, check: type, reason });
  };
  checkType(check, violate);
  checkCompleteness(check, violate);
  checkCategories(check, violate, skip);
  const distance = driftDistance(check, skip);
  if (!distance) return;
  report.distances.push(distance);
  if (distance.distance > distance.threshold) {
    const texts = [distance.distance, distance.threshold].map(javaDouble);
    violate('baseline_drift_check', `Baseline drift distance: ${texts[0]} exceeds threshold: ${texts[1]}`);
  }
}

type Violate = (type: ConstraintCheckType, description: string) => void;
type Skip = (type: ConstraintCheckType, reason: string) => void;

const percent = (share: number) => `${javaDouble(share * 100)}%`;

/** Only values of exactly the expected type match: an Integral is no Fractional. Not checked without values or without an expected type. */
function checkType({ column, constraints, config, generation }: FeatureCheck, violate: Violate): void {
  const expected = constraints.inferred_type;
  if (expected === 'Unknown' || column.present === 0) return;
  const counts = generation === 'deequ-1.0' ? column.olderKinds : column.newerKinds;
  // a column of Booleans is a String in the files that this library writes
  const booleans = expected === 'String' ? counts[KINDS.indexOf('Boolean')] : 0;
  const share = ((counts[KINDS.indexOf(expected)] ?? 0) + booleans) / column.present;
  const threshold = config.datatype_check_threshold ?? 1;
  if (share >= threshold) return;
  violate(
    'data_type_check',
    `Data type match requirement is not met. Expected data type: ${expected}, Expected match: ${percent(threshold)}. Observed: Only ${percent(share)} of data is ${expected}.`,
  );
}

function checkCompleteness({ table, column, constraints }: FeatureCheck, violate: Violate): void {
  const observed = column.present / table.rowCount;
  const { completeness } = constraints;
  if (completeness === undefined || observed >= completeness) return;
  violate(
    'completeness_check',
    `Data completeness requirement is not met. Expected: ${percent(completeness)}. Observed: Only ${percent(observed)}.`,
  );
}

/**
 * The share of rows whose value is missing or in the domain, as Deequ's `isContainedIn` counts it: missing values are the completeness
 * check's. When a column has too many different values for exact counts, the share is known within bounds only.
 */
function checkCategories({ table, column, constraints, config }: FeatureCheck, violate: Violate, skip: Skip): void {
  const domain = constraints.string_constraints?.domains;
  if (!domain) return;
  const threshold = config.domain_content_threshold ?? 1;
  const { tracked, untracked } = column.values;
  const isExact = column.values.isComplete() || domain.every((value) => tracked.has(value));
  const missing = table.rowCount - column.present;
  const known = domain.reduce((count, value) => count + (tracked.get(value)?.count ?? 0), missing);
  const share = (known + (isExact ? 0 : untracked)) / table.rowCount;
  if (!isExact) skip('categorical_values_check', uncertainShare(known / table.rowCount, share));
  if (share >= threshold) return;
  violate(
    'categorical_values_check',
    `Categorical value match requirement is not met. Expected match: ${percent(threshold)}. Observed: ${percent(share)} of the values match the known values.`,
  );
}

const uncertainShare = (least: number, most: number) =>
  `too many different values for exact counts: between ${percent(least)} and ${percent(most)} match the known values`;

/** Undefined when there is nothing to compare with, or the types differ: such features are never compared. */
function driftDistance(check: FeatureCheck, skip: Skip): FeatureDistance | undefined {
  const { constraints, column, config, baselineStatistics, generation } = check;
  const distribution = config.distribution_constraints ?? {};
  if (!baselineStatistics || distribution.perform_comparison === 'Disabled') return undefined;
  const expected = constraints.inferred_type === 'Boolean' ? 'String' : constraints.inferred_type;
  if (expected === 'Unknown' || columnType(column, generation) !== expected) return undefined;
  if (!check.baseline) {
    skip('baseline_drift_check', 'the baseline statistics do not have this feature');
    return undefined;
  }
  return expected === 'String' ? categoricalDrift(check, distribution, skip) : numericDrift(check, distribution, skip);
}

function numericDrift(
  { constraints, column, baseline }: FeatureCheck,
  distribution: DistributionConstraints,
  skip: Skip,
): FeatureDistance | undefined {
  const sketch = baseline?.numerical_statistics?.distribution?.kll?.sketch?.data;
  const method = distribution.comparison_method ?? 'Robust';
  const distance = numericDistance(column.numbers?.sketch.data() ?? [], sketch ?? [], method);
  if (Number.isNaN(distance)) {
    skip('baseline_drift_check', 'the baseline statistics have no sketch of this feature');
    return undefined;
  }
  return { feature: constraints.name, distance, threshold: distribution.comparison_threshold ?? 0.1, method };
}

function categoricalDrift(
  { constraints, column, baseline, table }: FeatureCheck,
  distribution: DistributionConstraints,
  skip: Skip,
): FeatureDistance | undefined {
  const expected = baseline?.string_statistics?.distribution?.categorical?.buckets;
  if (!expected) return undefined; // a baseline with too many different values has no distribution to drift from
  const reason = notCategorical(distribution);
  const counts = categoryCounts(column, table.rowCount);
  if (reason || !counts) {
    skip('baseline_drift_check', reason ?? 'the data have too many different values for a distribution');
    return undefined;
  }
  const method = distribution.comparison_method ?? 'Robust';
  const threshold = distribution.categorical_comparison_threshold ?? distribution.comparison_threshold ?? 0.1;
  return { feature: constraints.name, distance: categoricalDistance(counts, expected, method), threshold, method };
}

function notCategorical({
  categorical_drift_method: method = 'LInfinity',
}: DistributionConstraints): string | undefined {
  return method === 'LInfinity' ? undefined : `the categorical drift method ${method} is not available; use LInfinity`;
}
