import type { Finding, NotEvaluated } from '../port';
import type { ColumnProfile } from '../profile/column-profile';
import type { Profile } from '../profile/profile';
import { columnNames, tableStatistics } from '../profile/statistics';
import type { TableProfile } from '../profile/table-profile';
import type { RecordTransformation } from '../reading/record-transformation';
import type { Constraints, FeatureConstraints, FeatureStatistics, Statistics, Violation } from '../schemas';
import { byMeaning, type ComparedColumn, comparableStatistics } from './comparable-statistics';
import {
  comparisonSettings,
  DEFAULT_FALSE_ALARM_RATE,
  type DriftMethod,
  detectDrift,
  type FeatureDrift,
  holmAdjusted,
  isEvaluated,
} from './detectors';
import { effectiveConfig } from './effective-config';
import { mistakenlyExcluded } from './excluded-features';
import { answerColumns } from './form/answers';
import { categories } from './form/categories';
import { missingColumn, UNKNOWN_COLUMNS_LIMIT, unknownColumns } from './form/columns';
import { completeness } from './form/completeness';
import type { FormCheck, FormResult, FormTest } from './form/form-test';
import { type } from './form/type';
import { NO_BASELINE_DISTRIBUTION, NO_COLUMN, NOT_IN_STATISTICS } from './gap-reasons';
import { groupStatistics, type KeptText, textResults, valueHash } from './text/text-check';
import { type ColumnText, columnText, groupCounts, type TextFeature } from './text/text-statistics';
import { distanceOf, driftViolated, findingOf, inOrder } from './violated';
import type { WindowFindings } from './window-check';

/** A window, the baseline that it is checked against, and what is tolerated. */
export interface MeaningCheck {
  readonly profile: Profile;
  readonly statistics: Statistics;
  readonly constraints: Constraints;
  /** what the baseline keeps of text with too many values for a histogram; nothing where absent */
  readonly text?: KeptText;
  readonly drift: {
    readonly method: DriftMethod;
    /** of the whole window, above 0 to 1; `DEFAULT_FALSE_ALARM_RATE` where absent */
    readonly falseAlarmRate?: number;
  };
  /** features that nothing is asked of; none where absent */
  readonly excludedFeatures?: readonly string[];
  /** share of records that may have columns which the baseline lacks, 0 to 1; 0.01 where absent */
  readonly unknownColumnsLimit?: number;
  /** of the reading: which columns are answers follows from them, too; none where absent */
  readonly transformations?: readonly RecordTransformation[];
}

/**
 * Checks a window by what its values mean: every check of every feature that the baseline has, none because of another. Features are matched by
 * name, or in the order of the statistics where the data have no names; rows of another width are no part of the window. Checks with chance in them
 * (all but missing columns and what was declared) are tested together with drift, so that one window in `1 / falseAlarmRate` finds anything
 * where nothing changed. A window without rows that fit: nothing but `notEvaluated`.
 */
export function checkByMeaning(check: MeaningCheck): WindowFindings {
  const order = check.statistics.features.map(({ name }) => name);
  const table = check.profile.mainTable(order.length);
  const names = table && table.rowCount > 0 ? columnNames(table, order) : order;
  const found = table && table.rowCount > 0 ? findingsOf(windowOf(check, table, names)) : nothing();
  const findings = inOrder(found.findings, order);
  const mistaken = mistakenlyExcluded(check.excludedFeatures ?? [], new Set([...names, ...order]));
  return {
    ...found,
    findings,
    notEvaluated: [...found.notEvaluated, ...mistaken],
    violations: findings.map(({ entry }) => entry),
    columnNames: names,
    statistics: tableStatistics(table, { columnNames: names }),
  };
}

function windowOf(check: MeaningCheck, table: TableProfile, names: readonly string[]): Window {
  const columns = new Map(names.map((name, index) => [name, table.columns[index]]));
  const features = featuresOf(check);
  const texts = features.flatMap(({ text, constraints: { name } }): [string, ColumnText][] => {
    const column = text && columns.get(name);
    return column && column.present > 0 ? [[name, columnText(column)]] : [];
  });
  const answers = answerColumns(table, names, check.transformations);
  return { check, table, columns, answers, features, texts: new Map(texts) };
}

type Found = Pick<WindowFindings, 'findings' | 'distances' | 'notEvaluated' | 'checkCount'>;

const nothing = (): Found => ({
  findings: [],
  distances: [],
  notEvaluated: [{ feature: '', check: 'all', reason: 'the data have no rows that fit the baseline' }],
  checkCount: 0,
});

/** A feature of the baseline, with what both of its files say. */
interface BaselineFeature {
  readonly constraints: FeatureConstraints;
  readonly statistics?: FeatureStatistics;
  /** of text without a histogram */
  readonly text?: TextFeature;
}

function featuresOf({ constraints, statistics, text }: MeaningCheck): BaselineFeature[] {
  const known = new Map(statistics.features.map((feature) => [feature.name, feature]));
  const texts = new Map(text?.statistics.features.map((feature) => [feature.name, feature]));
  return constraints.features.map((feature) => {
    const own = known.get(feature.name);
    return {
      constraints: feature,
      statistics: own,
      text: isTextWithoutHistogram(own) ? texts.get(feature.name) : undefined,
    };
  });
}

const isTextWithoutHistogram = (feature?: FeatureStatistics) =>
  feature?.string_statistics !== undefined && !hasDistribution(feature);

interface Window {
  readonly check: MeaningCheck;
  readonly table: TableProfile;
  /** of the table, by the names that the baseline has */
  readonly columns: ReadonlyMap<string, ColumnProfile>;
  /** names of those that were answered */
  readonly answers: ReadonlySet<string>;
  readonly features: readonly BaselineFeature[];
  /** of the columns that have any, by name, where the baseline keeps something of their text */
  readonly texts: ReadonlyMap<string, ColumnText>;
}

function findingsOf(window: Window): Found {
  const { check, table } = window;
  const form = formResults(window);
  const tests = form.flatMap(({ test }) => (test ? [test] : []));
  const drift = driftOf(window, tests);
  const violated = formFindings(tests, drift.pValues, check);
  const unknown = unknownColumnsOf(check, table);
  const evaluated = tests.filter(({ feature }) => isEvaluated(check.constraints, feature));
  return {
    findings: [...violated, ...drift.findings, ...(unknown.finding ? [unknown.finding] : [])],
    distances: drift.distances,
    notEvaluated: [
      ...lackingFeatures(window, violated),
      ...form.flatMap(({ gap }) => (gap ? [gap] : [])),
      ...drift.notEvaluated,
      ...(unknown.note ? [unknown.note] : []),
    ],
    checkCount: evaluated.length + drift.distances.length, // a distance is told, whether it may violate or not
  };
}

function unknownColumnsOf(
  { statistics, excludedFeatures = [], unknownColumnsLimit = UNKNOWN_COLUMNS_LIMIT }: MeaningCheck,
  table: TableProfile,
) {
  if (table.shape === 'width') return {}; // its columns have the baseline's names
  const known = new Set([...statistics.features.map(({ name }) => name), ...excludedFeatures]);
  return unknownColumns(table, known, unknownColumnsLimit);
}

/** Features without a column. The baseline does not ask for those whose lack is no violation: it is chance, or nobody requires them. */
function lackingFeatures({ columns, features }: Window, violated: readonly Finding<Violation>[]): NotEvaluated[] {
  const asked = new Set(violated.map(({ entry }) => entry.feature_name));
  return features
    .filter(({ constraints }) => !columns.has(constraints.name))
    .map(({ constraints: { name } }) => ({
      feature: name,
      check: 'all',
      reason: NO_COLUMN,
      ...(!asked.has(name) && { isUnasked: true }),
    }));
}

function formResults(window: Window): FormResult[] {
  const { check, table, columns, features, answers } = window;
  return features.flatMap((feature): FormResult[] => {
    const { constraints, statistics: baseline } = feature;
    const isAnswer = answers.has(constraints.name);
    const column = columns.get(constraints.name);
    if (!column) return [{ test: missingColumn(constraints, table.rowCount, baseline) }];
    const config = effectiveConfig(check.constraints.monitoring_config, constraints);
    const form: FormCheck = { constraints, config, rowCount: table.rowCount, column, baseline, isAnswer };
    return [type(form), completeness(form), categories(form), ...textResultsOf(window, feature)];
  });
}

function textResultsOf(
  { check, texts }: Window,
  { constraints: { name }, text: baseline }: BaselineFeature,
): FormResult[] {
  const text = texts.get(name);
  if (!baseline || !text || !check.text) return [];
  const settings = comparisonSettings(check.constraints, name);
  return textResults({ text, baseline, method: check.drift.method, settings, hash: valueHash(check.text, name) });
}

/** What is violated and not explained by chance. */
function formFindings(
  tests: readonly FormTest[],
  driftPValues: readonly number[],
  { constraints, drift: { falseAlarmRate = DEFAULT_FALSE_ALARM_RATE } }: MeaningCheck,
): Finding<Violation>[] {
  const adjusted = holmAdjusted([...tests.map(({ pValue }) => pValue), ...driftPValues]);
  return tests.flatMap(({ feature, violated }, index) => {
    if (!violated || adjusted[index] > falseAlarmRate || !isEvaluated(constraints, feature)) return [];
    return [findingOf(feature, { ...violated, pValue: adjusted[index] })];
  });
}

interface Drift extends Found {
  /** of the tests of distributions, not adjusted */
  readonly pValues: readonly number[];
}

function driftOf({ check, table, columns, features, texts }: Window, form: readonly FormTest[]): Drift {
  const present = features.filter(({ constraints }) => columns.has(constraints.name));
  const asked = present.flatMap(distributionOf);
  const current = asked.flatMap((baseline) => {
    const column = columns.get(baseline.name);
    return column && column.present > 0
      ? [currentOf({ column, rowCount: table.rowCount, baseline }, texts.get(baseline.name))]
      : [];
  });
  const compared = new Set(current.map(({ name }) => name));
  const result = detectDrift({
    baseline: { ...check.statistics, features: asked.filter(({ name }) => compared.has(name)).map(byMeaning) },
    current: { ...check.statistics, features: current },
    constraints: check.constraints,
    method: check.drift.method,
    falseAlarmRate: check.drift.falseAlarmRate,
    otherTests: form.map(({ pValue }) => pValue),
  });
  return {
    findings: result.features
      .filter(({ feature, hasDrifted }) => hasDrifted && isEvaluated(check.constraints, feature))
      .map(driftFinding),
    distances: result.features.map(distanceOf),
    notEvaluated: [...result.notEvaluated, ...present.flatMap((feature) => withoutDistribution(feature))],
    pValues: result.features.map(({ pValue }) => pValue ?? Number.NaN),
  };
}

const hasDistribution = ({ numerical_statistics, string_statistics }: FeatureStatistics) =>
  numerical_statistics !== undefined || string_statistics?.distribution?.categorical !== undefined;

/** The statistics of a feature that a distribution can be compared with: of text that of its groups of values. */
function distributionOf({ statistics, text }: BaselineFeature): FeatureStatistics[] {
  if (!statistics) return [];
  if (hasDistribution(statistics)) return [statistics];
  return text?.values ? [groupStatistics(statistics, text.values)] : [];
}

function currentOf(compared: ComparedColumn, text?: ColumnText): FeatureStatistics {
  return text ? groupStatistics(compared.baseline, { groups: groupCounts(text) }) : comparableStatistics(compared);
}

function withoutDistribution({ constraints: { name }, statistics, text }: BaselineFeature): NotEvaluated[] {
  if (text || (statistics && hasDistribution(statistics))) return [];
  return [{ feature: name, check: 'baseline_drift_check', reason: unseenReason(statistics), isUnasked: true }];
}

function unseenReason(statistics?: FeatureStatistics): string {
  if (!statistics) return NOT_IN_STATISTICS;
  if (!isTextWithoutHistogram(statistics)) return NO_BASELINE_DISTRIBUTION;
  return (
    'the baseline keeps nothing of text with this many different values; make it from a dataset with MonitoringEngine.serverless(), ' +
    'anew by another revision if it was made by an earlier release'
  );
}

function driftFinding({ feature, adjustedPValue, ...measured }: FeatureDrift): Finding<Violation> {
  return findingOf(feature, { ...driftViolated(measured), pValue: adjustedPValue });
}
