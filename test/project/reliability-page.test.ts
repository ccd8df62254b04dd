import * as path from 'node:path';
import { GUARDS } from '../../tools/guards/guards';
import { shownBy, titlesOf } from './shown-by';
import { filesBelow, readText } from './source-files';

// docs/reliability.md names a test for each thing that went wrong, and the guards of each sentence about what is right: they are there, and say what the page says. It names the trials that each function is in.

const ROWS = shownBy('docs/reliability.md').filter(({ tests }) => tests.length > 0);
const WENT_WRONG = ROWS.map(({ promise }) => promise.split(' | ')[0]);

test('each of the twenty has a test, or several', () => {
  expect(ROWS).toHaveLength(20);
});

test.each(ROWS.flatMap(({ tests }) => tests))('"$words" stands in the title of a test of $file', ({ words, file }) => {
  expect(titlesOf(file).filter((title) => title.includes(words))).not.toEqual([]);
});

/** Sentences about what is right, each with its row, the guards that keep it, and what is said of Model Monitor. */
function sentences() {
  const [, section] = /^## Sentence by sentence$([\s\S]+?)^## /m.exec(readText('docs/reliability.md')) ?? [];
  const lines = [...section.matchAll(/^\| ([^|]*?) ?\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].slice(1);
  let row = '';
  return lines.map(([, own, right, kept, onModelMonitor]) => {
    row = own || row;
    return { row, right, guards: kept.split('; '), onModelMonitor };
  });
}

const SENTENCES = sentences();
const whats = (rows: readonly string[]) => rows.flatMap((row) => GUARDS[row].map(({ what }) => what));
const isNamed = (what: string) =>
  SENTENCES.some(({ guards, onModelMonitor }) => guards.includes(what) || onModelMonitor.includes(what));

test('each of the twenty says sentence by sentence what is right', () => {
  expect([...new Set(SENTENCES.map(({ row }) => row))]).toEqual(WENT_WRONG);
});

test.each(SENTENCES)('$row: "$right" is kept by guards that are taken away', ({ guards }) => {
  expect(guards.filter((what) => !whats(Object.keys(GUARDS)).includes(what))).toEqual([]);
});

test('each guard of these keeps a sentence', () => {
  expect(whats(WENT_WRONG).filter((what) => !isNamed(what))).toEqual([]);
});

/** Rows of the table of functions: the files of trials that a function is in, and its own. */
const FUNCTIONS = [
  ...readText('docs/reliability.md').matchAll(/^\| (.+) \| \[[^\]]+\]\(\.\.\/(lib\/[^)]+\.lambda\.ts)\) \|$/gm),
].map(([, cell, file]) => ({ file, trials: [...cell.matchAll(/\(\.\.\/(test\/[^)]+)\)/g)].map(([, one]) => one) }));

const IMPORT = /(?:from|import) '(\.{1,2}\/[^']+)'/g;

/** The files of tests and functions that a file imports, and what these do. */
function importsOf(file: string, known = new Set<string>()): ReadonlySet<string> {
  for (const [, name] of readText(file).matchAll(IMPORT)) {
    const imported = path.posix.join(path.posix.dirname(file), `${name}.ts`);
    if (known.has(imported)) continue;
    if (imported.endsWith('.lambda.ts')) known.add(imported);
    else if (imported.startsWith('test/reliability/')) importsOf(imported, known.add(imported));
  }
  return known;
}

test('each function of the library is in trials, or said to be in none', () => {
  const all = filesBelow('lib').filter((file) => file.endsWith('.lambda.ts'));
  expect(FUNCTIONS.map(({ file }) => file).sort()).toEqual(all.sort());
});

test.each(FUNCTIONS.flatMap(({ file, trials }) => trials.map((trial) => ({ file, trial }))))(
  '$trial calls $file',
  ({ file, trial }) => {
    expect([...importsOf(trial)]).toContain(file);
  },
);

test('those that are in no trials are known', () => {
  const none = FUNCTIONS.filter(({ trials }) => trials.length === 0).map(({ file }) => file);
  expect(none).toEqual(['lib/dashboard/widget.lambda.ts']);
});
