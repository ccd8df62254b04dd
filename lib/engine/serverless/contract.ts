// Names and shapes that the serverless engine's construct and its handlers share. Imports types only.
import type {
  BaselineRequest,
  BiasQuestionSettings,
  DatasetFormatConfig,
  ExplanationSettings,
  ModelProblemSettings,
} from '../../baseline/contract';
import type { ObjectLocation, PrefixLocation } from '../../core/contract';
import type { MonitorKindName } from '../../kind/kind-sheet';
import type {
  ComparisonSettings,
  RecordFilterCondition,
  RecordFormatSettings,
  RecordTransformationSettings,
  RequestUnitSettings,
  RowsPath,
} from '../../monitor/contract';
import type {
  AlertSettings,
  ExecutionError,
  LateWindow,
  ObjectsNotRead,
  ReportedVariants,
  WatchedName,
} from '../../outcome/contract';
import type { StartedByHand } from '../../outcome/exception/contract';
import type { ClockTime } from '../../outcome/origin/contract';
import type { NeverCaptured, Sampled } from '../../outcome/unseen/contract';

/** How drift is decided: one of the tests of this library, or `ModelMonitor`, the container's own rule. */
export type DriftMethodName = 'MassShift' | 'PopulationStability' | 'Wasserstein' | 'JensenShannon' | 'ModelMonitor';

/** How a monitor decides about drift. */
export interface DriftSettings {
  readonly method: DriftMethodName;
  /** of a whole window, above 0 to 1; the analysis' own default where absent. Without meaning for `ModelMonitor` */
  readonly falseAlarmRate?: number;
}

/** Whose rules hold for types, completeness, categories and columns. */
export type CheckRulesName = 'ByMeaning' | 'ModelMonitor';

/** What a run tolerates, as shares of 0 to 1 but for times; the analysis' and the conclusion's own defaults where absent. */
export interface LimitSettings {
  readonly unreadableRecords?: number;
  readonly lateObjects?: number;
  readonly unknownColumns?: number;
  readonly missingLabels?: number;
  readonly labelCoverage?: number;
  /** of the baseline, when a window ends; any where absent */
  readonly baselineAgeHours?: number;
  /** without data, before that is told; the conclusion's own rule where absent */
  readonly hoursWithoutData?: number;
}

/** Where labels lie, and of which records they are: hours are counted back from the time at which a run is due. */
export interface LabelsRequest {
  /** labels lie in `{prefix}/yyyy/mm/dd/hh/` below it, by the hour in which they were written */
  readonly place: PrefixLocation;
  /** from the window's begin */
  readonly startHours: number;
  /** from the window's end */
  readonly endHours: number;
}

/** Which groups are compared, and where captured records have what they are told apart by, and what is predicted. */
export interface GroupsRequest {
  readonly question: BiasQuestionSettings;
  /** where the features stand in requests of JSON; these are objects with the features' names where absent */
  readonly features?: RowsPath;
  /** of values without names, in their order; columns are called by their index where absent */
  readonly headers?: string[];
  /**
   * where the label, or the probability, stands in what the model answers: a column of CSV, or a path in JSON; of data with a `recordFormat` or `transformations`
   * the name of a column, or its place
   */
  readonly predicted: { readonly column: number } | { readonly path: RowsPath } | { readonly name: string };
  /** above which 1 is predicted; what the model answers is a label where absent */
  readonly threshold?: number;
}

/** Whose captured records are read, by the names of variants. */
export interface VariantSettings {
  readonly read: readonly string[];
  /** those that are there beside them; a folder of none of both is unknown, and told. Absent where nobody knows */
  readonly others?: readonly string[];
  /** whether each of `read` is judged apart; together where absent. Of requests whose runs leave extracts */
  readonly apart?: true;
  /** which two of those that are judged apart are compared; none where absent */
  readonly comparison?: ComparisonSettings;
}

/** How the objects of transform jobs are found and read. */
export interface TransformSettings {
  /** whose lists name them */
  readonly side: TransformSide;
  /** where they lie: what a list names elsewhere is not read */
  readonly data: PrefixLocation;
  readonly format: DatasetFormatConfig;
  /** whether each row ends with an identifier and a time that capture has generated: no columns. False where absent */
  readonly generatedIds?: true;
}

/** What transform jobs read, or what they wrote. */
export type TransformSide = 'input' | 'output';

/** Where extracts lie. */
export interface ExtractsPlace extends PrefixLocation {
  /** ARN of the key that encrypts them, that of the captured data; the bucket's own encryption where absent */
  readonly encryptionKey?: string;
  /** what the stack's other monitors read of the same data: who reads objects leaves extracts of them for these as well. Nothing where absent */
  readonly others?: readonly ExtractSection[];
  /** of the longest interval, below 1: that of the shortest windows which the stack's monitors of these data have; 1 where absent */
  readonly intervalHours?: number;
}

/** What is read of captured data for a monitor: all of a request that decides what its extracts hold. */
export interface ExtractSection
  extends Pick<MonitorRequest, 'filter' | 'recordFormat' | 'transformations' | 'problem' | 'groups' | 'unit'> {
  readonly kind: MonitorKindName;
  /** those of its baseline, whose columns are known */
  readonly statistics?: ObjectLocation;
  /** where labels lie that it reads as well */
  readonly labels?: PrefixLocation;
}

/** Input of the state machine for one run of a monitor: the schedule's input, the scheduled time filled in. */
export interface MonitorRequest extends StartedByHand {
  readonly mode: 'monitor';
  /** ISO 8601; the run is the one that was due at or before this time */
  readonly scheduledTime: string;
  readonly monitor: WatchedName & {
    readonly id: string;
    readonly kind: MonitorKindName;
    /** what the health of its runs counts for; its own id where absent */
    readonly monitoringId?: string;
  };
  /** the data capture destination: objects lie in `{prefix}/{name}/{variant}/yyyy/mm/dd/hh/` below it, by the name of what is watched */
  readonly capture: PrefixLocation;
  /** of batch transform jobs: lists of objects lie in `{prefix}/input/yyyy/mm/dd/hh/` and `{prefix}/output/yyyy/mm/dd/hh/` of the capture */
  readonly transforms?: TransformSettings;
  /** whose captured records are read; those of all folders where absent */
  readonly variants?: VariantSettings;
  /** of captured objects that a run reads: of a window that has more, some are drawn; all where absent */
  readonly maximumBytes?: number;
  /** the rows of captured records that are read; all where absent */
  readonly filter?: RecordFilterCondition;
  /** how their bodies become rows; flattened where absent */
  readonly recordFormat?: RecordFormatSettings;
  /** what is done to the rows that the filter leaves, in this order; nothing where absent */
  readonly transformations?: RecordTransformationSettings[];
  /** hours between two runs, which is how long the window is: 0.25, 0.5, 1 to 24, or 168; with `clock`, when nobody changes it */
  readonly windowHours: number;
  /** the time of a zone's clock at which runs are due; absent: they are due by UTC */
  readonly clock?: ClockTime;
  /** groups of objects that are profiled at the same time; 10 where absent */
  readonly maximumConcurrency?: number;
  /** no statistics where the kind compares none */
  readonly baseline: { readonly statistics?: ObjectLocation; readonly constraints: ObjectLocation };
  /** of kinds that compare predictions with labels */
  readonly labels?: LabelsRequest;
  /** hours after the run was due below which labels may lie as well; 0 where absent. Of a run that looks for labels that came late */
  readonly lateLabelHours?: number;
  /** of monitors of model quality */
  readonly problem?: ModelProblemSettings;
  /** of monitors of model quality that have a test: what requests are of that depend on each other; each is one by itself where absent */
  readonly unit?: RequestUnitSettings;
  /** of monitors of model quality: over how many windows it may not fall, none where 0; over ten where absent */
  readonly decay?: { readonly lastWindows: number };
  /** of monitors of model quality: whether concept drift and decay become metrics; false where absent */
  readonly signalMetrics?: true;
  /** of monitors of bias */
  readonly groups?: GroupsRequest;
  /** of monitors of feature attributions: how a model is asked about a sample of rows */
  readonly explanation?: ExplanationSettings;
  readonly drift: DriftSettings;
  /** `ByMeaning` where absent, but for the drift method `ModelMonitor` */
  readonly checks?: CheckRulesName;
  readonly limits?: LimitSettings;
  /** features that nothing is asked of; none where absent */
  readonly excludedFeatures?: readonly string[];
  /** when violations are confirmed; in 2 of the last 3 windows where absent */
  readonly alert?: AlertSettings;
  readonly output: PrefixLocation;
  /** where runs leave extracts of what they read, for each other and for those of other monitors; they leave none where absent */
  readonly extracts?: ExtractsPlace;
  /** where the calls are noted that monitors of the stack make to the endpoint whose data are read: they are no records. None are made where absent */
  readonly ownCalls?: PrefixLocation;
  /** whether the metrics of single runs are published as well; false where absent */
  readonly runMetrics?: boolean;
  /** features whose drift becomes a metric; each is billed as a custom metric */
  readonly featureMetrics: string[];
  /** ARN of the bus that receives the event; the account's default bus where absent */
  readonly eventBus?: string;
}

/** Input of the state machine. */
export type AnalysisRequest = MonitorRequest | BaselineRequest;

/** What every state hands on: the state machine's input under `request`, its execution's name, and what was planned. */
export interface AnalysisState {
  readonly request: AnalysisRequest;
  /** `$$.Execution.Name` */
  readonly execution: string;
}

/**
 * Answer of *plan*; the state machine adds it to the state as `plan`. The object is the manifest that the Distributed Map reads: JSON Lines, one
 * `PlannedItem` a line.
 */
export interface Plan extends ObjectLocation {
  /** the Map cannot do without */
  readonly bucketOwner: string;
  /** 0 skips the Map */
  readonly itemCount: number;
  readonly objectCount: number;
  /** objects that lie in the window before now, whose run may have seen fewer; null where that is not known, and for a baseline */
  readonly objectCountBefore: number | null;
  /** of the Map: it cannot do without */
  readonly maximumConcurrency: number;
  /** absent in what a version before this one has planned */
  readonly found?: FoundBeside;
}

/** What a plan found beside the objects of its items. One member of the plan, since the state machine selects members by name, and fails without one. */
export interface FoundBeside extends Sampled {
  /** objects of the window that no item has; absent where there are none */
  readonly notRead?: ObjectsNotRead;
  /** whose captured records there are; absent where there are none */
  readonly variants?: ReportedVariants;
  /** what has never been captured; absent where there is nothing of the kind */
  readonly neverCaptured?: NeverCaptured;
  /** windows before the last one to which objects came that no run has seen; absent where there are none */
  readonly lateWindows?: readonly LateWindow[];
  /** the only item, where there is one alone and the state has room for it: no Map is opened for it */
  readonly item?: PlannedItem;
}

/** A group of objects that one *profile* reads. */
export interface PlanItem {
  readonly index: number;
  readonly objects: (ObjectLocation & { readonly size: number })[];
  /** what the objects hold where it is no records */
  readonly content?: 'labels';
  /** where the partial profile goes */
  readonly profile: ObjectLocation;
}

/** One version of an object. */
export interface ObjectVersion extends ObjectLocation {
  readonly size: number;
  readonly etag: string;
}

/** What makes one extract: the records of an interval in a group of objects, or the labels that were written in it. */
export interface ExtractTask {
  /** which of the window's parts it is, counted from 0 */
  readonly part: number;
  /** ISO 8601; `start` is in it, `end` is not */
  readonly interval: { readonly start: string; readonly end: string };
  /** below the folder of a layout */
  readonly name: string;
  readonly objects: readonly ObjectVersion[];
  /** what the objects hold where it is no records */
  readonly content?: 'labels';
}

/** Extracts that one *profile* makes, as far as they are not there. */
export interface ExtractItem {
  readonly index: number;
  readonly extracts: readonly ExtractTask[];
}

/** What one *profile* reads. */
export type PlannedItem = PlanItem | ExtractItem;

/** Event of *profile*. */
export interface ProfileEvent extends AnalysisState {
  readonly item: PlannedItem;
}

/** Event of *conclude*: with `plan` when the Map went well (or had nothing to do), with `error` when anything failed. */
export interface ConcludeEvent extends AnalysisState {
  readonly plan?: Plan;
  readonly error?: ExecutionError;
}

/**
 * What Node.js runs *profile* with: a young generation of at most 3 x 4 MiB. Its default lets it grow to four times that, for garbage that
 * the analysis does not make.
 *
 * @see https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
export const PROFILE_NODE_OPTIONS = '--max-semi-space-size=4';

/**
 * The disk of *conclude*, where the records of a window wait for their turn: the largest that there is, of which what is beyond 512 MiB is paid by the second.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
 */
export const CONCLUDE_DISK_MEBIBYTES = 10_240;

/**
 * Bytes of objects that one *profile* reads: some seconds of work, beside which its start, and what it asks of others, count for little. A larger object makes
 * an item of its own.
 */
export const ITEM_BYTES = 256 * 1024 * 1024;
