import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../lib/cli/main';
import type { ComparedFiles, ReportedRun } from '../../lib/report';
import { renderRunReport } from '../../lib/report';
import { drifted, unfair } from '../report/run-fixtures';

const folder = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = join(folder, 'page.html');

async function report(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const output = { out: (line: string) => lines.out.push(line), error: (line: string) => lines.error.push(line) };
  const code = await run(['report', ...args], output);
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

function write(name: string, files: { readonly [file: string]: unknown }): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    if (content !== undefined)
      writeFileSync(join(path, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

const filesOf = ({ statistics, constraints, analysis }: ComparedFiles) => ({
  'statistics.json': statistics,
  'constraints.json': constraints,
  'analysis.json': analysis,
});

/** The files of a run as they lie in S3: its own, and those of the windows before it, below one folder. */
function written(name: string, input: ReportedRun): string[] {
  for (const [index, each] of input.earlier.entries()) write(`${name}/2026/${index}`, { 'report.json': each });
  const own = write(`${name}/2026/now`, { ...filesOf(input.run), 'report.json': input.report });
  return [
    '--run',
    own,
    '--baseline',
    write(`${name}-baseline`, filesOf(input.baseline)),
    '--earlier',
    join(folder, name),
    '--output',
    page,
  ];
}

test.each([
  ['data quality', drifted],
  ['bias', unfair],
])('report makes the page of a run of %s from its files', async (name, fixture) => {
  const input = fixture();
  expect(await report(...written(name, input))).toEqual({ code: 0, out: `report: ${page}`, error: '' });
  expect(readFileSync(page, 'utf8')).toBe(renderRunReport(JSON.parse(JSON.stringify(input))));
});

test('report names values of records only where it is asked to', async () => {
  const args = written('values', drifted());
  await report(...args);
  expect(readFileSync(page, 'utf8')).not.toContain('cruise');
  await report(...args, '--values');
  expect(readFileSync(page, 'utf8')).toContain('cruise');
});

test('report tells of no other monitor, of no later window, and of what is no report', async () => {
  const input = drifted();
  const [first, ...rest] = input.earlier;
  const later = { ...first, outcome: { ...first.outcome, windowStart: '2030-01-01T00:00:00.000Z' } };
  const other = { ...first, outcome: { ...first.outcome, monitorId: 'Other' } };
  const args = written('others', { ...input, earlier: rest });
  write('others/later', { 'report.json': later });
  write('others/other', { 'report.json': other });
  write('others/none', { 'report.json': { version: '1' } });
  await report(...args);
  expect(readFileSync(page, 'utf8')).toContain(`The last ${rest.length + 1} windows`);
});

test('report says what it can of a run without a baseline and without windows before it', async () => {
  const [, own] = written('alone', drifted());
  expect(await report('--run', own, '--output', page)).toMatchObject({ code: 0 });
  expect(readFileSync(page, 'utf8')).toContain('5 violations in data quality of birdstrikes');
});

test.each([
  ['no run', () => [], '--run is needed'],
  ['a folder that is not there', () => ['--run', join(folder, 'nowhere')], 'does not exist'],
  ['a folder without report.json', () => ['--run', write('empty', {})], 'is no report of a run'],
  ['a file that is no JSON', () => ['--run', write('broken', { 'report.json': '{' })], 'is no JSON'],
  ['an argument that it does not know', () => ['--what'], '--what'],
])('report fails with 64 for %s', async (_, args, words) => {
  const { code, error } = await report(...args());
  expect(code).toBe(64);
  expect(error).toContain('ReportUsage: ');
  expect(error).toContain(words);
});
