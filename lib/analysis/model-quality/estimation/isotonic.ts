/** Labelled rows of one probability. */
export interface LabelledBin {
  readonly score: number;
  readonly rows: number;
  readonly positives: number;
}

/** Neighbouring probabilities of which the same share of rows is positive. */
export interface CalibrationBlock {
  /** the least probability, and the greatest */
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly positives: number;
}

/** A calibration has at most about so many blocks. */
const MAX_BLOCKS = 200;

/**
 * The isotonic regression of labels on probabilities, by pooling neighbours that violate the order: the shares of positive rows that never fall as the
 * probability grows, and are nearest to the labels by least squares. Blocks of less than a two-hundredth of the rows are joined with what follows them.
 *
 * @param bins from the least probability up
 * @see https://doi.org/10.18637/jss.v032.i05
 */
export function isotonicBlocks(bins: readonly LabelledBin[]): CalibrationBlock[] {
  const pooled: CalibrationBlock[] = [];
  for (const { score, rows, positives } of bins) {
    let block: CalibrationBlock = { from: score, to: score, rows, positives };
    while (pooled.length > 0 && share(pooled[pooled.length - 1]) >= share(block)) block = joined(pooled.pop(), block);
    pooled.push(block);
  }
  return coarser(pooled);
}

/** The share of positive rows of a block. */
export const share = ({ positives, rows }: CalibrationBlock): number => positives / rows;

function coarser(blocks: readonly CalibrationBlock[]): CalibrationBlock[] {
  const least = blocks.reduce((rows, block) => rows + block.rows, 0) / MAX_BLOCKS;
  const kept: CalibrationBlock[] = [];
  let open: CalibrationBlock | undefined;
  for (const block of blocks) {
    open = joined(open, block);
    if (open.rows < least) continue;
    kept.push(open);
    open = undefined;
  }
  return open ? [...kept.slice(0, -1), joined(kept[kept.length - 1], open)] : kept;
}

function joined(lower: CalibrationBlock | undefined, upper: CalibrationBlock): CalibrationBlock {
  if (!lower) return upper;
  return {
    from: lower.from,
    to: upper.to,
    rows: lower.rows + upper.rows,
    positives: lower.positives + upper.positives,
  };
}
