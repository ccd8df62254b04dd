import * as fc from 'fast-check';
import { identifierHash, identifierKey } from '../../../lib/analysis/batch/identifier-hash';
import { MAX_MERGED_RECORDS, MAX_MERGED_ROWS, MAX_WRITTEN_RECORDS } from '../../../lib/analysis/labels/request-records';
import type { QualityProblem } from '../../../lib/analysis/model-quality';
import { joinLabels, type MergedQuality } from '../../../lib/analysis/model-quality/merged-quality';
import { createScoredReader, type MergeInput } from '../../../lib/analysis/model-quality/merger';
import { ReadRecords } from '../../../lib/analysis/model-quality/read-records';
import { decodeScored, encodeScored, mergeScored } from '../../../lib/analysis/model-quality/scored-text';
import { ITEM_BYTES } from '../../../lib/engine/serverless/contract';
import { holds } from '../property';
import { BINARY, captured, MULTICLASS, REGRESSION, statisticsOf, truth } from './rows';

interface File {
  readonly kind: 'captures' | 'groundTruth';
  readonly lines: readonly string[];
}

function read(input: MergeInput, files: readonly File[], from = 0): ReadRecords {
  const reader = createScoredReader(input);
  for (const [index, { kind, lines }] of files.entries()) {
    const file = reader[kind](`file-${from + index}`);
    file.push(Buffer.from(lines.join('\n')));
    file.end();
  }
  return reader.finish();
}

const said = ({ profile, counts, unreadable }: MergedQuality) => ({
  counts,
  unreadable,
  statistics: profile.refusal() ?? statisticsOf(profile),
});

const id = fc.integer({ min: 0, max: 30 }).map((number) => `request-${number}`);
const answers: { readonly [type in QualityProblem['type']]: fc.Arbitrary<string> } = {
  Regression: fc.double({ min: -100, max: 100, noNaN: true }).map(String),
  BinaryClassification: fc.constantFrom('0', '1', '0\n1', 'neither'),
  MulticlassClassification: fc.constantFrom('cat', 'dog', 'owl', 'cat\ndog', ''),
};
const scores = fc.double({ min: 0, max: 1, noNaN: true }).map(String);

describe.each([REGRESSION, BINARY, MULTICLASS])('records that are read in parts, of $type', (problem) => {
  const outputs = problem === BINARY ? scores : answers[problem.type];
  const file = fc.oneof(
    fc
      .array(fc.tuple(id, outputs), { maxLength: 20 })
      .map((all): File => ({ kind: 'captures', lines: all.map(([who, output]) => captured({ id: who, output })) })),
    fc
      .array(fc.tuple(id, answers[problem.type]), { maxLength: 20 })
      .map((all): File => ({ kind: 'groundTruth', lines: all.map(([who, label]) => truth(who, label)) })),
  );

  test('say to the last digit what they say at once, whatever is kept of identifiers', () => {
    const parted = fc.tuple(fc.array(file, { maxLength: 8 }), fc.array(fc.nat({ max: 8 }), { maxLength: 4 }));
    holds(
      fc.property(parted, ([files, cuts]) => {
        const edges = [0, ...cuts.map((cut) => Math.min(cut, files.length)).sort((a, b) => a - b), files.length];
        const kept: MergeInput = { problem, identifierKey: '0f'.repeat(16) };
        const parts = edges.slice(1).map((end, index) => read(kept, files.slice(edges[index], end), edges[index]));
        const travelled = mergeScored(parts.map((part) => decodeScored(encodeScored(part))));
        expect(said(joinLabels(travelled, problem))).toEqual(said(joinLabels(read({ problem }, files), problem)));
      }),
      200,
    );
  });
});

test('labels of different parts are told apart by their texts', () => {
  const [first, second] = [read({ problem: MULTICLASS }, []), read({ problem: MULTICLASS }, [])];
  first.addPair('0', { predicted: 'cat' }, 'dog');
  second.addPair('0', { predicted: 'dog' }, 'cat');
  const { outcomes, predictions, labels } = mergeScored([first, second]);
  expect(outcomes.texts).toEqual(['cat', 'dog']);
  expect([...predictions.predicted.all]).toEqual([0, 1]);
  expect([...labels.actual.all]).toEqual([1, 0]);
  expect(second.outcomes.texts).toEqual(['dog', 'cat']);
});

const idOf = (index: number) => identifierHash(identifierKey(), String(index));

const manyLabels = (count: number): ReadRecords => {
  const records = new ReadRecords();
  for (let index = 0; index < count; index += 1) records.addLabels(idOf(index), [1], { fileIndex: 0, line: 1 });
  return records;
};

test('as many records as can be held are held, and not one more, also of parts', () => {
  const half = manyLabels(MAX_MERGED_RECORDS / 2);
  const full = mergeScored([half, half]);
  expect(full.refusal).toBeUndefined();
  expect(mergeScored([full, manyLabels(1)]).refusal).toMatch(/^there are more than 2000000 predictions and labels, /);
  expect(mergeScored([manyLabels(1), full]).labels.ids).toHaveLength(1);
});

test('one part may have as many labels as one function reads', () => {
  const shortest = Buffer.byteLength(truth('36 characters of an identifier, or so', '1')) + 1;
  expect(ITEM_BYTES / shortest).toBeLessThan(MAX_WRITTEN_RECORDS);
});

test('as many rows as can be held are held, and not one more', () => {
  const records = new ReadRecords();
  const rows = new Array<number>(MAX_MERGED_ROWS / 16).fill(1);
  for (let index = 0; index < 16; index += 1) records.addLabels(idOf(index), rows, { fileIndex: 0, line: 1 });
  expect(records.refusal).toBeUndefined();
  records.addPredictions(idOf(0), { name: 'a', rows: [{ predicted: 1 }] });
  expect(records.refusal).toMatch(/^there are more than 8000000 rows of them, /);
  expect(records.predictions.ids).toHaveLength(0);
});

test('more labels than can be counted are given up, with bounded memory', () => {
  const records = new ReadRecords();
  for (let index = 0; index < 3000; index += 1) records.addPair(String(index), { predicted: `id-${index}` }, 'x');
  expect(records.outcomes.texts).toHaveLength(1001);
  expect(joinLabels(records, MULTICLASS).profile.refusal()).toBeDefined();
});

test('a label of more than 1,024 characters is none, and is not quoted', () => {
  const [fits, long] = ['x'.repeat(1024), 'x'.repeat(1025)];
  const files: File[] = [{ kind: 'groundTruth', lines: [truth('a', fits), truth('b', long)] }];
  const { unreadable } = joinLabels(read({ problem: MULTICLASS }, files), MULTICLASS);
  expect(unreadable.samples).toEqual([
    {
      file: 'file-0',
      line: 2,
      reason: 'malformed-data',
      detail: 'the label is a text of more than 1024 characters',
    },
  ]);
});

test.each<[string, QualityProblem, (rows: number) => File, string]>([
  ['predictions in CSV', REGRESSION, (rows) => requestOf(Array(rows).fill('1').join('\n')), 'endpointOutput'],
  [
    'predictions in JSON',
    { ...REGRESSION, inferenceAttribute: '$.a' },
    (rows) => requestOf(Array(rows).fill('{"a":1}').join('\n'), 'JSON'),
    'endpointOutput',
  ],
  [
    'labels',
    REGRESSION,
    (rows) => ({ kind: 'groundTruth', lines: [truth('a', Array(rows).fill('1').join('\n'))] }),
    'groundTruthData',
  ],
])('a request of more than 500,000 rows is given up, and not the window: %s', (_, problem, file, side) => {
  const unreadable = (rows: number) => joinLabels(read({ problem }, [file(rows)]), problem).unreadable;
  expect(unreadable(500_000).samples).toEqual([]);
  expect(unreadable(500_001).samples).toEqual([
    { file: 'file-0', line: 1, reason: 'too-many-rows', detail: `"${side}" has more than 500000 rows` },
  ]);
});

const requestOf = (output: string, encoding = 'CSV'): File => ({
  kind: 'captures',
  lines: [captured({ id: 'a', output, encoding })],
});
