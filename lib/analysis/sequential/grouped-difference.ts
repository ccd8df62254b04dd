import type { IntervalFigure } from '../comparison';
import { sum as sumOf } from '../numbers/sum';
import { GROUPS, type GroupTally, type WindowTally, zeros } from './grouped-window';
import { asymptoticInterval, type Certainty, weightOf } from './weighed-difference';

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

/** Of no window. */
export const NO_ROWS: GroupedSums = { weight: 0, sum: 0, rows: [0, 0], groupRows: zeros(), groupSums: zeros() };

/** What is known of one side of a window. */
class Side {
  readonly rows: number;
  readonly mean: number;

  constructor(private readonly tally: GroupTally) {
    this.rows = sumOf(tally.rows);
    this.mean = sumOf(tally.sums) / this.rows;
  }

  /** By group, how much more it has than as many rows of the mean: as a share of all rows. */
  get excesses(): number[] {
    const { mean, rows, tally } = this;
    return tally.sums.map((sum, group) => (sum - mean * tally.rows[group]) / rows);
  }
}

/** Adds a window, of which a side without rows tells nothing. */
export function withRows(sums: GroupedSums, window: WindowTally): GroupedSums {
  const [reference, candidate] = [new Side(window.reference), new Side(window.candidate)];
  if (reference.rows === 0 || candidate.rows === 0) return sums;
  const weight = weightOf(reference.rows, candidate.rows);
  const [less, more] = [reference.excesses, candidate.excesses];
  return {
    weight: sums.weight + weight,
    sum: sums.sum + weight * (candidate.mean - reference.mean),
    rows: [sums.rows[0] + reference.rows, sums.rows[1] + candidate.rows],
    groupRows: sums.groupRows.map((rows, group) => rows + window.reference.rows[group] + window.candidate.rows[group]),
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
