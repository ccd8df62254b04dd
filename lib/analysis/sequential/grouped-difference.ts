import type { IntervalFigure } from '../comparison';
import { asymptoticInterval, type Certainty, weightOf } from './weighed-difference';

/** Groups that units are put into by their hash: independent of each other, however much a unit's requests depend on each other. */
export const GROUPS = 128;

/** Rows of each variant, and groups, of which there is no interval when there are fewer. */
const LEAST_ROWS = 100;
const LEAST_GROUPS = 30;

/** What is kept of windows of rows. */
export interface GroupedSums {
  readonly weight: number;
  readonly sum: number;
  /** of the reference, and of the candidate */
  readonly rows: readonly [number, number];
  /** by group: rows, and what it has added to the sum otherwise than its window did */
  readonly groupRows: readonly number[];
  readonly groupSums: readonly number[];
}

const zeros = () => Array<number>(GROUPS).fill(0);

/** Of no window. */
export const NO_ROWS: GroupedSums = { weight: 0, sum: 0, rows: [0, 0], groupRows: zeros(), groupSums: zeros() };

/** The rows of one side in a window, by the groups of their units. */
class Side {
  rows = 0;
  sum = 0;
  readonly groupRows = zeros();
  readonly groupSums = zeros();

  add(group: number, value: number): void {
    this.rows += 1;
    this.sum += value;
    this.groupRows[group] += 1;
    this.groupSums[group] += value;
  }

  get mean(): number {
    return this.sum / this.rows;
  }

  /** By group, how much more it has than as many rows of the mean: as a share of all rows. */
  get excesses(): number[] {
    const { mean, rows, groupRows } = this;
    return this.groupSums.map((sum, group) => (sum - mean * groupRows[group]) / rows);
  }
}

/** Rows of one window. */
export class GroupedWindow {
  readonly reference = new Side();
  readonly candidate = new Side();
}

/** Adds a window, of which a side without rows tells nothing. */
export function withRows(sums: GroupedSums, { reference, candidate }: GroupedWindow): GroupedSums {
  if (reference.rows === 0 || candidate.rows === 0) return sums;
  const weight = weightOf(reference.rows, candidate.rows);
  const [less, more] = [reference.excesses, candidate.excesses];
  return {
    weight: sums.weight + weight,
    sum: sums.sum + weight * (candidate.mean - reference.mean),
    rows: [sums.rows[0] + reference.rows, sums.rows[1] + candidate.rows],
    groupRows: sums.groupRows.map((rows, group) => rows + reference.groupRows[group] + candidate.groupRows[group]),
    groupSums: sums.groupSums.map((sum, group) => sum + weight * (more[group] - less[group])),
  };
}

/**
 * How much greater the candidate's mean is, with an asymptotic confidence sequence. How far chance puts it off is told by how far groups of units are apart: a
 * unit whose requests depend on each other, in whichever windows they are, is in one group, and so are both answers to a request. Undefined of few rows, or
 * few groups.
 *
 * @param resolution what one row more might add: 1 of shares, so that one that never differs is not certain
 */
export function groupedInterval(
  { weight, sum, rows, groupRows, groupSums }: GroupedSums,
  certainty: Certainty,
  resolution: number,
): IntervalFigure | undefined {
  let groups = 0;
  let squares = 0;
  for (let group = 0; group < GROUPS; group += 1) {
    if (groupRows[group] > 0) groups += 1;
    squares += groupSums[group] ** 2;
  }
  if (Math.min(...rows) < LEAST_ROWS || groups < LEAST_GROUPS) return undefined;
  const degreesOfFreedom = groups - 1;
  const variance = (squares * groups) / degreesOfFreedom + resolution ** 2;
  return asymptoticInterval({ sum, weight, variance, degreesOfFreedom }, certainty);
}
