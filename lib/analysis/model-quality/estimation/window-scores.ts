import { ScoreCounts } from './score-counts';

/** The group of the rows whose predicted label is the negative one. */
export const PREDICTED_NEGATIVE = 0;
/** The group of those whose predicted label is the positive one. */
export const PREDICTED_POSITIVE = 1;

/** The probabilities of a window's predictions: of all of them, and of those whose labels have come. */
export class WindowScores {
  readonly all = new ScoreCounts(2);
  readonly labelled = new ScoreCounts(2);
}
