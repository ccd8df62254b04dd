import {
  type AnalysisFiles,
  dataQualityAnalysis,
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  statistics,
} from '../../../lib/analysis';
import { ColumnProfile } from '../../../lib/analysis/profile/column-profile';
import { keptValue } from '../../../lib/analysis/profile/kept-value';
import { hashOf } from '../../../lib/analysis/profile/text-hash';
import { captured, profileOf } from '../dataset';

const capture = { kind: 'capture' } as const;
const csv = (values: readonly string[]) => values.map((value) => captured({ input: `1,${value}` })).join('\n');
const json = (values: readonly string[]) =>
  values.map((value) => captured({ input: JSON.stringify({ a: 1, b: value }), encoding: 'JSON' })).join('\n');
const columnOf = (text: string) => [...profileOf([text], capture).tables.values()][0].columns[1];
const categories = (column: ColumnProfile) => [...column.values.tracked].map(([value, { count }]) => [value, count]);

const LONGEST = 'a'.repeat(1024);
const LONG = 'b'.repeat(1025);
const OTHER = `${'b'.repeat(1024)}c`;

test('a value of up to 1,024 characters is kept as it is, a longer one by its length and its hash', () => {
  const { high, low } = hashOf(LONG);
  const hash = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString(16).padStart(16, '0');
  expect(keptValue(LONGEST)).toBe(LONGEST);
  expect(keptValue(LONG)).toBe(`(1025 characters, xxHash64 ${hash})`);
});

test.each([
  ['CSV', csv],
  ['JSON', json],
])('long values of %s are told apart and counted as others are', (_, write) => {
  const column = columnOf(write([LONG, 'x', OTHER, LONG, LONGEST, LONG]));
  expect(categories(column)).toEqual([
    [keptValue(LONG), 3],
    ['x', 1],
    [keptValue(OTHER), 1],
    [LONGEST, 1],
  ]);
  expect(column.distinct.estimate()).toBe(4);
  const texts = new ColumnProfile();
  for (const value of [LONG, 'x', OTHER, LONG, LONGEST, LONG]) texts.add(value);
  expect(column.texts()).toEqual(texts.texts());
});

test('of long values is known what is known of others: kind, number, length and form', () => {
  const digits = '0'.repeat(1100);
  const column = columnOf(csv([LONG, `${digits}7`]));
  expect(column.meantKinds).toEqual([0, 1, 0, 1]);
  expect(column.numbers.moments.sum).toBe(7);
  const { lengths, forms } = column.texts();
  expect([...lengths].reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(lengths).toEqual(columnOf(csv(['d'.repeat(1030)])).texts().lengths);
  expect(forms[0b10]).toBe(1);
});

test('where there are too many values, those that are counted one by one stay so, long ones included', () => {
  const many = Array.from({ length: 300 }, (_, index) => `v${index}`);
  const column = columnOf(csv([LONG, ...many, LONG, OTHER]));
  expect(column.values.tracked.get(keptValue(LONG))?.count).toBe(2);
  expect(column.values.untracked).toBe(300 + 3 - 2 - 255);
  expect(column.texts()).toEqual(columnOf(json([LONG, ...many, LONG, OTHER])).texts());
});

test('a profile of long values is short, and survives as text and merges', () => {
  const values = Array.from({ length: 20 }, (_, index) => `${'y'.repeat(20_000)}${index}`);
  const [first, second] = [profileOf([csv(values)], capture), profileOf([csv([...values, LONG])], capture)];
  const text = encodeProfile(first);
  expect(text.length).toBeLessThan(20_000);
  const merged = mergeProfiles([decodeProfile(text), decodeProfile(encodeProfile(second))]);
  expect(encodeProfile(merged)).toBe(encodeProfile(mergeProfiles([first, second])));
  expect(categories([...merged.tables.values()][0].columns[1])).toEqual([
    ...values.map((value) => [keptValue(value), 2]),
    [keptValue(LONG), 1],
  ]);
  const both = profileOf([`${csv(values)}\n${csv([...values, LONG])}`], capture);
  expect([...merged.tables.values()][0].columns[1].texts()).toEqual([...both.tables.values()][0].columns[1].texts());
});

test('a baseline that has long categories as they are written is compared with a window that keeps their hashes', async () => {
  const values = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? LONG : OTHER));
  const analysis = dataQualityAnalysis({ input: capture });
  const window = profileOf([csv(values)], capture);
  const made = statistics(window);
  const written = JSON.parse(
    JSON.stringify(made).replaceAll(keptValue(LONG), LONG).replaceAll(keptValue(OTHER), OTHER),
  );
  const feature = { name: '_c1', inferred_type: 'String', string_constraints: { domains: [LONG, OTHER] } };
  const baseline: AnalysisFiles = {
    'statistics.json': written,
    'constraints.json': { version: 0, features: [{ name: '_c0', inferred_type: 'Integral' }, feature] },
  };
  const found = await analysis.check(window, baseline);
  expect(found).toMatchObject({ violations: [], notEvaluated: [], distances: [{ distance: 0 }, { distance: 0 }] });
  const moved = await analysis.check(profileOf([csv(values.map(() => OTHER))], capture), baseline);
  expect(moved).toMatchObject({ violations: [{ entry: { feature_name: '_c1' } }] });
});
