import { createProfiler, statistics, unreadable } from '../../../lib/analysis';
import type { ProfileInput } from '../../../lib/analysis/profile/profiler';

// What a transform job's capture appends to each prediction: an identifier and a time, which are no features.

const IDS = ['9a1e-4c', '2026-01-31T01:00:00Z'];
const CSV: ProfileInput = { kind: 'table', format: { csv: { header: false } }, hasGeneratedIds: true };
const JSON_LINES: ProfileInput = { kind: 'table', format: { json: { lines: true } }, hasGeneratedIds: true };
const columns = { names: ['score', 'age'], mustFit: true };

function profiled(input: ProfileInput, text: string) {
  const profiler = createProfiler(input);
  const file = profiler.file('f');
  file.push(Buffer.from(text));
  file.end();
  return profiler.finish();
}

const lines = (...rows: readonly (readonly string[])[]) => rows.map((row) => `${row.join(',')}\n`).join('');

test('of CSV, the last two columns are not profiled', () => {
  const profile = profiled(CSV, lines(['0.5', '34', ...IDS], ['0.7', '', ...IDS]));
  const { features } = statistics(profile);
  expect(features.map(({ name, numerical_statistics }) => [name, numerical_statistics?.sum])).toEqual([
    ['_c0', 1.2],
    ['_c1', 34],
  ]);
  expect(unreadable(profile)).toMatchObject({ recordCount: 2, unreadableCount: 0 });
});

test('of CSV that goes through the parser of text as well', () => {
  const profile = profiled(CSV, `"a ""b""",34,${IDS.join(',')}\n`);
  expect(statistics(profile).features.map(({ name, inferred_type }) => [name, inferred_type])).toEqual([
    ['_c0', 'String'],
    ['_c1', 'Integral'],
  ]);
});

test.each([
  ['without them', ['0.5', '34'], '2 columns instead of 4'],
  ['with one more', ['0.5', '34', '1', ...IDS], '5 columns instead of 4'],
  ['of them alone', IDS, '2 columns instead of 4'],
])('a row %s does not fit the baseline', (_, row, detail) => {
  const { recordCount, samples } = unreadable(profiled({ ...CSV, columns }, lines(['0.5', '34', ...IDS], row)));
  expect(recordCount).toBe(1);
  expect(samples).toEqual([expect.objectContaining({ line: 2, reason: 'wrong-width', detail })]);
});

test('a row of them alone has no column of its own', () => {
  expect(unreadable(profiled(CSV, lines(IDS)))).toMatchObject({ recordCount: 0, unreadableCount: 1 });
});

test('of JSON, their keys are no columns, wherever they stand', () => {
  const row = { SageMakerInferenceId: IDS[0], score: 0.5, age: 34, SageMakerInferenceTime: IDS[1] };
  const profile = profiled({ ...JSON_LINES, columns }, `${JSON.stringify(row)}\n`);
  expect(statistics(profile).features.map(({ name }) => name)).toEqual(['score', 'age']);
});

test.each([CSV, JSON_LINES])('where none are generated, all columns are the data', (input) => {
  const row = input.format?.json
    ? `${JSON.stringify({ score: 0.5, SageMakerInferenceId: IDS[0] })}\n`
    : lines(['0.5', '7']);
  expect(statistics(profiled({ ...input, hasGeneratedIds: false }, row)).features).toHaveLength(2);
});
