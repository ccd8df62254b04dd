import * as fs from 'node:fs';
import { figuresOf, type MutationReport } from '../../tools/mutants/figures';
import { BAR, keptFigures, mutantsPage, problemsOf, sumOf } from '../../tools/mutants/page';
import { ROOMS } from '../../tools/mutants/rooms';
import { SURVIVORS } from '../../tools/mutants/survivors';
import { readText } from '../project/source-files';

const DECISIONS = Object.values(ROOMS).flatMap(({ decisions }) => decisions);
const PAGE = readText('docs/mutants.md');

/** What the page says of each file, as it stands there. */
const ROWS = keptFigures(PAGE);

test('every decision and every test that has to notice is there, and no decision twice', () => {
  const files = Object.values(ROOMS).flatMap(({ decisions, tests }) => [...decisions, ...tests]);
  expect(files.filter((file) => !fs.existsSync(file))).toEqual([]);
  expect(new Set(files).size).toBe(files.length);
});

test('the page has the figures of every decision, and all of them together are not below the bar', () => {
  expect(ROWS.map(({ file }) => file).sort()).toEqual([...DECISIONS].sort());
  expect(mutantsPage(ROWS)).toBe(PAGE);
  const { killed, all } = sumOf(ROWS);
  expect(killed / all).toBeGreaterThanOrEqual(BAR);
});

test('every reason is one of a decision', () => {
  expect(Object.keys(SURVIVORS).filter((file) => !DECISIONS.includes(file))).toEqual([]);
});

const SOURCE = 'const a = b &&\n  c;\nconst d = 1;\n';
const at = (line: number, column: number, endLine: number, endColumn: number) => ({
  start: { line, column },
  end: { line: endLine, column: endColumn },
});

function report(...statuses: MutationReport['files'][string]['mutants'][number]['status'][]): MutationReport {
  const mutants = statuses.map((status) => ({ status, replacement: 'b || c', location: at(1, 11, 2, 4) }));
  return { files: { 'lib/x.ts': { source: SOURCE, mutants } } };
}

test('killed is what a test noticed or what never ended; what does not run is not counted; what no test reaches survives', () => {
  const [figures] = figuresOf(
    report('Killed', 'Timeout', 'Survived', 'NoCoverage', 'CompileError', 'RuntimeError', 'Ignored'),
  );
  expect(figures).toMatchObject({ file: 'lib/x.ts', killed: 2, all: 4 });
  const survivor = { line: 1, change: 'b && c → b || c' };
  expect(figures.survivors).toEqual([survivor, survivor]);
});

test('a survivor without a reason is told, and so is a reason without its survivor', () => {
  expect(problemsOf(figuresOf(report('Killed', 'Survived')))).toEqual(['lib/x.ts:1 survives: b && c → b || c']);
  const [[file, reasons]] = Object.entries(SURVIVORS);
  const [change] = Object.keys(reasons);
  const survivors = Object.keys(reasons).map((each) => ({ line: 1, change: each }));
  const figures = { file, killed: 1, all: 1 + survivors.length };
  expect(problemsOf([{ ...figures, survivors }])).toEqual([]);
  const others = survivors.filter((each) => each.change !== change);
  expect(problemsOf([{ ...figures, survivors: others }])).toEqual([
    `${file}: is killed, but survivors.ts has it: ${change}`,
  ]);
});
