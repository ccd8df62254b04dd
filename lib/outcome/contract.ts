// Names and shapes of what a run comes to, which constructs and handlers share.
import type { Home, PrefixLocation } from '../core/contract';
import type { EngineName, MonitorKindName } from '../kind/kind-sheet';
import type { ComparisonOutcome, ReportedComparison } from './comparison/contract';
import type { Acceptable, CountedExceptions, ReportedExceptions } from './exception/contract';
import type { IncidentsOutcome, MonitorIncidents } from './incident/contract';
import type { RunOrigin } from './origin/contract';
import type { ReportedQuality } from './quality/contract';
import type { ReportedOwnCalls, ReportedUnseen, Sampled } from './unseen/contract';

/** The CloudWatch namespace of every metric that this library publishes. */
export const METRIC_NAMESPACE = 'SageMakerMonitoring';

/** The dimensions of the metrics of one monitor, per-feature metrics add `Feature`; and that of the health of monitors that belong together. */
export const METRIC_DIMENSIONS = { monitor: 'MonitorId', feature: 'Feature', monitoring: 'MonitoringId' } as const;

/** Metrics of one monitor, one value per concluded (or missed) run; unit Count, except Health and FeatureDrift (None). */
export const METRICS = {
  /** number of confirmed violations, 0 or more; absent for runs that failed or had no data */
  violations: 'Violations',
  /**
   * how whole the runs of monitors that belong together are, with the dimension `MonitoringId`: 0 whole, 1 less read or checked than asked, 2 failed,
   * and of the reconciler 3 for a run that left no trace
   */
  health: 'Health',
  /** opt-in, as the next three: 1 when a run ended with a report, else 0 */
  completed: 'Completed',
  /** 1 when a run ended without a report, else 0 */
  failed: 'Failed',
  /** 1 when the window held no record, else 0 */
  noData: 'NoData',
  /** published by the reconciler: 1 when an expected run left no trace, else 0 */
  missed: 'Missed',
  /** opt-in, with the dimension `Feature`: the distance of the feature to its baseline */
  featureDrift: 'FeatureDrift',
} as const;

/** Those of single runs, which are published where they are asked for. */
export const RUN_METRICS: readonly string[] = [METRICS.completed, METRICS.failed, METRICS.noData, METRICS.missed];

/** Published once per reconciliation, without dimension but the stack's id: the pulse of the watcher itself. */
export const HEARTBEAT = { metric: 'Heartbeat', dimension: 'ReconcilerId' } as const;

/** Tag of objects below the reports that nobody needs once their run is concluded: a bucket lets them expire by it. */
export const INTERMEDIATE_TAG = { key: 'cdk-sagemaker-monitoring', value: 'intermediate' } as const;

/** `source` of this library's events. */
export const EVENT_SOURCE = 'cdk-sagemaker-monitoring';
/** `detail-type` of the event of a concluded run. */
export const EVENT_DETAIL_TYPE = 'Model Monitoring Execution Completed';

/** The health of a run that left no trace. */
export const MISSED_HEALTH = 3;

/**
 * How a run ended: `Watch` with violations of which none is confirmed, so that nobody is told yet; `Failed` without a report; `NoData` with a window
 * without records.
 */
export type ExecutionStatus = 'Completed' | 'Watch' | 'CompletedWithViolations' | 'NoData' | 'LabelsMissing' | 'Failed';

/** Those of runs that looked at no data, or judged none. */
const UNANALYSED: readonly ExecutionStatus[] = ['NoData', 'LabelsMissing', 'Failed'];

/** Whether a run that ended so looked at data: its violations are all that there were. */
export const isAnalysed = (status: ExecutionStatus): boolean => !UNANALYSED.includes(status);

/** When a violation is confirmed: in so many of so many last windows with data, the run's own included. */
export interface AlertSettings {
  /** 1 to `lastWindows`; 1 confirms each at once */
  readonly windows: number;
  readonly lastWindows: number;
  /** less likely than this has one of them to be, for each hour between two runs, where that is known; absent: as likely as it is found */
  readonly chancePerHour?: number;
}

/** A constraint that a window violated. */
export interface ViolatedConstraint {
  readonly feature: string;
  /** whose records violated it, where each variant is judged apart */
  readonly variant?: string;
  readonly check: string;
  /** how likely chance alone does this, 0 to 1, adjusted for the number of tests of the window; 0 where chance has no part, absent where it is not known */
  readonly pValue?: number;
}

/** How much of what the baseline asks for was checked: `None` where a run failed or had no data. */
export type Evaluated = 'Whole' | 'Part' | 'None';

/** What violations are about: distributions, what a model is worth, or the form of the data. */
export type Concern = 'Drift' | 'Quality' | 'Form';

/** How whole a run is: 0 whole; 1 less read, checked or labelled than asked, a baseline that is too old, or data that came too late; 2 failed. */
export type HealthLevel = 0 | 1 | 2;

/** A check that a run did not make, and why, in words without data but the names of columns. */
export interface LeftOut {
  /** empty for the dataset as a whole */
  readonly feature: string;
  /** a check, or `all` */
  readonly check: string;
  readonly reason: string;
}

/** A number of an event; JSON has no infinities. */
export type Figure = number | 'Infinity' | '-Infinity';

/** What a violation is about in figures; what is not known is absent. */
export interface ViolationFigures {
  /** what the data have: a share is 0 to 1, a number of columns a count, anything else in the unit of its metric */
  readonly observed?: Figure;
  /** what the baseline asks for, in the unit of `observed`: the least of a share, the most of a distance */
  readonly expected?: Figure;
  /** the type that the baseline asks for, as `Integral`, where types are checked */
  readonly expectedType?: string;
}

/** One violated constraint, as the digest and a rule see it. */
export interface EventViolation extends ViolationFigures, ViolatedConstraint, Acceptable {
  /** whether it counts: enough of the last windows had it, or chance does not explain it, and nobody accepted it */
  readonly confirmed: boolean;
  /** in the words of the analysis, for people */
  readonly description: string;
}

/** What a window says of one variant, where each is judged apart. */
export interface VariantOutcome {
  readonly variant: string;
  readonly status: 'Analysed' | 'NoData' | 'LabelsMissing' | 'Failed';
  readonly recordCount: number;
  /** share of its predictions that have a label, 0 to 1; absent where there are none, or labels are not compared */
  readonly labelCoverage?: number;
  /** confirmed violations of its records */
  readonly violationCount: number;
  /** those that are not confirmed (yet) */
  readonly watchedCount: number;
  readonly failureReason?: string;
}

/** What a run is of, by name; empty where it is of batch transform jobs. */
export interface WatchedName {
  /** of the endpoint that captures the data */
  readonly endpointName?: string;
  /** of data that an application writes */
  readonly dataName?: string;
}

/** `detail` of the event on the monitor's bus, one per concluded run. Times are ISO 8601, UTC. */
export interface ExecutionCompletedDetail extends WatchedName, Sampled, CountedExceptions {
  readonly version: '1';
  /**
   * what tells this outcome from all others, the same in each telling of it: 32 hexadecimal characters, a hash of account, region, monitor, window and
   * revision. Absent, as the next three, in events of earlier versions
   */
  readonly outcomeId?: string;
  /** 1, and one more each time that a window which failed, or lacked labels, is run again and comes to something else */
  readonly revision?: number;
  /**
   * whether it replaces what was told of the window when it lacked labels, which have come since: no training begins for it. Absent where it does not, and
   * in events of earlier versions
   */
  readonly lateLabels?: true;
  /** of the monitor */
  readonly accountId?: string;
  readonly region?: string;
  readonly executionId: string;
  readonly monitorId: string;
  readonly monitorKind: MonitorKindName;
  readonly engine: EngineName;
  readonly status: ExecutionStatus;
  readonly windowStart: string;
  readonly windowEnd: string;
  /** 0 also where the engine does not say */
  readonly recordCount: number;
  /** share of the predictions that have a label, 0 to 1; absent where there are none, labels are not compared, or the engine does not say */
  readonly labelCoverage?: number;
  /** what came of each variant, where each is judged apart */
  readonly variants?: VariantOutcome[];
  /** how two of them differ, where that is asked for */
  readonly comparison?: ComparisonOutcome;
  /** confirmed violations */
  readonly violationCount: number;
  /** violations that are not confirmed (yet), nor accepted */
  readonly watchedCount: number;
  /** the first 20, confirmed ones first; all are in the report */
  readonly violations: EventViolation[];
  /** what it changes for who follows incidents; absent where none is open and none changes, and in events of earlier versions */
  readonly incidents?: IncidentsOutcome;
  /** what the confirmed violations are about, each once; empty without one */
  readonly concerns: Concern[];
  readonly evaluated: Evaluated;
  /** the first 20 checks that the baseline asks for and that were not made; all are in the report */
  readonly leftOut: LeftOut[];
  readonly leftOutCount: number;
  readonly health: HealthLevel;
  /** why `health` is above 0, in words without data; empty where it is 0 */
  readonly healthReasons: string[];
  /** `s3://bucket/prefix/` that holds statistics.json, constraint_violations.json and report.json */
  readonly reportUri: string;
  readonly failureReason?: string;
}

/** Monitors whose reports lie in one place, each below its id; without a place those of which it is not known, so that their events are believed. */
export interface ReportedMonitors extends Partial<PrefixLocation> {
  readonly monitorIds: readonly string[];
}

/**
 * What a rule makes of an event for whoever acts on an outcome. Whoever may put events on the bus chooses the `detail`; account and region are written by
 * EventBridge, and where the reports lie by the rule.
 */
export interface OutcomeClaim {
  readonly account: string;
  readonly region: string;
  readonly detail: ExecutionCompletedDetail;
  /** absent in what rules of earlier versions make: their events are believed, until the update has changed the rule */
  readonly reports?: readonly ReportedMonitors[];
}

/** What is published of a run, in this order: what is vital first. */
export const PUBLICATION_STEPS = ['metrics', 'event', 'featureMetrics'] as const;

/** One of {@link PUBLICATION_STEPS}. */
export type PublicationStep = (typeof PUBLICATION_STEPS)[number];

/** Where and how a run is told. */
export interface Publishing {
  /** What the health of the run counts for. */
  readonly monitoringId: string;
  /** Whether the metrics of single runs are published as well; false where absent. */
  readonly runMetrics?: boolean;
  /** Features whose drift becomes a metric. */
  readonly featureMetrics: readonly string[];
  /** ARN of the bus that receives the event; the account's default bus where absent. */
  readonly eventBus?: string;
}

/** Distance of one feature to its baseline. */
export interface ReportedDistance {
  readonly feature: string;
  /** whose records it is of, where each variant is judged apart */
  readonly variant?: string;
  readonly distance: number;
  readonly threshold: number;
  /** of the comparison: the engine's drift method, or `Simple` or `Robust` where Model Monitor's rule decides */
  readonly method: string;
  /**
   * how likely chance alone does this, 0 to 1, adjusted for the number of features: a distance above its threshold is drift if this is at most
   * the false alarm rate. Absent for methods without a test
   */
  readonly pValue?: number;
}

/** Records of a window that could not be read. */
export interface ReportedUnreadable extends ReportedOwnCalls {
  /** those that do not fit included */
  readonly unreadableCount: number;
  /** rows that were read, but have another shape than the baseline's: they are in no figure */
  readonly misfitCount?: number;
  /** readable records with a time outside the window: no defect */
  readonly outsideWindow: number;
  /** rows that the filter of the monitored data left out: no defect. Absent where it left out none */
  readonly filtered?: number;
  /** columns that transformations of the monitored data name and no record has, as `rename income`. Absent where there are none */
  readonly notFound?: string[];
  readonly byReason: { readonly [reason: string]: number };
  /** where the first ones are; no data */
  readonly samples: { readonly file: string; readonly line: number; readonly reason: string }[];
}

/** Objects of a window that a run did not read, though they seem to belong to it. */
export interface ObjectsNotRead {
  readonly count: number;
  readonly byReason: { readonly [reason: string]: number };
  /** which the first ones are */
  readonly samples: { readonly file: string; readonly reason: string }[];
}

/**
 * How predictions and labels of a window met. Every prediction that could be read is in exactly one of `matched`, `predictionsWithoutLabel`,
 * `duplicatePredictions` and `rowCountMismatches`, every label in one of `matched`, `labelsWithoutPrediction`, `duplicateLabels` and `rowCountMismatches`.
 */
export interface ReportedLabels {
  /** requests that were analysed */
  readonly matched: number;
  /** their labels are missing, or yet to come */
  readonly predictionsWithoutLabel: number;
  /** of predictions of other windows, or with identifiers that nothing captured has */
  readonly labelsWithoutPrediction: number;
  /** a later one counts in their place */
  readonly duplicateLabels: number;
  /** those of `duplicateLabels` that were another label than the one after them */
  readonly conflictingLabels: number;
  /** a later one counts in their place */
  readonly duplicatePredictions: number;
  /** requests with another number of labels than of predictions */
  readonly rowCountMismatches: number;
}

/** What was read of one variant, where each is judged apart. */
export interface ReportedVariant extends Omit<VariantOutcome, 'violationCount' | 'watchedCount' | 'labelCoverage'> {
  readonly unreadable?: ReportedUnreadable;
  /** as a run of this variant alone counts them: labels of other variants' predictions are without a prediction */
  readonly labels?: ReportedLabels;
}

/** Variants with captured records in a window: the first 20 each, by name. */
export interface ReportedVariants {
  readonly read: string[];
  /** shadow variants, and others that the monitor was not asked for: no defect */
  readonly leftOut: string[];
}

/** Whose a run and its report are. */
export interface ReportOwner extends Home {
  readonly monitorId: string;
}

/** A told window to which captured objects came that no run has seen: none has analysed them for it. */
export interface LateWindow extends Pick<ExecutionCompletedDetail, 'windowStart' | 'windowEnd'> {
  readonly lateObjects: number;
  /** of the window, late ones among them */
  readonly objectCount: number;
}

/**
 * `report.json` of a concluded run, for every engine: what is decided about its window.
 *
 * Written once before anything is published, and again after each step of publishing, so that a retry knows what is left to do.
 */
export interface ExecutionReport extends RunOrigin, ReportedUnseen, ReportedQuality, ReportedExceptions {
  readonly version: '1';
  /** drawn by whoever decided, so that it knows its own decision again; absent in reports of earlier versions */
  readonly token?: string;
  /** `detail` of the run's event */
  readonly outcome: ExecutionCompletedDetail;
  /** ISO 8601 */
  readonly concludedAt: string;
  /** a run that was published whole has all of them */
  readonly published: PublicationStep[];
  /** where and how it is told, for whoever tells what is left; absent in reports of earlier versions */
  readonly publishing?: Publishing;
  /** objects that the run found, and analysed but for what `sample` says; absent where no plan was made, or the engine does not say */
  readonly objectCount?: number;
  /** objects of the window before that came after its run had listed them, and that no run analyses; absent if unknown */
  readonly lateObjects?: number;
  /** why `lateObjects` is not known; absent where it is, and where the run did not get so far */
  readonly lateObjectsUnknown?: string;
  /** windows before the last one to which objects came later still, as far as runs look back; absent where there are none */
  readonly lateWindows?: readonly LateWindow[];
  /** when the window ended; absent where its age has no limit */
  readonly baselineAgeHours?: number;
  readonly unreadable?: ReportedUnreadable;
  /** absent where there are none, or the engine does not say */
  readonly objectsNotRead?: ObjectsNotRead;
  /** of runs that compare predictions with labels, on engines that say it */
  readonly labels?: ReportedLabels;
  /** absent where there were no captured records, or the engine does not say */
  readonly variants?: ReportedVariants;
  /** of each variant that the monitor was asked for, where each is judged apart; absent where they are judged together */
  readonly perVariant?: readonly ReportedVariant[];
  /** of two variants, where that is asked for; absent where nothing was analysed, or the kind compares nothing */
  readonly comparison?: ReportedComparison;
  /** of the features that were compared */
  readonly distances: ReportedDistance[];
  /** all that was violated, confirmed or not, for the runs after this one */
  readonly violated: ViolatedConstraint[];
  /** those of its monitor after this window; absent where there are none, and in reports of earlier versions */
  readonly incidents?: MonitorIncidents;
  /** checks that were not made; `isUnasked` where the baseline does not ask for them, so that the run is whole without */
  readonly notEvaluated: (LeftOut & { readonly isUnasked?: true })[];
}

/**
 * What a state machine says of a step that failed.
 *
 * @see https://states-language.net/spec.html#fallback-states
 */
export interface ExecutionError {
  readonly Error?: string;
  readonly Cause?: string;
}

/** Names of the files in the folder of a report, or of a baseline. */
export const FILES = {
  statistics: 'statistics.json',
  constraints: 'constraints.json',
  violations: 'constraint_violations.json',
  /** our own summary, an `ExecutionReport`; its presence marks a concluded run */
  report: 'report.json',
  /** the same for people: made of the files beside it once the run is told */
  page: 'report.html',
} as const;

/** The name of a file that a report has of one variant alone. */
export const variantFile = (variant: string, name: string): string => `variants/${variant}/${name}`;

/** `yyyy/mm/dd/hh` of a time, UTC. */
export function hourPath(time: Date): string {
  return time.toISOString().slice(0, 'yyyy-mm-ddThh'.length).replace(/[-T]/g, '/');
}
