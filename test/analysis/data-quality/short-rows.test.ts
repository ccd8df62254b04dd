import * as fc from 'fast-check';
import {
  type AnalysisFiles,
  type DataQualitySettings,
  dataQualityAnalysis,
  type Findings,
  type PartialProfile,
  paddedRows,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const line = (row: string) => {
  const [output, input] = row.split('|');
  return captured({ input, output });
};
const window = (rows: readonly string[]) => profileOf([rows.map(line).join('\n')], { kind: 'capture' });

/** Four columns of decimals. */
const TRAINING = ['a,b,c,d', '0.5,0.25,0.5,0.75', '1.5,0.5,0.25,0.5'].join('\n');
const baselineOf = async (): Promise<AnalysisFiles> => {
  const made = await dataQualityAnalysis({ input: { kind: 'dataset' } }).baseline(profileOf([TRAINING]));
  return 'files' in made ? made.files : {};
};

async function monitored(rows: readonly string[], rules: Partial<DataQualitySettings>) {
  const analysis = dataQualityAnalysis({ input: { kind: 'capture' }, ...rules });
  const baseline = await baselineOf();
  const profile = window(rows);
  const found = (await analysis.check(profile, baseline)) as Findings;
  return { counts: analysis.counts(profile, baseline), entries: found.violations.map(({ entry }) => entry), found };
}

const SHORT = '0.0|0.5,3';
const WHOLE = '1.0|0.5,0.6,0.7';

/**
 * A held-out output of the container: one of four captured rows lacks two fields, and none is left out.
 * The answer is the first column, so that what is missing are the last ones of the request.
 */
describe('with the rules of the container, of four rows one of which is short', () => {
  const CONTAINERS: Partial<DataQualitySettings> = { checks: 'ModelMonitor', drift: { method: 'ModelMonitor' } };

  test('all are items, and what the short one lacks is missing', async () => {
    const { counts, entries, found } = await monitored([SHORT, WHOLE, WHOLE, WHOLE], CONTAINERS);
    expect(counts).toMatchObject({ recordCount: 4, unreadableCount: 0, misfitCount: 0 });
    expect(found.files['statistics.json']).toMatchObject({ dataset: { item_count: 4 } });
    expect(entries).toEqual([
      {
        feature_name: 'c',
        constraint_check_type: 'data_type_check',
        description:
          'Data type match requirement is not met. Expected data type: Fractional, Expected match: 100.0%. Observed: Only 75.0% of data is Fractional.',
      },
      {
        feature_name: 'd',
        constraint_check_type: 'completeness_check',
        description: 'Data completeness requirement is not met. Expected: 100.0%. Observed: Only 75.0%.',
      },
    ]);
  });

  test('they are in whatever way drift is decided', async () => {
    for (const rules of [{ checks: 'ModelMonitor' }, { drift: { method: 'ModelMonitor' } }] as const)
      expect((await monitored([SHORT, WHOLE, WHOLE, WHOLE], rules)).counts.recordCount).toBe(4);
  });

  test('a row with more fields is none of the window', async () => {
    const { counts } = await monitored([WHOLE, WHOLE, SHORT, `${WHOLE},0.8`], CONTAINERS);
    expect(counts).toMatchObject({ recordCount: 3, misfitCount: 1, byReason: { 'wrong-width': 1 } });
    expect(counts.samples).toMatchObject([{ line: 4, detail: '5 columns instead of 4' }]);
  });

  test('where most rows are short, columns are missing', async () => {
    const { counts, entries } = await monitored([SHORT, SHORT, WHOLE], CONTAINERS);
    expect(counts).toMatchObject({ recordCount: 2, misfitCount: 1 });
    expect(entries).toMatchObject([{ constraint_check_type: 'missing_column_check' }]);
  });
});

test('by meaning a short row is none of the window, and is counted', async () => {
  const { counts, entries } = await monitored([SHORT, WHOLE, WHOLE, WHOLE], {});
  expect(counts).toMatchObject({ recordCount: 3, misfitCount: 1, byReason: { 'wrong-width': 1 } });
  expect(entries).toEqual([]);
});

test('rows of a dataset are not padded', async () => {
  const input = { kind: 'dataset', format: { csv: { header: false } } } as const;
  const analysis = dataQualityAnalysis({ input, checks: 'ModelMonitor' });
  expect(analysis.counts(profileOf(['1,2\n1,2\n1'], input))).toMatchObject({ recordCount: 2, misfitCount: 1 });
});

const JSON_ROW = captured({ input: '{"a":1,"b":2}', encoding: 'JSON' });

test.each<[string, string[]]>([
  ['of rows with names', [JSON_ROW, JSON_ROW, line('1|2,3'), captured({ output: '1' })]],
  ['of rows of one width', [line(WHOLE), line(WHOLE)]],
  ['without rows', []],
])('a profile %s has nothing to pad', (_, lines) => {
  const profile = profileOf([lines.join('\n')], { kind: 'capture' });
  expect(paddedRows(profile)).toBe(profile);
});

test('a row with names is none of those without, however few it has', () => {
  const lines = [JSON_ROW, line(SHORT), line(WHOLE), line(WHOLE)];
  const padded = paddedRows(profileOf([lines.join('\n')], { kind: 'capture' }));
  expect(unreadable(padded)).toMatchObject({ recordCount: 3, misfitCount: 1, byReason: { 'wrong-format': 1 } });
});

const field = fc.constantFrom('1', '2.5', 'x', '', 'true');
/** Not blank: a body without data is no row. */
const rowOf = (width: number) =>
  fc.array(field, { minLength: width - 1, maxLength: width - 1 }).map((rest) => ['1', ...rest]);
const counted = (profile: PartialProfile) =>
  statistics(profile).features.map(({ numerical_statistics, string_statistics }) => ({
    ...(numerical_statistics ?? string_statistics)?.common,
    histogram: new Set(string_statistics?.distribution?.categorical?.buckets.map((bucket) => JSON.stringify(bucket))),
  }));

test('short rows are read as if their client had written the last commas, and the profile stays as it is', () => {
  holds(
    fc.property(
      fc.array(rowOf(5), { minLength: 20, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 4 }).chain(rowOf), { maxLength: 15 }),
      (whole, short) => {
        const lines = (rows: readonly string[][]) => rows.map((row) => captured({ input: row.join(','), output: '1' }));
        const filled = short.map((row) => [...row, ...Array<string>(5 - row.length).fill('')]);
        const given = profileOf([lines([...whole, ...short]).join('\n')], { kind: 'capture' });
        const before = statistics(given);
        const padded = paddedRows(given);
        expect(counted(padded)).toEqual(
          counted(profileOf([lines([...whole, ...filled]).join('\n')], { kind: 'capture' })),
        );
        expect(statistics(padded).dataset.item_count).toBe(whole.length + short.length);
        expect(statistics(given)).toEqual(before);
      },
    ),
    200,
  );
});
