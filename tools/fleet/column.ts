import type { Random } from '../../test/analysis/data-quality/detectors/traffic';

const CELLS = 256;
const cellOf = (value: number) => Math.floor(value * CELLS);

/**
 * The values of a feature in a window, uniform from 0 to below 1: distances of cumulative distributions are the same for all that is continuous. They
 * are counted in cells while they are drawn, so that most windows need not be sorted.
 */
export class Column {
  public readonly values: Float64Array;
  private readonly counts = new Int32Array(CELLS);

  constructor(rows: number, next: Random) {
    this.values = Float64Array.from({ length: rows }, next);
    for (const value of this.values) this.counts[cellOf(value)] += 1;
  }

  /** Puts another value in a row's place. */
  public replace(row: number, value: number): void {
    this.counts[cellOf(this.values[row])] -= 1;
    this.counts[cellOf(value)] += 1;
    this.values[row] = value;
  }

  /** How many values lie below each border of the cells, as shares. */
  public shares(): Float64Array {
    const shares = new Float64Array(CELLS + 1);
    let below = 0;
    for (let cell = 0; cell < CELLS; cell++) {
      below += this.counts[cell];
      shares[cell + 1] = below / this.values.length;
    }
    return shares;
  }

  /** A distance to the distribution with these shares that the true one does not exceed: within a cell each grows as much as it has values there. */
  public distanceAtMost(shares: Float64Array): number {
    const { counts } = this;
    const share = 1 / this.values.length;
    let [below, largest] = [0, 0];
    for (let cell = 0; cell < CELLS; cell++) {
      const upTo = below + counts[cell] * share;
      largest = Math.max(largest, shares[cell + 1] - below, upTo - shares[cell]);
      below = upTo;
    }
    return largest;
  }
}
