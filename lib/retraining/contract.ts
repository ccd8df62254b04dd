// Names that the retraining gate's construct and its handler share. Imports nothing.

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
}

/** Attribute names of the gate's table; the partition key identifies the trigger. */
export const GATE_TABLE = {
  partitionKey: 'TriggerId',
  /** epoch milliseconds until which one invocation holds the lease */
  leaseUntil: 'LeaseUntil',
  /** identifies the lease; the ClientRequestToken is derived from it and the pipeline */
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
} as const;
