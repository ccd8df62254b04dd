import { pythonFloat } from '../numbers/python-float';
import type { BiasLevel } from './categories';
import type { Selection } from './counts';

/** Numbers above `lower`, up to and including `upper`. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
  /** both bounds are integers in Clarify's sense, so the text has no decimals */
  readonly isInteger: boolean;
}

/** A threshold that divides a continuous column. */
export interface Threshold {
  readonly value: number;
  /** given as an integer, not as text or with decimals */
  readonly isInteger: boolean;
}

/** Reads a threshold: a number or a text that is one (a text counts as fractional). Undefined when it is neither. */
export function readThreshold(level: BiasLevel): Threshold | undefined {
  const value = level === '' ? Number.NaN : Number(level);
  if (!Number.isFinite(value)) return undefined;
  return { value, isInteger: typeof level !== 'string' && Number.isInteger(value) };
}

/**
 * The interval that a threshold cuts off: from the threshold to the greatest number, in whichever order they come. Undefined, with which
 * nothing is selected, when the threshold equals the size of the greatest number. NaN among the numbers is missing; without numbers undefined.
 *
 * @see https://github.com/aws/amazon-sagemaker-clarify/blob/master/src/smclarify/bias/report.py (_interval_index)
 */
export function thresholdInterval(
  threshold: Threshold,
  numbers: readonly number[],
  isIntegerColumn: boolean,
): Interval | undefined {
  const greatest = numbers.reduce((max, each) => (each > max ? each : max), Number.NEGATIVE_INFINITY);
  if (greatest === Number.NEGATIVE_INFINITY || threshold.value === Math.abs(greatest)) return undefined;
  return {
    lower: Math.min(threshold.value, greatest),
    upper: Math.max(threshold.value, greatest),
    isInteger: threshold.isInteger && isIntegerColumn,
  };
}

/** The rows whose number is inside; NaN is outside, and nothing is inside of no interval. */
export function selectInterval(numbers: readonly number[], interval: Interval | undefined): Selection {
  return numbers.map((each) => interval !== undefined && each > interval.lower && each <= interval.upper);
}

/** An interval as files have it: `(28, 90]`, `(100.0, 2279.0]`. Empty without one. */
export function intervalText(interval: Interval | undefined): string {
  if (!interval) return '';
  const text = interval.isInteger ? String : pythonFloat;
  return `(${text(interval.lower)}, ${text(interval.upper)}]`;
}

const INTERVAL = /^\((-?[\d.]+(?:[eE][-+]?\d+)?), (-?[\d.]+(?:[eE][-+]?\d+)?)\]$/;

/**
 * Reads a `value_or_threshold`: the lower bound of an interval (the threshold that made it, unless all data were below it), or the values
 * that commas separate. `(28, 90]` gives `{ threshold: 28, isInteger: true }`, `1,2` gives `{ values: ['1', '2'] }`.
 */
export function parseLevels(
  text: string,
): { readonly threshold: number; readonly isInteger: boolean } | { readonly values: string[] } {
  const match = INTERVAL.exec(text);
  if (!match) return { values: text.split(',') };
  return { threshold: Number(match[1]), isInteger: !/[.eE]/.test(match[1]) };
}
