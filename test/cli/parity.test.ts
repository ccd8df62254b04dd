import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkDataQuality, createProfiler, mergeProfiles, statistics, suggestConstraints } from '../../lib/analysis';
import { run } from '../../lib/cli/main';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function parity(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const code = await run(args, { out: (line) => lines.out.push(line), error: (line) => lines.error.push(line) });
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

function write(files: { [name: string]: unknown }): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

function profile(...texts: string[]) {
  return mergeProfiles(
    texts.map((text) => {
      const profiler = createProfiler({ kind: 'dataset' });
      const file = profiler.file('f');
      file.push(Buffer.from(text));
      file.end();
      return profiler.finish();
    }),
  );
}

const csv = { csv: { header: true } };
const baselineText = 'a,b\n1,x\n2,y\n3,x\n';
const runText = 'a,b\n0.9837374687194824,x\n0.9837374687194824,z\n0.9837374687194824,x\n';
const baseline = statistics(profile(baselineText));
const constraints = suggestConstraints(baseline);

/** A case in which everything is as this library computes it. */
function caseFiles() {
  const [header, ...rows] = runText.trim().split('\n');
  const merged = profile([header, ...rows.slice(0, 2)].join('\n'), [header, rows[2]].join('\n'));
  const { violations } = checkDataQuality({
    profile: merged,
    baselineStatistics: baseline,
    baselineConstraints: constraints,
  });
  return {
    parity: {
      title: 'A case',
      kind: 'data-quality',
      build: 'deequ-2.0',
      baseline: { input: 'b.csv', format: csv, statistics: 'b/s.json', constraints: 'b/c.json' },
      runs: [{ input: 'r.csv', format: csv, partitions: [2, 1], statistics: 'r/s.json', violations: 'r/v.json' }],
      absent: [] as string[],
    },
    files: {
      'b.csv': baselineText,
      'b/s.json': baseline,
      'b/c.json': constraints,
      'r.csv': runText,
      'r/s.json': statistics(merged),
      'r/v.json': { violations: [...violations].reverse() },
    },
  };
}

test('a case in which all is the same prints a table and exits 0', async () => {
  const { parity: parityCase, files } = caseFiles();
  write({ ...files, 'case.json': parityCase });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(
    /^A case \(data-quality, deequ-2\.0\)\nfield +identical +within rounding +different +not available\n/,
  );
  expect(out).toMatch(/baseline sketch +1 +0 +0 +0\n/);
  expect(out).toMatch(/run 1 data_type_check +1 +0 +0 +0\n/);
  expect(out).toMatch(/run 1 std_dev +1 +0 +0 +0\n/);
  expect(code).toBe(0);
});

test.each([
  ['a sum', 'b/s.json', '"sum":6', '"sum":7', 'baseline sum of "a": 6 instead of 7'],
  ['an item of a sketch', 'b/s.json', '"data":[[1,2,3]]', '"data":[[1,3,2]]', 'baseline sketch of "a"'],
  [
    'a type',
    'b/c.json',
    '"inferred_type":"Integral"',
    '"inferred_type":"Fractional"',
    'baseline constraints inferred_type of "a"',
  ],
  [
    'a threshold',
    'b/c.json',
    '"comparison_threshold":0.1',
    '"comparison_threshold":0.2',
    'baseline constraints config of the file',
  ],
  ['a word of a violation', 'r/v.json', 'Only 0.0%', 'Only 0.1%', 'run 1 data_type_check of "a"'],
  ['a feature', 'b/s.json', '"name":"b"', '"name":"c"', 'baseline features of the file: nothing instead of "c"'],
])('fails with 1 when %s differs, and names it', async (_, file, from, to, difference) => {
  const { parity: parityCase, files } = caseFiles();
  const text = JSON.stringify(files[file as keyof typeof files]);
  expect(text).toContain(from);
  write({ ...files, [file]: text.replace(from, to), 'case.json': parityCase });
  const { code, out } = await parity('parity', folder);
  expect(out).toContain(`different: ${difference}`);
  expect(code).toBe(1);
});

test('the order of partitions is honoured, and their rows have to add up', async () => {
  const { parity: parityCase, files } = caseFiles();
  const runs = [{ ...parityCase.runs[0], partitions: [2, 2] }];
  write({ ...files, 'case.json': { ...parityCase, runs } });
  expect(await parity('parity', folder)).toMatchObject({
    code: 2,
    error: expect.stringContaining('3 rows, its partitions 4'),
  });
});

test('doubles that differ in the last digits only are within rounding', async () => {
  const { parity: parityCase, files } = caseFiles();
  const text = JSON.stringify(files['b/s.json']).replace('"mean":2', '"mean":2.0000000000000004');
  write({ ...files, 'b/s.json': text, 'case.json': parityCase });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/baseline mean +0 +1 +0 +0\n/);
  expect(code).toBe(0);
});

test('an input may be JSON Lines, in parts too; Parquet is told', async () => {
  const { parity: parityCase, files } = caseFiles();
  const lines = ['{"a":1,"b":"x"}', '{"a":2,"b":"y"}', '{"a":3,"b":"x"}'];
  const json = { json: { lines: true } };
  const input = { ...parityCase.baseline, input: 'b.jsonl', format: json, partitions: [2, 1] };
  write({ ...files, 'b.jsonl': lines.join('\n'), 'case.json': { ...parityCase, baseline: input } });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/baseline histogram +1 +0 +0 +0\n/);
  expect(code).toBe(0);
  write({ 'case.json': { ...parityCase, baseline: { ...input, format: { parquet: {} } } } });
  expect(await parity('parity', folder)).toMatchObject({
    code: 2,
    error: 'ParityNothingCompared: b.jsonl is Parquet: a case has text',
  });
});

test('what the case lacks is not available, never identical', async () => {
  const { parity: parityCase, files } = caseFiles();
  const cut = { ...files['b/s.json'], features: files['b/s.json'].features.slice(0, 1) };
  const [run1] = parityCase.runs;
  const runs = [{ ...run1, statistics: undefined }];
  write({ ...files, 'b/s.json': cut, 'case.json': { ...parityCase, runs, absent: ['one feature'] } });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/baseline features +1 +0 +0 +1\n/);
  expect(out).toMatch(/run 1 statistics +0 +0 +0 +1\n/);
  expect(out).toContain('not available: baseline features: one feature');
  expect(code).toBe(0);
});

const drift = {
  feature_name: 'a',
  constraint_check_type: 'baseline_drift_check',
  description: 'Baseline drift distance: 0.2654387312522783 exceeds threshold: 0.1',
};

test('drift is not available without the statistics of the baseline', async () => {
  const { parity: parityCase, files } = caseFiles();
  const violations = [...files['r/v.json'].violations, drift];
  const { statistics: _, ...part } = parityCase.baseline;
  const parts = { ...parityCase, baseline: part };
  write({ ...files, 'r/v.json': { violations }, 'case.json': parts });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/run 1 baseline_drift_check +0 +0 +0 +1\n/);
  expect(out).toContain('not available: run 1 baseline_drift_check: the case has no statistics of the baseline');
  expect(code).toBe(0);
  write({ 'case.json': parityCase });
  expect((await parity('parity', folder)).code).toBe(1);
});

test('of a list of violations that was cut, only what it has is compared', async () => {
  const { parity: parityCase, files } = caseFiles();
  const [first, ...others] = files['r/v.json'].violations;
  expect(others.length).toBeGreaterThan(0);
  const cut = 'most of the 61 violations (the notebook shows 10)';
  write({ ...files, 'r/v.json': { violations: [first] }, 'case.json': { ...parityCase, absent: [cut] } });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/run 1 violation count +0 +0 +0 +1\n/);
  expect(out).toContain(`violates here; ${cut}`);
  expect(code).toBe(0);
  write({ 'r/v.json': { violations: [drift] } });
  expect((await parity('parity', folder)).code).toBe(1);
});

test('types of rows that were rebuilt from a sketch are not available', async () => {
  const { parity: parityCase, files } = caseFiles();
  const runs = [{ ...parityCase.runs[0], rowsFrom: 'the sketch' }];
  write({
    ...files,
    'r/v.json': { violations: files['r/v.json'].violations.slice(0, 1) },
    'case.json': { ...parityCase, runs },
  });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/run 1 inferred_type +0 +0 +0 +2\n/);
  expect(out).toContain('not available: run 1 data_type_check: "a" violates here only; the sketch');
  expect(code).toBe(0);
});

test('fails with 2 when nothing was compared, and says why', async () => {
  const { parity: parityCase, files } = caseFiles();
  write({ ...files, 'case.json': { ...parityCase, baseline: {}, runs: [] } });
  expect(await parity('parity', folder)).toMatchObject({
    code: 2,
    error: expect.stringContaining('no file that could be compared'),
  });
  write({ 'case.json': { ...parityCase, kind: 'weather' } });
  expect(await parity('parity', folder)).toMatchObject({
    code: 2,
    error: 'ParityNothingCompared: kind "weather" is not compared yet',
  });
  write({ 'case.json': { ...parityCase, build: 'clarify-1.0' } });
  expect(await parity('parity', folder)).toMatchObject({ code: 2, error: expect.stringContaining('clarify-1.0') });
});

test.each(['b.csv', 'b/s.json', 'case.json'])('fails with 2 when %s cannot be read', async (file) => {
  const { parity: parityCase, files } = caseFiles();
  write({ ...files, 'case.json': file === 'case.json' ? '{' : parityCase });
  if (file !== 'case.json') rmSync(join(folder, file));
  expect(await parity('parity', folder)).toMatchObject({ code: 2, error: expect.stringContaining(file) });
});

const NAMED = ['b.csv', 'b/s.json', 'b/c.json', 'r.csv', 'r/s.json', 'r/v.json'];

type Malformed = readonly [name: string, file: string, content: unknown];

test.each<Malformed>([
  ...NAMED.map((file): Malformed => ['a missing file', file, undefined]),
  ...NAMED.filter((file) => file.endsWith('json')).flatMap((file) =>
    ['', '{', 'null', '[]', '{}', '"text"', '{"features":[null],"violations":[7]}', '{\n"a":\n,}'].map(
      (text): Malformed => [JSON.stringify(text), file, text],
    ),
  ),
  ...[
    '',
    '{\n"a":\n,}',
    'null',
    '[]',
    '{}',
    { kind: 'constructor' },
    { kind: 7 },
    { build: undefined },
    { runs: {} },
    { runs: [null] },
    { runs: ['r.csv'] },
    { baseline: 'b.csv' },
    { baseline: { statistics: 7 } },
    { absent: 'all' },
    { absent: [7] },
    { runs: [{ input: 'r.csv', partitions: 3 }] },
    { runs: [{ input: 'r.csv', format: { csv: null }, partitions: ['x'] }] },
    { kind: 'bias', runs: [{ input: 'no.jsonl', violations: 'r/v.json' }], baseline: { analysis: 'b/s.json' } },
    { kind: 'bias', runs: [{ input: 'r.csv', violations: 'r/v.json' }], baseline: { analysis: 'b/s.json' } },
    {
      kind: 'attribution',
      runs: [{ analysis: 'r/s.json', violations: 'r/v.json' }],
      baseline: { analysis: 'b/s.json' },
    },
    { kind: 'model-quality', runs: [], baseline: { statistics: 'no.json' } },
  ].map((value): Malformed => [JSON.stringify(value), 'case.json', value]),
])('a malformed case ends with one line: %s as %s', async (_, file, content) => {
  const { parity: parityCase, files } = caseFiles();
  write({ ...files, 'case.json': parityCase });
  if (content === undefined) rmSync(join(folder, file));
  else write({ [file]: typeof content === 'string' ? content : { ...parityCase, ...(content as object) } });
  const { code, error } = await parity('parity', folder);
  expect(error).toMatch(/^ParityNothingCompared: [^\n]+$/);
  expect(code).toBe(2);
});

test.each(['b.csv', 'r.csv'])('an empty %s is compared as no rows, or told', async (file) => {
  const { parity: parityCase, files } = caseFiles();
  write({ ...files, [file]: '', 'case.json': parityCase });
  expect([1, 2]).toContain((await parity('parity', folder)).code);
});

test.each([[[]], [['a', 'b']], [['--unknown']], [['/no/such/folder']]])('fails with 64 for parity %j', async (args) => {
  const { code, error } = await parity('parity', ...args);
  expect(error).toContain('usage: cdk-sagemaker-monitoring parity <folder of a case>');
  expect(code).toBe(64);
});

test('a captured row with fewer fields is one of the run, as it is for the container', async () => {
  const line = (output: string, input: string) =>
    JSON.stringify({
      captureData: {
        endpointOutput: { data: output, encoding: 'CSV' },
        endpointInput: { data: input, encoding: 'CSV' },
      },
      eventMetadata: { inferenceTime: '2026-06-01T10:00:00Z' },
    });
  const description = 'Data completeness requirement is not met. Expected: 100.0%. Observed: Only 50.0%.';
  const violation = { feature_name: 'c', constraint_check_type: 'completeness_check', description };
  const features = ['a', 'b', 'c'].map((name) => ({ name, inferred_type: 'Integral', completeness: 1 }));
  const runs = [{ input: 'r.jsonl', violations: 'v.json' }];
  write({
    'r.jsonl': [line('1', '2,3'), line('1', '2')].join('\n'),
    'c.json': { version: 0, features },
    'v.json': { violations: [violation] },
    'case.json': {
      title: 'Short',
      kind: 'data-quality',
      build: 'deequ-2.0',
      baseline: { constraints: 'c.json' },
      runs,
      absent: [],
    },
  });
  const { code, out } = await parity('parity', folder);
  expect(out).toMatch(/run 1 completeness_check +1 +0 +0 +0\n/);
  expect(code).toBe(0);
});
