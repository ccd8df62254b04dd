import type { Random } from '../detectors/traffic';
import type { DrawText } from './text-traffic';

/** What people write where there is no number. */
export const STRAYS = ['N/A', 'nan', 'null', '-', '?', 'unknown', 'income'] as const;

const { cos, floor, log, PI, sqrt } = Math;

/** Numbers of a mean and a deviation, with a text in place of some. */
export interface Mixed {
  readonly stray: string;
  /** 0 to 0.5 */
  readonly share: number;
  readonly mean: number;
  readonly deviation: number;
}

export const mixed =
  ({ stray, share, mean, deviation }: Mixed): DrawText =>
  (next) =>
    next() < share ? stray : (mean + deviation * normal(next)).toFixed(2);

/** A text in up to a third of the values, one in some hundreds at least. */
export function drawnMixed(next: Random): Mixed {
  const share = next() < 0.5 ? 0.003 : 0.3 * next();
  return { stray: STRAYS[floor(next() * STRAYS.length)], share, mean: 3000 * next(), deviation: 10 + 800 * next() };
}

const normal = (next: Random) => sqrt(-2 * log(1 - next())) * cos(2 * PI * next());
