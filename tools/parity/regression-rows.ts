import type { TrafficRow } from '../../lib/rehearsal/traffic';

/** What is known of a run whose rows are not: figures of the container's statistics. */
export interface RegressionFigures {
  readonly count: number;
  readonly mae: number;
  readonly mse: number;
  readonly r2: number;
}

/**
 * Rows that have these figures, to the rounding of doubles: labels at equal distances on both sides of 0, of an odd number one at 0, and errors of
 * two sizes. Throws for figures that no rows have.
 */
export function rowsWith({ count, mae, mse, r2 }: RegressionFigures): TrafficRow[] {
  const pairs = Math.floor(count / 2);
  const deviation = Math.sqrt(mse - mae * mae);
  const isSmall = (large: number) => deviation * Math.sqrt(large / (count - large)) <= mae;
  const large = Array.from({ length: pairs }, (_, index) => pairs - index).find(isSmall);
  if (large === undefined || Number.isNaN(deviation)) throw new Error(`no rows have an MAE of ${mae} with ${mse}`);
  const sizes = [
    mae + deviation * Math.sqrt((count - large) / large),
    mae - deviation * Math.sqrt(large / (count - large)),
  ];
  const distance = Math.sqrt((count * mse) / (1 - r2) / (2 * pairs));
  return Array.from({ length: count }, (_, index) => {
    const label = index === 2 * pairs ? 0 : index % 2 === 0 ? distance : -distance;
    return { input: [String(index)], output: [String(label + sizes[index < large ? 0 : 1])], label: String(label) };
  });
}
