import * as fc from 'fast-check';
import { createQualityMerger } from '../../../lib/analysis';
import { readRecordColumns } from '../../../lib/analysis/reading/record-columns';
import { groundTruthProblems, labelWords } from '../../../lib/analysis/validation/ground-truth';
import { holds } from '../property';

const WHOLE = {
  groundTruthData: { data: '1', encoding: 'CSV' },
  eventMetadata: { eventId: 'aaaa-bbbb' },
  eventVersion: '0',
};

const PLACES = [
  'groundTruthData',
  'groundTruthData.data',
  'groundTruthData.encoding',
  'eventMetadata',
  'eventMetadata.eventId',
] as const;

/** The record with a value at a place, by JSON; undefined takes the member away. */
function changed(place: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(WHOLE));
  const [first, second] = place.split('.');
  if (second === undefined) copy[first] = value;
  else copy[first][second] = value;
  return JSON.parse(JSON.stringify(copy));
}

/** What is said of one file of labels with a whole line before the one that is meant. */
function samples(line: string) {
  const merger = createQualityMerger({ problem: { type: 'Regression', inferenceAttribute: '0' } });
  const reader = merger.groundTruth('labels/05.jsonl');
  reader.push(new TextEncoder().encode(`${JSON.stringify(WHOLE)}\n${line}\n`));
  reader.end();
  return merger.finish().unreadable.samples;
}

const place = fc.constantFrom(...PLACES);
const isOfType = (where: string, value: unknown) =>
  where.includes('.') ? typeof value === 'string' : typeof value === 'object' && !Array.isArray(value);

test('a record as it is documented has no problem', () => {
  expect(groundTruthProblems(WHOLE)).toEqual([]);
  expect(samples(JSON.stringify(WHOLE))).toEqual([]);
});

test('a value of another type is told with file, line and place, what was found and what is allowed, and never quoted', () => {
  holds(
    fc.property(place, fc.constantFrom(7, 'seven', true, { seven: 7 }, ['seven']), (where, value) => {
      fc.pre(!isOfType(where, value));
      const [sample, ...others] = samples(JSON.stringify(changed(where, value)));
      expect(others).toEqual([]);
      expect(sample).toMatchObject({ file: 'labels/05.jsonl', line: 2 });
      expect(sample.reason).toBe(where.endsWith('encoding') ? 'unknown-encoding' : 'malformed-record');
      expect(sample.detail).toMatch(new RegExp(`^${where} is (a|an|true|7).*, allowed is `));
      expect(sample.detail).not.toContain('seven');
    }),
  );
});

test.each(PLACES)('%s is missed where it is dropped', (where) => {
  expect(labelWords(groundTruthProblems(changed(where, undefined)))).toContain(`${where} is nothing, allowed is `);
});

test('whatever stands anywhere in a record, it is read or told', () => {
  holds(
    fc.property(place, fc.jsonValue(), (where, value) => {
      const told = samples(JSON.stringify(changed(where, value)));
      expect(told.every(({ line, detail }) => line === 2 && detail !== '')).toBe(true);
      expect(told.length > 0 || isOfType(where, value)).toBe(true);
    }),
    500,
  );
});

test.each([
  ['no JSON', '{"groundTruthData":', 'malformed-record', 'the line is no JSON, allowed is one object a line'],
  ['a list', '[]', 'malformed-record', 'the line is a list, allowed is an object'],
  [
    'no identifier',
    changed('eventMetadata.eventId', ''),
    'malformed-record',
    'eventMetadata.eventId is an empty text, ',
  ],
  [
    'an encoding of another kind',
    changed('groundTruthData.encoding', 'JSON'),
    'unknown-encoding',
    'another text, allowed is "CSV"',
  ],
])('%s is told', (_, record, reason, detail) => {
  const line = typeof record === 'string' ? record : JSON.stringify(record);
  expect(samples(line)).toEqual([
    expect.objectContaining({ line: 2, reason, detail: expect.stringContaining(detail) }),
  ]);
});

test('labels that were merged with a captured record are judged as they enter the comparison, with their line', () => {
  const merged = (groundTruthData: unknown) =>
    JSON.stringify({ captureData: { endpointOutput: { data: '1', encoding: 'CSV' } }, groundTruthData });
  const good = merged(WHOLE.groundTruthData);
  expect(readRecordColumns(good)).toMatchObject({ columns: { truth: [{ cells: ['1'] }] } });
  expect(readRecordColumns(`${good}\n${merged({ data: 1, encoding: 'CSV' })}\n`)).toEqual({
    problem: 'line 2: groundTruthData.data is a number, allowed is a text',
  });
  expect(readRecordColumns(merged(null))).toEqual({ problem: 'line 1: groundTruthData is null, allowed is an object' });
});
