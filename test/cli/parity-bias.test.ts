import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { analyzeBias, type BiasInput, checkBias, valueColumn } from '../../lib/analysis';
import { run } from '../../lib/cli/main';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-bias-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function parity(files: { [name: string]: unknown }): Promise<{ code: number; out: string; error: string }> {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const code = await run(['parity', folder], {
    out: (line) => lines.out.push(line),
    error: (line) => lines.error.push(line),
  });
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

const sexes = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const ages = [30, 41, 30, 41, 30, 41, 30, 41, 30, 30];
const labels = [1, 0, 1, 1, 1, 0, 1, 1, 0, 0];
const predictions = [1, 0, 0, 0, 1, 1, 1, 1, 0, 1];

const input = (predicted: number[]): BiasInput => ({
  columns: [
    valueColumn('Sex', sexes),
    valueColumn('Age', ages),
    { ...valueColumn('Target', labels), kind: 'category' },
    { ...valueColumn('p', predicted), kind: 'category' },
  ],
  facets: [{ name: 'Sex', valuesOrThreshold: [0] }],
  label: 'Target',
  labelValuesOrThreshold: [0],
  predictedLabel: 'p',
  groupVariable: 'Age',
});

const features = sexes.map((sex, row) => ({ features: [ages[row], sex] }));
const json = (value: unknown) => ({ data: JSON.stringify(value), encoding: 'JSON' });
const record = {
  groundTruthData: json({ instances: labels.map((label) => ({ label })) }),
  captureData: {
    endpointInput: json({ instances: features }),
    endpointOutput: json({ predictions: predictions.map((label) => ({ score: label / 3, label })) }),
  },
};

/** Integer labels of ten rows are continuous: the threshold 0 cuts off the ones. */
function biasCase() {
  const integers = (predicted: number[]) => {
    const { columns, ...rest } = input(predicted);
    return analyzeBias({ ...rest, columns: columns.map((column) => ({ ...column, kind: 'integer' as const })) })
      .analysis;
  };
  const baseline = integers(labels);
  const { violations } = checkBias(baseline, integers(predictions));
  return {
    'case.json': {
      title: 'A case',
      kind: 'bias',
      build: 'clarify-1.0',
      baseline: { analysis: 'b.json' },
      runs: [{ input: 'run.jsonl', violations: 'v.json' }],
    },
    'b.json': baseline,
    'run.jsonl': JSON.stringify(record),
    'v.json': { violations },
  };
}

test('finds the columns of a bias case, and agrees with its own figures', async () => {
  const { code, out } = await parity(biasCase());
  expect(out).toContain(
    '"Sex" is "input features.1", predictions "output label", the group variable "input features.0"',
  );
  expect(out).toMatch(/total +21 +0 +0 +1/);
  expect(code).toBe(0);
});

test('fails when a violation has another value', async () => {
  const files = biasCase();
  const [first, ...rest] = files['v.json'].violations;
  const changed = { ...first, description: first.description.replace(/value -?\d/, 'value 7') };
  const { code, out } = await parity({ ...files, 'v.json': { violations: [changed, ...rest] } });
  expect(code).toBe(1);
  expect(out).toContain(`different: run 1 violations of Sex=${first.facet_value} ${first.metric_name}`);
});

test('fails when a violation is missing', async () => {
  const files = biasCase();
  const { code } = await parity({ ...files, 'v.json': { violations: files['v.json'].violations.slice(1) } });
  expect(code).toBe(1);
});

test('reads merged records of CSV', async () => {
  const files = biasCase();
  const csv = (lines: unknown[][]) => ({ data: lines.map((line) => line.join(',')).join('\n'), encoding: 'CSV' });
  const line = {
    groundTruthData: csv(labels.map((label) => [label])),
    captureData: {
      endpointInput: csv(sexes.map((sex, row) => [ages[row], sex])),
      endpointOutput: csv(predictions.map((label) => [label])),
    },
  };
  expect((await parity({ ...files, 'run.jsonl': JSON.stringify(line) })).code).toBe(0);
});

// the two layouts of a batch transform's merged records, and one in CSV
// https://github.com/aws/amazon-sagemaker-examples: model bias monitor for batch transform jobs, with JSON and with JSON Lines
const batchRecord = (truth: unknown, output: unknown) => ({
  groundTruthData: json(truth),
  captureData: { batchTransformOutput: json(output) },
  eventMetadata: { eventId: '94bcc22a-0462-4bd1-92c9-b46a5aaec1aa' },
});

test('reads merged records of a batch transform, whose output has its input beside it', async () => {
  const files = biasCase();
  const output = {
    SageMakerOutput: { predictions: predictions.map((label) => ({ score: label / 3, label })) },
    instances: features,
    SageMakerInferenceId: '94bcc22a-0462-4bd1-92c9-b46a5aaec1aa',
    SageMakerInferenceTime: '2023-01-21T01:32:53Z',
  };
  const line = batchRecord({ instances: labels.map((label) => ({ label })) }, output);
  const { code, out } = await parity({ ...files, 'run.jsonl': JSON.stringify(line) });
  expect(out).toContain(
    '"Sex" is "input features.1", predictions "output label", the group variable "input features.0"',
  );
  expect(out).toMatch(/total +21 +0 +0 +1/);
  expect(code).toBe(0);
});

test('reads a record for each row, whose only list are its features', async () => {
  const files = biasCase();
  const lines = sexes.map((sex, row) =>
    batchRecord({ label: labels[row] }, { SageMakerOutput: { label: predictions[row] }, features: [ages[row], sex] }),
  );
  const { code, out } = await parity({ ...files, 'run.jsonl': lines.map((line) => JSON.stringify(line)).join('\n') });
  expect(out).toContain('"Sex" is "input features.1", predictions "output label"');
  expect(code).toBe(0);
});

test('reads a batch transform in CSV, where all is output, and one beside the input of an endpoint', async () => {
  const files = biasCase();
  const csv = (row: unknown[]) => ({ data: row.join(','), encoding: 'CSV' });
  const joined = sexes.map((sex, row) => ({
    groundTruthData: csv([labels[row]]),
    captureData: { batchTransformOutput: csv([ages[row], sex, predictions[row]]) },
  }));
  const beside = sexes.map((sex, row) => ({
    groundTruthData: csv([labels[row]]),
    captureData: { endpointInput: csv([ages[row], sex]), batchTransformOutput: csv([predictions[row]]) },
  }));
  for (const lines of [joined, beside]) {
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect((await parity({ ...files, 'run.jsonl': text })).code).toBe(0);
  }
});

test('compares nothing without a baseline, with sides of different lengths, or without merged records', async () => {
  const files = biasCase();
  expect((await parity({ ...files, 'case.json': { ...files['case.json'], baseline: {} } })).code).toBe(2);
  const short = { ...record, groundTruthData: json({ instances: [{ label: 1 }] }) };
  const { code, error } = await parity({ ...files, 'run.jsonl': JSON.stringify(short) });
  expect([code, error]).toEqual([2, expect.stringContaining('the records have 10, 1 rows on their sides')]);
  for (const line of ['{', '{}']) {
    const failed = await parity({ ...files, 'run.jsonl': `\n${line}` });
    expect(failed.error).toContain('line 2 is no captured record');
  }
});

test('notes when the flip test agrees with repeated rows only', async () => {
  const words = (values: number[]) => values.map((value) => (value === 1 ? 'yes' : 'no'));
  const weights = [1, 2, 3, 4, 1.1, 2.1, 3.1, 4.1, 5, 6, 7, 8, 9, 10];
  const sex = weights.map((_, row) => (row < 4 ? 'F' : 'M'));
  const label = words([1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0]);
  const predicted = words([1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  const metrics = (copies: number, predictions: string[]) => {
    const times = (values: (string | number)[]) => Array(copies).fill(values).flat();
    const columns = [
      valueColumn('Sex', times(sex)),
      valueColumn('w', times(weights)),
      valueColumn('Target', times(label)),
      valueColumn('p', times(predictions)),
    ];
    const facets = [{ name: 'Sex', valuesOrThreshold: ['F'] }];
    const names = { label: 'Target', predictedLabel: 'p', labelValuesOrThreshold: ['yes'] };
    return analyzeBias({ columns, facets, ...names, postTrainingMetrics: ['FT', 'DPPL', 'AD'] }).analysis;
  };
  const baseline = metrics(1, Array(14).fill('yes'));
  const { violations } = checkBias(baseline, metrics(5, predicted));
  expect(violations.map(({ metric_name }) => metric_name)).toContain('FT');
  expect(checkBias(baseline, metrics(1, predicted)).violations).not.toEqual(violations);
  const line = {
    groundTruthData: json(label.map((each) => ({ label: each }))),
    captureData: {
      endpointInput: json(sex.map((each, row) => ({ weight: weights[row], sex: each }))),
      endpointOutput: json(predicted.map((each) => ({ label: each }))),
    },
  };
  const { code, out } = await parity({
    ...biasCase(),
    'b.json': baseline,
    'v.json': { violations },
    'run.jsonl': JSON.stringify(line),
  });
  expect(out).toContain('the flip test agrees when each row is there 5 times');
  expect(code).toBe(0);
});

const explained = (values: Record<string, number>) => ({
  version: '1.0',
  explanations: { kernel_shap: { label0: { global_shap_values: values, expected_value: 0.2 } } },
});

test('compares attributions', async () => {
  const violation = {
    label: 'label0',
    metric_name: 'shap',
    constraint_check_type: 'feature_attribution_drift_check',
    description: 'Feature attribution drift 0.6876396241226223 exceeds threshold 0.9',
  };
  const files = {
    'case.json': {
      title: 'A case',
      kind: 'attribution',
      build: 'clarify-1.0',
      baseline: { analysis: 'b.json' },
      runs: [{ analysis: 'r.json', violations: 'v.json' }],
    },
    'b.json': explained({ sat: 0.7, gpa: 0.5, rank: 0.05 }),
    'r.json': explained({ sat: 0.1, gpa: 0.2, rank: 0.7 }),
  };
  expect((await parity({ ...files, 'v.json': { violations: [violation] } })).code).toBe(0);
  expect((await parity({ ...files, 'v.json': { violations: [] } })).code).toBe(1);
});

test.each([
  ['bias', { analysis: 'b.json' }, 'analysis.json is an object without metrics of bias, allowed is an object with '],
  [
    'attribution',
    { analysis: 'b.json' },
    'analysis.json is an object without attributions, allowed is an object with ',
  ],
  [
    'model-quality',
    { constraints: 'b.json' },
    'constraints.json is an object without constraints of a problem, allowed is ',
  ],
])('says of a baseline of %s that it is none, what it is, and what is allowed', async (kind, baseline, words) => {
  const build = kind === 'model-quality' ? 'deequ-2.0' : 'clarify-1.0';
  const files = { 'case.json': { title: 'A case', kind, build, baseline, runs: [] }, 'b.json': { version: '1.0' } };
  const { code, error } = await parity(files);
  expect(error).toContain(`b.json is no such file: ${words}`);
  expect(code).not.toBe(0);
});
