/** Where in an account something happened; a lane of the timeline. */
export type TimelineLane =
  | 'deployment'
  | 'traffic'
  | 'schedule'
  | 'analysis'
  | 'metric'
  | 'alarm'
  | 'event'
  | 'notification'
  | 'retraining';

/** One thing that happened, at a virtual time. */
export interface TimelineEntry {
  /** ISO 8601, UTC, virtual */
  readonly time: string;
  readonly lane: TimelineLane;
  readonly title: string;
  readonly detail?: string;
  /** denied calls, failed executions: what a reader must not overlook */
  readonly problem?: boolean;
}
