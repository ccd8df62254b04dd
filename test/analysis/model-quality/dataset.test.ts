import { createQualityDataset, type QualityDatasetInput } from '../../../lib/analysis/model-quality';
import { pairedRows } from '../../../lib/analysis/model-quality/merged-quality';
import { BINARY, MULTICLASS, metricsOf, REGRESSION } from './rows';

function dataset(input: QualityDatasetInput, ...texts: string[]) {
  const reader = createQualityDataset(input);
  for (const [index, text] of texts.entries()) {
    const file = reader.file(`file-${index + 1}`);
    file.push(Buffer.from(text));
    file.end();
  }
  return pairedRows(reader.finish(), input.problem);
}

const NAMED: QualityDatasetInput = {
  problem: { ...BINARY, inferenceAttribute: 'prediction', probabilityAttribute: 'probability' },
  groundTruthAttribute: 'label',
};

test('columns are found by their name under a header, in every file', () => {
  const { profile, unreadable } = dataset(
    NAMED,
    'probability,prediction,label\n0.9,1,1\n0.2,0,1\n',
    'label,prediction,probability\n0,0,0.1\n',
  );
  expect(unreadable).toMatchObject({ recordCount: 3, unreadableCount: 0 });
  expect(metricsOf(profile).confusion_matrix).toEqual({ 0: { 0: 1, 1: 0 }, 1: { 0: 1, 1: 1 } });
  expect(metricsOf(profile).auc.value).toBe(1);
});

test('columns are found by their number without a header', () => {
  const format = { csv: { header: false } };
  const numbered = dataset({ problem: REGRESSION, groundTruthAttribute: '1', format }, '1,2\n3,3');
  expect(metricsOf(numbered.profile).mae.value).toBe(0.5);
  const problem = { ...REGRESSION, inferenceAttribute: '_c0' };
  const named = dataset({ problem, groundTruthAttribute: '_c1', format }, '1,2\n3,3');
  expect(metricsOf(named.profile)).toEqual(metricsOf(numbered.profile));
});

test('rows that cannot be read are named by file and line', () => {
  const { profile, unreadable } = dataset(
    NAMED,
    'prediction,probability,label\n1,0.9,1\n1,0.9\n1,high,1\nmaybe,0.9,1\n1,0.9,\n1,0.9,1',
    'prediction,label\n1,1\n',
    '',
    'prediction,probability,label\n"1,0.9,1',
  );
  expect(profile.itemCount).toBe(2);
  expect(unreadable.samples).toEqual([
    {
      file: 'file-1',
      line: 3,
      reason: 'wrong-width',
      detail: 'it does not have the columns of the prediction and the label',
    },
    { file: 'file-1', line: 4, reason: 'malformed-data', detail: 'the probability is not a finite number' },
    { file: 'file-1', line: 5, reason: 'malformed-data', detail: 'the prediction is neither "1" nor "0"' },
    { file: 'file-1', line: 6, reason: 'malformed-data', detail: 'the label is empty' },
    { file: 'file-2', line: 2, reason: 'no-such-column', detail: 'its header has no "probability"' },
    { file: 'file-3', line: 1, reason: 'empty-file', detail: 'the file has no records' },
    { file: 'file-4', line: 2, reason: 'malformed-data', detail: 'a quote is not closed' },
  ]);
});

test('labels may be any text', () => {
  const input = { problem: { ...MULTICLASS, inferenceAttribute: 'p' }, groundTruthAttribute: 'y' };
  const { profile } = dataset(input, 'y,p\n"a, b","a, b"\nc,"a, b"\n');
  expect(metricsOf(profile).confusion_matrix).toEqual({ 'a, b': { 'a, b': 1, c: 0 }, c: { 'a, b': 1, c: 0 } });
});

test('fails at once when a column is named and there is no header', () => {
  const format = { csv: { header: false } };
  expect(() => createQualityDataset({ ...NAMED, format })).toThrow('QualityAttribute: "label" is not the index');
});
