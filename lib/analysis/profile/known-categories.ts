import type { ColumnProfile } from './column-profile';
import { categoryOf, meaningOf } from './meaning';
import { GROUP_COUNT, measured, type TextProfile } from './text-profile';
import { levelOf } from './value-sample';

/** How often a column has a category: exactly where both are the same. */
export interface CountBounds {
  readonly least: number;
  readonly most: number;
}

/** Which of its values a column has from a set of categories, and what else. */
export interface KnownCategories {
  /** of each category of the set, without missing values */
  readonly known: ReadonlyMap<string, CountBounds>;
  /** how often each other value occurs, as far as values are told apart */
  readonly others: readonly number[];
  /** how many values are not told apart: what known categories may have beyond the least is among them */
  readonly untold: number;
}

/**
 * Counts the categories of a set in a column. Exactly where the column has few different values; of numbers among more by its sketch, of texts by
 * what is kept of them: those of the sample are exact, others at most as many as are in their group.
 */
export function knownCategories(column: ColumnProfile, categories: Iterable<string>): KnownCategories {
  const counts = new Counts(categories);
  const { values } = column;
  const isComplete = values.isComplete();
  for (const [value, { count, number }] of values.tracked) {
    // numbers that are not tracked are in the sketch alone, which has the tracked ones, too
    if (isComplete || Number.isNaN(number)) counts.add(categoryOf(value), count);
  }
  if (!isComplete) {
    counts.addNumbers(column.numbers.sketch.data());
    if (column.text) counts.addTexts(column.text);
  }
  return { known: counts.known, others: [...counts.others.values()], untold: counts.untold };
}

class Counts {
  readonly known: Map<string, CountBounds>;
  readonly others = new Map<string | number, number>();
  untold = 0;

  constructor(categories: Iterable<string>) {
    this.known = new Map(Array.from(categories, (category) => [category, { least: 0, most: 0 }]));
  }

  add(category: string, count: number): void {
    if (!this.addKnown(category, count)) this.addOther(category, count);
  }

  /** One item of level i counts 2^i times. */
  addNumbers(levels: readonly (readonly number[])[]): void {
    const spellings = new Map(Array.from(this.known.keys(), (category) => [meaningOf(category), category]));
    for (const [level, items] of levels.entries()) {
      for (const item of items) this.add(spellings.get(item) ?? `${item}`, 2 ** level);
    }
  }

  addTexts({ sample, groups }: TextProfile): void {
    const rest = Float64Array.from(groups);
    const hashes = new Map(Array.from(this.known.keys(), (category) => [measured(category).hash, category]));
    for (const [hash, count] of sample.counts) {
      rest[hash % GROUP_COUNT] -= count;
      const category = hashes.get(hash);
      if (category === undefined) this.addOther(hash, count);
      else this.addKnown(category, count);
    }
    for (const [hash, category] of hashes)
      if (levelOf(hash) < sample.level) this.mayHave(category, rest[hash % GROUP_COUNT]);
    this.untold += rest.reduce((sum, count) => sum + count, 0);
  }

  private addKnown(category: string, count: number): boolean {
    const bounds = this.known.get(category);
    if (bounds) this.known.set(category, { least: bounds.least + count, most: bounds.most + count });
    return bounds !== undefined;
  }

  private mayHave(category: string, count: number): void {
    const { least, most } = this.known.get(category) ?? { least: 0, most: 0 };
    this.known.set(category, { least, most: most + count });
  }

  private addOther(value: string | number, count: number): void {
    this.others.set(value, (this.others.get(value) ?? 0) + count);
  }
}
