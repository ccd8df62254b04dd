import * as fc from 'fast-check';
import {
  biasReading,
  dataQualityReading,
  type FileContent,
  filesTogether,
  modelQualityReading,
  type QualityProblem,
  type Reading,
} from '../../../lib/analysis';
import { holds } from '../property';

// Lines of a known layout are read by where their strings stand. They come to what they come to when each is read as text.

const WINDOW = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' };
const identifierKey = '000102030405060708090a0b0c0d0e0f';

const PROBLEMS: readonly QualityProblem[] = [
  { type: 'Regression', inferenceAttribute: '0' },
  { type: 'BinaryClassification', probabilityAttribute: '0' },
  { type: 'BinaryClassification', inferenceAttribute: '1', probabilityAttribute: '_c0', positiveLabel: 'yes' },
  { type: 'MulticlassClassification', inferenceAttribute: '1' },
  { type: 'MulticlassClassification', inferenceAttribute: '$.label' },
];

const quality = (problem: QualityProblem) =>
  modelQualityReading({ problem, window: WINDOW, identifierKey }) as Reading<unknown>;

const bias = (facets: readonly string[], threshold?: number, headers?: readonly string[]) =>
  biasReading({
    question: { facets: facets.map((name) => ({ name })), label: 'y', positive: { values: [1] } },
    captured: { predicted: { column: 0 }, threshold, headers },
    window: WINDOW,
    identifierKey,
  }) as Reading<unknown>;

const READINGS: { readonly [name: string]: Reading<unknown> } = {
  ...Object.fromEntries(PROBLEMS.map((problem, index) => [`${problem.type} ${index}`, quality(problem)])),
  bias: bias(['1', '0']),
  'bias of one column': bias(['0']),
  'bias of probabilities': bias(['0'], 0.5),
  'bias of named columns': bias(['b'], undefined, ['a', 'b', 'y']),
  profile: dataQualityReading({ kind: 'capture', window: WINDOW }) as Reading<unknown>,
};

const field = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('0', '1', '1.0', '0.25', '-3', 'yes', 'no', '7') },
  fc.constantFrom('', ' ', ' 1', '1e-3', '0x1', 'é', '"', '\\', '[0.5]', 'x'.repeat(1030), '12345678901234567'),
);
const data = fc.oneof(
  { weight: 5, arbitrary: fc.array(field, { minLength: 1, maxLength: 4 }).map((fields) => fields.join(',')) },
  fc.constantFrom('1\n', '1,2\n3,4', '\n', '[1,2]', '[0.5]', '[0.5]', '[0.5]', '{"label":"yes"}'),
);
const id = fc.oneof(
  { weight: 6, arbitrary: fc.nat({ max: 9 }).map((number) => `request-${number}`) },
  fc.constantFrom<unknown>('', null, undefined, 7, 'é', 'x'.repeat(64), 'x'.repeat(65)),
);
const time = fc.constantFrom('10:30:00Z', '10:59:59Z', '11:00:00Z', '09:59:59Z', '10:00:00.5Z', '23:00:00Z', 'now');
const encoding = fc.constantFrom('CSV', 'CSV', 'CSV', 'CSV', 'JSON');

const record = fc.record({
  input: data,
  output: fc.option(data, { nil: undefined, freq: 9 }),
  id,
  own: id,
  time,
  encoding,
});
const capturedLine = record.map(({ input, output, id: eventId, own: inferenceId, time: at, encoding: each }) =>
  JSON.stringify({
    captureData: {
      endpointInput: { data: input, encoding: each },
      endpointOutput: output === undefined ? undefined : { data: output, encoding: each },
    },
    eventMetadata: { eventId, inferenceId, inferenceTime: `2024-05-01T${at}` },
    eventVersion: '0',
  }),
);
const labelLine = fc
  .record({ label: data, eventId: id, encoding })
  .map(({ label, eventId, encoding: each }) =>
    JSON.stringify({ groundTruthData: { data: label, encoding: each }, eventMetadata: { eventId }, eventVersion: '0' }),
  );

/** What readings come to of lines that are pushed in pieces of some bytes, read together or each for itself. */
function written(readings: readonly Reading<unknown>[], content: FileContent, lines: readonly string[], size = 1e6) {
  const readers = readings.map((reading) => reading.reader(true));
  const file = filesTogether(readers.map((reader) => reader.file('file', content)));
  const bytes = Buffer.from(lines.join('\n'));
  for (let at = 0; at < bytes.length; at += size) file.push(bytes.subarray(at, at + size));
  file.end();
  return readers.map((reader, index) => {
    const { encode, encodeRanges } = readings[index];
    const part = reader.finish();
    return encodeRanges ? Buffer.from(encodeRanges(part)).toString('latin1') : encode(part);
  });
}

/** No layout has a space at its end, so that each line is read as text. */
const asText = (lines: readonly string[]) => lines.map((line) => `${line} `);

const LINES: readonly [FileContent, fc.Arbitrary<string>][] = [
  ['records', capturedLine],
  ['labels', labelLine],
];

describe.each(LINES)('%s', (content, line) => {
  const readings = Object.entries(READINGS).filter(([name]) => content === 'records' || name !== 'profile');
  const lines = fc.array(line, { maxLength: 40, size: 'max' });

  test.each(readings)('of a shared layout give what they give as text: %s', (_, reading) => {
    holds(
      fc.property(lines, (drawn) => {
        expect(written([reading], content, drawn)).toEqual(written([reading], content, asText(drawn)));
      }),
      60,
    );
  });

  test('that several read at once give each what it finds alone, wherever pieces end', () => {
    const all = readings.map(([, reading]) => reading);
    holds(
      fc.property(lines, fc.integer({ min: 1, max: 400 }), (drawn, size) => {
        const alone = all.flatMap((reading) => written([reading], content, drawn));
        expect(written(all, content, drawn, size)).toEqual(alone);
      }),
      60,
    );
  });
});
