import * as fc from 'fast-check';
import {
  type AnalysisFiles,
  type DatasetFormat,
  dataQualityAnalysis,
  type Findings,
  type ProfileInput,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const dataset = (lines: boolean, listLengths?: { [column: string]: number }): ProfileInput => ({
  kind: 'dataset',
  format: { json: { lines, listLengths } } satisfies DatasetFormat,
});
const LINES = dataset(true, { e: 3, 'f.g': 2 });

describe('a dataset with lists', () => {
  test('has a column for each item of those whose length is named', () => {
    const records = ['{"e":[1,2.5,null],"f":{"g":["x",true]},"a":1}', '{"e":[NaN,3.5,2],"a":2}'];
    const profile = profileOf([records.join('\n')], LINES);
    expect(unreadable(profile)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
    expect(statistics(profile).features.map(({ name, inferred_type }) => `${name} ${inferred_type}`)).toEqual([
      'a Integral',
      'e.0 Integral',
      'e.1 Fractional',
      'e.2 Integral',
      'f.g.0 String',
      'f.g.1 String',
    ]);
  });

  test.each([
    ['{"e":[1,2]}', 'wrong-width', '2 values in its "e" instead of 3'],
    ['{"e":[1,2,3,4]}', 'wrong-width', '4 values in its "e" instead of 3'],
    ['{"e":[1,2,[3]]}', 'unread-list', 'its "e" is no list of plain values'],
    ['{"e":7}', 'unread-list', 'its "e" is no list of plain values'],
    [
      '{"h":[1]}',
      'nested-data',
      'its "h" is a list: if it has a fixed length, name that in `listLengths` of the dataset',
    ],
  ])('counts %s as %s', (record, reason, detail) => {
    expect(unreadable(profileOf([`{"a":1}\n${record}`], LINES))).toMatchObject({
      recordCount: 1,
      byReason: { [reason]: 1 },
      samples: [{ line: 2, reason, detail }],
    });
  });

  test('is refused where no record has one of them', () => {
    const judged = (text: string) => {
      const analysis = dataQualityAnalysis({ input: LINES });
      return analysis.judgedDataset?.(profileOf([text], LINES)).problem;
    };
    const records = (record: string) => Array.from({ length: 20 }, () => record).join('\n');
    expect(judged(records('{"e":[1,2,3]}'))).toBe('listLengths has column "f.g", and no record does');
    expect(judged(records('{"a":1}'))).toBe('listLengths has columns "e", "f.g", and no record does');
    expect(judged(records('{"e":[1,2,3],"f":{"g":null}}'))).toBeUndefined();
  });
});

const item = fc.constantFrom('1', '1.0', '-3.25', '1e3', '"7"', 'null', 'NaN', '"a,b"', 'true', '""');
const listsOf = (length: number) =>
  fc.array(fc.array(item, { minLength: length, maxLength: length }), { minLength: 50, maxLength: 50 });
const drawn = fc
  .integer({ min: 1, max: 6 })
  .chain((length) => fc.record({ length: fc.constant(length), lists: listsOf(length) }));

const withList = (items: readonly string[]) => `{"f": {"e": [${items.join(' , ')}]}, "a": ${items.length}}`;
const flat = (items: readonly string[]) =>
  `{"a": ${items.length}, ${items.map((each, index) => `"f.e.${index}": ${each}`).join(', ')}}`;
const captures = (bodies: readonly string[]) =>
  bodies.map((input) => captured({ input, output: '{"score": 0.5}', encoding: 'JSON' })).join('\n');

test('lists are read as if each item were a column of its own, captured or in a dataset: 10,000 records', () => {
  holds(
    fc.property(drawn, fc.boolean(), ({ length, lists }, lines) => {
      const transformations = [{ spread: 'f.e', length }];
      const bodies = { lists: lists.map(withList), flat: lists.map(flat) };
      const found = profileOf([captures(bodies.lists)], { kind: 'capture', transformations });
      expect(unreadable(found, { transformations })).toMatchObject({ recordCount: lists.length, unreadableCount: 0 });
      expect(statistics(found)).toEqual(statistics(profileOf([captures(bodies.flat)], { kind: 'capture' })));
      const text = (records: readonly string[]) => (lines ? records.join('\n') : `[${records.join(',')}]`);
      const training = profileOf([text(bodies.lists)], dataset(lines, { 'f.e': length }));
      expect(statistics(training)).toEqual(statistics(profileOf([text(bodies.flat)], dataset(lines))));
    }),
    200,
  );
});

test('lists in rows at a path are read as if each item were a column of its own', () => {
  holds(
    fc.property(drawn, ({ length, lists }) => {
      const recordFormat = { request: { path: { keys: ['rows'], itemKeys: [] } } };
      const transformations = [{ spread: 'f.e', length }];
      const at = (rows: readonly string[], more?: Partial<ProfileInput>) =>
        statistics(
          profileOf([captured({ input: `{"rows": [${rows.join(',')}]}`, encoding: 'JSON' })], {
            kind: 'capture',
            recordFormat,
            ...more,
          }),
        );
      expect(at(lists.map(withList), { transformations })).toEqual(at(lists.map(flat)));
    }),
    50,
  );
});

test('a window of lists is compared with a baseline of lists, item by item', async () => {
  const random = (index: number, item: number) => Math.sin(index * 12.9898 + item * 78.233).toFixed(4);
  const record = (moved: number) => (_: unknown, index: number) =>
    JSON.stringify({ e: [0, 1, 2].map((item) => Number(random(index, item)) + (item === 1 ? moved : 0)) });
  const input: ProfileInput = dataset(true, { e: 3 });
  const made = await dataQualityAnalysis({ input }).baseline(
    profileOf([Array.from({ length: 500 }, record(0)).join('\n')], input),
  );
  const baseline = 'files' in made ? made.files : ({} as AnalysisFiles);
  const capture: ProfileInput = { kind: 'capture', transformations: [{ spread: 'e', length: 3 }] };
  const violated = async (moved: number) => {
    const bodies = Array.from({ length: 300 }, record(moved)).map((body) =>
      captured({ input: body, encoding: 'JSON' }),
    );
    const analysis = dataQualityAnalysis({ input: capture });
    const found = (await analysis.check(profileOf([bodies.join('\n')], capture), baseline)) as Findings;
    return found.violations.map(({ entry }) => Object.values(entry)[0]);
  };
  expect(await violated(0)).toEqual([]);
  expect(await violated(1)).toEqual(['e.1']);
});
