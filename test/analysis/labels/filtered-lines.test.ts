import { createHash } from 'node:crypto';
import { type RecordFilter, sampleReading } from '../../../lib/analysis';
import { createQualityMerger } from '../../../lib/analysis/model-quality';
import { BINARY, captured, truth } from '../model-quality/rows';

// Which captured records predictions and rows are read of, where a filter leaves some out.

const WINDOW = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' };

/** A record of one row, or of more, with attributes and both sides. */
function record(id: string, { attributes = '', output = '0.9', input = 'a,1', time = '2024-05-01T10:30:00Z' } = {}) {
  const line = JSON.parse(captured({ id, inferenceId: id, output, time }));
  line.captureData.endpointInput = { data: input, encoding: 'CSV', mode: 'INPUT' };
  line.eventMetadata.customAttributes = [attributes];
  return JSON.stringify(line);
}

function merged(filter: RecordFilter | undefined, lines: readonly string[], labels: readonly string[] = []) {
  const merger = createQualityMerger({ problem: BINARY, window: WINDOW, filter });
  const files = [
    [merger.captures('a.jsonl'), lines],
    [merger.groundTruth('b.jsonl'), labels],
  ] as const;
  for (const [file, texts] of files) {
    file.push(Buffer.from(`${texts.join('\n')}\n`));
    file.end();
  }
  return merger.finish();
}

const NO_CANARIES: RecordFilter = { noneOf: [{ inferenceIdPrefix: 'canary-' }, { customAttributes: ['test'] }] };

test('records that a filter leaves out are in no figure but their count, and their labels meet none', () => {
  const lines = [record('a'), record('canary-b'), record('c', { attributes: 'x;test' })];
  const labels = ['a', 'canary-b', 'c'].map((id) => truth(id, '1'));
  const { profile, counts, unreadable } = merged(NO_CANARIES, lines, labels);
  expect(profile.itemCount).toBe(1);
  expect(counts).toMatchObject({ matched: 1, labelsWithoutPrediction: 2, predictionsWithoutLabel: 0 });
  expect(unreadable).toMatchObject({ unreadableCount: 0, filtered: 2 });
  expect(merged(undefined, lines, labels).unreadable).not.toHaveProperty('filtered');
});

test('a record that cannot be read is left out where its metadata say so, and is unreadable where they do not', () => {
  const broken = (id: string) => record(id, { output: 'high' });
  const { unreadable } = merged(NO_CANARIES, [broken('canary-a'), broken('b'), 'no JSON']);
  expect(unreadable).toMatchObject({ filtered: 1, byReason: { 'malformed-data': 1, 'malformed-record': 1 } });
});

test('records of other times are outside of the window, whatever the filter says', () => {
  const late = record('canary-a', { time: '2024-05-01T11:00:00Z' });
  const { unreadable } = merged(NO_CANARIES, [late, record('b', { time: 'yesterday' })]);
  expect(unreadable).toMatchObject({ outsideWindow: 1, byReason: { 'invalid-time': 1 } });
  expect(unreadable).not.toHaveProperty('filtered');
});

test('a column says it of whole records: one of which some rows match cannot be read', () => {
  const filter: RecordFilter = { column: '1', values: ['a'] };
  const both = { input: 'a,1\nb,2', output: '0.9\n0.1' };
  const lines = [record('a'), record('b', { input: 'b,1' }), record('c', both), record('d', { input: '' })];
  const { unreadable } = merged(filter, lines);
  expect(unreadable).toMatchObject({ filtered: 1, byReason: { 'row-count-mismatch': 1, 'empty-data': 1 } });
  expect(unreadable.samples[0].detail).toBe('the filter matches 1 of its rows, and leaves 1 out');
});

test('rows that are explained are of the records that a filter leaves, and the others are counted through every part', () => {
  const rank = (identity: string) => createHash('sha256').update(identity).digest('hex');
  const reading = sampleReading({
    captured: { headers: ['kind', 'size'] },
    window: WINDOW,
    filter: NO_CANARIES,
    capacity: 9,
    rank,
  });
  const reader = reading.reader();
  const file = reader.file('a.jsonl');
  file.push(Buffer.from(`${[record('a', { input: 'a,7' }), record('canary-b'), record('canary-c')].join('\n')}\n`));
  file.end();
  const sample = reader.finish();
  expect(sample.rows.map(({ values }) => values)).toEqual([['a', '7']]);
  const state = JSON.parse(reading.encode(sample));
  expect(state).toMatchObject({ rowCount: 1, filtered: 2 });
  sample.merge(sample.explained({ refusal: 'none' }));
  expect(sample.counts).toMatchObject({ recordCount: 2, filtered: 4 });
});
