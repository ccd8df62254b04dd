import type { Comparison, IntervalFigure } from './comparison';
import { holmAdjusted } from './numbers/holm';
import { standardErrorOf } from './numbers/interval-figure';
import { chiSquaredSurvival } from './numbers/tail-probabilities';

/** What of a comparison is counted. */
interface Differing extends Pick<Comparison, 'predictions' | 'quality'> {
  /** columns that are farther apart than chance explains; absent where none is looked at */
  readonly drifted?: readonly string[];
}

/**
 * How many differences of two variants chance does not explain: columns that drifted, and of predictions and of each metric by labels those whose p-value, adjusted by
 * Holm for all of them, is at most a rate. Undefined where there is nothing to look at; what has no interval counts as no difference, and as no test.
 *
 * @param rate at which one of all is counted that chance alone makes, above 0 to 1
 */
export function differenceCount({ drifted, predictions, quality }: Differing, rate: number): number | undefined {
  const { figure, distance, pValue } = predictions ?? {};
  const labels = distance === undefined ? [] : [pValue ?? Number.NaN];
  const figures = [...(figure ? [figure] : []), ...(quality?.metrics ?? [])].map(({ difference }) =>
    chanceOf(difference),
  );
  const tests = [...labels, ...figures].filter((one) => !Number.isNaN(one));
  if (!drifted && tests.length === 0) return undefined;
  return (drifted?.length ?? 0) + holmAdjusted(tests).filter((adjusted) => adjusted <= rate).length;
}

/** How likely chance alone puts a normal figure as far from 0, on either side; NaN where it has no interval. */
function chanceOf(figure: IntervalFigure): number {
  const error = standardErrorOf(figure);
  return figure.value === 0 && error === 0 ? 1 : chiSquaredSurvival((figure.value / error) ** 2, 1);
}
