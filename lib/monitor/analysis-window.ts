import type { Duration } from 'aws-cdk-lib';
import type { MonitoringFrequency } from './monitoring-frequency';

/** Offsets of a window to the time at which a run is due, ISO 8601: negative, as `-PT1H`. */
export interface AnalysisWindowConfig {
  /** Where the window begins. */
  readonly startTimeOffset: string;
  /** Where it ends. */
  readonly endTimeOffset: string;
}

/**
 * Which hours each run of a monitor with ground truth analyses: labels often come later than predictions.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-schedule.html
 */
export class AnalysisWindow {
  /** The hours since the run before: for labels that are there at once. */
  public static sinceLastRun(): AnalysisWindow {
    return new AnalysisWindow(0);
  }

  /**
   * As long as the time between two runs, but so much earlier: for labels that come late.
   *
   * @param delay whole hours, at least 1
   */
  public static delayedBy(delay: Duration): AnalysisWindow {
    return new AnalysisWindow(delay.toHours());
  }

  private constructor(private readonly delayHours: number) {}

  /** The offsets at a frequency. */
  public bind(frequency: MonitoringFrequency): AnalysisWindowConfig {
    const hours = (count: number) => `-PT${count}H`;
    return {
      startTimeOffset: hours(this.delayHours + frequency.intervalHours),
      endTimeOffset: hours(this.delayHours),
    };
  }
}
