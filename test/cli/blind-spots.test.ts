import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suggestConstraints } from '../../lib/analysis/data-quality/constraints';
import type { FeatureStatistics, Statistics } from '../../lib/analysis/schemas';
import { run } from '../../lib/cli/main';
import { numericFeature } from '../analysis/data-quality/detectors/traffic';

const folder = mkdtempSync(join(tmpdir(), 'blind-spots-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** A baseline of 300 rows: a flag, one of ten ranks, a measure, and one of two colours. */
function baselineFiles(): string[] {
  const column = (value: (row: number) => number) => Float64Array.from({ length: 300 }, (_, row) => value(row));
  const colours = [
    { value: 'red', count: 100 },
    { value: 'blue', count: 200 },
  ];
  const colour: FeatureStatistics = {
    name: 'colour',
    inferred_type: 'String',
    string_statistics: {
      common: { num_present: 300, num_missing: 0 },
      distinct_count: 2,
      distribution: { categorical: { buckets: colours } },
    },
  };
  const features = [
    numericFeature(
      'flag',
      column((row) => (row % 10 === 0 ? 1 : 0)),
    ),
    numericFeature(
      'rank',
      column((row) => row % 10),
    ),
    numericFeature(
      'measure',
      column((row) => row * 1.001),
    ),
    colour,
  ];
  const baseline: Statistics = { version: 0, dataset: { item_count: 300 }, features };
  return [
    '--statistics',
    written('statistics.json', baseline),
    '--constraints',
    written('constraints.json', suggestConstraints(baseline)),
  ];
}

const FILES = baselineFiles();

async function blindSpots(...args: string[]): Promise<{ code: number; out: string[]; error: string }> {
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const output = { out: (line: string) => lines.out.push(line), error: (line: string) => lines.error.push(line) };
  const code = await run(['blind-spots', ...args], output);
  return { code, out: lines.out, error: lines.error.join('\n') };
}

test('blind-spots prints a line for each feature, in plain words', async () => {
  const { code, out } = await blindSpots(...FILES, '--window-size', '1000');
  expect(code).toBe(0);
  expect(out).toEqual([
    '4 of 4 features have shifts that cannot alarm in windows of 1000 rows',
    'flag     blind to everything       no window of this size can alarm, whatever its values',
    expect.stringMatching(/^rank {5}blind to existing values {2}no re-weighting .* even if only one of them is left$/),
    expect.stringMatching(
      /^measure {2}blind to small shifts {5}a shift of all values by up to 0\.\d\d standard deviations/,
    ),
    expect.stringMatching(/^colour {3}blind to small changes {4}no change .* by more than 21\.8 percentage points$/),
  ]);
});

test('blind-spots --json prints the list for machines', async () => {
  const { code, out } = await blindSpots(...FILES, '--window-size', '1000', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out.join('\n'))).toMatchObject([
    { feature: 'flag', kind: 'anything', method: 'Robust', threshold: 0.1, largestDistance: 0 },
    { feature: 'rank', kind: 'existing-values' },
    { feature: 'measure', kind: 'location', largestShift: expect.any(Number), visibleShift: expect.any(Number) },
    {
      feature: 'colour',
      kind: 'shares',
      largestShareChange: expect.closeTo(0.1 + 1.8 * Math.sqrt(1 / 300 + 1 / 1000), 12),
    },
  ]);
});

test.each<[string, string[]]>([
  ['are needed', []],
  ['are needed', FILES],
  ['--window-size is "0"', [...FILES, '--window-size', '0']],
  ['--window-size is "many"', [...FILES, '--window-size', 'many']],
  ['--rows', [...FILES, '--rows', '5']],
  ['cannot read', ['--statistics', 'nowhere.json', '--constraints', 'nowhere.json', '--window-size', '5']],
  ['cannot read', ['--statistics', written('broken.json', '{'), ...FILES.slice(2), '--window-size', '5']],
  ['has no list "features"', ['--statistics', written('list.json', []), ...FILES.slice(2), '--window-size', '5']],
  ['has no list "features"', ['--statistics', written('null.json', null), ...FILES.slice(2), '--window-size', '5']],
])('blind-spots fails with 64 and the usage: %s', async (message, args) => {
  const { code, out, error } = await blindSpots(...args);
  expect(code).toBe(64);
  expect(out).toEqual([]);
  expect(error).toContain('BlindSpotsUsage: ');
  expect(error).toContain(message);
  expect(error).toContain('usage: cdk-sagemaker-monitoring blind-spots --statistics');
});
