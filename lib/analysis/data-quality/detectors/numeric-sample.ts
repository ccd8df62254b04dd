const END = Number.POSITIVE_INFINITY;
const isNumber = Number.isFinite;

/** A sample of numbers: each distinct value once, ascending, and how many values of the sample are at most as large. */
export interface NumericSample {
  readonly values: Float64Array;
  readonly ranks: Float64Array;
  /** number of values, ties counted; 0 for an empty sample */
  readonly count: number;
}

/**
 * The sample that a sketch's levels stand for: an item of level i weighs 2^i, and equal items add up. One level is a plain list of values.
 * What is no finite number (JSON has none) is left out; without values the sample is empty.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-statistics.html
 */
export function numericSample(levels: readonly (readonly number[])[]): NumericSample {
  const runs = levels.map((items) => Float64Array.from(items.filter((item) => isNumber(item))).sort());
  const next = runs.map(() => 0);
  const length = runs.reduce((sum, run) => sum + run.length, 0);
  const [values, ranks] = [new Float64Array(length), new Float64Array(length)];
  let [distinct, count] = [0, 0];
  for (let value = smallest(runs, next); value < END; value = smallest(runs, next)) {
    for (let level = 0; level < runs.length; level++) {
      for (; runs[level][next[level]] === value; next[level]++) count += 2 ** level;
    }
    values[distinct] = value;
    ranks[distinct] = count;
    distinct += 1;
  }
  return { values: values.subarray(0, distinct), ranks: ranks.subarray(0, distinct), count };
}

function smallest(runs: readonly Float64Array[], next: readonly number[]): number {
  let value = END;
  for (let level = 0; level < runs.length; level++) {
    const candidate = runs[level][next[level]];
    if (candidate < value) value = candidate;
  }
  return value;
}

/** How many values are below a bound, or up to it; 0 for an empty sample. */
export function rankOf({ values, ranks }: NumericSample, bound: number, inclusive: boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < bound || (inclusive && values[middle] === bound)) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : ranks[low - 1];
}

/**
 * Walks over the values of two samples, ascending, and hands on the difference of their cumulative distributions from one value up to the
 * next, with the gap between the two (0 after the last). Not called when a sample is empty.
 */
export function eachDifference(
  a: NumericSample,
  b: NumericSample,
  visit: (difference: number, gap: number) => void,
): void {
  if (a.count === 0 || b.count === 0) return;
  let [i, j] = [0, 0];
  let key = lesser(a.values[0], b.values[0]);
  while (key < END) {
    if (a.values[i] === key) i += 1;
    if (b.values[j] === key) j += 1;
    const next = lesser(a.values[i], b.values[j]);
    const difference = (i === 0 ? 0 : a.ranks[i - 1]) / a.count - (j === 0 ? 0 : b.ranks[j - 1]) / b.count;
    visit(difference, next === END ? 0 : next - key);
    key = next;
  }
}

/** The lesser of two values, either of which may be absent. */
function lesser(one = END, other = END): number {
  return one < other ? one : other;
}
