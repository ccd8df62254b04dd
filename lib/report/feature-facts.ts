import { type FeatureStatistics, visibleDistance } from '../analysis';
import type { ExecutionReport, LeftOut, ReportedDistance } from '../outcome/contract';
import { type Finding, findingsOf } from './finding';
import type { HistoryPoint } from './pictures/history';
import type { ReportedRun } from './reported-run';

/** A distance of a report; those of earlier versions may not say of which method it is. */
export type FeatureDistance = Omit<ReportedDistance, 'method'> & Partial<Pick<ReportedDistance, 'method'>>;

/** All that is known of one feature. */
export interface FeatureFacts {
  readonly name: string;
  readonly baseline?: FeatureStatistics;
  readonly current?: FeatureStatistics;
  /** what the window of `current` is called; "window" where absent */
  readonly currentName?: string;
  readonly distance?: FeatureDistance;
  /** from which distance on a shift is seen, where that can be said */
  readonly visible?: number;
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  /** the windows before and this one, the oldest first */
  readonly history: readonly HistoryPoint[];
}

/** How a feature stands, the most important first. */
export type Standing = 'violated' | 'watched' | 'unchecked' | 'accepted' | 'quiet';

/** How a feature stands: by what is confirmed, what is not confirmed yet, what was asked for and not checked, what people accepted. */
export function standingOf({ findings, leftOut }: Pick<FeatureFacts, 'findings' | 'leftOut'>): Standing {
  if (findings.some(({ isConfirmed }) => isConfirmed)) return 'violated';
  if (findings.some(({ accepted }) => !accepted)) return 'watched';
  if (leftOut.length > 0) return 'unchecked';
  return findings.length > 0 ? 'accepted' : 'quiet';
}

const ORDER: readonly Standing[] = ['violated', 'watched', 'unchecked', 'accepted', 'quiet'];

/** The distance in thresholds; nothing where it was not compared. */
export function excessOf({ distance }: Pick<FeatureFacts, 'distance'>): number {
  if (!distance) return -1;
  const ratio = distance.distance / distance.threshold;
  return Number.isNaN(ratio) ? 0 : ratio;
}

/** The features of a run, the most important first: by how they stand, then by how far they are from their thresholds. */
export function featuresOf(input: ReportedRun): FeatureFacts[] {
  const { report, run, baseline } = input;
  const [before, now] = [baseline, run].map(({ statistics }) => byName(statistics?.features ?? [], ({ name }) => name));
  const distances = byName([...toldDistances(report), ...report.distances], ({ feature }) => feature);
  const findings = grouped(findingsOf(input), ({ subject }) => subject);
  const leftOut = grouped(report.notEvaluated?.filter(({ isUnasked }) => !isUnasked) ?? [], ({ feature }) => feature);
  const histories = historiesOf([...input.earlier, report]);
  const names = new Set(
    [...before.keys(), ...now.keys(), ...findings.keys(), ...leftOut.keys()].filter((name) => name !== ''),
  );
  const tests = report.distances.filter(({ pValue }) => pValue !== undefined).length;
  const features = [...names].map((name) => {
    const facts = { name, baseline: before.get(name), current: now.get(name), distance: distances.get(name) };
    return {
      ...facts,
      visible: featureVisibility(facts, tests, input.falseAlarmRate),
      findings: findings.get(name) ?? [],
      leftOut: leftOut.get(name) ?? [],
      history: histories.get(name) ?? [],
    };
  });
  return sorted(features);
}

/** Of violations alone, which is all that Model Monitor says of distances. */
function toldDistances({ outcome }: ExecutionReport): FeatureDistance[] {
  return outcome.violations.flatMap(({ feature, check, observed: distance, expected: threshold }) =>
    check === 'baseline_drift_check' && typeof distance === 'number' && typeof threshold === 'number'
      ? [{ feature, distance, threshold }]
      : [],
  );
}

/** The most important first. */
export function sorted(features: readonly FeatureFacts[]): FeatureFacts[] {
  const ranked = features.map((feature) => ({
    feature,
    rank: ORDER.indexOf(standingOf(feature)),
    excess: excessOf(feature),
  }));
  return ranked.sort((a, b) => a.rank - b.rank || b.excess - a.excess).map(({ feature }) => feature);
}

function byName<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T> {
  return new Map(items.map((item) => [nameOf(item), item]));
}

function grouped<T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

/** Windows of which a page tells, the run's own included. */
export const HISTORY_WINDOWS = 28;

/** By feature, the last windows: a window that did not compare it has a point without a value. */
function historiesOf(reports: readonly ExecutionReport[]): Map<string, HistoryPoint[]> {
  const last = reports.slice(-HISTORY_WINDOWS);
  const histories = new Map<string, HistoryPoint[]>();
  for (const [index, { distances, violated = [] }] of last.entries()) {
    const problems = new Set(violated.map(({ feature }) => feature));
    for (const { feature, distance } of distances) {
      const points = histories.get(feature) ?? last.map(() => ({ isProblem: false }));
      points[index] = { value: distance, isProblem: problems.has(feature) };
      histories.set(feature, points);
    }
  }
  return histories;
}

type Compared = Pick<FeatureFacts, 'baseline' | 'current' | 'distance'>;

/** From which distance on a shift of a feature is seen, of a window that tested so many; undefined where that cannot be said. */
export function featureVisibility(
  { baseline, current, distance }: Compared,
  tests: number,
  falseAlarmRate?: number,
): number | undefined {
  if (!distance?.method || !baseline || !current) return undefined;
  const rows = [presentOf(baseline), presentOf(current)] as const;
  const categories = baseline.string_statistics?.distribution?.categorical?.buckets.length;
  const { method, threshold } = distance;
  return visibleDistance({ method, threshold, rows, categories, tests: Math.max(1, tests), falseAlarmRate });
}

/** Values that are there. */
export function presentOf(feature: FeatureStatistics | undefined): number {
  return (feature?.numerical_statistics ?? feature?.string_statistics)?.common.num_present ?? 0;
}

/** The share of rows without a value, 0 to 1; undefined where there are no rows. */
export function missingShareOf(feature: FeatureStatistics | undefined): number | undefined {
  const common = (feature?.numerical_statistics ?? feature?.string_statistics)?.common;
  const total = common ? common.num_present + common.num_missing : 0;
  return common && total > 0 ? common.num_missing / total : undefined;
}
