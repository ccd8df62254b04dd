import * as fc from 'fast-check';
import { dataQualityAnalysis } from '../../../lib/analysis';
import { readCapturedRecord } from '../../../lib/analysis/reading/capture-record';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const lines = (rows: readonly (readonly string[])[]) => rows.map((row) => row.join(',')).join('\n');
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => JSON.stringify(each));
/** A line of JSON in a request or answer of CSV. */
const mixed = (input: string, output: string) =>
  captured({ input, output }).replace(/("endpointOutput":\{"data":"[^"]*","encoding":)"CSV"/, '$1"JSON"');

const request = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
  fc.record({
    input: fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    answers: fc.array(number, { minLength: rows, maxLength: rows }),
    separator: fc.constantFrom(',', ', '),
  }),
);

test('answers on one line are those of the rows, as if each had a line of its own', () => {
  holds(
    fc.property(request, ({ input, answers, separator }) => {
      const ofLines = readCapturedRecord(captured({ input: lines(input), output: answers.join('\n') }));
      const line = answers.join(separator);
      for (const output of [line, `${line}\n`, `[${line}]`]) {
        expect(readCapturedRecord(captured({ input: lines(input), output }))).toEqual(ofLines);
      }
      expect(readCapturedRecord(mixed(lines(input), `[${line}]`))).toEqual(ofLines);
    }),
  );
});

test('a line with more or fewer values than the request has rows is no answer to them', () => {
  holds(
    fc.property(request, fc.array(number, { minLength: 1 }), ({ input, separator }, others) => {
      fc.pre(others.length !== input.length);
      const read = readCapturedRecord(captured({ input: lines(input), output: others.join(separator) }));
      expect(read).toMatchObject({ problem: { reason: 'row-count-mismatch' } });
    }),
  );
});

test.each<[string, string, unknown]>([
  ['1,2', '0.1,0.9', [['0.1', '0.9', '1', '2']]],
  ['1,2', '[0.1]', [['0.1', '1', '2']]],
  ['1,2', '[0.1,0.9]', [['[0.1', '0.9]', '1', '2']]],
  [
    '1\n2',
    '["a,b",null]',
    [
      ['a,b', '1'],
      ['', '2'],
    ],
  ],
  [
    '1\n2',
    '[NaN, true]',
    [
      ['', '1'],
      ['true', '2'],
    ],
  ],
  [
    '1\n2',
    '"a,b",c',
    [
      ['a,b', '1'],
      ['c', '2'],
    ],
  ],
])('%j with the answer %j', (input, output, csv) => {
  expect(readCapturedRecord(captured({ input, output }))).toMatchObject({ csv });
});

test.each([
  ['1\n2', '[[0.1,0.9]]'],
  ['1\n2', '[[0.1],[0.9],[0.5]]'],
  ['1\n2\n3', '0.1,0.9'],
  ['1\n2', '0.1'],
])('fails for the rows %j with the answer %j', (input, output) => {
  expect(readCapturedRecord(captured({ input, output }))).toMatchObject({ problem: { reason: 'row-count-mismatch' } });
});

test('a list of JSON answers rows of CSV only where it has one value for each', () => {
  expect(readCapturedRecord(mixed('1', '[0.1,0.9]'))).toMatchObject({ problem: { reason: 'nested-data' } });
  expect(readCapturedRecord(captured({ output: '[0.1]', encoding: 'JSON' }))).toMatchObject({
    problem: { reason: 'nested-data' },
  });
});

test('an endpoint that answers requests of one row and of many on one line loses no record', () => {
  const rows = (i: number) => Array.from({ length: 1 + (i % 7) }, (_, at) => [`${20 + at}`, `${50_000 + i}`]);
  const traffic = Array.from({ length: 100 }, (_, i) =>
    captured({
      input: lines(rows(i)),
      output: rows(i)
        .map((_, at) => `0.${100 + i + at}`)
        .join(','),
    }),
  );
  const counts = dataQualityAnalysis({ input: { kind: 'capture' } }).counts(
    profileOf([traffic.join('\n')], { kind: 'capture' }),
  );
  const recordCount = Array.from({ length: 100 }, (_, i) => rows(i).length).reduce((sum, count) => sum + count);
  expect(counts).toMatchObject({ recordCount, unreadableCount: 0, misfitCount: 0 });
});
