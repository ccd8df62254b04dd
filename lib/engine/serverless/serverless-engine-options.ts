import { NUMBER, oneOf, optional, type Shapes } from '../../core/prop-shapes';
import { DriftMethod } from './drift-method';

/** Options of the serverless engine. */
export interface ServerlessEngineOptions {
  /**
   * How many groups of captured objects are profiled at the same time, 1 to 1,000: as many Lambda functions may run at once.
   *
   * @default 10
   */
  readonly maxConcurrency?: number;

  /**
   * How drift is decided. Types, completeness and categories are always checked as Model Monitor checks them.
   *
   * @default DriftMethod.MASS_SHIFT
   */
  readonly driftMethod?: DriftMethod;

  /**
   * The probability that any feature of a window without drift counts as drifted, above 0 to 1, however many features there are.
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
  falseAlarmRate: optional(NUMBER),
};
