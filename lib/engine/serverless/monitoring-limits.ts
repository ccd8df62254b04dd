import type { Duration } from 'aws-cdk-lib';
import { DURATION } from '../../core/cdk-shapes';
import { NUMBER, optional, type Shapes } from '../../core/prop-shapes';

/**
 * What a run tolerates, before it counts as less than whole: of what is read as shares of 0 to 1, and how old its baseline may be. Of columns that the
 * baseline lacks, how many are no violation yet.
 */
export interface MonitoringLimits {
  /**
   * Records that could not be read, or that have another number of columns than the baseline.
   *
   * @default 0.01; what selects the records that are lost may be the defect itself
   */
  readonly unreadableRecords?: number;

  /**
   * Captured objects that came after their run had started.
   *
   * @default 0.01
   */
  readonly lateObjects?: number;

  /**
   * Records with a value in a column that the baseline lacks. Without meaning for `Checks.MODEL_MONITOR`.
   *
   * @default 0.01
   */
  readonly unknownColumns?: number;

  /**
   * Predictions without a label, of monitors that compare the two. A run without any label fails, whatever is said here, unless `labelCoverage` is.
   *
   * @default 1; labels seldom come for all predictions, and report and event say for how many
   */
  readonly missingLabels?: number;

  /**
   * Predictions that need a label before a run judges any, of monitors that compare the two: what a few labels say is chance, or what was labelled first.
   * A run with fewer ends as `LabelsMissing`, which is neither drift nor a failure, and its health is 1. Labels that come within 24 hours after it was
   * due make one revision of its outcome, which starts no training.
   *
   * @default 0; any label is enough, and a run without any fails
   */
  readonly labelCoverage?: number;

  /**
   * How old the baseline may be when a window ends: whole hours, from one on. It is as old as its `statistics.json`, of kinds without one as its constraints, so
   * files of your own are as old as the last time that they were written. What a model learned, and what it is compared with, wears off.
   *
   * @default - any age
   */
  readonly baselineAge?: Duration;

  /**
   * How long a monitor may go without data: whole hours, from one on. A longer time is told whatever the reason, so let it be longer than the endpoint is ever quiet. A
   * filter that has always left out everything is told at once where this is absent.
   *
   * @default - a day where none ever came, or none since they are looked for in another place; three where the filter of the data leaves out all that come; any time where they came before
   */
  readonly timeWithoutData?: Duration;
}

/**
 * What the limits have to be.
 *
 * @internal
 */
export const MONITORING_LIMITS: Shapes<MonitoringLimits> = {
  unreadableRecords: optional(NUMBER),
  lateObjects: optional(NUMBER),
  unknownColumns: optional(NUMBER),
  missingLabels: optional(NUMBER),
  labelCoverage: optional(NUMBER),
  baselineAge: optional(DURATION),
  timeWithoutData: optional(DURATION),
};
