import type { FeatureStatistics } from '../schemas';

/** The columns of a baseline, by which rows of their names are told from records. */
export class HeaderNames {
  constructor(readonly features: readonly FeatureStatistics[]) {}

  /** What of the features decides: two that are equal as JSON tell the same rows apart. */
  toJSON(): unknown {
    const names = this.features.map(({ name }) => normal(name));
    return this.features.map((feature) => decisiveOf(feature, names));
  }
}

/** Of categories, those alone matter that are called as a column. */
function decisiveOf({ name, numerical_statistics, string_statistics }: FeatureStatistics, names: readonly string[]) {
  const categories = bucketsOf(string_statistics)?.map(({ value }) => value);
  const called = categories?.filter((value) => names.includes(normal(value)));
  return [name, numerical_statistics ? 'number' : (called?.sort() ?? 'text')];
}

/** The categories of text; undefined where there are too many to know. */
export const bucketsOf = (statistics: FeatureStatistics['string_statistics']) =>
  statistics?.distribution?.categorical?.buckets;

/** A name as it is compared. */
export const normal = (text: string) => text.trim().toLowerCase();
