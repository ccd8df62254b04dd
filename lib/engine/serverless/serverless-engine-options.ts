import type { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BUCKET, DURATION } from '../../core/cdk-shapes';
import { NUMBER, oneOf, optional, type Shapes, struct } from '../../core/prop-shapes';
import { Checks } from './checks';
import { DriftMethod } from './drift-method';
import { MONITORING_LIMITS, type MonitoringLimits } from './monitoring-limits';

/** Options of the serverless engine. */
export interface ServerlessEngineOptions {
  /**
   * How many groups of captured objects a run reads at the same time, 1 to 1,000: as many Lambda functions may run at once. Where `maxConcurrency` of `StackResources` says how many
   * all monitors of the stack read together, each gets a part of these, in proportion to what it asks for.
   *
   * @default 10, or as many as leave all monitors of the stack no more than 50, but one at least
   */
  readonly maxConcurrency?: number;

  /**
   * How drift is decided.
   *
   * @default DriftMethod.MASS_SHIFT
   */
  readonly driftMethod?: DriftMethod;

  /**
   * How types, completeness, categories and columns are checked.
   *
   * @default Checks.BY_MEANING, but Checks.MODEL_MONITOR with DriftMethod.MODEL_MONITOR
   */
  readonly checks?: Checks;

  /**
   * What a run tolerates before it counts as less than whole.
   *
   * @default - one record, object or column in a hundred
   */
  readonly limits?: MonitoringLimits;

  /**
   * The probability that a window in which nothing changed has a violation, above 0 to 1, however many features there are. With
   * `Checks.MODEL_MONITOR` it is one of drift alone.
   *
   * 1 lets the thresholds alone decide. Not for `DriftMethod.MODEL_MONITOR`, which does not test.
   *
   * @default 0.001; a monitor that runs every hour makes 8,760 windows a year
   */
  readonly falseAlarmRate?: number;

  /**
   * How long captured objects are waited for after the end of a window, before its run lists them: whole minutes, 0 to 57; 0 to 12 or
   * 27 for a monitor that runs each 15 or 30 minutes. The runs of all monitors start
   * within the three minutes after it, each at a minute of its own.
   *
   * Data capture delivers within minutes, and promises no time. Objects that come later are in no report; the run after counts them, and above
   * `limits.lateObjects` they raise Health. docs/captured-data.md says how many that is after which time.
   *
   * @default Duration.minutes(4)
   */
  readonly settleTime?: Duration;

  /**
   * Where runs leave what they have read of captured data, so that no other run reads it again: of a repetition, of another monitor of the same data, of a
   * longer window. That is captured data in another form, so that nobody but the stack's functions should have access, and a lifecycle rule should expire it
   * after 90 days, below `extracts/{stack}/`.
   *
   * @default - one new bucket for the stack, which does both
   */
  readonly extractsBucket?: IBucket;
}

/**
 * What the options of the serverless engine have to be.
 *
 * @internal
 */
export const SERVERLESS_ENGINE: Shapes<ServerlessEngineOptions> = {
  maxConcurrency: optional(NUMBER),
  driftMethod: optional(oneOf(DriftMethod)),
  checks: optional(oneOf(Checks)),
  limits: optional(struct(MONITORING_LIMITS)),
  falseAlarmRate: optional(NUMBER),
  settleTime: optional(DURATION),
  extractsBucket: optional(BUCKET),
};
