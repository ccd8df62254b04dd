import { sum } from '../numbers/sum';
import type { Coalition } from './coalitions';

/** A linear model of a game: the value of a coalition is the sum of its members' coefficients. */
export interface RegressionInput {
  readonly coalitions: readonly Coalition[];
  /** per coalition its value, less that of the empty one */
  readonly values: readonly number[];
  /** value of the whole, less that of the empty coalition: what the coefficients add up to */
  readonly total: number;
}

/**
 * The coefficients, one per feature, that fit the values best by weighted least squares while they add up to the total. With all coalitions and
 * Shapley kernel weights these are the Shapley values. Two or more features, each of them alone and each left out among the coalitions. A NaN
 * among the values gives NaN.
 *
 * With A = Z'WZ, b = Z'Wy: phi = A^-1 b - A^-1 1 (1'A^-1 b - total) / (1'A^-1 1), the method of Lagrange multipliers.
 *
 * @see https://arxiv.org/abs/2012.01536 (section 2.3)
 */
export function constrainedRegression({ coalitions, values, total }: RegressionInput): number[] {
  const featureCount = coalitions[0].members.length;
  const lower = cholesky(normalMatrix(coalitions, featureCount));
  const free = solve(lower, rightSide(coalitions, values, featureCount));
  const unit = solve(lower, Array(featureCount).fill(1));
  const excess = (sum(free) - total) / sum(unit);
  return free.map((value, index) => value - unit[index] * excess);
}

function normalMatrix(coalitions: readonly Coalition[], size: number): number[][] {
  const matrix = Array.from({ length: size }, () => Array<number>(size).fill(0));
  for (const { members, weight } of coalitions) {
    const indices = members.flatMap((isMember, index) => (isMember ? [index] : []));
    for (const row of indices) for (const column of indices) matrix[row][column] += weight;
  }
  return matrix;
}

function rightSide(coalitions: readonly Coalition[], values: readonly number[], size: number): number[] {
  const side = Array<number>(size).fill(0);
  for (const [index, { members, weight }] of coalitions.entries()) {
    for (let feature = 0; feature < size; feature++) if (members[feature]) side[feature] += weight * values[index];
  }
  return side;
}

/** The lower triangle L of a positive definite matrix LL'. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (const [row, entries] of matrix.entries()) {
    lower.push([]);
    for (let column = 0; column <= row; column++) {
      let rest = entries[column];
      for (let k = 0; k < column; k++) rest -= lower[row][k] * lower[column][k];
      lower[row].push(row === column ? Math.sqrt(rest) : rest / lower[column][column]);
    }
  }
  return lower;
}

/** Solves LL'x = b. */
function solve(lower: readonly (readonly number[])[], side: readonly number[]): number[] {
  const x = [...side];
  for (let row = 0; row < x.length; row++) {
    for (let k = 0; k < row; k++) x[row] -= lower[row][k] * x[k];
    x[row] /= lower[row][row];
  }
  for (let row = x.length - 1; row >= 0; row--) {
    for (let k = row + 1; k < x.length; k++) x[row] -= lower[k][row] * x[k];
    x[row] /= lower[row][row];
  }
  return x;
}
