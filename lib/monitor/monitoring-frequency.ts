import { Duration } from 'aws-cdk-lib';
import { throwIfAny } from '../core/validation-error';

const DIVISORS_OF_A_DAY = [1, 2, 3, 4, 6, 8, 12, 24];

/**
 * How often a monitor runs. Every run is due at a full hour, UTC, and analyses the hours since the run before.
 *
 * SageMaker Model Monitor knows no finer schedules than hourly, and no weekly ones.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html
 */
export class MonitoringFrequency {
  /** Runs at every full hour, over the hour that just ended. */
  public static hourly(): MonitoringFrequency {
    return new MonitoringFrequency(1, 0);
  }

  /**
   * Runs every `hours` hours from midnight UTC on.
   *
   * @param hours 1, 2, 3, 4, 6, 8, 12 or 24: what divides a day, so that all windows are equally long
   */
  public static everyHours(hours: number): MonitoringFrequency {
    const wrong = !DIVISORS_OF_A_DAY.includes(hours);
    const problem = { prop: 'hours', got: hours, allowed: `one of ${DIVISORS_OF_A_DAY.join(', ')}` };
    throwIfAny('InvalidMonitoringFrequency', wrong ? [problem] : []);
    return new MonitoringFrequency(hours, 0);
  }

  /**
   * Runs once a day, over the 24 hours before.
   *
   * @param hour hour of the day, UTC, 0 to 23
   */
  public static dailyAt(hour: number): MonitoringFrequency {
    const wrong = !Number.isInteger(hour) || hour < 0 || hour > 23;
    const problem = { prop: 'hour', got: hour, allowed: 'a whole number from 0 to 23, hour of the day in UTC' };
    throwIfAny('InvalidMonitoringFrequency', wrong ? [problem] : []);
    return new MonitoringFrequency(24, hour);
  }

  private constructor(
    /** Hours between two runs, and length of the window that each analyses: 1 to 24. */
    public readonly intervalHours: number,
    /** Hour of the day, UTC, of the first run: 0 to 23. */
    public readonly startHour: number,
  ) {}

  /** Time between two runs. */
  public get interval(): Duration {
    return Duration.hours(this.intervalHours);
  }
}
