import { dataQualityAnalysis, TEXT_STATISTICS, type TextStatistics } from '../../../../lib/analysis';
import { knownShare } from '../../../../lib/analysis/data-quality/text/known-values';
import type { TextValues } from '../../../../lib/analysis/data-quality/text/text-statistics';
import { profileOf } from '../../dataset';
import { random } from '../detectors/traffic';
import { type DrawText, drawn, FAST_KEYS, foundIn, KEYS, TEXTS, textBaseline, word } from './text-traffic';

const next = random(20200602);
const baseline = textBaseline(drawn(5000, next));
const window = (changed: { readonly [name: string]: DrawText } = {}, rows = 2000) =>
  foundIn(drawn(rows, next, { ...TEXTS, ...changed }), baseline);
const namesOf = ({ findings }: ReturnType<typeof foundIn>) =>
  findings.map(({ entry }) => `${entry.feature_name} ${entry.constraint_check_type}`);

test('text of many values is watched, and text that is like its baseline is no violation', () => {
  expect(baseline.baselineStatistics.features.every(({ string_statistics }) => !string_statistics?.distribution)).toBe(
    true,
  );
  expect(window()).toMatchObject({ findings: [], notEvaluated: [] });
});

const half =
  (one: DrawText, other: DrawText): DrawText =>
  (draw) =>
    draw() < 0.5 ? one(draw) : other(draw);

test.each<[string, { readonly [name: string]: DrawText }, string[]]>([
  [
    'half of the values are new',
    { city: half(TEXTS.city, (draw) => word(500 + Math.floor(draw() * 400))) },
    ['city baseline_drift_check', 'city known_values_check'],
  ],
  [
    'texts are twice as long',
    { comment: (draw) => `${TEXTS.comment(draw)} ${TEXTS.comment(draw)}` },
    ['comment text_length_check'],
  ],
  [
    'texts are made of other characters',
    { order: (draw) => TEXTS.order(draw).replace('-', '/') },
    ['order text_form_check'],
  ],
  [
    'numbers come in place of text',
    { order: (draw) => TEXTS.order(draw).slice('order-'.length) },
    ['order text_length_check', 'order text_form_check', 'order baseline_drift_check'],
  ],
  [
    'a frequent value gets another name',
    { agent: (draw) => TEXTS.agent(draw).replace('Mozilla/5.0', 'Mozilla/6.0') },
    ['agent baseline_drift_check'],
  ],
])('a window in which %s is found', (_, changed, expected) => {
  expect(namesOf(window(changed)).sort()).toEqual(expect.arrayContaining([...expected].sort()));
});

test('a window of next to no text says how much there is of it, and what would be enough', () => {
  const { notEvaluated } = window({ order: (draw) => TEXTS.order(draw).replace('-', '/') }, 2);
  expect(notEvaluated).toContainEqual({
    feature: 'order',
    check: 'text_form_check',
    reason: expect.stringMatching(/^the window has 2 values and the baseline 5000: below 5 on either side, /),
  });
});

test('findings have words, figures and a p-value, and none of the values', () => {
  const found = window({
    city: (draw) => word(500 + Math.floor(draw() * 400)),
    comment: (draw) => `${TEXTS.comment(draw)} ${TEXTS.comment(draw)}`,
    order: (draw) => TEXTS.order(draw).replace('-', '/'),
  });
  const of = (check: string, feature = 'order') =>
    found.findings.find(({ entry }) => entry.constraint_check_type === check && entry.feature_name === feature);
  expect(of('known_values_check', 'city')).toMatchObject({ observed: 0, expected: expect.any(Number) });
  expect(of('known_values_check', 'city')?.entry.description).toMatch(
    /^Known values requirement is not met\. Expected: 9\d\.\d+% of the values are among the baseline's\. Observed: Only 0%\. Where new/,
  );
  expect(of('text_length_check', 'comment')).toMatchObject({ expected: 0.1, pValue: expect.any(Number) });
  expect(of('text_length_check', 'comment')?.entry.description).toMatch(
    /^Text length drift distance: 0\.\d+ exceeds threshold: 0\.1\. Half of the baseline's values have a length of up to \d+, half of these of up to \d+, in characters\.$/,
  );
  expect(of('text_form_check')?.entry.description).toBe(
    'Text form drift distance: 1.0 exceeds threshold: 0.1. The share of the form "a9-" went from 100% to 0%.',
  );
});

test('lengths say what counts of a number, where there are numbers on either side', () => {
  const mixed = { order: half(TEXTS.order, (draw) => TEXTS.order(draw).slice('order-'.length)) };
  const numbers = textBaseline(drawn(3000, next, mixed), KEYS);
  for (const { findings } of [window(mixed), foundIn(drawn(2000, next), numbers)]) {
    const found = findings.find(({ entry }) => entry.constraint_check_type === 'text_length_check');
    expect(found?.entry.description).toMatch(/ of up to \d+, in characters, of numbers in digits before the point\.$/);
  }
});

const PADDED: { readonly [name: string]: DrawText } = { city: (draw) => `  ${TEXTS.city(draw)} ` };

test('spaces around texts say nothing', () => {
  expect(namesOf(window(PADDED))).toEqual([]);
});

test('what is kept has none of the values, and hashes that need its key', () => {
  const training = drawn(3000, next, { city: TEXTS.city });
  const kept = JSON.stringify(textBaseline(training, KEYS).text.statistics);
  for (const value of training.mainTable()?.columns[0].values.tracked.keys() ?? []) expect(kept).not.toContain(value);
  const other = { ...KEYS, newKey: () => 'another key' };
  const hashes = (keys: typeof KEYS) =>
    textBaseline(training, keys).text.statistics.features[0].values?.known.map(({ hash }) => hash) ?? [];
  const [mine, others] = [hashes(KEYS), new Set(hashes(other))];
  expect(mine.length).toBeGreaterThan(300);
  expect(new Set(mine).size).toBe(mine.length);
  expect(mine.filter((hash) => others.has(hash))).toEqual([]);
  const [one, two] = textBaseline(drawn(2000, next, { one: TEXTS.city, two: TEXTS.city }), KEYS).text.statistics
    .features;
  const known = new Set(one.values?.known.map(({ hash }) => hash));
  expect(two.values?.known.filter(({ hash }) => known.has(hash))).toEqual([]);
});

test('text whose baseline keeps nothing is told, with what to do, and the run is whole', () => {
  const { text, ...imported } = baseline;
  const { findings, notEvaluated } = foundIn(drawn(500, next), imported);
  expect(findings).toEqual([]);
  expect(notEvaluated).toHaveLength(6);
  expect(notEvaluated[0]).toMatchObject({
    feature: 'city',
    check: 'baseline_drift_check',
    reason: expect.stringMatching(
      /^the baseline keeps nothing of text .* make it from a dataset with MonitoringEngine.serverless\(\)/,
    ),
    isUnasked: true,
  });
});

test('what the constraints switch off is not tested', () => {
  const distribution_constraints = { perform_comparison: 'Disabled' as const };
  const constraints = { ...baseline.baselineConstraints, monitoring_config: { distribution_constraints } };
  const changed = drawn(2000, next, { ...TEXTS, order: () => 'x' });
  expect(foundIn(changed, { ...baseline, baselineConstraints: constraints })).toMatchObject({
    findings: [],
    notEvaluated: [],
  });
});

test('the threshold of the constraints holds for what is known', () => {
  const changed = { city: half(TEXTS.city, (draw) => word(500 + Math.floor(draw() * 400))) };
  const tolerant = textBaseline(drawn(5000, next), FAST_KEYS, 0.6);
  expect(namesOf(foundIn(drawn(2000, next, { ...TEXTS, ...changed }), tolerant))).toEqual([]);
});

test('a column without values in the window is not compared', () => {
  expect(namesOf(window({ order: () => '' }))).toEqual(['order completeness_check']);
});

describe('of an analysis', () => {
  const rows = (value: (i: number) => string) =>
    profileOf([['id,name', ...Array.from({ length: 1000 }, (_, i) => `${value(i)},${i % 3}`)].join('\n')]);
  const usual = rows((i) => `c-${String(10_000 + i)}`);
  const analysis = dataQualityAnalysis({
    input: { kind: 'dataset' },
    textKeys: KEYS,
    columnTypes: { id: 'Identifier' },
  });
  const made = async (by = analysis, training = usual) => {
    const result = await by.baseline(training);
    if ('refusal' in result) throw new Error(result.refusal);
    return result.files;
  };
  const checks = async (profile: ReturnType<typeof rows>) => {
    const found = await analysis.check(profile, await made());
    if ('refusal' in found) throw new Error(found.refusal);
    return found.violations.map(({ entry }) => (entry as { constraint_check_type: string }).constraint_check_type);
  };

  test('identifiers may be new, and have to have the same length and form', async () => {
    const [feature] = ((await made())[TEXT_STATISTICS] as TextStatistics).features;
    expect(feature).toEqual({
      name: 'id',
      lengths: [{ length: 7, count: 1000 }],
      forms: [{ form: 'a9-', count: 1000 }],
      values: undefined,
    });
    expect(await checks(rows((i) => `c-${20_000 + i}`))).toEqual([]);
    expect(await checks(rows((i) => `c-${200_000_000 + i}`))).toEqual(['text_length_check']);
    expect(await checks(rows((i) => `C-${20_000 + i}`))).toEqual(['text_form_check']);
  });

  test('identifiers that are numbers are as long as their digits', async () => {
    const numbers = rows((i) => String(10_000 + i));
    const [feature] = ((await made(analysis, numbers))[TEXT_STATISTICS] as TextStatistics).features;
    expect(feature).toMatchObject({ lengths: [{ length: 5, count: 1000 }], forms: [{ form: 'number', count: 1000 }] });
  });

  test('columns with a histogram, numbers and what is ignored keep nothing', async () => {
    const ignoring = dataQualityAnalysis({
      input: { kind: 'dataset' },
      textKeys: KEYS,
      columnTypes: { id: 'Ignored' },
    });
    expect(Object.keys(await made(ignoring))).toEqual(['statistics.json', 'constraints.json']);
  });

  test('without keys nothing is kept', async () => {
    const plain = dataQualityAnalysis({ input: { kind: 'dataset' } });
    expect(Object.keys(await made(plain))).toEqual(['statistics.json', 'constraints.json']);
  });

  test.each([
    [{ version: 2, key: '', features: [] }, 'text-statistics.json: version is 2, allowed is 1; '],
    [{ version: 'Maier', key: '', features: [] }, 'text-statistics.json: version is no number, allowed is 1; '],
    [{ version: 1 }, 'text-statistics.json has no key and list of features; '],
    [{ version: 1, key: '', features: 'none' }, 'text-statistics.json has no key and list of features; '],
  ])('%j is no file of text', async (content, problem) => {
    const files = await made();
    expect(analysis.baselineProblem?.(files)).toBeUndefined();
    expect(analysis.baselineProblem?.({ ...files, [TEXT_STATISTICS]: content })).toContain(problem);
  });
});

describe('the share of known values', () => {
  const values = (level: number, known: [hash: string, level: number, count: number][]): TextValues => ({
    groups: [],
    level,
    known: known.map(([hash, each, count]) => ({ hash, level: each, count })),
  });

  test('expects as many new values as the baseline met once', () => {
    const before = values(0, [
      ['a', 0, 6],
      ['b', 0, 3],
      ['c', 0, 1],
    ]);
    expect(
      knownShare(
        values(0, [
          ['a', 0, 6],
          ['x', 0, 2],
        ]),
        before,
      ),
    ).toMatchObject({ observed: 0.75, expected: 0.9 });
    expect(
      knownShare(
        values(0, [
          ['a', 0, 1],
          ['c', 0, 7],
        ]),
        before,
      ),
    ).toMatchObject({ observed: 1, pValue: 1 });
  });

  test('goes by the values that both sides count', () => {
    const before = values(2, [
      ['a', 2, 10],
      ['b', 5, 4],
    ]);
    const after = values(3, [
      ['b', 5, 3],
      ['x', 3, 1],
    ]);
    expect(knownShare(after, before)).toMatchObject({ observed: 0.75, expected: 1 });
    expect(
      knownShare(
        values(0, [
          ['b', 5, 3],
          ['x', 1, 9],
        ]),
        before,
      ),
    ).toMatchObject({ observed: 1 });
  });

  test('is not known where a side counts no value', () => {
    const some = values(0, [['a', 0, 1]]);
    const high = values(9, [['a', 9, 1]]);
    expect([knownShare(some, high), knownShare(high, some), knownShare(values(0, []), some)]).toEqual(
      Array(3).fill(undefined),
    );
  });

  test('is surer the fewer values the baseline met twice', () => {
    const often = (twice: number, once: number): TextValues =>
      values(0, [
        ...Array.from({ length: once }, (_, i): [string, number, number] => [`o${i}`, 0, 1]),
        ...Array.from({ length: twice }, (_, i): [string, number, number] => [`t${i}`, 0, 2]),
        ['rest', 0, 400 - once - 2 * twice],
      ]);
    const after = values(0, [
      ['rest', 0, 160],
      ['x', 0, 40],
    ]);
    const sure = knownShare(after, often(0, 40))?.pValue ?? Number.NaN;
    const unsure = knownShare(after, often(100, 40))?.pValue ?? Number.NaN;
    expect(sure).toBeLessThan(unsure / 5);
    expect(knownShare(after, often(0, 40))?.expected).toBe(knownShare(after, often(100, 40))?.expected);
  });
});
