/** Groups that units are put into by their hash: independent of each other, however much a unit's requests depend on each other. */
export const GROUPS = 128;

/** By group, none. */
export const zeros = (): number[] => Array<number>(GROUPS).fill(0);

/** By group: rows, and the sum of what they are worth. */
export interface GroupTally {
  readonly rows: readonly number[];
  readonly sums: readonly number[];
}

/** Rows of both sides in one window. */
export interface WindowTally {
  readonly reference: GroupTally;
  readonly candidate: GroupTally;
}

/** A tally that rows are added to. */
class GroupedRows implements GroupTally {
  readonly rows = zeros();
  readonly sums = zeros();

  add(group: number, value: number): void {
    this.rows[group] += 1;
    this.sums[group] += value;
  }
}

/** A window that rows are added to. */
export class GroupedWindow implements WindowTally {
  readonly reference = new GroupedRows();
  readonly candidate = new GroupedRows();
}
