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
  /** whether an execution of the pipeline is executing or stopping; asked only where the answer matters */
  readonly isRunning: () => Promise<boolean>;
}

/** Why the gate starts nothing. */
export type DeclineReason = 'EventHandled' | 'LeaseHeld' | 'CoolDown' | 'PipelineRunning';

/** Whether to start the pipeline: undefined, or the reason not to. */
export type Decision = DeclineReason | undefined;

/**
 * Decides about one event, under the lease.
 *
 * Who decided to start before (and crashed, or was throttled) goes on with it: the execution that runs now may be its own.
 */
export async function decide(situation: GateSituation): Promise<Decision> {
  const { row, eventId, leaseId, now, cooldownSeconds } = situation;
  if (row.startedEventId === eventId) return 'EventHandled';
  if (row.decidedLeaseId === leaseId) return undefined;
  if (row.startedAt !== undefined && now < row.startedAt + cooldownSeconds * 1000) return 'CoolDown';
  return (await situation.isRunning()) ? 'PipelineRunning' : undefined;
}
