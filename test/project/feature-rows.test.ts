import { readText, sourceFiles } from './source-files';

/** A row of docs/model-monitor.md. */
interface Row {
  readonly id: string;
  readonly here: string;
}

const ROWS: Row[] = [
  ...readText('docs/model-monitor.md').matchAll(/^\| ([A-GI]\d+|defect \d+) \|[^|]+\| (.+) \|$/gm),
].map(([, id, here]) => ({ id, here }));
const LEFT_OUT = ROWS.filter(({ here }) => here.startsWith('not here'));
const DONE = ROWS.filter((row) => !LEFT_OUT.includes(row));

/** The ids at the start of the titles of all tests. */
const SHOWN = new Set(
  sourceFiles('test').flatMap(({ text }) =>
    [...text.matchAll(/['"`]((?:\[(?:[A-GI]\d+|defect \d+)\])+) /g)].flatMap(([, ids]) => ids.slice(1, -1).split('][')),
  ),
);

/** How many rows each section of the table has: what the compared systems have between them. */
const COUNTS = { A: 11, B: 25, C: 11, D: 14, E: 11, F: 8, G: 20, I: 19, defect: 15 };

test('the table has every row once, in order', () => {
  const ids = Object.entries(COUNTS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, index) => `${section}${section === 'defect' ? ' ' : ''}${index + 1}`),
  );
  expect(ROWS.map(({ id }) => id)).toEqual(ids);
});

test('every row that is done is shown by a test with its id', () => {
  expect(DONE.map(({ id }) => id).filter((id) => !SHOWN.has(id))).toEqual([]);
});

test('every id in the title of a test is a row that is done', () => {
  const done = DONE.map(({ id }) => id);
  expect([...SHOWN].filter((id) => !done.includes(id)).sort()).toEqual([]);
});

test('every row that is left out has its reason, with a link to it', () => {
  expect(LEFT_OUT.filter(({ here }) => !/\]\(.+\)|\]\[.+\]/.test(here)).map(({ id }) => id)).toEqual([]);
});
