import * as fc from 'fast-check';
import {
  dataQualityAnalysis,
  decodeProfile,
  encodeProfile,
  mergeProfiles,
  type ProfileInput,
  type RecordFilter,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { meaningOf } from '../../../lib/analysis/profile/meaning';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

interface Sent {
  readonly attributes?: readonly string[];
  readonly id?: string;
  readonly rows: readonly (readonly string[])[];
}

const metadata = ({ attributes, id }: Omit<Sent, 'rows'>, line: string) => {
  const record = JSON.parse(line);
  return JSON.stringify({
    ...record,
    eventMetadata: { ...record.eventMetadata, customAttributes: attributes, inferenceId: id },
  });
};
const csvLine = (sent: Sent) => {
  const lines = (from: number, to?: number) => sent.rows.map((row) => row.slice(from, to).join(',')).join('\n');
  return metadata(sent, captured({ output: lines(0, 1), input: lines(1) }));
};
const jsonLine = (sent: Sent) => {
  const named = (names: string[], from: number) =>
    sent.rows
      .map((row) => JSON.stringify(Object.fromEntries(names.map((name, at) => [name, row[from + at]]))))
      .join('\n');
  return metadata(sent, captured({ output: named(['0'], 0), input: named(['1', '2'], 1), encoding: 'JSON' }));
};
const reading = (filter?: RecordFilter): ProfileInput => ({ kind: 'capture', filter });

const attribute = fc.constantFrom('test=1', 'test=2', 'canary', 'tenant=a');
const id = fc.constantFrom('canary-1', 'canary-2', 'c', 'live-1');
const cell = fc.constantFrom('1', '1.0', '2', 'x', ' x ');
const sent = fc.record({
  attributes: fc.option(fc.array(attribute, { maxLength: 2 }), { nil: undefined }),
  id: fc.option(id, { nil: undefined }),
  rows: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 3 }),
});
const some = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 });
const { filter } = fc.letrec<{ filter: RecordFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    fc.record({ customAttributes: some(attribute) }),
    fc.record({ inferenceIds: some(id) }),
    fc.record({ inferenceIdPrefix: fc.constantFrom('canary-', 'live', 'c') }),
    fc.record({ column: fc.constantFrom('0', '1', '2'), values: some(cell) }),
    fc.record({ anyOf: some(tie('filter')) }),
    fc.record({ allOf: some(tie('filter')) }),
    fc.record({ noneOf: some(tie('filter')) }),
  ),
}));

/** By the words of the documentation. */
function isRead(by: RecordFilter, of: Sent, row: readonly string[]): boolean {
  const one = (each: RecordFilter) => isRead(each, of, row);
  if ('anyOf' in by) return by.anyOf.some(one);
  if ('allOf' in by) return by.allOf.every(one);
  if ('noneOf' in by) return !by.noneOf.some(one);
  if ('customAttributes' in by) return by.customAttributes.some((each) => of.attributes?.includes(each));
  if ('inferenceIds' in by) return by.inferenceIds.some((each) => each === of.id);
  if ('inferenceIdPrefix' in by) return of.id?.startsWith(by.inferenceIdPrefix) ?? false;
  const value = row[Number(by.column)];
  return value !== undefined && by.values.some((each) => meaningOf(each) === meaningOf(value));
}

test.each([
  ['CSV', csvLine],
  ['JSON', jsonLine],
] as const)(
  'of records of %s, the rows that match are read as if there were no others, which are counted',
  (_, line) => {
    holds(
      fc.property(fc.array(sent, { maxLength: 8 }), filter, (records, by) => {
        const read = records.map((each) => ({ ...each, rows: each.rows.filter((row) => isRead(by, each, row)) }));
        const some = read.filter(({ rows }) => rows.length > 0);
        const found = profileOf([records.map(line).join('\n')], reading(by));
        const alone = profileOf([some.map(line).join('\n')], reading());
        const filtered = records.flatMap(({ rows }) => rows).length - read.flatMap(({ rows }) => rows).length;
        if (some.length > 0) expect(statistics(found)).toEqual(statistics(alone));
        expect(unreadable(found).recordCount).toBe(unreadable(alone).recordCount);
        expect(unreadable(found).filtered ?? 0).toBe(filtered);
      }),
    );
  },
);

test('parts that are read for themselves and travel as text say what the whole says', () => {
  holds(
    fc.property(fc.array(sent, { maxLength: 4 }), fc.array(sent, { maxLength: 4 }), filter, (a, b, by) => {
      const files = [a, b].map((records) => records.map(csvLine).join('\n'));
      const parts = files.map((file) => decodeProfile(encodeProfile(profileOf([file], reading(by)))));
      const whole = unreadable(profileOf(files, reading(by)));
      const merged = unreadable(mergeProfiles(parts));
      expect([merged.recordCount, merged.filtered]).toEqual([whole.recordCount, whole.filtered]);
    }),
  );
});

test('a filter that all records match changes nothing, however they are read', () => {
  holds(
    fc.property(fc.array(sent, { maxLength: 8 }), (records) => {
      const files = [records.map(csvLine).join('\n')];
      const all = { noneOf: [{ inferenceIds: ['of nobody'] }] };
      expect(encodeProfile(profileOf(files, reading(all)))).toBe(encodeProfile(profileOf(files, reading())));
    }),
  );
});

test.each([
  ['test=1; tenant=a', 'tenant=a', true],
  ['test=1,tenant=a', 'test=1', true],
  ['latest=10', 'test=1', false],
  ['test=1', 'test', false],
])('the custom attribute %j has %j: %s', (attributes, named, isLeftOut) => {
  const line = csvLine({ attributes: [attributes], rows: [['1', '2', '3']] });
  const profile = profileOf([line], reading({ noneOf: [{ customAttributes: [named] }] }));
  expect(unreadable(profile).filtered).toBe(isLeftOut ? 1 : undefined);
});

test('a record that cannot be read is left out where its metadata say so, and reported where only its values would', () => {
  const broken = metadata({ attributes: ['test=1'] }, captured({ input: 'MSwy', encoding: 'BASE64' }));
  const counts = (by: RecordFilter) => unreadable(profileOf([broken], reading(by)));
  const byAttribute = { customAttributes: ['test=1'] };
  expect(counts({ noneOf: [byAttribute] })).toMatchObject({ filtered: 1, unreadableCount: 0 });
  const byColumn = { column: '0', values: ['1'] };
  for (const by of [byAttribute, byColumn, { noneOf: [byColumn] }, { anyOf: [byColumn, { noneOf: [byAttribute] }] }]) {
    expect(counts(by)).toMatchObject({ unreadableCount: 1, byReason: { 'base64-data': 1 } });
  }
  expect(counts({ allOf: [byColumn, { noneOf: [byAttribute] }] })).toMatchObject({ filtered: 1, unreadableCount: 0 });
});

test.each(['3', 'age', '-1', '', 'length', '1.0'])(
  'a row of CSV cannot have the column %j, and one of JSON lacks it',
  (column) => {
    const sent = { rows: [['1', '2', '3']] };
    const by = { noneOf: [{ column, values: ['1', '3'] }] };
    const byReason = { 'no-filter-column': 1 };
    expect(unreadable(profileOf([csvLine(sent)], reading(by)))).toMatchObject({ recordCount: 0, byReason });
    expect(unreadable(profileOf([jsonLine(sent)], reading(by)))).toMatchObject({ recordCount: 1, unreadableCount: 0 });
  },
);

test('metadata that are none match nothing', () => {
  const line = metadata({ attributes: 'test=1' as never, id: 7 as never }, captured({ input: '1' }));
  const by = { anyOf: [{ customAttributes: ['test=1'] }, { inferenceIdPrefix: '' }] };
  expect(unreadable(profileOf([line], reading(by)))).toMatchObject({ recordCount: 0, filtered: 1 });
});

test('test calls among the traffic are drift, and none where the filter leaves them out', async () => {
  const usual = (i: number) => [
    `0.${100 + ((i * 37) % 800)}`,
    `${20 + ((i * 13) % 50)}`,
    `${30_000 + ((i * 7919) % 40_000)}`,
  ];
  const traffic = Array.from({ length: 800 }, (_, i) =>
    csvLine(
      i % 4 === 0 ? { attributes: ['testIndicator=testing'], rows: [['0.5', '42', '50000']] } : { rows: [usual(i)] },
    ),
  ).join('\n');
  const training = [['score,age,income'], ...Array.from({ length: 2000 }, (_, i) => usual(i))].join('\n');
  const made = await dataQualityAnalysis({ input: { kind: 'dataset' } }).baseline(profileOf([training]));
  const baseline = 'files' in made ? made.files : {};
  const found = async (by?: RecordFilter) => {
    const analysis = dataQualityAnalysis({ input: reading(by) });
    const result = await analysis.check(profileOf([traffic], reading(by)), baseline);
    return 'violations' in result ? result.violations.length : result.refusal;
  };
  expect(await found()).toBeGreaterThan(0);
  expect(await found({ noneOf: [{ customAttributes: ['testIndicator=testing'] }] })).toBe(0);
});
