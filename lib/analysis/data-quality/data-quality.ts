import type { Finding, NotEvaluated } from '../port';
import type { ColumnProfile } from '../profile/column-profile';
import { type Generation, KINDS } from '../profile/inferred-type';
import type { Profile } from '../profile/profile';
import { columnNames } from '../profile/statistics';
import type { TableProfile } from '../profile/table-profile';
import type {
  ConstraintCheckType,
  Constraints,
  FeatureConstraints,
  FeatureStatistics,
  MonitoringConfig,
  Statistics,
  Violation,
} from '../schemas';
import { baselineDrift, type Drift, type FeatureDistance } from './baseline-drift';
import { effectiveConfig } from './effective-config';
import { mistakenlyExcluded, withoutExcluded } from './excluded-features';
import { NO_COLUMN } from './gap-reasons';
import {
  categoriesViolated,
  completenessViolated,
  driftViolated,
  findingOf,
  percent,
  typeViolated,
  type Violated,
} from './violated';

/** What is checked, and against what. */
export interface DataQualityInput {
  readonly profile: Profile;
  /** without them there is no drift check */
  readonly baselineStatistics?: Statistics;
  readonly baselineConstraints: Constraints;
  /** whose type patterns hold; `deequ-2.0` where absent */
  readonly generation?: Generation;
  /** features that are left out of every check, also of the columns' number; they may lack in the data. None where absent */
  readonly excludedFeatures?: readonly string[];
  /**
   * Whether features with the drift method ChiSquared are judged, and how this library chose to: with Robust the threshold is a significance
   * level (p-value below it violates), with Simple the statistic must not exceed it. Otherwise they are `notEvaluated`, with their figures.
   *
   * @default false
   */
  readonly evaluatesChiSquared?: boolean;
}

/** What a check found. Each list is empty where there is nothing to say. */
export interface DataQualityResult {
  readonly violations: Violation[];
  /** the violations with their figures, in the same order */
  readonly findings: Finding<Violation>[];
  readonly distances: FeatureDistance[];
  readonly notEvaluated: NotEvaluated[];
  /** the excluded features that the data or the baseline have, in the order given */
  readonly excluded: string[];
  /** the names that the profile's columns have by the baseline: for `statistics` */
  readonly columnNames: string[];
}

/**
 * Checks a profile against a baseline, as Model Monitor does and in its words. Columns without names are matched by position, others by name.
 * When the number of columns differs there is exactly one violation and nothing else. A profile without rows violates nothing: `notEvaluated`.
 * What excluding features means to Model Monitor is not documented; here nothing is said of them but their names.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
export function checkDataQuality(input: DataQualityInput): DataQualityResult {
  const report = checked(input);
  return { ...report, violations: report.findings.map(({ entry }) => entry) };
}

function checked(input: DataQualityInput): Report {
  const { profile, baselineConstraints } = input;
  const table = profile.mainTable();
  const report = newReport(input, table);
  if (!table || table.rowCount === 0) {
    report.notEvaluated.push({ feature: '', check: 'all', reason: 'the data have no readable rows' });
    return report;
  }
  const excluded = new Set(input.excludedFeatures);
  const columns = new Map<string, ColumnProfile>();
  for (const [index, name] of report.columnNames.entries()) {
    if (!excluded.has(name)) columns.set(name, table.columns[index]);
  }
  const { features } = withoutExcluded(baselineConstraints, input.excludedFeatures);
  if (columns.size !== features.length) {
    const isEvaluated = baselineConstraints.monitoring_config?.evaluate_constraints !== 'Disabled';
    return { ...report, findings: isEvaluated ? [columnCountFinding(columns.size, features.length)] : [] };
  }
  checkFeatures({ input, rowCount: table.rowCount, columns, features }, report);
  return report;
}

type Report = Omit<DataQualityResult, 'violations'>;

/** A report without findings but for excluded names that nothing has. */
function newReport({ baselineConstraints, excludedFeatures = [] }: DataQualityInput, table?: TableProfile): Report {
  const baselineNames = baselineConstraints.features.map(({ name }) => name);
  const names = table && table.rowCount > 0 ? matchedNames(table, baselineNames, excludedFeatures) : baselineNames;
  const known = new Set([...names, ...baselineNames]);
  return {
    findings: [],
    distances: [],
    notEvaluated: mistakenlyExcluded(excludedFeatures, known),
    excluded: excludedFeatures.filter((name) => known.has(name)),
    columnNames: names,
  };
}

/** Columns without names have the baseline's: of all its features, or of those that are left when the excluded ones are not in the data. */
function matchedNames(table: TableProfile, baselineNames: string[], excluded: readonly string[]): string[] {
  if (table.columns.length === baselineNames.length) return columnNames(table, baselineNames);
  return columnNames(
    table,
    baselineNames.filter((name) => !excluded.includes(name)),
  );
}

interface FeatureChecks {
  readonly input: DataQualityInput;
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, ColumnProfile>;
  readonly features: readonly FeatureConstraints[];
}

function checkFeatures({ input, rowCount, columns, features }: FeatureChecks, report: Report): void {
  const statistics = new Map(input.baselineStatistics?.features.map((feature) => [feature.name, feature]));
  for (const constraints of features) {
    const column = columns.get(constraints.name);
    if (!column) {
      report.notEvaluated.push({ feature: constraints.name, check: 'all', reason: NO_COLUMN });
      continue;
    }
    const config = effectiveConfig(input.baselineConstraints.monitoring_config, constraints);
    const baseline = statistics.get(constraints.name);
    checkFeature({ input, rowCount, column, constraints, config, baseline }, report);
  }
}

function columnCountFinding(observed: number, expected: number): Finding<Violation> {
  const isMissing = observed < expected;
  const what = isMissing ? 'missing' : 'extra';
  const entry: Violation = {
    feature_name: isMissing ? 'Missing columns' : 'Extra columns',
    constraint_check_type: isMissing ? 'missing_column_check' : 'extra_column_check',
    description: `There are ${what} columns in current dataset. Number of columns in current dataset: ${observed}, Number of columns in baseline constraints: ${expected}`,
  };
  return { entry, observed, expected };
}

interface FeatureCheck {
  readonly input: DataQualityInput;
  readonly rowCount: number;
  readonly column: ColumnProfile;
  readonly constraints: FeatureConstraints;
  readonly config: MonitoringConfig;
  readonly baseline?: FeatureStatistics;
}

function checkFeature(check: FeatureCheck, report: Report): void {
  const isEvaluated = check.config.evaluate_constraints !== 'Disabled';
  const violate = (violated: Violated) => {
    if (isEvaluated) report.findings.push(findingOf(check.constraints.name, violated));
  };
  const skip = (type: ConstraintCheckType, reason: string) => {
    report.notEvaluated.push({ feature: check.constraints.name, check: type, reason });
  };
  checkType(check, violate);
  checkCompleteness(check, violate);
  checkCategories(check, violate, skip);
  const { distance, gap } = driftOf(check);
  if (gap !== undefined) skip('baseline_drift_check', gap);
  if (!distance) return;
  report.distances.push(distance);
  if (distance.distance > distance.threshold) {
    violate(driftViolated(distance));
  }
}

/** Without baseline statistics nothing asks for a drift check. */
function driftOf({ input, config, ...check }: FeatureCheck): Drift {
  if (!input.baselineStatistics) return {};
  const { generation, evaluatesChiSquared } = input;
  return baselineDrift({
    ...check,
    distribution: config.distribution_constraints ?? {},
    generation,
    evaluatesChiSquared,
  });
}

type Violate = (violated: Violated) => void;
type Skip = (type: ConstraintCheckType, reason: string) => void;

/** Only values of exactly the expected type match: an Integral is no Fractional. Not checked without values or without an expected type. */
function checkType({ input, column, constraints, config }: FeatureCheck, violate: Violate): void {
  const expected = constraints.inferred_type;
  if (expected === 'Unknown' || column.present === 0) return;
  const counts = input.generation === 'deequ-1.0' ? column.olderKinds : column.newerKinds;
  // a column of Booleans is a String in the files that this library writes
  const booleans = expected === 'String' ? counts[KINDS.indexOf('Boolean')] : 0;
  const share = ((counts[KINDS.indexOf(expected)] ?? 0) + booleans) / column.present;
  const threshold = config.datatype_check_threshold ?? 1;
  if (share >= threshold) return;
  violate(typeViolated(expected, share, threshold));
}

function checkCompleteness({ rowCount, column, constraints }: FeatureCheck, violate: Violate): void {
  const observed = column.present / rowCount;
  const { completeness } = constraints;
  if (completeness === undefined || observed >= completeness) return;
  violate(completenessViolated(observed, completeness));
}

/**
 * The share of rows whose value is missing or in the domain, as Deequ's `isContainedIn` counts it (`column IS NULL OR column IN (...)`, over all
 * rows): missing values are the completeness check's. When a column has too many different values for exact counts, the share is known
 * within bounds only, and that is told. An empty domain has no value: only missing ones match.
 *
 * @see https://github.com/awslabs/deequ/blob/2.0.2/src/main/scala/com/amazon/deequ/checks/Check.scala
 */
function checkCategories({ rowCount, column, constraints, config }: FeatureCheck, violate: Violate, skip: Skip): void {
  if (!constraints.string_constraints?.domains) return;
  const domain = [...new Set(constraints.string_constraints.domains)];
  const threshold = config.domain_content_threshold ?? 1;
  const { tracked, untracked } = column.values;
  const isExact = column.values.isComplete() || domain.every((value) => tracked.has(value));
  const missing = rowCount - column.present;
  const known = domain.reduce((count, value) => count + (tracked.get(value)?.count ?? 0), missing);
  const share = (known + (isExact ? 0 : untracked)) / rowCount;
  if (!isExact) skip('categorical_values_check', uncertainShare(known / rowCount, share));
  if (share >= threshold) return;
  violate(categoriesViolated(share, threshold));
}

const uncertainShare = (least: number, most: number) =>
  `too many different values for exact counts: between ${percent(least)} and ${percent(most)} match the known values`;
