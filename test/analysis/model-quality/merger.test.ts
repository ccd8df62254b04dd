import * as fc from 'fast-check';
import { createQualityMerger, type QualityProblem } from '../../../lib/analysis/model-quality';
import { joinLabels, pairedRows } from '../../../lib/analysis/model-quality/merged-quality';
import { ReadRecords } from '../../../lib/analysis/model-quality/read-records';
import { holds } from '../property';
import { BINARY, captured, MULTICLASS, merge, metricsOf, REGRESSION, truth } from './rows';

const captures = (...lines: string[]) => ({ kind: 'captures' as const, lines });
const groundTruth = (...lines: string[]) => ({ kind: 'groundTruth' as const, lines });

const NONE = {
  matched: 0,
  labelsWithoutPrediction: 0,
  predictionsWithoutLabel: 0,
  duplicateLabels: 0,
  conflictingLabels: 0,
  duplicatePredictions: 0,
  rowCountMismatches: 0,
};

const confusion = (merged: ReturnType<typeof merge>) => metricsOf(merged.profile).confusion_matrix;

test('a file that is not read to its end is counted, and what was read of it counts', () => {
  const merger = createQualityMerger({ problem: BINARY });
  const file = merger.captures('s3://bucket/a.jsonl');
  file.push(Buffer.from(`${captured({ id: 'event-1', output: '0.9' })}\n{"captureData":`));
  file.giveUp('there was no time');
  const labels = merger.groundTruth('s3://bucket/b.jsonl');
  labels.push(Buffer.from(truth('event-1', '1')));
  labels.end();
  const { counts, unreadable } = merger.finish();
  expect(counts).toEqual({ ...NONE, matched: 1 });
  expect(unreadable).toMatchObject({
    byReason: { 'out-of-time': 1 },
    samples: [{ file: 's3://bucket/a.jsonl', line: 1, reason: 'out-of-time', detail: 'there was no time' }],
  });
});

test('predictions meet their labels by event, and by inference where the caller gave one', () => {
  const merged = merge({
    files: [
      captures(
        captured({ id: 'event-1', output: '0.9' }),
        captured({ id: 'event-2', inferenceId: 'order-7', output: '0.2' }),
      ),
      groundTruth(truth('event-1', '1'), truth('order-7', '1'), truth('event-2', '0')),
    ],
  });
  expect(merged.counts).toEqual({ ...NONE, matched: 2, labelsWithoutPrediction: 1 });
  expect(confusion(merged)).toEqual({ 0: { 0: 0, 1: 0 }, 1: { 0: 1, 1: 1 } });
  expect(merged.unreadable).toEqual({
    recordCount: 2,
    unreadableCount: 0,
    outsideWindow: 0,
    byReason: {},
    samples: [],
  });
});

test('late labels and missing labels are counted', () => {
  const { counts, profile } = merge({
    files: [
      captures(captured({ id: 'a', output: '0.9' }), captured({ id: 'b', output: '0.9' })),
      groundTruth(truth('b', '1'), truth('of-yesterday', '1'), truth('unknown', '0')),
    ],
  });
  expect(counts).toEqual({ ...NONE, matched: 1, labelsWithoutPrediction: 2, predictionsWithoutLabel: 1 });
  expect(profile.itemCount).toBe(1);
});

test('of several labels the last one counts, also over files', () => {
  const merged = merge({
    files: [
      groundTruth(truth('a', '0'), truth('a', '0')),
      captures(captured({ id: 'a', output: '0.9' })),
      groundTruth(truth('a', '1')),
    ],
  });
  expect(merged.counts).toEqual({ ...NONE, matched: 1, duplicateLabels: 2, conflictingLabels: 1 });
  expect(confusion(merged)).toEqual({ 1: { 1: 1 } });
});

test.each([
  ['again and again the same', ['1', '1', '1'], 0],
  ['each another than the one before', ['0', '1', '0', '1'], 3],
  ['another in the last row', ['0\n1', '0\n0'], 1],
  ['another in the first row', ['0\n1', '1\n1'], 1],
  ['of other lengths', ['0\n1', '0', '0\n1'], 2],
  ['of several rows, the same', ['0\n1', '0\n1'], 0],
])('labels of one request are in conflict where they differ: %s', (_, labels, conflictingLabels) => {
  const lines = labels.flatMap((label, index) => [truth(`other-${index}`, String(index % 2)), truth('a', label)]);
  const { counts } = merge({ files: [groundTruth(...lines)] });
  expect(counts).toMatchObject({ duplicateLabels: labels.length - 1, conflictingLabels });
});

test('what could not be held has no metrics, and says why', () => {
  const records = new ReadRecords();
  records.addPair('0', { predicted: '1', score: 0.9 }, '1');
  expect(pairedRows(records, BINARY).profile.refusal()).toBeUndefined();
  records.refusal = 'too many';
  expect(pairedRows(records, BINARY).profile.refusal()).toBe('too many');
  expect(joinLabels(records, BINARY).profile.refusal()).toBe('too many');
});

test('of several predictions the last one counts', () => {
  const merged = merge({
    files: [
      captures(captured({ id: 'a', output: '0.1' }), captured({ id: 'a', output: '0.9' })),
      groundTruth(truth('a', '1')),
    ],
  });
  expect(merged.counts).toEqual({ ...NONE, matched: 1, duplicatePredictions: 1 });
  expect(metricsOf(merged.profile).recall.value).toBe(1);
});

test('a request of several rows has a label for each', () => {
  const merged = merge({
    files: [
      captures(captured({ id: 'a', output: '0.9\n0.1\n' }), captured({ id: 'b', output: '0.9' })),
      groundTruth(truth('a', '1\n1'), truth('b', '1\n0')),
    ],
  });
  expect(merged.counts).toEqual({ ...NONE, matched: 1, rowCountMismatches: 1 });
  expect(merged.profile.itemCount).toBe(2);
  expect(merged.unreadable.samples).toEqual([
    { file: 'groundTruth-2', line: 2, reason: 'row-count-mismatch', detail: '2 labels for 1 predictions' },
  ]);
});

test('predictions outside the window are none, and their labels are late', () => {
  const window = { start: '2024-05-01T10:00:00Z', end: '2024-05-01T11:00:00Z' };
  const merged = merge({
    window,
    files: [
      captures(
        captured({ id: 'a', output: '0.9', time: '2024-05-01T10:00:00Z' }),
        captured({ id: 'b', output: '0.9', time: '2024-05-01T11:00:00Z' }),
        captured({ id: 'c', output: '0.9', time: '2024-05-01T09:59:59.999Z' }),
      ),
      groundTruth(truth('a', '1'), truth('b', '1')),
    ],
  });
  expect(merged.counts).toEqual({ ...NONE, matched: 1, labelsWithoutPrediction: 1 });
  expect(merged.unreadable.outsideWindow).toBe(2);
});

test.each<[QualityProblem, string, unknown, string]>([
  [{ ...BINARY, probabilityThreshold: 0.7 }, 'CSV', '0.7', '0'],
  [{ ...BINARY, probabilityThreshold: 0.7 }, 'CSV', '0.71', '1'],
  [{ ...BINARY, inferenceAttribute: '1' }, 'CSV', '0.9,0', '0'],
  [{ ...BINARY, inferenceAttribute: '_c1' }, 'CSV', '0.1,1.0', '1'],
  [{ ...BINARY, probabilityAttribute: '$.predictions[0].score' }, 'JSON', '{"predictions":[{"score":0.9}]}', '1'],
  [{ ...BINARY, probabilityAttribute: 'score' }, 'JSON', '{"score":"0.9"}', '1'],
  [{ ...BINARY, probabilityAttribute: "$['the score']" }, 'JSON', '{"the score":1e-1}', '0'],
  [{ ...BINARY, probabilityAttribute: '1' }, 'JSON', '[0.1,0.9]', '1'],
  [{ ...MULTICLASS, inferenceAttribute: '$.label' }, 'JSON', '{"label":true}', 'true'],
  [{ ...MULTICLASS, inferenceAttribute: '1' }, 'CSV', '0.1, very good ', 'very good'],
])('a prediction is found by %j in %s %j: %s', (problem, encoding, output, expected) => {
  const label = problem.type === 'BinaryClassification' ? '1' : 'other';
  const { profile } = merge({
    problem,
    files: [captures(captured({ id: 'a', output, encoding })), groundTruth(truth('a', label))],
  });
  const matrix = metricsOf(profile).confusion_matrix as unknown as Record<string, Record<string, number>>;
  expect(matrix[label][expected]).toBe(1);
});

test.each(['\n', '\r\n', '\r'])('JSON Lines are as many predictions, with the line break %j', (lineBreak) => {
  const problem: QualityProblem = { type: 'Regression', inferenceAttribute: '$.score' };
  const output = `{"score":1}${lineBreak}{"score":4}\n`;
  const { profile } = merge({
    problem,
    files: [captures(captured({ id: 'a', output, encoding: 'JSON' })), groundTruth(truth('a', '1\n2'))],
  });
  expect(metricsOf(profile).mae.value).toBe(1);
});

const prediction = (output: unknown, encoding = 'CSV') => captured({ id: 'a', output, encoding });

test.each<[QualityProblem, string, string]>([
  [BINARY, 'not json', 'malformed-record'],
  [BINARY, '[]', 'malformed-record'],
  [BINARY, '{}', 'invalid-time'],
  [BINARY, captured({ id: 'a', output: '1', time: '{%s}' }), 'invalid-time'],
  [BINARY, captured({ id: '', output: '1' }), 'malformed-record'],
  [BINARY, captured({ id: 'a', inferenceId: 7, output: '1' }), 'malformed-record'],
  [BINARY, prediction(7), 'malformed-record'],
  [BINARY, prediction(''), 'empty-data'],
  [BINARY, prediction('', 'JSON'), 'empty-data'],
  [BINARY, prediction('MC45', 'BASE64'), 'base64-data'],
  [BINARY, prediction('0.9', 'XML'), 'unknown-encoding'],
  [BINARY, prediction('"0.9'), 'malformed-data'],
  [BINARY, prediction('high'), 'malformed-data'],
  [BINARY, prediction('NaN'), 'malformed-data'],
  [BINARY, prediction('1e999'), 'malformed-data'],
  [BINARY, prediction('0x1'), 'malformed-data'],
  [{ ...BINARY, probabilityAttribute: '1' }, prediction('0.9'), 'malformed-data'],
  [{ ...BINARY, probabilityAttribute: '$.score' }, prediction('0.9'), 'malformed-data'],
  [{ ...BINARY, probabilityAttribute: '$.score' }, prediction('{"score":[1]}', 'JSON'), 'malformed-data'],
  [{ ...BINARY, probabilityAttribute: '$.score' }, prediction('{"score":', 'JSON'), 'malformed-data'],
  [{ ...BINARY, probabilityAttribute: '$.constructor.name' }, prediction('{}', 'JSON'), 'malformed-data'],
  [{ ...BINARY, inferenceAttribute: '0' }, prediction('2'), 'malformed-data'],
  [MULTICLASS, prediction('  ,1'), 'malformed-data'],
  [REGRESSION, prediction('1,5'), 'none'],
])('of captures for %j the line %s is %s', (problem, line, reason) => {
  const { unreadable, counts } = merge({ problem, files: [captures(captured({ id: 'z', output: '0' }), line)] });
  const samples = unreadable.samples.filter(({ line }) => line === 2);
  expect(samples[0]?.reason ?? 'none').toBe(reason);
  expect(counts.predictionsWithoutLabel).toBe(unreadable.samples.length === 0 ? 2 : 2 - unreadable.samples.length);
});

test.each<[QualityProblem, string, string]>([
  [BINARY, 'not json', 'malformed-record'],
  [BINARY, 'null', 'malformed-record'],
  [BINARY, '{"groundTruthData":{"data":"1","encoding":"CSV"}}', 'malformed-record'],
  [BINARY, '{"eventMetadata":{"eventId":"a"}}', 'malformed-record'],
  [BINARY, truth('', '1'), 'malformed-record'],
  [BINARY, truth('a', 1), 'malformed-record'],
  [BINARY, truth('a', '1', 'JSON'), 'unknown-encoding'],
  [BINARY, truth('a', '1', null), 'unknown-encoding'],
  [BINARY, truth('a', ''), 'empty-data'],
  [BINARY, truth('a', ' \n'), 'empty-data'],
  [BINARY, truth('a', '"1'), 'malformed-data'],
  [BINARY, truth('a', '1,2'), 'malformed-data'],
  [BINARY, truth('a', '2'), 'malformed-data'],
  [BINARY, truth('a', '1.0'), 'none'],
  [{ ...BINARY, positiveLabel: 'yes', negativeLabel: 'no' }, truth('a', 'yes'), 'none'],
  [{ ...BINARY, positiveLabel: 'yes', negativeLabel: 'no' }, truth('a', '1'), 'malformed-data'],
  [REGRESSION, truth('a', 'many'), 'malformed-data'],
  [REGRESSION, truth('a', '-.5e1'), 'none'],
  [MULTICLASS, truth('a', 'any'), 'none'],
])('of ground truth for %j the line %s is %s', (problem, line, reason) => {
  const { unreadable, counts } = merge({ problem, files: [groundTruth('', line)] });
  expect(unreadable.samples[0]?.reason ?? 'none').toBe(reason);
  expect(counts.labelsWithoutPrediction).toBe(reason === 'none' ? 1 : 0);
  if (reason !== 'none') expect(unreadable.samples[0]).toMatchObject({ file: 'groundTruth-1', line: 2 });
});

test('what cannot be read is named by file and line, and never quoted', () => {
  const { unreadable } = merge({
    files: [
      captures(captured({ id: 'a', output: '0.9' }), '{"Jane Doe":'),
      groundTruth(truth('a', 'Jane Doe'), '', truth('a', '1'), 'Jane Doe'),
      groundTruth(),
    ],
  });
  expect(unreadable).toEqual({
    recordCount: 1,
    unreadableCount: 4,
    outsideWindow: 0,
    byReason: { 'malformed-record': 2, 'malformed-data': 1, 'empty-file': 1 },
    samples: [
      {
        file: 'captures-1',
        line: 2,
        reason: 'malformed-record',
        detail: 'not a JSON object',
      },
      { file: 'groundTruth-2', line: 1, reason: 'malformed-data', detail: 'the label is neither "1" nor "0"' },
      {
        file: 'groundTruth-2',
        line: 4,
        reason: 'malformed-record',
        detail: 'the line is no JSON, allowed is one object a line',
      },
      { file: 'groundTruth-3', line: 1, reason: 'empty-file', detail: 'the file has no records' },
    ],
  });
});

test('fails for a window that is none, for an attribute that is no path, and for files that have not ended', () => {
  const window = { start: '2024-05-01T11:00:00Z', end: '2024-05-01T10:00:00Z' };
  expect(() => createQualityMerger({ problem: BINARY, window })).toThrow('QualityWindow');
  for (const probabilityAttribute of ['', '$', '$.a[*]', '$..a', '$.a[?(@.b)]', 'a]']) {
    expect(() => createQualityMerger({ problem: { ...BINARY, probabilityAttribute } })).toThrow('QualityAttribute');
  }
  const merger = createQualityMerger({ problem: BINARY });
  const file = merger.captures('open');
  expect(() => merger.finish()).toThrow('QualityOpen');
  file.end();
  expect(merger.finish()).toEqual(merger.finish());
});

// ---

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const someCaptured = fc
  .record({ id, output: fc.constantFrom('0.1', '0.5', '0.9', '', '"') })
  .map(({ id, output }) => captured({ id, output }));
const someTruth = fc.record({ id, data: fc.constantFrom('0', '1', '2') }).map(({ id, data }) => truth(id, data));
const garbage = fc.oneof(
  fc.string(),
  fc.json(),
  fc.jsonValue().map((value) => captured({ id: 'a', output: value, inferenceId: value, time: value })),
  fc.jsonValue().map((value) => truth('a', value, value)),
  fc.json().map((output) => captured({ id: 'a', output, encoding: 'JSON' })),
  fc.string({ unit: fc.constantFrom(...'1,"\n.e-[]{}:') }).map((output) => captured({ id: 'a', output })),
);

const isBlank = (line: string) => line.trim() === '';
const lineCount = (lines: readonly string[]) =>
  lines
    .join('\n')
    .split('\n')
    .filter((line) => !isBlank(line)).length;

test('no line makes an exception, and every line is in exactly one count', () => {
  const lines = fc.array(fc.oneof(someCaptured, someTruth, garbage), { maxLength: 12 });
  const problem = fc.constantFrom<QualityProblem>(
    BINARY,
    REGRESSION,
    { ...BINARY, probabilityAttribute: '$.a[0]', inferenceAttribute: '1' },
    { ...MULTICLASS, inferenceAttribute: '$["b"]' },
  );
  holds(
    fc.property(problem, lines, lines, (problem, first, second) => {
      const { counts, unreadable } = merge({ problem, files: [captures(...first), groundTruth(...second)] });
      const mismatches = unreadable.byReason['row-count-mismatch'] ?? 0;
      const empty = unreadable.byReason['empty-file'] ?? 0;
      const read =
        2 * counts.matched +
        2 * counts.rowCountMismatches +
        counts.labelsWithoutPrediction +
        counts.predictionsWithoutLabel +
        counts.duplicateLabels +
        counts.duplicatePredictions;
      expect(mismatches).toBe(counts.rowCountMismatches);
      expect(read + unreadable.unreadableCount - mismatches - empty).toBe(lineCount(first) + lineCount(second));
    }),
    1000,
  );
});

const unique = fc.uniqueArray(fc.tuple(fc.uuid(), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
  selector: ([id]) => id,
  maxLength: 40,
});

test('neither the order of the lines nor how they are divided into files matters', () => {
  const seeds = fc.array(fc.nat(), { minLength: 80, maxLength: 80 });
  holds(
    fc.property(unique, seeds, fc.constantFrom(BINARY, REGRESSION), (rows, order, problem) => {
      const lines = rows.flatMap(([id, score, isPositive], index) => [
        { kind: 'captures' as const, line: captured({ id, output: String(score) }), rank: order[2 * index] },
        ...(index % 7 === 0
          ? []
          : [{ kind: 'groundTruth' as const, line: truth(id, isPositive ? '1' : '0'), rank: order[2 * index + 1] }]),
      ]);
      const shuffled = [...lines].sort((a, b) => a.rank - b.rank);
      const ordered = merge({
        problem,
        files: (['captures', 'groundTruth'] as const).map((kind) => ({
          kind,
          lines: lines.filter((each) => each.kind === kind).map(({ line }) => line),
        })),
      });
      const mixed = merge({ problem, files: shuffled.map(({ kind, line }) => ({ kind, lines: [line] })) });
      expect(mixed.counts).toEqual(ordered.counts);
      expect(mixed.profile.itemCount).toBe(rows.length - Math.ceil(rows.length / 7));
      if (mixed.profile.itemCount > 0) expect(metricsOf(mixed.profile)).toEqual(metricsOf(ordered.profile));
    }),
  );
});
