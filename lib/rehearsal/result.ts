import type { Constraints, Statistics, Violation } from '../analysis';
import type { DeliveredMessage, StartedRetraining } from '../cloud/account/recorder';
import type { TimelineEntry } from '../cloud/account/timeline';
import type { ExecutionCompletedDetail, ReportedDistance } from '../outcome/contract';
import type { RehearsedDashboard } from './dashboard/rehearsed-dashboard';
import type { HourUsage } from './usage';

/** Something that the rehearsal had to see (or, without drift, must not see). */
export interface Expectation {
  /** the link of the chain, in the words a user knows: "drift alarm", "topic policy" */
  readonly name: string;
  readonly met: boolean;
  /** what was seen, or what is missing and where to look */
  readonly detail: string;
}

/** Something that the rehearsal did not look at, and did not ask for. */
export interface Unseen {
  /** the link of the chain, or the monitor */
  readonly name: string;
  /** `lacks`: the app has none; `not rehearsed`: the app has it, and nobody knows whether it works */
  readonly why: 'lacks' | 'not rehearsed';
  readonly detail: string;
}

/** One concluded run of a monitor, as its report in the stand-in's S3 says. */
export interface WindowResult {
  readonly outcome: ExecutionCompletedDetail;
  readonly statistics?: Statistics;
  readonly violations: Violation[];
  /** distance to the baseline by feature, where it was compared; what a report does not say is absent */
  readonly distances: (Omit<ReportedDistance, 'method'> & Partial<Pick<ReportedDistance, 'method'>>)[];
  readonly unreadableCount: number;
  /** whether it left a page beside its report */
  readonly hasPage: boolean;
}

/** What the monitor compares with. */
export interface RehearsedBaseline {
  readonly statistics: Statistics;
  readonly constraints: Constraints;
  /** what the engine that made it wrote beside it as good to know; absent where nobody wrote any */
  readonly notes?: readonly string[];
}

/** Everything that a rehearsal found; what the console, the report page and the exit code are made of. */
export interface RehearsalResult {
  readonly succeeded: boolean;
  readonly expectations: Expectation[];
  /** what success says nothing about */
  readonly unseen: Unseen[];
  readonly timeline: TimelineEntry[];
  readonly baseline?: RehearsedBaseline;
  readonly windows: WindowResult[];
  readonly messages: DeliveredMessage[];
  readonly retrainings: StartedRetraining[];
  /** as somebody sees them at the end */
  readonly dashboards: readonly RehearsedDashboard[];
  /** what each virtual hour has asked of AWS */
  readonly usage: readonly HourUsage[];
}
