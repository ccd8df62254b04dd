import { signalsOf } from '../kind/kind-signals';
import type { ExecutionCompletedDetail } from '../outcome/contract';
import type { GateRequest } from './contract';

/** What the table knows about a trigger, after this event took the lease. */
export interface GateRow {
  /** epoch milliseconds of the last start */
  readonly startedAt?: number;
  /** the event that led to the last start */
  readonly startedEventId?: string;
  /** the lease whose holder decided to start */
  readonly decidedLeaseId?: string;
  /** the `outcomeId`s of what was decided, the last one last; none where absent */
  readonly decidedOutcomes?: readonly string[];
}

/** What a decision rests on. */
export interface GateSituation {
  readonly row: GateRow;
  readonly eventId: string;
  readonly leaseId: string;
  /** absent where no report says so, as of an event that is believed: whoever may put one could have the true telling of another outcome dropped */
  readonly outcomeId?: string;
  /** epoch milliseconds at which the run was concluded that found the violations; absent where no report says so */
  readonly concludedAt?: number;
  /** epoch milliseconds */
  readonly now: number;
  readonly cooldownSeconds: number;
  /** asked only where the answer matters */
  readonly history: () => Promise<PipelineHistory>;
}

/** What the service knows of a pipeline's executions. */
export interface PipelineHistory {
  /** whether one is executing or stopping, whoever started it */
  readonly isRunning: boolean;
  /** epoch milliseconds of the last start by this trigger; absent where it made none, or an earlier version did */
  readonly startedAt?: number;
}

/** Why the gate starts nothing. */
export type DeclineReason =
  | 'AnotherOutcome'
  | 'LateLabels'
  | 'NoSuchViolations'
  | 'EventHandled'
  | 'OutcomeHandled'
  | 'CoolDown'
  | 'TrainedSince'
  | 'PipelineRunning';

/** Whether to start the pipeline: undefined, or the reason not to. */
export type Decision = DeclineReason | undefined;

/**
 * Why an outcome is no reason for a training, whatever happened before: it is none, its violations are about something else, or were found by labels that
 * came so late that windows after it have said more.
 *
 * @param outcome undefined where the report has another one than the event
 * @param meant what violations have to be about, absent where a rule has seen to it; and of what a sign, where that is asked for
 */
export function lacksReason(
  outcome: ExecutionCompletedDetail | undefined,
  { concerns, signals }: Pick<GateRequest, 'concerns' | 'signals'> = {},
): DeclineReason | undefined {
  if (!outcome) return 'AnotherOutcome';
  if (outcome.lateLabels) return 'LateLabels';
  const isAbout = !concerns || concerns.some((concern) => outcome.concerns?.includes(concern));
  const isMeant = isAbout && (!signals || signalsOf(outcome).some((signal) => signals.includes(signal)));
  return outcome.status === 'CompletedWithViolations' && isMeant ? undefined : 'NoSuchViolations';
}

/**
 * Decides about one event, under the lease.
 *
 * What was decided about an outcome holds for each further telling of it. What was found before the last training began is answered by it, however late it is told.
 * Who decided to start before (and crashed, or was throttled) goes on with it: the execution that runs now may be its own. A start that its holder could not note any more is known by the
 * service.
 */
export async function decide(situation: GateSituation): Promise<Decision> {
  const { row, eventId, leaseId, outcomeId } = situation;
  if (row.startedEventId === eventId) return 'EventHandled';
  if (outcomeId !== undefined && row.decidedOutcomes?.includes(outcomeId)) return 'OutcomeHandled';
  if (row.decidedLeaseId === leaseId) return undefined;
  const answered = answeredBy(situation, row.startedAt);
  if (answered) return answered;
  const { isRunning, startedAt } = await situation.history();
  return isRunning ? 'PipelineRunning' : answeredBy(situation, startedAt);
}

/** So many outcomes are known again: all that a trigger of a hundred hourly monitors is told in two hours, as long as an event is tried. */
const KNOWN_OUTCOMES = 200;

/** The outcomes that are known again, with one that is decided now. */
export function withDecided(
  { decidedOutcomes: known = [] }: GateRow,
  outcomeId: string | undefined,
): readonly string[] | undefined {
  if (outcomeId === undefined) return undefined;
  return [...known.filter((one) => one !== outcomeId), outcomeId].slice(-KNOWN_OUTCOMES);
}

/** Whether a training that began then is still fresh, or was about the same violations. */
function answeredBy(
  { now, cooldownSeconds, concludedAt = Number.POSITIVE_INFINITY }: GateSituation,
  startedAt = Number.NEGATIVE_INFINITY,
): Decision {
  if (now < startedAt + cooldownSeconds * 1000) return 'CoolDown';
  return concludedAt <= startedAt ? 'TrainedSince' : undefined;
}
