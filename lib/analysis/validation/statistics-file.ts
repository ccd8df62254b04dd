import type { FeatureStatistics, Statistics } from '../schemas';
import { fileOfFeatures, nameProblems } from './features';
import {
  basic,
  COMPUTED,
  COUNT,
  type FileProblem,
  list,
  NUMBER,
  object,
  oneOf,
  optional,
  SHARE,
  type Shape,
  TEXT,
} from './shape';

/** @see InferredType */
export const TYPE: Shape = oneOf('Integral', 'Fractional', 'Boolean', 'String', 'Unknown');

const COMMON = object({ num_present: COUNT, num_missing: COUNT });

const BUCKET = object({ lower_bound: COMPUTED, upper_bound: COMPUTED, count: COUNT });

const SKETCH = object({
  parameters: optional(object({ c: optional(NUMBER), k: optional(NUMBER) })),
  data: list(list(NUMBER)),
});

const NUMERICAL = object({
  common: COMMON,
  mean: optional(COMPUTED),
  sum: optional(COMPUTED),
  std_dev: optional(COMPUTED),
  min: optional(COMPUTED),
  max: optional(COMPUTED),
  approximate_num_distinct_values: optional(COUNT),
  completeness: optional(SHARE),
  distribution: optional(
    object({ kll: optional(object({ buckets: optional(list(BUCKET)), sketch: optional(SKETCH) })) }),
  ),
});

const CATEGORY = object({ value: TEXT, count: COUNT });

const OF_STRINGS = object({
  common: COMMON,
  distinct_count: optional(COUNT),
  completeness: optional(SHARE),
  distribution: optional(object({ categorical: optional(object({ buckets: list(CATEGORY) })) })),
});

const SHAPE = fileOfFeatures(
  object({
    name: basic(TEXT),
    inferred_type: TYPE,
    numerical_statistics: optional(NUMERICAL),
    string_statistics: optional(OF_STRINGS),
  }),
  { dataset: object({ item_count: COUNT }) },
);

/** Everything that is wrong with a `statistics.json` of data quality; what no check reads may be anything. */
export function statisticsProblems(file: unknown): FileProblem[] {
  const problems = SHAPE(file, '');
  return problems.length > 0 ? problems : meaningProblems(file as Statistics);
}

function meaningProblems({ dataset, features }: Statistics): FileProblem[] {
  return [
    ...(dataset.item_count === 0 ? [NO_ROWS] : []),
    ...nameProblems(features),
    ...features.flatMap((feature, index) => countProblems(feature, index, dataset.item_count)),
  ];
}

const NO_ROWS: FileProblem = {
  weight: 'Meaning',
  place: 'dataset.item_count',
  found: '0',
  allowed: 'at least one row',
};

/** Every row has a value in a column or lacks it, and a histogram counts no row twice. */
function countProblems(feature: FeatureStatistics, index: number, rows: number): FileProblem[] {
  const { numerical_statistics, string_statistics } = feature;
  const member = numerical_statistics ? 'numerical_statistics' : 'string_statistics';
  const common = (numerical_statistics ?? string_statistics)?.common;
  const problem = (place: string, found: string, allowed: string): FileProblem => ({
    weight: 'Meaning',
    place: `features[${index}].${member}.${place}`,
    found,
    allowed: `${allowed} ${rows} rows of dataset.item_count`,
  });
  const counted = common && common.num_present + common.num_missing;
  const categories = string_statistics?.distribution?.categorical?.buckets ?? [];
  const inCategories = categories.reduce((sum, { count }) => sum + count, 0);
  return [
    ...(counted !== undefined && counted !== rows
      ? [problem('common', `${counted} values, present and missing`, 'one for each of the')]
      : []),
    ...(inCategories > rows
      ? [problem('distribution.categorical.buckets', `${inCategories} values`, 'at most one for each of the')]
      : []),
  ];
}
