import type { Guard } from '../../tools/guards/guard';
import { GUARDS } from '../../tools/guards/guards';
import { guardsPage, problemOf, rowOf, rowsOf, type Tried } from '../../tools/guards/page';
import { readText } from './source-files';

// `npm run guards` takes each guard away and sees a test fail. That takes minutes; that the guards are still there, and those of the page, is looked at here.

const WENT_WRONG = [
  ...readText('docs/reliability.md').matchAll(/^\| ([^|]+) \| [^|]+ \| \[.+\]\(\.\.\/test\/.+\) \|$/gm),
].map(([, words]) => words);
/** Sections of the page that say what is promised; the last one says what holds all of it. */
const PROMISED = [...readText('docs/silence.md').matchAll(/^## (.+)$/gm)].map(([, words]) => words).slice(0, -1);
const ALL = Object.entries(GUARDS).flatMap(([wentWrong, guards]) => guards.map((guard) => ({ wentWrong, guard })));

const tried = (guard: Partial<Guard>, noticed: Tried['noticed']): Tried => ({
  wentWrong: 'it broke',
  guard: { what: 'it is asked', file: 'lib/a.ts', code: 'a', without: 'b', tests: [], ...guard },
  noticed,
});

test('each thing that went wrong has a guard, or several, and so has each kind of promise', () => {
  expect(PROMISED.length).toBeGreaterThan(10);
  expect(Object.keys(GUARDS).sort()).toEqual([...WENT_WRONG, ...PROMISED].sort());
  for (const guards of Object.values(GUARDS)) expect(guards.length).toBeGreaterThan(0);
});

test.each(ALL)('$guard.what: the code stands once in $guard.file', ({ guard: { file, code, without } }) => {
  expect(readText(file).split(code)).toHaveLength(2);
  expect(without).not.toBe(code);
});

test('the page has these guards, in their order', () => {
  const rows = readText('docs/guards.md').matchAll(/^\| [^|]*\| ([^|]+) \| `([^`]+)` \| [1-9]\d* \| /gm);
  expect([...rows].map(([, what, file]) => [what, file])).toEqual(ALL.map(({ guard }) => [guard.what, guard.file]));
});

test('a guard that no test notices is a problem, and so is one without which no test runs', () => {
  expect(problemOf(tried({}, { failed: [] }))).toBe('lib/a.ts: no test notices that "it is asked" is gone');
  expect(problemOf(tried({}, { failed: [], broken: 'SyntaxError' }))).toContain('tests do not run: SyntaxError');
  expect(problemOf(tried({}, { failed: ['it asks'] }))).toBeUndefined();
});

const ROWS = [
  rowOf(tried({}, { failed: ['one', 'two'] })),
  rowOf(tried({ what: 'it | waits' }, { failed: ['three'] })),
  rowOf({ ...tried({}, { failed: ['four'] }), wentWrong: 'it was slow' }),
];

test('of guards of one row the page says the row once', () => {
  expect(guardsPage(ROWS).split('\n').slice(-4, -1)).toEqual([
    '| it broke | it is asked | `lib/a.ts` | 2 | one |',
    '|  | it \\| waits | `lib/a.ts` | 1 | three |',
    '| it was slow | it is asked | `lib/a.ts` | 1 | four |',
  ]);
});

test('the rows of a page are those that it was made of', () => {
  expect(rowsOf(guardsPage(ROWS))).toEqual(ROWS);
});
