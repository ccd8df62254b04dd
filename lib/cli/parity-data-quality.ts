import {
  type Constraints,
  checkDataQuality,
  type Finding,
  type Generation,
  type PartialProfile,
  type Statistics,
  statistics,
  suggestConstraints,
  unreadable,
  type Violation,
} from '../analysis';
import { javaDouble } from '../analysis/numbers/java-double';
import { type CaseFolder, type CasePart, cutViolations, generationOf, type ParityCase } from './parity-case';
import type { Comparison } from './parity-comparison';
import { compareConstraints, compareStatistics, compareViolations } from './parity-fields';
import { profilePart } from './parity-input';

interface CaseContext {
  readonly folder: CaseFolder;
  readonly comparison: Comparison;
  readonly absent: readonly string[];
  readonly generation: Generation;
  readonly isPreRelease: boolean;
}

/** Compares the baseline and every run of a data-quality case. */
export async function compareDataQuality(
  folder: CaseFolder,
  parity: ParityCase,
  comparison: Comparison,
): Promise<void> {
  const context = { folder, comparison, absent: parity.absent ?? [], ...generationOf(parity.build) };
  const baseline = parity.baseline ?? {};
  await comparePart(context, 'baseline', baseline);
  for (const [index, run] of (parity.runs ?? []).entries()) {
    const name = `run ${run.name ?? index + 1}`;
    const profile = await comparePart(context, name, run);
    await compareRunViolations(context, { name, run, baseline, profile });
  }
}

/** Compares the statistics and constraints that a part has; returns the profile of its input. */
async function comparePart(context: CaseContext, name: string, part: CasePart): Promise<PartialProfile | undefined> {
  const { folder, comparison, absent, generation } = context;
  const expected = await folder.statistics(part);
  const profile = await profilePart(folder, part, expected);
  const names = expected?.features.map((feature) => feature.name);
  const actual = profile && statistics(profile, { columnNames: names, generation });
  if (profile) noteUnreadable(comparison, name, profile);
  const frame = { part: name, untyped: part.rowsFrom, absent };
  if (expected && actual) compareStatistics(comparison, { ...frame, expected, actual });
  else if (expected || actual) comparison.unavailable(`${name} statistics`, missing(expected, absent));
  const constraints = await folder.constraints(part);
  const source = actual ?? expected;
  if (constraints && source) comparePartConstraints(context, { ...frame, constraints, source });
  else if (constraints) comparison.unavailable(`${name} constraints`, missing(undefined, absent));
  return profile;
}

const missing = (expected: Statistics | undefined, absent: readonly string[]) =>
  [expected ? 'the case has no input' : 'the case has no statistics', ...absent].join('; ');

interface PartConstraints {
  readonly part: string;
  readonly untyped?: string;
  readonly absent: readonly string[];
  readonly constraints: Constraints;
  readonly source: Statistics;
}

/** The settings of the container before the first release have another layout, which nothing writes any more. */
function comparePartConstraints(context: CaseContext, { constraints, source, ...frame }: PartConstraints): void {
  const { comparison, generation, isPreRelease } = context;
  const actual = suggestConstraints(source, { generation });
  const { monitoring_config, ...rest } = constraints;
  const expected = isPreRelease ? rest : constraints;
  if (isPreRelease) comparison.unavailable(`${frame.part} constraints config`, 'the layout before the first release');
  compareConstraints(comparison, { ...frame, expected, actual });
}

function noteUnreadable(comparison: Comparison, name: string, profile: PartialProfile): void {
  const { unreadableCount, byReason } = unreadable(profile);
  if (unreadableCount > 0) comparison.unavailable(`${name} unreadable`, JSON.stringify(byReason), unreadableCount);
}

interface Run {
  readonly name: string;
  readonly run: CasePart;
  readonly baseline: CasePart;
  readonly profile?: PartialProfile;
}

async function compareRunViolations(context: CaseContext, { name, run, baseline, profile }: Run): Promise<void> {
  const { folder, comparison, absent, generation, isPreRelease } = context;
  const expected = await folder.violations<Violation>(run);
  const constraints = await folder.constraints(baseline);
  if (!expected || !constraints || !profile) {
    comparison.unavailable(
      `${name} violations`,
      ['the case lacks input, constraints or violations', ...absent].join('; '),
    );
    return;
  }
  const baselineStatistics = await folder.statistics(baseline);
  const baselineConstraints = isPreRelease ? withoutRobustTerm(constraints) : constraints;
  const result = checkDataQuality({ profile, baselineStatistics, baselineConstraints, generation });
  const actual = isPreRelease ? result.findings.map(olderWording) : result.violations;
  for (const { feature, check, reason } of result.notEvaluated) {
    comparison.unavailable(`${name} ${check}`, `${feature}: ${reason}`);
  }
  const comparable = baselineStatistics ? expected : withoutDrift(comparison, name, expected);
  const frame = { part: name, untyped: run.rowsFrom, absent, cut: cutViolations({ absent }) };
  compareViolations(comparison, { ...frame, expected: comparable, actual });
}

const DRIFT = 'baseline_drift_check';

/** Drift is measured from the statistics of the baseline: without them nothing can be said of it. */
function withoutDrift(comparison: Comparison, part: string, violations: readonly Violation[]): Violation[] {
  const others = violations.filter(({ constraint_check_type: check }) => check !== DRIFT);
  const reason = 'the case has no statistics of the baseline';
  comparison.unavailable(`${part} ${DRIFT}`, reason, Math.max(1, violations.length - others.length));
  return others;
}

/** The container before the first release compared without the robust term, and said so in other words. */
export function withoutRobustTerm(constraints: Constraints): Constraints {
  const config = constraints.monitoring_config;
  const distribution = { ...config?.distribution_constraints, comparison_method: 'Simple' as const };
  return { ...constraints, monitoring_config: { ...config, distribution_constraints: distribution } };
}

function olderWording({ entry, observed = Number.NaN, expected = Number.NaN }: Finding<Violation>): Violation {
  if (entry.constraint_check_type !== DRIFT) return entry;
  const [distance, threshold] = [observed, expected].map(javaDouble);
  return { ...entry, description: `Numerical distance: ${distance} exceeds numerical threshold: ${threshold}` };
}
