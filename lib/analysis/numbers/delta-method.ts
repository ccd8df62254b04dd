/** What a metric is, and how far chance puts it off. */
export type Estimate = readonly [value: number, standardError: number];

/** Of a count, by which it is moved to see what a metric makes of it. */
const STEP = 0.01;

/**
 * A metric of counts and its standard error by the delta method: shares of a multinomial sample, whose variance follows from how the metric changes with each
 * count, because all metrics stay the same when all counts are doubled. To each count is added what makes outcomes that chance left out none that cannot
 * happen. Without counts, and where the metric is NaN, the error is 0 or NaN.
 *
 * @see https://en.wikipedia.org/wiki/Delta_method
 */
export function countedEstimate(
  counts: readonly number[],
  added: number,
  metric: (cells: readonly number[]) => number,
): Estimate {
  const cells = counts.map((count) => count + added);
  const variance = cells.reduce((all, cell, index) => {
    const moved = (to: number) => metric(cells.map((each, other) => (other === index ? to : each)));
    return all + cell * slopeAt(cell, moved) ** 2;
  }, 0);
  return [metric(cells), Math.sqrt(variance)];
}

/** How a function of a count changes with it, above 0: by a difference on both sides. */
export function slopeAt(count: number, moved: (to: number) => number): number {
  const step = STEP * count;
  return (moved(count + step) - moved(count - step)) / (2 * step);
}
