// Names that the retraining gate's construct and its handler share. Imports types only.
import type { SignalName } from '../kind/kind-signals';
import type { Concern, OutcomeClaim } from '../outcome/contract';

/** Environment of the handler. */
export const GATE_ENV = {
  tableName: 'TABLE_NAME',
  pipelineName: 'PIPELINE_NAME',
  /** JSON of `GateSettings` */
  settings: 'SETTINGS',
} as const;

/** What the gate knows of its trigger. */
export interface GateSettings {
  /** identifies this trigger's row in the table */
  readonly triggerId: string;
  readonly cooldownSeconds: number;
  /** pipeline parameters, fixed */
  readonly parameters: { readonly [name: string]: string };
  /** name of the pipeline parameter that is told what violations are a sign of; none where absent */
  readonly signalParameter?: string;
}

/** What a trigger's rule makes of an event for the gate; a rule of an earlier version hands over the event itself, which has the same members. */
export interface GateRequest extends OutcomeClaim {
  /** of the event */
  readonly id: string;
  /** what violations have to be about; absent in an event itself, which its rule has matched */
  readonly concerns?: readonly Concern[];
  /** what violations have to be a sign of as well; of anything where absent */
  readonly signals?: readonly SignalName[];
  /** ARN of the bus on which decisions are told; the account's default bus where absent */
  readonly eventBus?: string;
}

/** Attribute names of the gate's table; the partition key identifies the trigger. */
export const GATE_TABLE = {
  partitionKey: 'TriggerId',
  /** epoch milliseconds until which one invocation holds the lease */
  leaseUntil: 'LeaseUntil',
  /** identifies the lease, of one event */
  leaseId: 'LeaseId',
  /** the event that took the lease */
  eventId: 'EventId',
  /** epoch milliseconds of the last start */
  startedAt: 'StartedAt',
  executionArn: 'ExecutionArn',
  /** the event that led to the last start */
  startedEventId: 'StartedEventId',
  /** the lease whose holder decided to start: a retry of it goes on with the start, and looks at nothing else */
  decidedLeaseId: 'DecidedLeaseId',
  /** a list of the `outcomeId`s of what was decided: a repeated telling of one is dropped */
  decidedOutcomes: 'DecidedOutcomes',
} as const;

/**
 * Times of the gate that fit into each other, in seconds.
 *
 * A lease outlasts its holder: a function that has ended starts nothing, and `limit` + 60 is left for clocks that differ. An event that finds it held fails, and is tried again
 * after `retries`; the last of these attempts comes 180 seconds after the first, 60 after the lease of a holder that crashed has ended.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const GATE_SECONDS = { limit: 60, lease: 120, retries: [60, 120] } as const;
