/**
 * A numeric sample as Model Monitor's distance sees it: each distinct value once, ascending, with the weight of the highest level of the
 * sketch that has it.
 */
export interface CollapsedSample {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  /** sum of the weights; 0 for an empty sample */
  readonly total: number;
  /** how many values the sketch stands for, ties counted */
  readonly count: number;
}

/**
 * Collapses the levels of a sketch; an item of level i weighs 2^i. Without values the sample is empty.
 *
 * @see https://github.com/awslabs/deequ/blob/master/src/main/scala/com/amazon/deequ/analyzers/QuantileNonSample.scala
 */
export function collapsedSample(levels: readonly (readonly number[])[]): CollapsedSample {
  const weights = new Map<number, number>();
  for (const [level, items] of levels.entries()) for (const item of items) weights.set(item, 2 ** level);
  const pairs = [...weights].sort(([one], [other]) => one - other);
  return {
    values: pairs.map(([value]) => value),
    weights: pairs.map(([, weight]) => weight),
    total: pairs.reduce((sum, [, weight]) => sum + weight, 0),
    count: levels.reduce((sum, items, level) => sum + items.length * 2 ** level, 0),
  };
}
