// What people say of findings without a deployment: names and shapes that the command line, handlers and whoever reads reports share.
import { INTERMEDIATE_TAG, type ViolatedConstraint } from '../contract';

/**
 * `Accepted` is one finding that somebody has looked at, `Snoozed` are all of a monitor, `Paused` is a monitor on whose data or schedule somebody works: its findings,
 * and runs of it that fail or are less than whole.
 */
export type ExceptionKind = 'Accepted' | 'Snoozed' | 'Paused';

/** By which a finding is known again in other windows. */
export type ExceptedFinding = Pick<ViolatedConstraint, 'feature' | 'variant' | 'check'>;

/** That a finding does not count for some time, and who said so. Times are ISO 8601, UTC, with milliseconds. */
export interface MonitorException {
  /** tells it from all others of its monitor */
  readonly id: string;
  readonly kind: ExceptionKind;
  /** what is accepted; absent where all of the monitor is snoozed or paused */
  readonly finding?: ExceptedFinding;
  readonly reason: string;
  /** ARN of the principal */
  readonly by: string;
  readonly at: string;
  /** windows that end later are told again */
  readonly until: string;
}

/** `exceptions.json` below the place of a monitor: written by people, on condition that it is what they read, and read by runs that find something. */
export interface MonitorExceptions {
  readonly version: '1';
  readonly exceptions: readonly MonitorException[];
}

/** Its name below the place of a monitor. */
export const EXCEPTIONS_FILE = 'exceptions.json';

/** For how long a finding may be quiet at most, in days, from when that was said: nothing is muted for ever. */
export const LONGEST_DAYS: { readonly [kind in ExceptionKind]: number } = {
  Accepted: 90,
  Snoozed: 7,
  Paused: 7,
};

/** Why a finding does not count though it was found. */
export type Acceptance = Pick<MonitorException, 'kind' | 'id' | 'reason' | 'by' | 'until'>;

/** What says of a run that it is quiet, as people said. */
export interface Pausable {
  /** absent where nobody paused the monitor, and where the run is whole and found nothing: there is nothing to keep quiet */
  readonly paused?: Acceptance;
}

/** What of a violation says that it does not count, as people said. */
export interface Acceptable {
  /** absent where nobody said anything */
  readonly accepted?: Acceptance;
}

/** A finding of a window that does not count. */
export interface AcceptedFinding extends ExceptedFinding, Acceptance {}

/** What a report says of exceptions. */
export interface ReportedExceptions extends Pausable {
  /** findings of the window that do not count; absent where there are none */
  readonly accepted?: readonly AcceptedFinding[];
  /** why exceptions keep nothing quiet; absent where none is wrong, and where nothing was found that they could keep quiet */
  readonly exceptionProblems?: readonly string[];
}

/** Who had a run made that no schedule made, and why. */
export interface HandStart extends Pick<MonitorException, 'by' | 'reason' | 'at'> {}

/** Whether somebody had a run made of a window that is past. */
export interface StartedByHand {
  /** absent where its schedule did, and where nobody said who it was */
  readonly startedBy?: HandStart;
}

/** That past windows are analysed: an object below the folder `audit/` of the monitor, and the `detail` of an event. Times are ISO 8601. */
export interface BackFillRecord extends Pick<ExceptionRecord, 'version' | 'monitorId' | 'by' | 'reason' | 'at'> {
  readonly deed: 'BackFilled';
  /** end of the first and of the last window */
  readonly firstWindowEnd: string;
  readonly lastWindowEnd: string;
  readonly windowCount: number;
  /** ARN of the machine that analyses them */
  readonly stateMachineArn: string;
}

/** `detail-type` of its event. */
export const BACK_FILL_DETAIL_TYPE = 'Model Monitoring Back-Fill Started';

/** What the event of a run says of exceptions. */
export interface CountedExceptions extends Pausable, StartedByHand {
  /** violations that do not count, as people said; absent where there are none. Those of them that are among `violations` say until when, by whom and why */
  readonly acceptedCount?: number;
}

/** What a person did about findings: exceptions were made, or taken back. */
export type ExceptionDeed = ExceptionKind | 'Withdrawn';

/** What was done, by whom and why: an object below the folder `audit/` of the monitor, written before what it says is done, and the `detail` of an event. */
export interface ExceptionRecord {
  readonly version: '1';
  readonly deed: ExceptionDeed;
  readonly monitorId: string;
  /** ARN of the principal, who said the reason */
  readonly by: string;
  readonly reason: string;
  /** ISO 8601 */
  readonly at: string;
  /** start of the window whose findings are accepted, ISO 8601; absent where it is not about one */
  readonly windowStart?: string;
  /** which were made, or taken back; the event has the first 20 */
  readonly exceptions: readonly MonitorException[];
  readonly exceptionCount: number;
}

/** The folder of these records below the place of a monitor. */
export const AUDIT_FOLDER = 'audit';

/** Their tag, by which a bucket lets them expire. */
export const AUDIT_TAG = { key: INTERMEDIATE_TAG.key, value: 'audit' } as const;

/** `detail-type` of the event of what was done. */
export const EXCEPTION_DETAIL_TYPE = 'Model Monitoring Exception Changed';
