// Names and shapes that the serverless engine's construct and its handlers share. Imports types only.
import type { ConstraintOverridesConfig, DatasetFormatConfig } from '../../baseline/contract';
import type { ObjectLocation, PrefixLocation } from '../../core/contract';
import type { MonitorKindName } from '../../kind/kind-sheet';

export type { ConstraintOverridesConfig, DatasetFormatConfig, FeatureOverridesConfig } from '../../baseline/contract';
export type { ObjectLocation, PrefixLocation } from '../../core/contract';

/** How drift is decided: one of the tests of this library, or `ModelMonitor`, the container's own rule. */
export type DriftMethodName = 'MassShift' | 'PopulationStability' | 'Wasserstein' | 'JensenShannon' | 'ModelMonitor';

/** How a monitor decides about drift. */
export interface DriftSettings {
  readonly method: DriftMethodName;
  /** of a whole window, above 0 to 1; the analysis' own default where absent. Without meaning for `ModelMonitor` */
  readonly falseAlarmRate?: number;
}

/** Input of the state machine for one run of a monitor: the schedule's input, the scheduled time filled in. */
export interface MonitorRequest {
  readonly mode: 'monitor';
  /** ISO 8601; the run analyses the hours before the full hour at or before this time */
  readonly scheduledTime: string;
  readonly monitor: { readonly id: string; readonly kind: MonitorKindName; readonly endpointName: string };
  /** the data capture destination: objects lie in `{prefix}/{endpoint}/{variant}/yyyy/mm/dd/hh/` below it */
  readonly capture: PrefixLocation;
  readonly windowHours: number;
  /** groups of objects that are profiled at the same time; 10 where absent */
  readonly maximumConcurrency?: number;
  readonly baseline: { readonly statistics: ObjectLocation; readonly constraints: ObjectLocation };
  readonly drift: DriftSettings;
  readonly output: PrefixLocation;
  /** features whose drift becomes a metric; each is billed as a custom metric */
  readonly featureMetrics: string[];
}

/** Input of the state machine for one baseline, sent by the custom resource's handler. */
export interface BaselineRequest {
  readonly mode: 'baseline';
  readonly dataset: ObjectLocation;
  readonly format: DatasetFormatConfig;
  /** as in a `MonitorRequest` */
  readonly maximumConcurrency?: number;
  readonly overrides?: ConstraintOverridesConfig;
  /** statistics.json and constraints.json are written right below */
  readonly output: PrefixLocation;
  readonly callback: CloudFormationCallback;
}

/** What CloudFormation needs to be answered. */
export interface CloudFormationCallback {
  readonly responseUrl: string;
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalResourceId: string;
  readonly physicalResourceId: string;
}

/** Input of the state machine. */
export type AnalysisRequest = MonitorRequest | BaselineRequest;

/** What every state hands on: the state machine's input under `request`, its execution's name, and what was planned. */
export interface AnalysisState {
  readonly request: AnalysisRequest;
  /** `$$.Execution.Name` */
  readonly execution: string;
}

/** Answer of *plan*; the state machine adds it to the state as `plan`. */
export interface Plan {
  /** the manifest that the Distributed Map reads: JSON Lines, one `PlanItem` a line */
  readonly bucket: string;
  readonly key: string;
  /** 0 skips the Map */
  readonly itemCount: number;
  readonly objectCount: number;
  /** of the Map: it cannot do without */
  readonly maximumConcurrency: number;
}

/** A group of objects that one *profile* reads. */
export interface PlanItem {
  readonly index: number;
  readonly objects: { readonly bucket: string; readonly key: string; readonly size: number }[];
  /** where the partial profile goes */
  readonly profile: ObjectLocation;
}

/** Event of *profile*. */
export interface ProfileEvent extends AnalysisState {
  readonly item: PlanItem;
}

/** Event of *conclude*: with `plan` when the Map went well (or had nothing to do), with `error` when anything failed. */
export interface ConcludeEvent extends AnalysisState {
  readonly plan?: Plan;
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

/**
 * What Node.js runs *profile* with: a young generation of at most 3 x 4 MiB. Its default lets it grow to four times that, for garbage that
 * the analysis does not make.
 *
 * @see https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
export const PROFILE_NODE_OPTIONS = '--max-semi-space-size=4';

/** Object names below `output.prefix`. */
export const KEYS = {
  statistics: 'statistics.json',
  constraints: 'constraints.json',
  violations: 'constraint_violations.json',
  /** our own summary, an `ExecutionReport`; its presence marks a concluded run */
  report: 'report.json',
} as const;

const two = (n: number) => String(n).padStart(2, '0');

/** `yyyy/mm/dd/hh` of a time, UTC. */
export function hourPath(time: Date): string {
  return [time.getUTCFullYear(), two(time.getUTCMonth() + 1), two(time.getUTCDate()), two(time.getUTCHours())].join(
    '/',
  );
}

/** The full hour at or before a scheduled time: the end of the window. */
export function windowEnd(scheduledTime: string): Date {
  const hour = 3_600_000;
  return new Date(Math.floor(Date.parse(scheduledTime) / hour) * hour);
}

/** Prefix of one run's report, without trailing slash: the hour is the one at which the run was due, as in Model Monitor. */
export function reportPrefix(outputPrefix: string, scheduledTime: string): string {
  return `${outputPrefix}/${hourPath(windowEnd(scheduledTime))}`;
}

/** Prefix of one execution's intermediate objects, below the output prefix. */
export function workPrefix(outputPrefix: string, execution: string): string {
  return `${outputPrefix}/work/${execution}`;
}
