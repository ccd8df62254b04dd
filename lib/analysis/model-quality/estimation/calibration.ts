import { sum } from '../../numbers/sum';
import { type CalibrationBlock, isotonicBlocks, type LabelledBin, share } from './isotonic';
import { ScoreCounts } from './score-counts';

/** What labelled rows say about the probabilities of a model: kept beside the constraints of a baseline. */
export interface Calibration {
  /** whether probabilities are read by the blocks; otherwise they are taken as they are, and the blocks say how well that is known */
  readonly isCalibrated: boolean;
  /** from the least probability up */
  readonly blocks: readonly CalibrationBlock[];
}

/** Rows below which nothing is said of how well probabilities are calibrated. */
const MIN_ROWS = 100;

/** Held out in turn, to see whether a calibration helps rows that it was not made of. */
const FOLDS = 3;

/** Into which the rows are divided, ordered by probability, to see how far probabilities are from shares of positive rows. */
const ERROR_BINS = 10;

/** Counts labelled rows for their calibration. */
export class LabelledScores {
  private readonly counts = new ScoreCounts(2 * FOLDS);

  /** Adds a row; which third it is held out with follows from how many there were before. */
  add(score: number, isPositive: boolean): void {
    this.counts.add(score, 2 * (this.counts.rowCount % FOLDS) + Number(isPositive));
  }

  /**
   * How the probabilities are calibrated: by isotonic regression, where that lowers the expected calibration error of the thirds of the rows that it was not made of,
   * on average; otherwise not at all. There is none, but a reason, for fewer than 100 rows, for numbers that are no probabilities, and for one label alone.
   *
   * @see https://nannyml.readthedocs.io/en/stable/how_it_works/performance_estimation.html
   */
  calibration(): Calibration | { readonly refusal: string } {
    const { outside, rowCount } = this.counts;
    if (outside > 0)
      return { refusal: `${outside} of ${rowCount} rows of the baseline have a probability below 0 or above 1` };
    if (rowCount < MIN_ROWS) return { refusal: `the baseline has ${rowCount} rows, and needs ${MIN_ROWS} for it` };
    const all = this.bins((fold) => fold >= 0);
    const positives = sum(all.map((bin) => bin.positives));
    if (positives === 0 || positives === rowCount) return { refusal: 'all rows of the baseline have the same label' };
    return { isCalibrated: this.isBetterCalibrated(), blocks: isotonicBlocks(all) };
  }

  private isBetterCalibrated(): boolean {
    let gained = 0;
    for (let fold = 0; fold < FOLDS; fold++) {
      const blocks = isotonicBlocks(this.bins((other) => other !== fold));
      const heldOut = this.bins((other) => other === fold);
      gained += calibrationError(heldOut, (score) => score) - calibrationError(heldOut, (score) => read(blocks, score));
    }
    return gained > 0;
  }

  private bins(isTaken: (fold: number) => boolean): LabelledBin[] {
    const folds = [...Array(FOLDS).keys()].filter(isTaken);
    return this.counts.bins().flatMap(({ score, rows: counted }) => {
      const positives = sum(folds.map((fold) => counted[2 * fold + 1]));
      const rows = positives + sum(folds.map((fold) => counted[2 * fold]));
      return rows === 0 ? [] : [{ score, rows, positives }];
    });
  }
}

/** The probability that a row is positive whose model says a probability. */
export const calibrated = ({ isCalibrated, blocks }: Calibration, score: number): number =>
  isCalibrated ? read(blocks, score) : score;

/** By the block that has the probability; between two blocks by the straight line from one to the other, and beyond the first and last by these. */
function read(blocks: readonly CalibrationBlock[], score: number): number {
  const index = blockOf(blocks, score);
  const [block, next] = [blocks[index], blocks[index + 1]];
  if (!next || score <= block.to) return share(block);
  const part = (score - block.to) / (next.from - block.to);
  return share(block) + part * (share(next) - share(block));
}

/** The index of the last block that does not begin above a probability; the first where all do. */
export function blockOf(blocks: readonly CalibrationBlock[], score: number): number {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (blocks[middle].from <= score) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The expected calibration error: how far shares of positive rows are from mean probabilities, over ten parts of as many rows each. */
function calibrationError(bins: readonly LabelledBin[], probability: (score: number) => number): number {
  const rows = sum(bins.map((bin) => bin.rows));
  let [error, gap, open] = [0, 0, 0];
  for (const bin of bins) {
    gap += bin.rows * probability(bin.score) - bin.positives;
    open += bin.rows;
    if (open < rows / ERROR_BINS) continue;
    error += Math.abs(gap);
    [gap, open] = [0, 0];
  }
  return (error + Math.abs(gap)) / rows;
}
