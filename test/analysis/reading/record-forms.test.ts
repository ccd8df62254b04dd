import * as fc from 'fast-check';
import {
  type ProfileInput,
  type RecordFormat,
  type RecordTransformation,
  statistics,
  unreadable,
} from '../../../lib/analysis';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

/** Of one row, as texts of JSON. */
interface Row {
  readonly age: string;
  readonly balance: string;
  readonly kind: string;
  readonly score: string;
}

/** How a client writes rows. */
interface Form {
  /** keys around the rows of both bodies */
  readonly wraps: readonly string[];
  /** keys around each row of the request */
  readonly itemWraps: readonly string[];
  /** whether values stand in lists, whose names are given */
  readonly isList: boolean;
  /** whether answers stand without a list or an object around each */
  readonly isPlain: boolean;
  /** what columns of objects are called before they are renamed */
  readonly prefix: string;
}

const number = fc.constantFrom('1', '1.0', '-3.25', '1e3', '"7"', '0', 'null', 'NaN');
const row: fc.Arbitrary<Row> = fc.record({
  age: number,
  balance: number,
  kind: fc.constantFrom('"a"', '"b, c"', '"\\u00fc\\n"', 'true', '""', 'null'),
  score: number,
});
const keys = fc.array(fc.constantFrom('instances', 'body', 'x-y', 'ü'), { maxLength: 2 });
const form: fc.Arbitrary<Form> = fc.record({
  wraps: keys,
  itemWraps: keys,
  isList: fc.boolean(),
  isPlain: fc.boolean(),
  prefix: fc.constantFrom('', 'old.', 'Old'),
});

const NAMES = ['age', 'balance', 'kind'] as const;
const wrapped = (text: string, wraps: readonly string[]) =>
  wraps.reduceRight((inner, key) => `{"beside": [1, {"z": []}], ${JSON.stringify(key)}: ${inner}}`, text);
const objectOf = (entries: readonly (readonly [string, string])[]) =>
  `{${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(', ')}}`;

function bodiesOf(rows: readonly Row[], { wraps, itemWraps, isList, isPlain, prefix }: Form) {
  const request = (one: Row) =>
    isList ? `[${NAMES.map((name) => one[name])}]` : objectOf(NAMES.map((name) => [prefix + name, one[name]]));
  const answer = ({ score }: Row) => (isPlain ? score : isList ? `[${score}]` : objectOf([['score', score]]));
  return {
    input: wrapped(`[${rows.map((one) => wrapped(request(one), itemWraps))}]`, wraps),
    output: wrapped(`[${rows.map(answer)}]`, wraps),
    encoding: 'JSON',
  };
}

const formatOf = ({ wraps, itemWraps }: Form): RecordFormat => ({
  request: { path: { keys: wraps, itemKeys: itemWraps }, names: NAMES },
  response: { path: { keys: wraps, itemKeys: [] }, names: ['score'] },
});

const renames = ({ prefix, isList }: Form): RecordTransformation[] =>
  prefix === '' || isList ? [] : [{ rename: Object.fromEntries(NAMES.map((name) => [prefix + name, name])) }];

const reading = (given: Form): ProfileInput => ({
  kind: 'capture',
  recordFormat: formatOf(given),
  transformations: renames(given),
});

/** As clients write it that need no format. */
const flat = (one: Row) =>
  captured({
    input: objectOf(NAMES.map((name) => [name, one[name]])),
    output: objectOf([['score', one.score]]),
    encoding: 'JSON',
  });

const rowsOfRecords = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { minLength: 50, maxLength: 50 });

test('rows in any form are read as if each were a flat record of its own: 10,000 records', () => {
  holds(
    fc.property(rowsOfRecords, form, (records, given) => {
      const found = profileOf([records.map((rows) => captured(bodiesOf(rows, given))).join('\n')], reading(given));
      const plain = profileOf([records.flat().map(flat).join('\n')], { kind: 'capture' });
      expect(unreadable(found).unreadableCount).toBe(0);
      expect(statistics(found)).toEqual(statistics(plain));
    }),
    200,
  );
});

/** A body that is anything, valid or not. */
const anyBody = fc.oneof(
  fc.tuple(fc.array(row, { maxLength: 3 }), form).map(([rows, given]) => bodiesOf(rows, given).input),
  fc.json({ maxDepth: 4 }),
  fc.tuple(fc.json({ maxDepth: 3 }), fc.nat(30)).map(([text, end]) => text.slice(0, end)),
  fc.constantFrom('', '[]', '{}', '[[]]', '{"instances": []}', '1,2', '1,2\n3', '"1', '{"a": 1}\n{"a": 2}', '[1, 2]'),
);
const anyRecord = fc.record({
  input: fc.option(anyBody, { nil: undefined }),
  output: fc.option(anyBody, { nil: undefined }),
  encoding: fc.constantFrom('JSON', 'JSON', 'CSV', 'BASE64', 'X'),
  time: fc.constantFrom('2024-05-01T10:30:00Z', '2024-05-01T10:30:00Z', '2023-05-01T10:30:00Z', 'then'),
});
const column = fc.constantFrom('age', 'score', '0', '1', 'a', 'old.age', 'instances', 'body');
const transformation: fc.Arbitrary<RecordTransformation> = fc.oneof(
  fc.record({ rename: fc.dictionary(column, column, { minKeys: 1, maxKeys: 2 }) }),
  fc.record({ drop: fc.uniqueArray(column, { minLength: 1, maxLength: 2 }) }),
  fc.record({ cast: column, to: fc.constantFrom('Integral', 'Fractional', 'Boolean') }),
  fc.record({ unwrap: column }),
  fc.record({ parseJson: column }),
  fc.record({ spread: column, length: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ parseCsv: column, names: fc.uniqueArray(column, { minLength: 1, maxLength: 2 }) }),
);
const anyReading: fc.Arbitrary<ProfileInput> = fc
  .tuple(fc.option(form, { nil: undefined }), fc.array(transformation, { maxLength: 3 }), fc.boolean())
  .map(([given, transformations, isFiltered]) => ({
    kind: 'capture',
    recordFormat: given && formatOf(given),
    transformations,
    window: { start: '2024-05-01T00:00:00Z', end: '2024-05-02T00:00:00Z' },
    filter: isFiltered ? { noneOf: [{ column: 'age', values: ['1'] }] } : undefined,
  }));

/** All that is known of records: rows that are read, do not fit, or are left out, and records that cannot be read. */
function known(lines: readonly string[], input: ProfileInput): number {
  const {
    recordCount,
    unreadableCount,
    outsideWindow,
    filtered = 0,
  } = unreadable(profileOf([lines.join('\n')], input));
  return recordCount + unreadableCount + outsideWindow + filtered;
}

test('whatever comes, each record is in one count, and none is in two: 10,000 records', () => {
  holds(
    fc.property(fc.array(anyRecord, { minLength: 50, maxLength: 50 }), anyReading, (records, input) => {
      const lines = records.map((each) => captured(each));
      const alone = lines.map((line) => known([line], input));
      for (const count of alone) expect(count).toBeGreaterThanOrEqual(1);
      expect(known(lines, input)).toBe(alone.reduce((sum, count) => sum + count, 0));
    }),
    200,
  );
});

test('rows of a record that can be read are counted, whatever becomes of each', () => {
  holds(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 4 }),
      form,
      fc.array(transformation, { maxLength: 3 }),
      (rows, given, transformations) => {
        const input: ProfileInput = { kind: 'capture', recordFormat: formatOf(given), transformations };
        expect(known([captured(bodiesOf(rows, given))], input)).toBe(rows.length);
      },
    ),
    200,
  );
});
