/** What the table knows about a trigger, after this event took the lease. */
export interface GateRow {
  /** epoch milliseconds of the last start */
  readonly startedAt?: number;
  /** the event that led to the last start */
  readonly startedEventId?: string;
  /** the lease whose holder decided to start */
  readonly decidedLeaseId?: string;
}

/** What a decision rests on. */
export interface GateSituation {
  readonly row: GateRow;
  readonly eventId: string;
  readonly leaseId: string;
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
export type DeclineReason = 'EventHandled' | 'CoolDown' | 'PipelineRunning';

/** Whether to start the pipeline: undefined, or the reason not to. */
export type Decision = DeclineReason | undefined;

/**
 * Decides about one event, under the lease.
 *
 * Who decided to start before (and crashed, or was throttled) goes on with it: the execution that runs now may be its own. A start that its holder could not note any more is known by the
 * service.
 */
export async function decide(situation: GateSituation): Promise<Decision> {
  const { row, eventId, leaseId, now, cooldownSeconds } = situation;
  if (row.startedEventId === eventId) return 'EventHandled';
  if (row.decidedLeaseId === leaseId) return undefined;
  const isCoolingDown = (startedAt?: number) => startedAt !== undefined && now < startedAt + cooldownSeconds * 1000;
  if (isCoolingDown(row.startedAt)) return 'CoolDown';
  const { isRunning, startedAt } = await situation.history();
  if (isRunning) return 'PipelineRunning';
  return isCoolingDown(startedAt) ? 'CoolDown' : undefined;
}
