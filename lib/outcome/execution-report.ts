import type { PrefixLocation } from '../core/contract';
import { signalOf } from '../kind/kind-signals';
import { KINDS } from '../kind/kinds';
import type { ComparisonOutcome, ReportedComparison } from './comparison/contract';
import type { UnjudgedViolation } from './confirmation';
import {
  type Evaluated,
  type EventViolation,
  type ExecutionCompletedDetail,
  type ExecutionReport,
  type ExecutionStatus,
  isAnalysed,
  type LeftOut,
  type ReportedVariant,
  type ReportOwner,
  type VariantOutcome,
  type WatchedName,
} from './contract';
import type { Acceptance, AcceptedFinding, StartedByHand } from './exception/contract';
import { type HealthLimits, healthOf } from './health';
import { incidentsOutcome } from './incident/incidents';
import { labelCoverage } from './label-coverage';
import type { ReportedQuality, SignalMetric } from './quality/contract';
import type { RunWindow } from './run-times';

/** One run of a monitor, whatever engine made it. */
export interface MonitorRun
  extends ReportOwner,
    Pick<ExecutionCompletedDetail, 'executionId' | 'monitorKind' | 'engine'>,
    StartedByHand,
    WatchedName {
  readonly window: RunWindow;
  /** where its files lie, and its report beside them */
  readonly folder: PrefixLocation;
  /** where it is decided what its window comes to, whichever engine runs: the folder of the hour at which it was due */
  readonly windowFolder: PrefixLocation;
  /** what is tolerated before the run counts as less than whole; 1 % each where absent */
  readonly limits?: HealthLimits;
}

/** What an engine says that a run came to; whatever is absent, the run did not get to, or the engine does not say. */
export interface Conclusion
  extends Partial<
    Omit<ExecutionReport, 'version' | 'token' | 'outcome' | 'concludedAt' | 'published' | 'violated' | 'signalCounts'>
  > {
  /** what comes of a run with violations is decided when they are judged */
  readonly status: 'Analysed' | 'NoData' | 'LabelsMissing' | 'Failed';
  readonly recordCount?: number;
  readonly violations?: readonly UnjudgedViolation[];
  /** checks that were made, of those that a metric is asked for */
  readonly lookedFor?: readonly SignalMetric[];
  readonly failureReason?: string;
}

/** What a run came to, its violations judged. */
export interface JudgedConclusion extends Omit<Conclusion, 'violations'> {
  readonly violations?: readonly EventViolation[];
}

/**
 * Violations in one event; with texts cut as below they stay far under the 256 KB of an entry.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html
 */
const EVENT_VIOLATIONS = 20;
const NAME_CHARACTERS = 256;
const TEXT_CHARACTERS = 512;

/** The report of a run, nothing of it published yet. */
export function executionReport(run: MonitorRun, conclusion: JudgedConclusion, now: Date): ExecutionReport {
  const { lookedFor, ...told } = conclusion;
  const { status: _, recordCount = 0, violations = [], failureReason, notEvaluated = [], ...found } = told;
  const { window, folder, windowFolder, limits, ...identity } = run;
  const { status, confirmed, leftOut, evaluated, health } = wholenessOf(run, conclusion);
  return {
    version: '1',
    outcome: {
      version: '1',
      ...identity,
      status,
      ...windowOutcome(window, folder),
      recordCount,
      ...partsOutcome(found, violations),
      ...countsOf(violations),
      violations: eventViolations(violations),
      incidents: incidentsOutcome(found.incidents),
      concerns: [...new Set(confirmed.map(({ check }) => KINDS[run.monitorKind].report.concernOf(check)))].sort(),
      evaluated,
      leftOut: leftOut.slice(0, EVENT_VIOLATIONS).map(eventLeftOut),
      leftOutCount: leftOut.length,
      health: health.level,
      healthReasons: health.reasons.map((reason) => reason.slice(0, TEXT_CHARACTERS)),
      failureReason,
    },
    concludedAt: now.toISOString(),
    published: [],
    ...found,
    signalCounts: lookedFor && signalCounts(lookedFor, confirmed),
    distances: found.distances ?? [],
    accepted: acceptedOf(violations),
    violated: violations.map(({ feature, variant, check, pValue }) => ({ feature, variant, check, pValue })),
    notEvaluated: [...notEvaluated],
  };
}

/** What a run came to, and how whole it is. */
export function wholenessOf({ limits }: Pick<MonitorRun, 'limits'>, conclusion: JudgedConclusion) {
  const { status: end, recordCount = 0, violations = [], failureReason, notEvaluated = [], ...found } = conclusion;
  const confirmed = violations.filter((violation) => violation.confirmed);
  const status = statusOf(end, violations.length, confirmed.length);
  const leftOut = notEvaluated.filter(({ isUnasked }) => !isUnasked);
  const evaluated = evaluatedOf(status, leftOut);
  const judged = { status, evaluated, recordCount, leftOutCount: leftOut.length, failureReason, ...found };
  return { status, confirmed, leftOut, evaluated, health: healthOf(judged, limits) };
}

const windowOutcome = ({ start, end }: RunWindow, { bucket, prefix }: PrefixLocation) => ({
  windowStart: start.toISOString(),
  windowEnd: end.toISOString(),
  reportUri: `s3://${bucket}/${prefix}/`,
});

/** What is said of the part of the window that was read, of its labels, of a pause, and of variants that were judged apart. */
function partsOutcome(
  { sample, labels, perVariant, comparison, paused }: Omit<JudgedConclusion, 'status'>,
  violations: readonly EventViolation[],
): Pick<ExecutionCompletedDetail, 'sample' | 'labelCoverage' | 'variants' | 'comparison' | 'paused'> {
  return {
    labelCoverage: labelCoverage(labels),
    sample,
    paused: paused && cutAcceptance(paused),
    variants: perVariant?.map((variant) => variantOutcome(variant, violations)),
    comparison: comparison && comparisonOutcome(comparison),
  };
}

function variantOutcome(
  { unreadable, labels, failureReason, ...variant }: ReportedVariant,
  violations: readonly EventViolation[],
): VariantOutcome {
  const { acceptedCount, ...counts } = countsOf(violations.filter((one) => one.variant === variant.variant));
  return {
    ...variant,
    labelCoverage: labelCoverage(labels),
    ...counts,
    failureReason: failureReason?.slice(0, TEXT_CHARACTERS),
  };
}

function comparisonOutcome({
  distances,
  drifted,
  evidence,
  notCompared,
  ...compared
}: ReportedComparison): ComparisonOutcome {
  return {
    ...compared,
    drifted: drifted?.slice(0, EVENT_VIOLATIONS).map((feature) => feature.slice(0, NAME_CHARACTERS)),
    driftedCount: drifted?.length,
    notCompared: notCompared.slice(0, EVENT_VIOLATIONS).map(eventLeftOut),
  };
}

function statusOf(status: Conclusion['status'], found: number, confirmed: number): ExecutionStatus {
  if (status !== 'Analysed') return status;
  if (confirmed > 0) return 'CompletedWithViolations';
  return found > 0 ? 'Watch' : 'Completed';
}

function evaluatedOf(status: ExecutionStatus, leftOut: readonly LeftOut[]): Evaluated {
  if (!isAnalysed(status)) return 'None';
  return leftOut.length > 0 ? 'Part' : 'Whole';
}

/** How many violations are confirmed, how many are to watch, and how many do not count, as people said. */
function countsOf(violations: readonly EventViolation[]) {
  const violationCount = violations.filter(({ confirmed }) => confirmed).length;
  const acceptedCount = acceptedOf(violations)?.length;
  return { violationCount, watchedCount: violations.length - violationCount - (acceptedCount ?? 0), acceptedCount };
}

/** How many of the confirmed violations are of each check that was made. */
const signalCounts = (lookedFor: readonly SignalMetric[], confirmed: readonly EventViolation[]) =>
  Object.fromEntries(
    lookedFor.map((signal) => [signal, confirmed.filter(({ check }) => signalOf(check) === signal).length]),
  ) as ReportedQuality['signalCounts'];

/** Undefined where none is. */
function acceptedOf(violations: readonly EventViolation[]): AcceptedFinding[] | undefined {
  const found = violations.flatMap(({ feature, variant, check, accepted }) =>
    accepted ? [{ feature, variant, check, ...accepted }] : [],
  );
  return found.length > 0 ? found : undefined;
}

const eventLeftOut = ({ feature, check, reason }: LeftOut): LeftOut => ({
  feature: feature.slice(0, NAME_CHARACTERS),
  check: check.slice(0, NAME_CHARACTERS),
  reason: reason.slice(0, TEXT_CHARACTERS),
});

/** The violations that an event carries: the first 20, long texts cut. */
function eventViolations(violations: readonly EventViolation[]): EventViolation[] {
  return violations.slice(0, EVENT_VIOLATIONS).map(({ feature, check, description, accepted, ...figures }) => ({
    ...figures,
    accepted: accepted && cutAcceptance(accepted),
    feature: feature.slice(0, NAME_CHARACTERS),
    check: check.slice(0, NAME_CHARACTERS),
    description: description.slice(0, TEXT_CHARACTERS),
    expectedType: figures.expectedType?.slice(0, NAME_CHARACTERS),
  }));
}

const cutAcceptance = (acceptance: Acceptance): Acceptance => ({
  ...acceptance,
  by: acceptance.by.slice(0, NAME_CHARACTERS),
  reason: acceptance.reason.slice(0, TEXT_CHARACTERS),
});
