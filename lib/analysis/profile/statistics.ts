import type {
  CategoryCount,
  FeatureStatistics,
  InferredType,
  NumericalStatistics,
  Statistics,
  StringStatistics,
} from '../schemas';
import { buckets } from './buckets';
import type { ColumnProfile } from './column-profile';
import { type Generation, inferredType } from './inferred-type';
import { SKETCH_PARAMETERS } from './kll-sketch';
import type { Profile } from './profile';
import type { TableProfile } from './table-profile';

/** How `statistics.json` is written. */
export interface StatisticsOptions {
  /** names for columns that have none, in order; used when there are as many as columns. `_c0`, `_c1` ... otherwise */
  readonly columnNames?: readonly string[];
  /** `deequ-2.0` where absent */
  readonly generation?: Generation;
}

/** Up to this estimate a String column gets a histogram. */
export const MAX_HISTOGRAM_VALUES = 120;

/** What missing values are called in a histogram. */
export const NULL_VALUE = 'NullValue';

/**
 * The `statistics.json` of a profile: of the rows that have the shape of most rows. An empty profile gives no features and an item count of 0;
 * a column without values is `Unknown` and has no statistics. A double that overflowed is infinite or NaN here, and `null` once written as JSON.
 */
export function statistics(profile: Profile, options: StatisticsOptions = {}): Statistics {
  return tableStatistics(profile.mainTable(), options);
}

/** The same of a table; of none as of an empty profile. */
export function tableStatistics(table: TableProfile | undefined, options: StatisticsOptions = {}): Statistics {
  const names = table ? columnNames(table, options.columnNames) : [];
  const features = (table?.columns ?? []).map((column, index) =>
    featureStatistics({ name: names[index], column, rowCount: table?.rowCount ?? 0, generation: options.generation }),
  );
  return { version: 0, dataset: { item_count: table?.rowCount ?? 0 }, features };
}

/** The names of a table's columns: its own, else those given if they are as many, else `_c0`, `_c1` ... */
export function columnNames(table: TableProfile, given: readonly string[] = []): string[] {
  if (table.shape !== 'width') return [...table.names];
  if (given.length === table.columns.length) return [...given];
  return table.columns.map((_, index) => `_c${index}`);
}

/** The type that a column's values have in a file of this generation. A column of Booleans is written as `String`. */
export function columnType(column: ColumnProfile, generation: Generation = 'deequ-2.0'): InferredType {
  const type = inferredType(generation === 'deequ-1.0' ? column.olderKinds : column.newerKinds);
  // the documented types have no Boolean
  return type === 'Boolean' ? 'String' : type;
}

/** A column of a table of so many rows. */
export interface NamedColumn {
  readonly name: string;
  readonly column: ColumnProfile;
  readonly rowCount: number;
  readonly generation?: Generation;
}

function featureStatistics(named: NamedColumn): FeatureStatistics {
  const { name, column, generation } = named;
  const inferred_type = columnType(column, generation);
  if (inferred_type === 'Unknown') return { name, inferred_type };
  if (inferred_type === 'String') return { name, inferred_type, string_statistics: categoricalStatistics(named) };
  const numerical_statistics = numericalStatistics(named);
  return numerical_statistics ? { name, inferred_type, numerical_statistics } : { name, inferred_type };
}

const common = ({ column, rowCount }: NamedColumn) => ({
  num_present: column.present,
  num_missing: rowCount - column.present,
});

/** Of the values that are numbers; undefined without one. */
export function numericalStatistics(named: NamedColumn): NumericalStatistics | undefined {
  const { column, rowCount, generation } = named;
  if (column.numbers.moments.count === 0) return undefined; // '-' and the like: patterns without a value
  const { moments, sketch } = column.numbers;
  const data = sketch.data();
  const [least, greatest] = bucketRange(moments);
  return {
    common: common(named),
    mean: moments.mean(),
    sum: moments.sum,
    std_dev: moments.standardDeviation(),
    min: moments.min,
    max: moments.max,
    ...(generation !== 'deequ-1.0' && {
      approximate_num_distinct_values: column.distinct.estimate(),
      completeness: column.present / rowCount,
    }),
    distribution: {
      kll: { buckets: buckets(data, least, greatest), sketch: { parameters: SKETCH_PARAMETERS, data } },
    },
  };
}

/**
 * What the buckets of a feature span: from its minimum to its maximum, but from no more than 2147483647 and to no less than -2147483648, with
 * which Deequ starts to look for them. Features that are wholly beyond 32 bits (times in milliseconds) have a wider first or last bucket;
 * written like that to be compared with real files. Nothing else is computed from buckets, and `min` and `max` are exact.
 *
 * @see https://github.com/awslabs/deequ/blob/2.0.2/src/main/scala/com/amazon/deequ/analyzers/runners/KLLRunner.scala
 */
function bucketRange({ min, max }: { readonly min: number; readonly max: number }): [least: number, greatest: number] {
  return [Math.min(min, 2 ** 31 - 1), Math.max(max, -(2 ** 31))];
}

/** Of all values as text, with a histogram where they are few. */
export function categoricalStatistics(named: NamedColumn): StringStatistics {
  const { column, rowCount, generation } = named;
  const categories = categoryCounts(column, rowCount);
  return {
    common: common(named),
    distinct_count: column.distinct.estimate(),
    ...(generation !== 'deequ-1.0' && { completeness: column.present / rowCount }),
    ...(categories && { distribution: { categorical: { buckets: categories } } }),
  };
}

/** Exact counts of a column's values, missing ones as `NullValue`; undefined when there are too many different ones. */
export function categoryCounts(column: ColumnProfile, rowCount: number): CategoryCount[] | undefined {
  if (!column.values.isComplete() || column.distinct.estimate() > MAX_HISTOGRAM_VALUES) return undefined;
  const counts = new Map<string, number>();
  for (const [value, { count }] of column.values.tracked) counts.set(value, count);
  const missing = rowCount - column.present;
  if (missing > 0) counts.set(NULL_VALUE, (counts.get(NULL_VALUE) ?? 0) + missing);
  return Array.from(counts, ([value, count]) => ({ value, count }));
}
