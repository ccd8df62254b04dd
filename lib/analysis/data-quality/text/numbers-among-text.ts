import type { ColumnProfile, NumberProfile } from '../../profile/column-profile';
import type { NumericPair } from '../detectors/feature-pair';
import { numericSample } from '../detectors/numeric-sample';

/** The numbers of a column in which text is the exception: one text makes it a column of text, and hides what becomes of its numbers. */
export interface KeptNumbers {
  /** levels of a sketch, each sorted: an item of level i stands for 2^i numbers */
  readonly sketch: readonly (readonly number[])[];
  /** of all of them; in the column's unit */
  readonly standardDeviation: number;
}

/** The numbers of a column that are at least half of its values; undefined for any other. */
export function keptNumbers({ present, numbers }: ColumnProfile): KeptNumbers | undefined {
  const { count } = numbers.moments;
  if (count === 0 || count * 2 < present) return undefined;
  return { sketch: sketchOf(numbers), standardDeviation: numbers.moments.standardDeviation() };
}

/** The numbers of a window's column beside those that its baseline keeps; undefined where the window has none. */
export function numbersPair(before: KeptNumbers, numbers: NumberProfile): NumericPair | undefined {
  const levels = { baseline: before.sketch.map((level) => [...level]), current: sketchOf(numbers) };
  const [baseline, current] = [numericSample(levels.baseline), numericSample(levels.current)];
  if (baseline.count === 0 || current.count === 0) return undefined;
  return { kind: 'numeric', baseline, current, levels, standardDeviation: before.standardDeviation };
}

const sketchOf = ({ sketch }: NumberProfile): number[][] =>
  sketch.data().map((level) => level.filter(Number.isFinite).sort((one, other) => one - other));
