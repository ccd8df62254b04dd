import { dataQualityAnalysis, TEXT_STATISTICS, type TextStatistics } from '../../../../lib/analysis';
import { keptNumbers, numbersPair } from '../../../../lib/analysis/data-quality/text/numbers-among-text';
import { ColumnProfile } from '../../../../lib/analysis/profile/column-profile';
import { profileOf } from '../../dataset';
import { random } from '../detectors/traffic';
import { mixed, STRAYS } from './mixed-traffic';
import { type DrawText, drawn, FAST_KEYS, foundIn, textBaseline } from './text-traffic';

const SEED = 20200602;
const next = random(SEED);
const USUAL = { stray: 'N/A', share: 0.02, mean: 3000, deviation: 200 };
const found = (income: DrawText, before = mixed(USUAL), rows = 200) =>
  foundIn(drawn(rows, next, { income }), textBaseline(drawn(2000, next, { income: before })));
const checksOf = ({ findings }: ReturnType<typeof found>) => findings.map(({ entry }) => entry.constraint_check_type);

test.each(STRAYS)(`numbers that drift are seen though a baseline has %p among its own (seed ${SEED})`, (stray) => {
  for (const share of [0.001, 0.02, 0.3]) {
    const usual = { ...USUAL, stray, share };
    expect(checksOf(found(mixed(usual), mixed(usual)))).toEqual([]);
    expect(checksOf(found(mixed({ ...usual, mean: 3300 }), mixed(usual)))).toEqual(['numbers_among_text_check']);
  }
});

test('a finding says how far, from what on, and what makes a column of text of it', () => {
  const { findings, notEvaluated } = found(mixed({ ...USUAL, mean: 3300 }));
  const [{ entry, observed, expected, pValue }] = findings;
  expect(entry).toEqual({
    feature_name: 'income',
    constraint_check_type: 'numbers_among_text_check',
    description: expect.stringMatching(
      /^Numbers among text drift distance: 0\.[45]\d+ exceeds threshold: 0\.1\. Text makes .* leave the field empty in the dataset\.$/,
    ),
  });
  expect({ observed, expected }).toEqual({ observed: expect.closeTo(0.5, 0), expected: 0.1 });
  expect(pValue).toBeLessThan(1e-9);
  expect(notEvaluated).toEqual([]);
});

test('a window without a number is told by its form', () => {
  expect(checksOf(found(() => 'N/A'))).toContain('text_form_check');
});

test('texts of which fewer than half are numbers keep no number', () => {
  const kept = (share: number) =>
    textBaseline(drawn(1000, next, { income: mixed({ ...USUAL, share }) })).text.statistics.features[0].numbers;
  expect(kept(0.6)).toBeUndefined();
  expect(kept(0.4)?.sketch[0].length).toBeGreaterThan(500);
});

const columnOf = (...values: string[]) => {
  const column = new ColumnProfile();
  for (const value of values) column.add(value);
  return column;
};

test.each([
  [['2', 'x', '1', 'y'], { sketch: [[1, 2]], standardDeviation: 0.5 }],
  [['1', 'x', 'y'], undefined],
  [['x'], undefined],
  [[], undefined],
])('of %j is kept %j', (values, expected) => {
  expect(keptNumbers(columnOf(...values))).toEqual(expected);
});

test('what is infinite has no place among numbers, and where a side has none there is nothing to compare', () => {
  const { numbers } = columnOf('3', '1e999', '-1');
  const before = { sketch: [[2]], standardDeviation: 1 };
  expect(numbersPair(before, numbers)).toMatchObject({
    kind: 'numeric',
    baseline: { count: 1 },
    current: { count: 2 },
    levels: { baseline: [[2]], current: [[-1, 3]] },
    standardDeviation: 1,
  });
  expect(numbersPair({ ...before, sketch: [[]] }, numbers)).toBeUndefined();
  expect(numbersPair(before, columnOf('x').numbers)).toBeUndefined();
});

describe('of an analysis', () => {
  const rows = profileOf([
    ['id,income', ...Array.from({ length: 1000 }, (_, i) => `${i},${i === 7 ? 'N/A' : 3000 + ((i * 37) % 997)}`)].join(
      '\n',
    ),
  ]);
  const filesOf = async (columnTypes = {}) => {
    const analysis = dataQualityAnalysis({ input: { kind: 'dataset' }, textKeys: FAST_KEYS, columnTypes });
    const made = await analysis.baseline(rows);
    if ('refusal' in made) throw new Error(made.refusal);
    return { files: made.files, notes: analysis.baselineNotes?.(made.files) };
  };

  test('what is kept is sorted, so that no rows can be put together of it, and a deployment says so', async () => {
    const { files, notes } = await filesOf();
    const { numbers } = (files[TEXT_STATISTICS] as TextStatistics).features[0];
    expect(numbers?.sketch[0]).toHaveLength(999);
    expect(numbers?.sketch[0]).toEqual([...(numbers?.sketch[0] ?? [])].sort((one, other) => one - other));
    expect(notes).toContainEqual(
      'numbers with text among them, compared as text, and the numbers by themselves; where the text stands for no value, leave the field empty: column "income"',
    );
  });

  test.each(['Text', 'Identifier'])('a column that is declared %s keeps no number', async (type) => {
    const { files } = await filesOf({ income: type });
    expect((files[TEXT_STATISTICS] as TextStatistics).features[0].numbers).toBeUndefined();
  });
});
