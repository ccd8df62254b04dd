import { NUMBER, oneOf, optional, type Shapes, struct } from '../../core/prop-shapes';
import { Checks } from './checks';
import { DriftMethod } from './drift-method';
import { MONITORING_LIMITS, type MonitoringLimits } from './monitoring-limits';

/** Options of the serverless engine. */
export interface ServerlessEngineOptions {
  /**
   * How many groups of captured objects are profiled at the same time, 1 to 1,000: as many Lambda functions may run at once.
   *
   * @default 10
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
};
