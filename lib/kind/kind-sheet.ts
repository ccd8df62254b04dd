import type { ContainerViolation } from './container-violation';
import type { MonitorKind } from './monitor-kind';

/** Names of the kinds, as dimension, event field and SageMaker's monitoring type. */
export type MonitorKindName = `${MonitorKind}`;

/** What the kinds are called among props, as `dataQuality`. */
export type KindProp = Uncapitalize<MonitorKindName>;

/** What the engines are called in events and reports. */
export type EngineName = 'serverless' | 'model-monitor';

/**
 * What is special about a kind of monitor: everything that other rooms have to know to treat all kinds alike.
 *
 * A question that is asked of a kind is a member here; nothing compares the names of kinds.
 */
export interface KindSheet<Kind extends MonitorKindName = MonitorKindName> {
  readonly kind: Kind;
  /** How props name it, as `dataQuality`. */
  readonly prop: Uncapitalize<Kind>;
  /** What is watched, in words, as in "a monitor of {aspect}". */
  readonly aspect: string;
  /** Those that have an analysis of it. */
  readonly engines: readonly EngineName[];
  /** Whether its runs wait for labels, and merge them with what was captured. */
  readonly readsLabels: boolean;
  /** Whether its runs ask a model. */
  readonly asksModel: boolean;
  readonly baseline: KindBaseline;
  readonly report: KindReport;
}

/** What a kind makes of a baseline. */
export interface KindBaseline {
  /** Whether runs compare statistics as well; else they read constraints alone. */
  readonly hasStatistics: boolean;
  /** Name of the file of constraints, as the kind's analysis writes it. */
  readonly constraintsFile: 'constraints.json' | 'analysis.json';
  /** What that file holds: features and what is asked of them, metrics of the model's quality, bias of groups, or attributions of features. */
  readonly constraintsContent: 'Features' | 'Metrics' | 'Bias' | 'Attributions';
  /** Whether numbers of the constraints have to be written without exponents before they are used. */
  readonly needsDecimals: boolean;
  /** Whether a dataset has the columns of what is captured, in their order, and so no label. */
  readonly mirrorsCapture: boolean;
  /** The overrides that the kind takes. */
  readonly overrides: {
    /** Whether it takes one of the top-level props of overrides. */
    readonly takes: (prop: string) => boolean;
    /** What it takes, in words: the "allowed" of an error. */
    readonly allowed: string;
  };
}

/** What a kind's reports hold, and how they are told. */
export interface KindReport {
  /** Where a container says what it measured. */
  readonly measured: MeasuredFile;
  /** What a violation is about: a feature, a metric, a group, an output. Undefined where the entry does not say. */
  readonly subjectOf: (violation: ContainerViolation) => string | undefined;
  /** What violations of a check are about. A check that the kind does not know, of an image of the user, is taken for its main concern. */
  readonly concernOf: (check: string) => 'Drift' | 'Quality' | 'Form';
  /**
   * Whether chance has no part in a container's check, so that one window is enough to believe it; our own analyses say of each violation how likely
   * chance does it.
   */
  readonly isWithoutChance: (check: string) => boolean;
  /** What a container leaves out because of a violation, and why; undefined where it leaves out nothing. */
  readonly skippedBy: (violation: ContainerViolation) => SkippedCheck | undefined;
}

/** The file of a run in which a container says what it measured: without it nobody knows that it did. */
export interface MeasuredFile {
  readonly file: 'statistics.json' | 'analysis.json';
  /** Whether it counts the records of the window. */
  readonly countsRecords: boolean;
  /** The members that hold figures, of which one at least is there. */
  readonly sections: readonly string[];
  /** Whether violations are listed also where there are none; else their file need not be there. */
  readonly listsNone: boolean;
}

/** A check that a container does not make. */
export interface SkippedCheck {
  /** Empty for the dataset as a whole. */
  readonly feature: string;
  /** As `constraint_check_type` names it, or `all`. */
  readonly check: string;
  readonly reason: string;
}
