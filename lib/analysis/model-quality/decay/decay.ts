import type { Estimate } from '../../numbers/delta-method';
import { holmAdjusted } from '../../numbers/holm';
import type { Finding, QualityFigures } from '../../port';
import { DEFAULT_FALSE_ALARM_RATE } from '../judgement';
import type { ModelQualityViolation } from '../schemas';
import { fallingTrend } from './falling-trend';

/** What a violation of the trend is called; no container makes it. */
export const MODEL_DECAY_CHECK = 'model_decay_check';

/** Windows that are remembered: a day of hours nearly twice, so that what comes back each day is seen to. */
export const REMEMBERED_WINDOWS = 42;

/** Of the false alarms of a window, those that trends may have: less than one in a year of hourly windows. */
const SHARE_OF_ALARMS = 0.1;

/** The quality of windows, and over how many of them it may not fall. */
export interface WatchedQuality {
  /** the oldest first; the last one is the one that is judged. Those without a metric have none, or too few rows for it */
  readonly windows: readonly QualityFigures[];
  /** over how many a metric may not fall, 5 to 21 */
  readonly lastWindows: number;
  /** of a whole window, for all that is judged, above 0 to 1; a thousandth where absent. A tenth of it, and at most a ten-thousandth, is that of trends */
  readonly falseAlarmRate?: number;
}

/** Metrics that are worse when they are more. */
const ERRORS: ReadonlySet<string> = new Set(['mae', 'rmse']);

/** A metric whose last values fall. */
interface Trend {
  readonly metric: string;
  readonly now: number;
  /** the level from which it falls */
  readonly before: number;
  readonly worsening: number;
  readonly pValue: number;
}

/**
 * Finds the metrics that have become worse over the last windows, step by step, so that neither chance nor what windows always do explains it. A metric is looked at
 * once it has as many windows as it is watched over; what else there is of it says how it was, and how much it wanders.
 */
export function qualityDecay(watched: WatchedQuality): Finding<ModelQualityViolation>[] {
  const { lastWindows, falseAlarmRate = DEFAULT_FALSE_ALARM_RATE } = watched;
  const rate = Math.min(falseAlarmRate, DEFAULT_FALSE_ALARM_RATE) * SHARE_OF_ALARMS;
  const trends = trendsOf(watched);
  const adjusted = holmAdjusted(trends.map(({ pValue }) => pValue));
  return trends.flatMap((trend, index) =>
    adjusted[index] <= rate ? finding({ ...trend, pValue: adjusted[index] }, lastWindows) : [],
  );
}

/** Whether there are windows enough of any metric of the last one, so that {@link qualityDecay} looks at it. */
export const isDecayWatched = (watched: WatchedQuality): boolean => trendsOf(watched).length > 0;

function trendsOf({ windows, lastWindows }: WatchedQuality): Trend[] {
  const metrics = Object.keys(windows[windows.length - 1] ?? {});
  return metrics.flatMap((metric) => trendOf(metric, windows, lastWindows) ?? []);
}

function trendOf(metric: string, windows: readonly QualityFigures[], lastWindows: number): Trend | undefined {
  const values = windows.flatMap((window) => (Object.hasOwn(window, metric) ? [window[metric]] : []));
  if (values.length < lastWindows || values.some(([, error]) => !(error > 0))) return undefined;
  const sign = ERRORS.has(metric) ? -1 : 1;
  const good = values.map(([value, error]): Estimate => [sign * value, error]);
  const { step, level, pValue } = fallingTrend(good, lastWindows);
  return { metric, now: values[values.length - 1][0], before: sign * level, worsening: step, pValue };
}

function finding(
  { metric, now, before, worsening, pValue }: Trend,
  lastWindows: number,
): Finding<ModelQualityViolation> {
  const entry: ModelQualityViolation = {
    constraint_check_type: MODEL_DECAY_CHECK,
    description: `Metric ${metric} with ${now} has become worse by ${worsening} with each of the last ${lastWindows} windows`,
    metric_name: metric,
  };
  return { entry, observed: now, expected: before, pValue };
}
