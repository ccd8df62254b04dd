import { Duration } from 'aws-cdk-lib';
import { optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { ClockTime } from '../outcome/origin/contract';

/** By which clocks a monitor runs. */
export interface ClockOptions {
  /**
   * Zone whose clocks are meant, by its name in the database of the IANA, as `Europe/Berlin`.
   *
   * Where the clocks are changed, a window is 23 or 25 hours long. A start that they go over (02:00 on the day on which 02:00 is followed by 03:00) is made
   * good by the reconciler within an hour or so; of one that they show twice, the first counts.
   *
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
   * @default 'UTC'
   */
  readonly timeZone?: string;
}

const CLOCK_OPTIONS: Shapes<ClockOptions> = { timeZone: optional(TEXT) };

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

/** What of a clock decides when a monitor runs, beside the hour. */
interface Clock extends ClockOptions {
  readonly weekday?: Weekday;
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
   * Runs once a day, over what was since the run of the day before.
   *
   * @param hour hour of the day, 0 to 23
   */
  public static dailyAt(hour: number, options: ClockOptions = {}): MonitoringFrequency {
    return new MonitoringFrequency(24, hour, { timeZone: clockOf(hour, options) });
  }

  /**
   * Runs once a week, over what was since the run of the week before.
   *
   * @param weekday day of the week
   * @param hour hour of the day, 0 to 23
   */
  public static weeklyAt(weekday: Weekday, hour: number, options: ClockOptions = {}): MonitoringFrequency {
    requireListed('weekday', weekday, Object.values(Weekday));
    return new MonitoringFrequency(WEEK_HOURS, hour, { timeZone: clockOf(hour, options), weekday });
  }

  private readonly duration: Duration;

  private constructor(
    /** Hours between two runs, and length of the window that each analyses: 0.25, 0.5, 1 to 24, or 168 for a week; but where clocks are changed. */
    public readonly intervalHours: number,
    /** Hour of the day of the first run: 0 to 23. */
    public readonly startHour: number,
    private readonly clock: Clock = {},
  ) {
    this.duration = Duration.hours(intervalHours);
  }

  /** Zone by whose clocks it runs. */
  public get timeZone(): string {
    return this.clock.timeZone ?? 'UTC';
  }

  /** Day of the week of the runs, of a weekly monitor. */
  public get weekday(): Weekday | undefined {
    return this.clock.weekday;
  }

  /** Time between two runs. */
  public get interval(): Duration {
    return this.duration;
  }

  /**
   * As requests and lists of monitors carry it; undefined where every so many hours of UTC are.
   *
   * @internal
   */
  public get _clock(): ClockTime | undefined {
    const { weekday, startHour: hour, timeZone } = this;
    if (weekday) return { timeZone, hour, weekday: Object.values(Weekday).indexOf(weekday) + 1 };
    return timeZone === 'UTC' ? undefined : { timeZone, hour };
  }
}

function requireListed<T>(prop: string, got: T, list: readonly T[]): void {
  const problem = { prop, got, allowed: `one of ${list.join(', ')}` };
  throwIfAny('InvalidMonitoringFrequency', list.includes(got) ? [] : [problem]);
}

/** The zone by whose clocks an hour is meant; throws for what is none. */
function clockOf(hour: number, options: ClockOptions): string | undefined {
  requireProps(options, CLOCK_OPTIONS);
  const isHour = Number.isInteger(hour) && hour >= 0 && hour <= 23;
  const problem = { prop: 'hour', got: hour, allowed: 'a whole number from 0 to 23, hour of the day' };
  throwIfAny('InvalidMonitoringFrequency', [...(isHour ? [] : [problem]), ...zoneProblems(options)]);
  return options.timeZone;
}

/** What Node.js takes for a zone are names in any case, and offsets, too; EventBridge Scheduler takes names. */
const ZONE_NAME = /^(UTC|[A-Z][A-Za-z]+(\/[A-Z][A-Za-z0-9_+-]*)+)$/;

function zoneProblems({ timeZone = 'UTC' }: ClockOptions): Problem[] {
  if (ZONE_NAME.test(timeZone) && isZone(timeZone)) return [];
  const allowed = "the name of a zone in the IANA's database, such as Europe/Berlin, or UTC";
  return [{ prop: 'timeZone', got: timeZone, allowed }];
}

function isZone(timeZone: string): boolean {
  try {
    const { timeZone: known } = new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions();
    return known === timeZone || known.toLowerCase() !== timeZone.toLowerCase(); // an alias has another name
  } catch {
    return false;
  }
}
