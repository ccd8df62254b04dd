import * as fc from 'fast-check';
import { parseTime, readCapturedRecord } from '../../../lib/analysis/reading/capture-record';
import { TimeWindow } from '../../../lib/analysis/reading/time-window';
import { captured } from '../dataset';
import { holds } from '../property';

const window = new TimeWindow(parseTime('2024-05-01T10:00:00Z'), parseTime('2024-05-01T11:00:00Z'));

function reasonOf(line: string) {
  const record = readCapturedRecord(line);
  return 'problem' in record ? record.problem.reason : record;
}

test('output columns come before input columns', () => {
  const csv = [['0.7', '1', 'x']];
  expect(readCapturedRecord(captured({ input: '1,x', output: '0.7' }))).toEqual({ csv, answers: 1 });
});

test('several lines on both sides are as many rows', () => {
  expect(readCapturedRecord(captured({ input: '1\n2\n', output: '0.7\n0.8' }))).toEqual({
    csv: [
      ['0.7', '1'],
      ['0.8', '2'],
    ],
    answers: 1,
  });
});

test('one side alone is enough', () => {
  expect(readCapturedRecord(captured({ input: '1,2' }))).toEqual({ csv: [['1', '2']] });
});

test('flat JSON becomes named values', () => {
  const record = readCapturedRecord(captured({ input: '{"age":31}', output: '{"score":0.5}', encoding: 'JSON' }));
  expect('json' in record && record.json.map((row) => [...row])).toEqual([
    [
      ['score', '0.5'],
      ['age', '31'],
    ],
  ]);
});

test('no value of JSON is lost, and where both sides have a key, the one of the input says so', () => {
  const side = fc.dictionary(fc.constantFrom('age', 'score', 'label', 'income'), fc.integer(), { minKeys: 1 });
  holds(
    fc.property(side, side, (input, output) => {
      const data = { input: JSON.stringify(input), output: JSON.stringify(output) };
      const record = readCapturedRecord(captured({ ...data, encoding: 'JSON' }));
      const expected = Object.entries(input).map(([key, each]) => [key in output ? `input.${key}` : key, each]);
      const texts = [...Object.entries(output), ...expected].map(([key, each]) => [key, String(each)]);
      expect('json' in record && record.json.map((row) => [...row])).toEqual([texts]);
    }),
  );
});

// https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
test('the output of a batch transform is read, and without a window needs no time', () => {
  const side = (data: string) => ({ data, encoding: 'CSV' });
  const line = (captureData: unknown, eventMetadata: unknown = { eventId: 'a' }) =>
    JSON.stringify({ captureData, eventMetadata });
  expect(readCapturedRecord(line({ batchTransformOutput: side('1,0.7') }))).toEqual({ csv: [['1', '0.7']] });
  const beside = { endpointInput: side('1'), batchTransformOutput: side('0.7') };
  expect(readCapturedRecord(line(beside))).toEqual({ csv: [['0.7', '1']], answers: 1 });
  const both = { endpointOutput: side('0.8'), batchTransformOutput: side('0.7') };
  const time = { inferenceTime: '2024-05-01T10:30:00Z' };
  expect(readCapturedRecord(line(both, time))).toEqual({ csv: [['0.8']], answers: 1 });
  expect(reasonOf(line({ endpointOutput: side('0.8') }))).toBe('invalid-time');
  const inWindow = readCapturedRecord(line({ batchTransformOutput: side('1') }), { window });
  expect('problem' in inWindow && inWindow.problem.reason).toBe('invalid-time');
});

test.each(['\n', '\r\n', '\r'])('JSON Lines end with any line break, as %j, in any mixture', (lineBreak) => {
  const input = `{"age":31}${lineBreak}{"age":32}\r\n{"age":33}\r{"age":34}\n`;
  const record = readCapturedRecord(captured({ input, encoding: 'JSON' }));
  expect('json' in record && record.json).toHaveLength(4);
});

test.each(['\n', '\r\n', '\r'])('lines of CSV end with any line break, as %j, in any mixture', (lineBreak) => {
  const record = readCapturedRecord(captured({ input: `1,2${lineBreak}3,4\r\n5,6\r7,8\n` }));
  expect(record).toEqual({
    csv: [
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
      ['7', '8'],
    ],
  });
});

test('JSON Lines are as many rows', () => {
  const record = readCapturedRecord(captured({ input: '{"age":31}\n{"age":32}\n', encoding: 'JSON' }));
  expect('json' in record && record.json.map((row) => row.get('age'))).toEqual(['31', '32']);
});

test.each([
  ['2024-05-01T10:00:00Z', false],
  ['2024-05-01T12:59:59.999+02:00', false],
  ['2024-05-01T11:00:00Z', true],
  ['2024-05-01T09:59:59.999Z', true],
])('with a window from 10 to 11, a record of %s is outside: %s', (time, isOutside) => {
  const record = readCapturedRecord(captured({ input: '1', time }), { window });
  expect('outsideWindow' in record).toBe(isOutside);
});

test.each([
  ['not json', 'malformed-record'],
  ['[]', 'malformed-record'],
  ['null', 'malformed-record'],
  ['{"eventMetadata":{"inferenceTime":"2024-05-01T10:00:00Z"}}', 'malformed-record'],
  [captured({ input: 5 }), 'malformed-record'],
  ['{}', 'invalid-time'],
  [captured({ input: '1', time: '{%s}' }), 'invalid-time'],
  [captured({ input: '1', time: '2024-13-01T10:00:00Z' }), 'invalid-time'],
  [captured({ input: '1', time: 'yesterday' }), 'invalid-time'],
  [captured({ input: '1', time: 1714557600 }), 'invalid-time'],
  [captured({ input: 'MSwy', encoding: 'BASE64' }), 'base64-data'],
  [captured({ input: '1', encoding: 'XML' }), 'unknown-encoding'],
  [captured({ input: '1,"2' }), 'malformed-data'],
  [captured({ input: '{"a":', encoding: 'JSON' }), 'malformed-data'],
  [captured({ input: '{"a":1}\n{"a":', encoding: 'JSON' }), 'malformed-data'],
  [captured({ input: '{"instances":[1,2]}', encoding: 'JSON' }), 'nested-data'],
  [captured({ input: '{"a":1,"input.a":3}', output: '{"a":2}', encoding: 'JSON' }), 'duplicate-key'],
  [captured({ input: '{"a":1}', output: '{"a":2,"input":{"a":3}}', encoding: 'JSON' }), 'duplicate-key'],
  [captured({ input: '', output: '1' }), 'empty-data'],
  [captured({}), 'empty-data'],
  [captured({ input: '1\n2', output: '1' }), 'row-count-mismatch'],
  [
    captured({ input: '1' })
      .replace('{"data":"1","encoding":"CSV"', '{"data":"{}","encoding":"JSON"')
      .replace('"captureData":{', '"captureData":{"endpointOutput":{"data":"1","encoding":"CSV"},'),
    'mixed-encodings',
  ],
])('fails for %s: %s', (line, reason) => {
  expect(reasonOf(line)).toBe(reason);
});

test.each([
  captured({ input: '{"name":"Jane Doe"', encoding: 'JSON' }),
  captured({ input: '1', encoding: 'Jane' }),
  captured({ input: '1', time: 'Jane Doe' }),
])('details never quote captured data: %s', (line) => {
  expect(JSON.stringify(readCapturedRecord(line))).not.toContain('Jane');
});

test.each([
  ['{}', '"inferenceTime" is missing'],
  [captured({ input: '1', time: 'yesterday' }), '"inferenceTime" is no ISO 8601 time with a time zone'],
])('of the time of %s it is told what is wrong', (line, detail) => {
  expect(readCapturedRecord(line)).toEqual({ problem: { reason: 'invalid-time', detail } });
});

test('no line makes an exception', () => {
  holds(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.jsonValue().map((value) => captured({ input: value, output: value, time: value })),
      ),
      (line) => {
        expect(() => readCapturedRecord(line, { window })).not.toThrow();
      },
    ),
    1000,
  );
});

test('any CSV and any JSON text in a record is read or refused, without an exception', () => {
  const text = fc.oneof(fc.string({ unit: fc.constantFrom(...'1,"\n{}[]:\\a ') }), fc.json());
  holds(
    fc.property(text, text, fc.constantFrom('CSV', 'JSON', 'BASE64'), (input, output, encoding) => {
      expect(() => readCapturedRecord(captured({ input, output, encoding }))).not.toThrow();
    }),
    1000,
  );
});
