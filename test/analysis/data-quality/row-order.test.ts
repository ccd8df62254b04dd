import * as fc from 'fast-check';
import {
  type AnalysisFiles,
  type DataQualitySettings,
  dataQualityAnalysis,
  type Findings,
  type Statistics,
  statistics,
} from '../../../lib/analysis';
import { numericDistance } from '../../../lib/analysis/data-quality/distance';
import { withoutRowOrder } from '../../../lib/analysis/data-quality/row-order';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const text = (rows: readonly (readonly number[])[]) => ['a,b', ...rows.map((row) => row.join(','))].join('\n');

async function baselineOf(rows: readonly (readonly number[])[], settings: Partial<DataQualitySettings> = {}) {
  const made = await dataQualityAnalysis({ input: { kind: 'dataset' }, ...settings }).baseline(profileOf([text(rows)]));
  return 'files' in made ? made.files : {};
}

async function windowOf(rows: readonly (readonly number[])[], settings: Partial<DataQualitySettings>) {
  const records = rows.map((row) => captured({ input: row.join(',') })).join('\n');
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' }, ...settings });
  const found = await analysis.check(profileOf([records], { kind: 'capture' }), await baselineOf(rows));
  return (found as Findings).files;
}

/** What stands side by side in the sketches of the columns: the rows, where they keep their order. */
function rowsIn(files: AnalysisFiles): number[][] {
  const [a, b] = (files['statistics.json'] as Statistics).features.map(levelsOf);
  return a[0].map((value, index) => [value, b[0][index]]);
}

const levelsOf = ({ numerical_statistics: numbers }: Statistics['features'][number]) =>
  numbers?.distribution?.kll?.sketch?.data ?? [];

const ROWS = Array.from({ length: 200 }, (_, index) => [(index * 37) % 101, (index * 53) % 97]);
const isRow = ([a, b]: readonly number[]) => ROWS.some(([one, other]) => one === a && other === b);

test.each([
  ['a baseline', () => baselineOf(ROWS)],
  ['a window', () => windowOf(ROWS, {})],
])('from the statistics of %s no rows can be put together, though all values are there', async (_, files) => {
  const told = rowsIn(await files());
  expect(told.map(([a]) => a)).toEqual(ROWS.map(([a]) => a).sort((one, other) => one - other));
  expect(told.map(([, b]) => b)).toEqual(ROWS.map(([, b]) => b).sort((one, other) => one - other));
  expect(told.filter(isRow).length).toBeLessThan(ROWS.length / 10);
});

test.each([
  ['a baseline that asks for it', () => baselineOf(ROWS, { keepsRowOrder: true })],
  [
    "a window by the container's rules",
    () => windowOf(ROWS, { checks: 'ModelMonitor', drift: { method: 'ModelMonitor' } }),
  ],
])("the statistics of %s keep the container's order", async (_, files) => {
  expect(rowsIn(await files())).toEqual(ROWS);
});

test('no distance and no bucket depends on the order within levels', () => {
  const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 300 });
  holds(
    fc.property(values, values, (one, other) => {
      const [kept, window] = [one, other].map((column) => statistics(profileOf([text(column.map((a) => [a, 0]))])));
      const sorted = withoutRowOrder(kept);
      const [before, after, seen] = [kept, sorted, window].map(({ features: [feature] }) => feature);
      const buckets = ({ numerical_statistics: numbers }: typeof before) => numbers?.distribution?.kll?.buckets;
      expect(buckets(after)).toEqual(buckets(before));
      const distance = (feature: typeof before) => numericDistance(levelsOf(seen), levelsOf(feature), 'Robust');
      expect(distance(after)).toBe(distance(before));
    }),
  );
});
