import {
  type AnalysisFiles,
  dataQualityAnalysis,
  type Findings,
  TEXT_STATISTICS,
  type TextStatistics,
} from '../../../../lib/analysis';
import { frequentValues, namedValues } from '../../../../lib/analysis/data-quality/text/clear-values';
import { columnText, textValues } from '../../../../lib/analysis/data-quality/text/text-statistics';
import { profileOf } from '../../dataset';
import { KEYS } from './text-traffic';

/** A mark that every value of text begins with. */
const MARK = 'marked-';
const city = (index: number) => `${MARK}${String(index).padStart(4, '0')}`;

/** A frequent value in three of ten rows, and 200 rare ones; identifiers; numbers. */
const table = (frequent: string, rare: (index: number) => string, rows = 3000) =>
  profileOf([
    [
      'city,order,n',
      ...Array.from({ length: rows }, (_, i) =>
        [i % 10 < 3 ? frequent : rare((i * 7) % 200), `${MARK}order-${10_000 + i}`, (i * 37) % 101].join(','),
      ),
    ].join('\n'),
  ]);
const TRAINING = table(`${MARK}usual`, city);
const LIKE = table(`${MARK}usual`, city, 900);
const CHANGED = table(`${MARK}"n\u0007w"`, (index) => city(index + 100), 900);

const analysisOf = (keepsTextValues?: boolean) =>
  dataQualityAnalysis({
    input: { kind: 'dataset' },
    columnTypes: { order: 'Identifier' },
    textKeys: KEYS,
    keepsTextValues,
  });

async function baselineOf(keepsTextValues?: boolean): Promise<AnalysisFiles> {
  const made = await analysisOf(keepsTextValues).baseline(TRAINING);
  return 'files' in made ? JSON.parse(JSON.stringify(made.files)) : {};
}

const checked = async (profile: typeof LIKE, baseline: AnalysisFiles) =>
  (await analysisOf().check(profile, baseline)) as Findings;

const textOf = (baseline: AnalysisFiles) => baseline[TEXT_STATISTICS] as TextStatistics;
const known = ({ violations }: Findings) =>
  violations.find(({ entry }) => JSON.stringify(entry).includes('known_values_check'));

describe('where nobody asks for values in clear', () => {
  test.each([undefined, false])('no file and no finding has one (%s)', async (asked) => {
    const baseline = await baselineOf(asked);
    const found = await checked(CHANGED, baseline);
    expect(known(found)).toBeDefined();
    expect(JSON.stringify([baseline, found])).not.toContain(MARK);
  });
});

describe('where somebody asks for values in clear', () => {
  test('the baseline has the twenty most frequent ones, but those of identifiers', async () => {
    const baseline = await baselineOf(true);
    const [cities, orders] = textOf(baseline).features;
    expect(cities.frequent).toHaveLength(20);
    expect(cities.frequent?.[0]).toEqual({ value: `${MARK}usual`, count: 900 });
    const counts = cities.frequent?.map(({ count }) => count) ?? [];
    expect(counts).toEqual([...counts].sort((one, other) => other - one));
    expect(orders).not.toHaveProperty('frequent');
  });

  test('no other file has one', async () => {
    const { [TEXT_STATISTICS]: text, ...others } = await baselineOf(true);
    expect(JSON.stringify(text)).toContain(MARK);
    expect(JSON.stringify(others)).not.toContain(MARK);
  });

  test('a finding names those that came and those that went, the most frequent ones first', async () => {
    const found = await checked(CHANGED, await baselineOf(true));
    const { entry } = known(found) ?? {};
    expect(entry).toMatchObject({
      feature_name: 'city',
      description: expect.stringMatching(
        /^Known values .* Observed: Only [\d.]+%\. New: "marked-\\"n\\u0007w\\"" \(30%\), "marked-\d+" \([\d.]+%\), "marked-\d+" \([\d.]+%\) and \d+ more\. Gone: "marked-usual" \(30%\), "marked-\d+" \([\d.]+%\), "marked-\d+" \([\d.]+%\) and \d+ more\. Where new values/,
      ),
    });
  });

  test('nothing else that a window comes to has one', async () => {
    const { violations, ...rest } = await checked(CHANGED, await baselineOf(true));
    expect(JSON.stringify(rest)).not.toContain(MARK);
    const others = violations.filter(({ entry }) => !JSON.stringify(entry).includes('known_values_check'));
    expect(JSON.stringify(others)).not.toContain(MARK);
  });

  test('a window like its baseline has no finding', async () => {
    expect((await checked(LIKE, await baselineOf(true))).violations).toEqual([]);
  });

  test('what only came, or only went, is named alone', async () => {
    const described = async (profile: typeof LIKE) =>
      JSON.stringify(known(await checked(profile, await baselineOf(true))));
    const came = await described(table(`${MARK}usual`, (index) => city(index < 100 ? index : index + 500), 900));
    expect(came).toContain(' New: ');
    expect(came).not.toContain('marked-usual');
  });
});

test('values that are numbers, and those that are kept by their hash alone, are none that is named', async () => {
  const long = 'x'.repeat(2000);
  const rows = Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? '4711' : i % 3 === 1 ? long : city(i % 200)));
  const made = await analysisOf(true).baseline(
    profileOf([['city,order,n', ...rows.map((row, i) => `${row},${MARK}${i},1`)].join('\n')]),
  );
  const [{ frequent = [] }] = 'files' in made ? textOf(made.files).features : [];
  expect(frequent).toHaveLength(20);
  expect(frequent.every(({ value }) => value.startsWith(MARK))).toBe(true);
});

test('of many values, none is named that either side does not count by itself', () => {
  const columnOf = (values: readonly string[]) => {
    const [column] = profileOf([['city', ...values].join('\n')]).mainTable()?.columns ?? [];
    return column;
  };
  const valuesOf = (values: readonly string[]) => textValues(columnText(columnOf(values)), String);
  const many = Array.from({ length: 5000 }, (_, i) => city(i));
  const few = many.slice(0, 200);
  const named = (window: readonly string[], baseline: readonly string[]) => {
    const column = columnOf(window);
    const known = { frequent: frequentValues(columnOf(baseline)), values: valuesOf(baseline) };
    return namedValues({ column, sample: column.texts().sample }, known, String);
  };
  expect(valuesOf(many).level).toBeGreaterThan(1);
  expect(named(few, many)).toEqual({ came: [], gone: [] });
  expect(named(many, few)).toEqual({ came: expect.anything(), gone: [] });
  for (const { value } of named(many, few).came) expect(few).not.toContain(value);
});
