import { Duration } from 'aws-cdk-lib';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { ClockTime } from '../outcome/contract';

const DIVISORS_OF_A_DAY = [1, 2, 3, 4, 6, 8, 12, 24];
const PARTS_OF_AN_HOUR = [15, 30];
const WEEK_HOURS = 7 * 24;

/** A day of the week. */
export enum Weekday {
  /** The first day of a week. */
  MONDAY = 'Monday',
  /** The second day. */
  TUESDAY = 'Tuesday',
  /** The third day. */
  WEDNESDAY = 'Wednesday',
  /** The fourth day. */
  THURSDAY = 'Thursday',
  /** The fifth day. */
  FRIDAY = 'Friday',
  /** The sixth day. */
  SATURDAY = 'Saturday',
  /** The seventh day. */
  SUNDAY = 'Sunday',
}

/**
 * How often a monitor runs. Each run analyses what was captured since the run before was due.
 *
 * SageMaker Model Monitor knows no finer schedules than hourly, and no weekly ones: `everyMinutes` and `weeklyAt` are for the serverless engine.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html
 */
export class MonitoringFrequency {
  /** Runs at every full hour, over the hour that just ended. */
  public static hourly(): MonitoringFrequency {
    return new MonitoringFrequency(1, 0);
  }

  /**
   * Runs two or four times in each hour, over the minutes since the run before. A share of late records is larger in a short window:
   * docs/captured-data.md has how large.
   *
   * @param minutes 15 or 30
   */
  public static everyMinutes(minutes: number): MonitoringFrequency {
    requireListed('minutes', minutes, PARTS_OF_AN_HOUR);
    return new MonitoringFrequency(minutes / 60, 0);
  }

  /**
   * Runs every `hours` hours from midnight UTC on.
   *
   * @param hours 1, 2, 3, 4, 6, 8, 12 or 24: what divides a day, so that all windows are equally long
   */
  public static everyHours(hours: number): MonitoringFrequency {
    requireListed('hours', hours, DIVISORS_OF_A_DAY);
    return new MonitoringFrequency(hours, 0);
  }

  /**
   * Runs once a day, over the 24 hours before.
   *
   * @param hour hour of the day, UTC, 0 to 23
   */
  public static dailyAt(hour: number): MonitoringFrequency {
    throwIfAny('InvalidMonitoringFrequency', hourProblems(hour));
    return new MonitoringFrequency(24, hour);
  }

  /**
   * Runs once a week, over the seven days before.
   *
   * @param weekday day of the week
   * @param hour hour of the day, UTC, 0 to 23
   */
  public static weeklyAt(weekday: Weekday, hour: number): MonitoringFrequency {
    requireListed('weekday', weekday, Object.values(Weekday));
    throwIfAny('InvalidMonitoringFrequency', hourProblems(hour));
    return new MonitoringFrequency(WEEK_HOURS, hour, weekday);
  }

  private constructor(
    /** Hours between two runs, and length of the window that each analyses: 0.25, 0.5, 1 to 24, or 168 for a week. */
    public readonly intervalHours: number,
    /** Hour of the day, UTC, of the first run: 0 to 23. */
    public readonly startHour: number,
    /** Day of the week of the runs, of a weekly monitor. */
    public readonly weekday?: Weekday,
  ) {}

  /** Time between two runs. */
  public get interval(): Duration {
    return Duration.hours(this.intervalHours);
  }

  /**
   * As requests and lists of monitors carry it; undefined where every so many hours of UTC are.
   *
   * @internal
   */
  public get _clock(): ClockTime | undefined {
    const { weekday, startHour: hour } = this;
    return weekday && { timeZone: 'UTC', hour, weekday: Object.values(Weekday).indexOf(weekday) + 1 };
  }
}

function requireListed<T>(prop: string, got: T, list: readonly T[]): void {
  const problem = { prop, got, allowed: `one of ${list.join(', ')}` };
  throwIfAny('InvalidMonitoringFrequency', list.includes(got) ? [] : [problem]);
}

function hourProblems(hour: number): Problem[] {
  if (Number.isInteger(hour) && hour >= 0 && hour <= 23) return [];
  return [{ prop: 'hour', got: hour, allowed: 'a whole number from 0 to 23, hour of the day in UTC' }];
}
