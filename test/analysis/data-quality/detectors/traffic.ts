import { KllSketch } from '../../../../lib/analysis/profile/kll-sketch';
import type { FeatureStatistics, Statistics } from '../../../../lib/analysis/schemas';

// taken out of their globals, which are slow to reach where Jest runs this
const { cos, exp, floor, imul, log, sqrt, tan, PI } = Math;

/** Numbers from 0 to below 1 (mulberry32): the same seed gives the same numbers. */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws one value of a feature. Categories are drawn by their index. */
export type Draw = (next: Random) => number;

const normal: Draw = (next) => sqrt(-2 * log(1 - next())) * cos(2 * PI * next());
const exponential: Draw = (next) => -log(1 - next());

/** Draws an index by weights. */
export function weighted(weights: readonly number[]): Draw {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (next) => {
    let rest = next() * total;
    return weights.findIndex((weight, index) => {
      rest -= weight;
      return rest < 0 || index === weights.length - 1;
    });
  };
}

/** 1 with this probability, 0 otherwise. */
export const flag =
  (share: number): Draw =>
  (next) =>
    next() < share ? 1 : 0;

const times = (count: number, weight: (index: number) => number) => Array.from({ length: count }, (_, i) => weight(i));

/** Fourteen numeric features, from continuous to 0/1. */
export const NUMERIC: { readonly [name: string]: Draw } = {
  normal,
  lognormal: (next) => exp(normal(next)),
  uniform: (next) => next(),
  exponential,
  heavyTailed: (next) => tan(PI * (next() - 0.5)),
  bimodal: (next) => normal(next) + (next() < 0.3 ? 4 : 0),
  halves: (next) => Math.round(normal(next) * 2) / 2,
  prices: (next) => floor(5 * exponential(next)) + 0.99,
  counts: (next) => floor(exponential(next) * 3),
  hour: (next) => floor(next() * 24),
  rating: (next) => 1 + weighted([5, 10, 15, 30, 40])(next),
  mostlyZero: (next) => (next() < 0.8 ? 0 : exponential(next)),
  rareFlag: flag(0.1),
  evenFlag: flag(0.5),
};

/** Six categorical features, by the weights of their categories. */
export const CATEGORICAL: { readonly [name: string]: readonly number[] } = {
  yesNo: [9, 1],
  colour: [1, 1, 1, 1, 1],
  country: times(30, (index) => 1 / (index + 1)),
  code: times(100, () => 1),
  plan: [98, 1, 1],
  channel: [50, 30, 15, 4, 0.9, 0.1],
};

/** Columns of values by name; all twenty features have the same number of rows. */
export type Columns = ReadonlyMap<string, Float64Array>;

/** Those of the numeric features that have no value twice, but for chance. */
export const CONTINUOUS = ['normal', 'lognormal', 'uniform', 'exponential', 'heavyTailed', 'bimodal'] as const;

const DRAWS = new Map<string, Draw>([
  ...Object.entries(NUMERIC),
  ...Object.entries(CATEGORICAL).map(([name, weights]): [string, Draw] => [name, weighted(weights)]),
]);

/** Rows of all twenty features, or of some. */
export function baselineColumns(rows: number, next: Random, names?: readonly string[]): Columns {
  const draws = [...DRAWS].filter(([name]) => names?.includes(name) ?? true);
  return new Map(draws.map(([name, draw]) => [name, Float64Array.from({ length: rows }, () => draw(next))]));
}

/** Rows drawn from a column with replacement. */
export function resampled(column: Float64Array, rows: number, next: Random): Float64Array {
  const drawn = new Float64Array(rows);
  for (let row = 0; row < rows; row++) drawn[row] = column[floor(next() * column.length)];
  return drawn;
}

/** Rows of every column drawn with replacement, each column on its own. */
export function resampledColumns(columns: Columns, rows: number, next: Random): Columns {
  return new Map(Array.from(columns, ([name, column]) => [name, resampled(column, rows, next)]));
}

/** `statistics.json` of columns, as far as detectors read it. */
export function statisticsOf(columns: Columns): Statistics {
  const item_count = Math.max(...Array.from(columns.values(), (column) => column.length));
  return {
    version: 0,
    dataset: { item_count },
    features: Array.from(columns, ([name, column]) => feature(name, column)),
  };
}

function feature(name: string, column: Float64Array): FeatureStatistics {
  const common = { num_present: column.length, num_missing: 0 };
  if (!(name in CATEGORICAL)) return numericFeature(name, column);
  const counts = new Map<number, number>();
  for (const value of column) counts.set(value, (counts.get(value) ?? 0) + 1);
  const buckets = Array.from(counts, ([value, count]) => ({ value: `c${value}`, count }));
  const string_statistics = { common, distinct_count: counts.size, distribution: { categorical: { buckets } } };
  return { name, inferred_type: 'String', string_statistics };
}

/** The statistics of one numeric column. Its values may be of any name. */
export function numericFeature(name: string, column: Float64Array): FeatureStatistics {
  const sketch = new KllSketch();
  let [sum, squares, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of column) {
    sketch.add(value);
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / column.length;
  for (const value of column) squares += (value - mean) ** 2;
  const data = { parameters: { c: 0.64, k: 2048 }, data: sketch.data() };
  const numerical_statistics = {
    common: { num_present: column.length, num_missing: 0 },
    mean,
    sum,
    std_dev: sqrt(squares / column.length),
    min,
    max,
    distribution: { kll: { buckets: [], sketch: data } },
  };
  return { name, inferred_type: 'Fractional', numerical_statistics };
}
