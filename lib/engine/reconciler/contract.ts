// Names and shapes that the reconciler's construct and its handler share. Imports types only.
import type { Home, ObjectLocation, PrefixLocation } from '../../core/contract';
import type { EngineName, MonitorKindName } from '../../kind/kind-sheet';
import type { AlertSettings } from '../../outcome/contract';
import type { ClockTime } from '../../outcome/origin/contract';

/** One monitor whose runs are expected; the list travels in the input of the reconciler's schedule. */
export interface ExpectedMonitor {
  readonly id: string;
  /** what the health of its runs counts for; its own id where absent */
  readonly monitoringId?: string;
  /** whether the metrics of single runs are published as well; false where absent */
  readonly runMetrics?: boolean;
  readonly kind: MonitorKindName;
  /** absent for batch transform jobs */
  readonly endpointName?: string;
  readonly engine: EngineName;
  /** runs are due at the times whose hours since midnight UTC, less `startHour`, this divides: 0.25, 0.5 or 1 to 24; with a clock, as many hours as are between two of its times */
  readonly everyHours: number;
  readonly startHour: number;
  /** in their place, the time of a zone's clock at which runs are due */
  readonly clock?: ClockTime;
  /** how to start a run that the clock went over, or once more when its labels have come; absent where neither can be */
  readonly start?: RunStart;
  /** minutes after the due time at which a run that left no trace counts as missed */
  readonly graceMinutes: number;
  /** serverless: reports lie in `{prefix}/yyyy/mm/dd/hh/`, below an hour in `{prefix}/yyyy/mm/dd/hh/mm/`; model-monitor: in `{prefix}/{endpoint}/{schedule}/yyyy/mm/dd/hh/`, without endpoint for batch transform */
  readonly output: PrefixLocation;
  /** model-monitor only */
  readonly monitoringScheduleName?: string;
  /**
   * what tells this schedule from others that the monitor had or will have: the name of one of EventBridge Scheduler, the time of creation of one
   * of SageMaker, whose names come back. Another one is expected anew
   */
  readonly scheduleIdentity: string;
  /** hours from the begin and the end of each run's window to the time at which it is due; absent: the hours since the run before */
  readonly window?: { readonly startHours: number; readonly endHours: number };
  /** model-monitor only: when violations are confirmed; in 2 of the last 3 windows where absent */
  readonly alert?: AlertSettings;
  /** model-monitor only: which file says how old the baseline is, and how old it may be when a window ends; absent where any age will do */
  readonly baseline?: LimitedBaseline;
  /** model-monitor only: how long there may be no data before that is told; the conclusion's own rule where absent */
  readonly hoursWithoutData?: number;
  /** model-monitor only, of batch transform jobs: `s3://bucket/prefix/`, below which they write their lists. An endpoint says itself where it captures */
  readonly dataAt?: string;
  /** `s3://bucket/prefix` of the labels; absent for monitors that need none */
  readonly groundTruthUri?: string;
  /** ARN of the bus that receives the events of its executions; the account's default bus where absent */
  readonly eventBus?: string;
}

/** A baseline whose age has a limit. */
export interface LimitedBaseline {
  readonly file: ObjectLocation;
  readonly ageHours: number;
}

/** How the run of a monitor is started. */
export interface RunStart {
  readonly stateMachineArn: string;
  /** when its schedule starts it, in minutes after it was due */
  readonly minute: number;
  /** input of the machine, but for its `scheduledTime` */
  readonly request: object;
  /** whether its runs need labels; false where absent */
  readonly needsLabels?: true;
}

/** Input of the reconciler, at every hour. */
export interface ReconcileEvent {
  /** `<aws.scheduler.scheduled-time>` */
  readonly scheduledTime: string;
  readonly reconcilerId: string;
  readonly monitors: ExpectedMonitor[];
}

/** Type of the custom resource that says whose turn it is to tell the windows of each monitor. */
export const TURNS_RESOURCE_TYPE = 'Custom::SageMakerMonitoringTurns';

/** Properties of that custom resource. */
export interface TurnsProperties {
  readonly ServiceToken: string;
  /** JSON of `TurnTaker[]`: CloudFormation makes texts of numbers */
  readonly Monitors: string;
}

/** A monitor, and the engine that tells its windows from now on. Its schedule's identity is there so that the schedule is, too. */
export type TurnTaker = Pick<
  ExpectedMonitor,
  'engine' | 'everyHours' | 'startHour' | 'clock' | 'graceMinutes' | 'output' | 'scheduleIdentity'
>;

/** A time in which one engine tells the windows of a monitor: those that are due after its beginning, up to the next turn's. */
export interface Turn extends Pick<ExpectedMonitor, 'engine' | 'everyHours' | 'startHour' | 'clock' | 'graceMinutes'> {
  /** ISO 8601: a moment at which the schedule of the engine, and that of the engine before it, exist */
  readonly since: string;
}

/** Whose turns there were, the last one last. */
export interface Turns {
  readonly turns: readonly Turn[];
  /** of CloudFormation, which gave them, the last one last: each gives a turn once. Absent in what a version before this one has written */
  readonly requestIds?: readonly string[];
}

/** Object names below a monitor's report folders. */
export const RECONCILER_KEYS = {
  /** `Turns`, at `{prefix}/` for every engine */
  turns: 'turns.json',
  /** a `Reconciled`: at `{prefix}/`, or for model-monitor at `{prefix}/{endpoint}/{schedule}/` */
  reconciled: 'reconciled.json',
} as const;

/** What the reconciler remembers of a monitor. Without it, a new monitor's runs would count as missed from before it existed. */
export interface Reconciled {
  /** ISO 8601: the first reconciliation that knew the monitor with this schedule; runs due before it are left alone */
  readonly since: string;
  /** ISO 8601: the last reconciliation; what was due for judgement until then has been judged */
  readonly until: string;
  /** ISO 8601: the first reconciliation that knew the schedule, whatever its hours; absent where it is `since` */
  readonly knownSince?: string;
  readonly engine: ExpectedMonitor['engine'];
  /** absent in what earlier versions wrote */
  readonly scheduleIdentity?: string;
  readonly everyHours: number;
  readonly startHour: number;
  readonly clock?: ClockTime;
  /** of the last reconciliation: what was due so long before it has been judged; absent in what earlier versions wrote */
  readonly graceMinutes?: number;
  /** what was judged and is not known to be told: absent where that is nothing, and in what earlier versions wrote */
  readonly untold?: readonly ClaimedRun[];
  /** ISO 8601, when runs were due that left no trace, or failed: they are looked at again, as who concludes them late may not come to tell that; those that lacked labels, too */
  readonly open?: readonly string[];
  /** the deployments whose reconcilers have come lately: one, unless several report to one place; absent in what earlier versions wrote */
  readonly by?: readonly Reconciler[];
}

/** A deployment that reconciles the monitor of a place. */
export interface Reconciler extends Home {
  /** ISO 8601: its last reconciliation */
  readonly until: string;
}

/** Whether a run that was due left a trace. */
export interface JudgedRun {
  /** ISO 8601 */
  readonly due: string;
  readonly traced: boolean;
  /** whether it may still come to something else */
  readonly isOpen: boolean;
  /** whether that is because it lacks labels; false where absent */
  readonly lacksLabels?: boolean;
}

/** A judgement that a reconciliation has taken on to tell. */
export interface ClaimedRun extends Pick<JudgedRun, 'due' | 'traced'> {
  /** ISO 8601, by the clock of its function */
  readonly claimedAt: string;
}
