/** Which features a coalition has, one entry per feature, and how much it weighs in the regression. */
export interface Coalition {
  readonly members: readonly boolean[];
  readonly weight: number;
}

/** Coalitions to evaluate; exact when they are all that there are. */
export interface CoalitionPlan {
  readonly coalitions: readonly Coalition[];
  readonly isExact: boolean;
}

/**
 * The least number of coalitions that determines the attributions of so many features: every feature alone and every feature left out.
 */
export const leastCoalitions = (featureCount: number): number =>
  featureCount < 3 ? 2 ** featureCount - 2 : 2 * featureCount;

/**
 * Chooses coalitions of M features, neither empty nor whole, at most `budget` of them. All 2^M - 2 if they fit: the attributions are then exact.
 * Else sizes are taken whole from the outside (1 and M - 1, 2 and M - 2, ...) as long as random choice would meet each of their coalitions at
 * least once on average, and the rest of the budget goes to random coalitions of the sizes between, each together with its complement.
 *
 * Weights follow the Shapley kernel (M - 1) / (C(M, s) s (M - s)) of size s: a whole size has its weight, random coalitions share that of
 * theirs. A budget below {@link leastCoalitions} is a bug of the caller: throws.
 *
 * @see https://arxiv.org/abs/1705.07874 (theorem 2)
 * @see https://arxiv.org/abs/2012.01536 (paired sampling)
 */
export function planCoalitions(featureCount: number, budget: number, random: () => number): CoalitionPlan {
  if (budget < leastCoalitions(featureCount)) {
    throw new Error(`${budget} coalitions do not determine ${featureCount} features`);
  }
  const isExact = budget >= 2 ** featureCount - 2;
  const coalitions: Coalition[] = [];
  let size = 1;
  for (; size <= featureCount - size; size++) {
    const left = budget - coalitions.length;
    if (!isExact && size > 1 && !isWorthAll(featureCount, size, left)) break;
    for (const each of bothSizes(featureCount, size)) coalitions.push(...allOfSize(featureCount, each));
  }
  const sampled = isExact ? [] : samplePairs({ featureCount, size, pairs: (budget - coalitions.length) >> 1, random });
  return { coalitions: [...coalitions, ...sampled], isExact };
}

/** A size and that of the complements. */
const bothSizes = (featureCount: number, size: number) =>
  size === featureCount - size ? [size] : [size, featureCount - size];

/** The weight of all coalitions of one size together. */
const sizeWeight = (featureCount: number, size: number) => (featureCount - 1) / (size * (featureCount - size));

/** The weight of the sizes from `size` to its complement's. */
function weightBetween(featureCount: number, size: number): number {
  let sum = 0;
  for (let each = size; each <= featureCount - size; each++) sum += sizeWeight(featureCount, each);
  return sum;
}

function isWorthAll(featureCount: number, size: number, budget: number): boolean {
  const share = sizeWeight(featureCount, size) / weightBetween(featureCount, size);
  return budget * share >= binomial(featureCount, size);
}

function binomial(n: number, k: number): number {
  let result = 1;
  for (let each = 1; each <= k; each++) result = (result * (n - k + each)) / each;
  return result;
}

function allOfSize(featureCount: number, size: number): Coalition[] {
  const weight = sizeWeight(featureCount, size) / binomial(featureCount, size);
  return subsets(featureCount, size).map((members) => ({ members, weight }));
}

function subsets(featureCount: number, size: number): boolean[][] {
  if (size === 0) return [Array(featureCount).fill(false)];
  if (size > featureCount) return [];
  const withFirst = subsets(featureCount - 1, size - 1).map((rest) => [true, ...rest]);
  return [...withFirst, ...subsets(featureCount - 1, size).map((rest) => [false, ...rest])];
}

interface PairSampling {
  readonly featureCount: number;
  /** the smallest size to draw; the greatest is that of its complements */
  readonly size: number;
  readonly pairs: number;
  readonly random: () => number;
}

function samplePairs({ featureCount, size, pairs, random }: PairSampling): Coalition[] {
  const total = weightBetween(featureCount, size);
  const weight = total / (2 * pairs);
  return Array.from({ length: pairs }, () => {
    const members = randomSubset(featureCount, drawSize({ featureCount, size, pairs, random }, total), random);
    return [members, members.map((isMember) => !isMember)].map((each) => ({ members: each, weight }));
  }).flat();
}

/** A size with a probability in proportion to its weight. */
function drawSize({ featureCount, size, random }: PairSampling, total: number): number {
  let left = random() * total;
  let drawn = size;
  for (; drawn < featureCount - size; drawn++) {
    left -= sizeWeight(featureCount, drawn);
    if (left < 0) break;
  }
  return drawn;
}

/** Takes each feature with the probability that the number still needed has among those left. */
function randomSubset(featureCount: number, size: number, random: () => number): boolean[] {
  let needed = size;
  return Array.from({ length: featureCount }, (_, index) => {
    const isMember = random() * (featureCount - index) < needed;
    if (isMember) needed -= 1;
    return isMember;
  });
}
