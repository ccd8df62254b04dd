import type { BiasCell } from './column';

/** Rows by outcome. */
export interface Outcomes {
  readonly positive: number;
  readonly negative: number;
}

/** Rows by observed and predicted outcome. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

/** Something of the rows that a facet selects (the sensitive group) and of all others. */
export interface Sides<T> {
  /** rows outside of the facet, `a` in the formulas */
  readonly advantaged: T;
  /** rows that the facet selects, `d` in the formulas */
  readonly disadvantaged: T;
}

/** Per row: whether it is selected. */
export type Selection = readonly boolean[];

/** Rows that are divided; everything has one entry per row. */
export interface DividedRows {
  /** whether the facet selects them */
  readonly facet: Selection;
  /** whether they have the positive outcome */
  readonly positive: Selection;
  /** how many each stands for; 1 each where absent */
  readonly weights?: readonly number[];
}

/** Counts outcomes on both sides of a facet. No rows give zeros. */
export function countOutcomes({ facet, positive, weights }: DividedRows): Sides<Outcomes> {
  const sides = { advantaged: { positive: 0, negative: 0 }, disadvantaged: { positive: 0, negative: 0 } };
  for (let row = 0; row < facet.length; row++) {
    const side = facet[row] ? sides.disadvantaged : sides.advantaged;
    side[positive[row] ? 'positive' : 'negative'] += weights?.[row] ?? 1;
  }
  return sides;
}

/** Counts observed against predicted outcomes on both sides of a facet. No rows give zeros. */
export function countConfusion({ facet, positive, weights }: DividedRows, predicted: Selection): Sides<Confusion> {
  const zero = () => ({ truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 });
  const sides = { advantaged: zero(), disadvantaged: zero() };
  for (let row = 0; row < facet.length; row++) {
    const side = facet[row] ? sides.disadvantaged : sides.advantaged;
    const count = weights?.[row] ?? 1;
    if (predicted[row]) side[positive[row] ? 'truePositive' : 'falsePositive'] += count;
    else side[positive[row] ? 'falseNegative' : 'trueNegative'] += count;
  }
  return sides;
}

/** The outcomes in every group of a group variable, on both sides of a facet. */
export type GroupedOutcomes = readonly Sides<Outcomes>[];

/** Counts outcomes by group, groups in ascending order. Rows without a group are left out; no groups at all give an empty list. */
export function countGroups(groups: readonly BiasCell[], { facet, positive, weights }: DividedRows): GroupedOutcomes {
  const rows = new Map<Exclude<BiasCell, null>, number[]>();
  for (const [row, group] of groups.entries()) {
    if (group === null) continue;
    const members = rows.get(group);
    if (members) members.push(row);
    else rows.set(group, [row]);
  }
  const ordered = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([, members]) =>
    countOutcomes({
      facet: members.map((row) => facet[row]),
      positive: members.map((row) => positive[row]),
      weights: weights && members.map((row) => weights[row]),
    }),
  );
}

/** The rows that outcomes count. */
export const total = ({ positive, negative }: Outcomes): number => positive + negative;

/** Adds outcomes. */
export const sumOutcomes = (a: Outcomes, b: Outcomes): Outcomes => ({
  positive: a.positive + b.positive,
  negative: a.negative + b.negative,
});
