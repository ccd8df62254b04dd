// What a retraining trigger decided about an outcome: names and shapes that its gate, rules and messages share.
import type { ObjectLocation } from '../../core/contract';
import type { SignalName } from '../../kind/kind-signals';
import { type ExecutionCompletedDetail, FILES } from '../contract';

/** `detail-type` of the event of a decision, whose source is that of all events of this library. */
export const RETRAINING_DETAIL_TYPE = 'Model Retraining Decided';

/** What a trigger did about an outcome. */
export interface RetrainingDecision {
  /** which trigger it is: 16 hexadecimal characters, a hash of its construct path */
  readonly trigger: string;
  readonly pipelineName: string;
  readonly decision: 'Started' | 'Declined';
  /** why not, as `CoolDown`; absent where one was started */
  readonly reason?: 'CoolDown' | 'TrainedSince' | 'PipelineRunning';
  /** what the violations are a sign of; absent in those of earlier versions */
  readonly signals?: readonly SignalName[];
  /** of the training that was started */
  readonly executionArn?: string;
}

/** By which the outcome is known that was decided about. */
type Outcome = 'outcomeId' | 'executionId' | 'monitorId' | 'status' | 'windowStart' | 'windowEnd' | 'reportUri';

/** `detail` of the event: one for each outcome that a trigger decided about. */
export interface RetrainingDecidedDetail extends RetrainingDecision, Pick<ExecutionCompletedDetail, Outcome> {
  readonly version: '1';
  /** whether it is kept beside the report; absent where it is not, so that nobody can be sure of it */
  readonly isKept?: true;
}

/** What is kept of a decision beside the report that it is about: whoever may put events cannot write it. */
export interface KeptDecision extends RetrainingDecision, Pick<ExecutionCompletedDetail, 'outcomeId'> {
  readonly version: '1';
}

/** What the names of notes about messages end with, in the folder of a report: what was decided, and what was sent. No other file of a run does. */
export const NOTE_SUFFIX = '.message';

/** A note beside a report. */
export function noteBeside({ key, ...bucket }: ObjectLocation, name: string): ObjectLocation {
  return { ...bucket, key: `${key.slice(0, -FILES.report.length)}${name}${NOTE_SUFFIX}` };
}

/** Where a trigger keeps what it decided about an outcome. */
export const decisionBeside = (report: ObjectLocation, trigger: string): ObjectLocation =>
  noteBeside(report, `retraining-${trigger}`);
