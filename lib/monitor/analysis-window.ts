import type { Duration } from 'aws-cdk-lib';
import { DURATION } from '../core/cdk-shapes';
import { requireProps } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { type WholeDuration, wholeDurationProblems } from '../core/whole-duration';
import type { MonitoringFrequency } from './monitoring-frequency';

/** What `-PT{hours}H` has room for in the 15 characters of an offset. */
const MAX_HOURS = 99_999_999_999;

/** The window of each run, seen from the time at which the run is due. */
export interface AnalysisWindowConfig {
  /** Where the window begins: ISO 8601, negative, in hours, as `-PT25H`. */
  readonly startTimeOffset: string;
  /** Where it ends: `-PT0H` is the time at which the run is due. */
  readonly endTimeOffset: string;
  /** Hours from the window's begin to the time at which the run is due, 1 or more. */
  readonly startHours: number;
  /** Hours from the window's end to the time at which the run is due, 0 or more. */
  readonly endHours: number;
}

/**
 * Which hours each run of a monitor with ground truth analyses: labels often come later than predictions.
 *
 * A run that is due at 13:00 on January 9th analyses the predictions of
 *
 * ```text
 * sinceLastRun(), hourly                        Jan 9 12:00 to Jan 9 13:00
 * delayedBy(Duration.days(1)), hourly           Jan 8 12:00 to Jan 8 13:00
 * between(Duration.days(8), Duration.days(1))   Jan 1 13:00 to Jan 8 13:00
 * ```
 *
 * Hours are whole, and UTC. A run whose labels are not there fails, and the alarm on health tells of it: choose a window whose
 * labels have come.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-schedule.html
 *
 * @example
 * AnalysisWindow.delayedBy(Duration.days(1));
 */
export class AnalysisWindow {
  /** The hours since the run before: for labels that are there at once. */
  public static sinceLastRun(): AnalysisWindow {
    return new AnalysisWindow(0);
  }

  /**
   * As long as the time between two runs, but so much earlier: for labels that come late. Each prediction is analysed once.
   *
   * @param delay whole hours, at least 1
   */
  public static delayedBy(delay: Duration): AnalysisWindow {
    requireProps({ delay }, { delay: DURATION });
    throwIfAny('InvalidAnalysisWindow', wholeDurationProblems('delay', delay, hours(1)));
    return new AnalysisWindow(delay.toHours());
  }

  /**
   * From `start` to `end` before each run: for labels that come over a long time. Windows that are longer than the time between two runs
   * overlap, and predictions are analysed several times; shorter ones leave predictions out.
   *
   * @param start whole hours before the run, more than `end`
   * @param end whole hours before the run, 0 or more
   */
  public static between(start: Duration, end: Duration): AnalysisWindow {
    requireProps({ start, end }, { start: DURATION, end: DURATION });
    const problems = [
      ...wholeDurationProblems('start', start, hours(1)),
      ...wholeDurationProblems('end', end, hours(0)),
    ];
    throwIfAny('InvalidAnalysisWindow', problems.length > 0 ? problems : orderProblems(start, end));
    return new AnalysisWindow(end.toHours(), start.toHours() - end.toHours());
  }

  private constructor(
    private readonly endHours: number,
    private readonly lengthHours?: number,
  ) {}

  /** The window of the runs at a frequency. */
  public bind(frequency: MonitoringFrequency): AnalysisWindowConfig {
    const { endHours } = this;
    const startHours = endHours + (this.lengthHours ?? frequency.intervalHours);
    return { startTimeOffset: offset(startHours), endTimeOffset: offset(endHours), startHours, endHours };
  }
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html */
function offset(hours: number): string {
  return `-PT${hours}H`;
}

const hours = (least: number): WholeDuration => ({ unit: 'hours', least, most: MAX_HOURS });

function orderProblems(start: Duration, end: Duration): Problem[] {
  if (start.toHours() > end.toHours()) return [];
  const advice = 'both are counted back from the run: the window begins first';
  return [{ prop: 'start', got: `${start.toHours()} h`, allowed: `more than 'end', ${end.toHours()} h`, advice }];
}
