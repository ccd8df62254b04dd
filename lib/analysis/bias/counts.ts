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

/** Counts outcomes on both sides of a facet; both selections have one entry per row. No rows give zeros. */
export function countOutcomes(facet: Selection, positive: Selection): Sides<Outcomes> {
  const sides = { advantaged: { positive: 0, negative: 0 }, disadvantaged: { positive: 0, negative: 0 } };
  for (let row = 0; row < facet.length; row++) {
    const side = facet[row] ? sides.disadvantaged : sides.advantaged;
    side[positive[row] ? 'positive' : 'negative'] += 1;
  }
  return sides;
}

/** Counts observed against predicted outcomes on both sides of a facet; one entry per row each. No rows give zeros. */
export function countConfusion(facet: Selection, positive: Selection, predicted: Selection): Sides<Confusion> {
  const zero = () => ({ truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 });
  const sides = { advantaged: zero(), disadvantaged: zero() };
  for (let row = 0; row < facet.length; row++) {
    const side = facet[row] ? sides.disadvantaged : sides.advantaged;
    if (predicted[row]) side[positive[row] ? 'truePositive' : 'falsePositive'] += 1;
    else side[positive[row] ? 'falseNegative' : 'trueNegative'] += 1;
  }
  return sides;
}

/** The outcomes in every group of a group variable, on both sides of a facet. */
export type GroupedOutcomes = readonly Sides<Outcomes>[];

/** Counts outcomes by group, groups in ascending order. Rows without a group are left out; no groups at all give an empty list. */
export function countGroups(groups: readonly BiasCell[], facet: Selection, positive: Selection): GroupedOutcomes {
  const rows = new Map<Exclude<BiasCell, null>, number[]>();
  for (const [row, group] of groups.entries()) {
    if (group === null) continue;
    const members = rows.get(group);
    if (members) members.push(row);
    else rows.set(group, [row]);
  }
  const ordered = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return ordered.map(([, members]) =>
    countOutcomes(
      members.map((row) => facet[row]),
      members.map((row) => positive[row]),
    ),
  );
}

/** The rows that outcomes count. */
export const total = ({ positive, negative }: Outcomes): number => positive + negative;

/** Adds outcomes. */
export const sumOutcomes = (a: Outcomes, b: Outcomes): Outcomes => ({
  positive: a.positive + b.positive,
  negative: a.negative + b.negative,
});
