import { nounOf } from '../kind/counted';

// made once: a formatter costs a hundred times what it formats
const THREE_DIGITS = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const ONE_DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat('en-US');

/** Three significant digits, without an exponent where that is readable. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return value.toExponential(2).replace('e+', 'e');
  return THREE_DIGITS.format(value);
}

/** A share, 0 to 1, as a percentage with one decimal at most; a share that is neither nothing nor all is never written as one of these. */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  return `${ONE_DECIMAL.format(share * 100)} %`;
}

/** A probability, 0 to 1. */
export function formatProbability(probability: number): string {
  return probability > 0 && probability < 0.0001 ? '< 0.0001' : formatNumber(probability);
}

/** A number of things. */
export function formatCount(count: number): string {
  return WHOLE.format(count);
}

/** A number with its noun: `1 window`, `2 windows`. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${nounOf(count, noun)}`;
}

/** "2026-03-02 14:05" of an ISO 8601 time in UTC; text that is no time as it is. */
export function formatTime(time: string): string {
  const parsed = new Date(time);
  return Number.isNaN(parsed.getTime()) ? time : parsed.toISOString().slice(0, 16).replace('T', ' ');
}

/** The begin and the end of a window. */
export interface WindowTimes {
  readonly windowStart: string;
  readonly windowEnd: string;
}

/** "2026-03-02 14:00 – 15:00" of a window in UTC; with both days where a window is longer than one, or ends on another. */
export function windowSpan({ windowStart, windowEnd }: WindowTimes): string {
  const [start, end] = [formatTime(windowStart), formatTime(windowEnd)];
  return `${start} – ${start.slice(0, 10) === end.slice(0, 10) ? end.slice(-5) : end}`;
}

/** "14:00 – 15:00" of a window in UTC; with the day where a window is longer than one. */
export function windowName({ windowStart, windowEnd }: WindowTimes): string {
  const hours = (Date.parse(windowEnd) - Date.parse(windowStart)) / 3_600_000;
  const format = hours >= 24 ? formatTime : (time: string) => formatTime(time).slice(-5);
  return `${format(windowStart)} – ${format(windowEnd)}`;
}

/** Words of a file with its numbers as people read them: `0.6616666666666667` becomes `0.662`. */
export function readable(text: string): string {
  return text.replace(/(?<![\w.])\d+\.\d{4,}(?![\w.])/g, (number) => formatNumber(Number(number)));
}
