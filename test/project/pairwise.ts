/** A value of each dimension. */
type Combination = object;

/** Combinations that together have each pair of values which any of them has, each time the one with most that are new. */
export function coverOfPairs<Of extends Combination>(combinations: readonly Of[]): Of[] {
  const missing = new Set(combinations.flatMap(pairsOf));
  const chosen: Of[] = [];
  const fresh = (combination: Of) => pairsOf(combination).filter((pair) => missing.has(pair)).length;
  while (missing.size > 0) {
    const best = combinations.reduce((one, other) => (fresh(other) > fresh(one) ? other : one));
    for (const pair of pairsOf(best)) missing.delete(pair);
    chosen.push(best);
  }
  return chosen;
}

/** Each two values of a combination, with the names of their dimensions. */
function pairsOf(combination: Combination): string[] {
  const values = Object.entries(combination).map(([dimension, value]) => `${dimension} ${value}`);
  return values.flatMap((one, index) => values.slice(index + 1).map((other) => `${one}, ${other}`));
}
