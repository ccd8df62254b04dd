import { shownBy, titlesOf } from './shown-by';
import { readText } from './source-files';

// docs/silence.md says of each promise what shows it: a test whose title says so, or a command.

const PAGE = 'docs/silence.md';
const ROWS = shownBy(PAGE);

test('each promise has a test or a command that shows it', () => {
  const rows = readText(PAGE)
    .split('\n')
    .filter((line) => /^\| (?!---|promise |what is held )/.test(line));
  expect(rows.length).toBeGreaterThan(60);
  expect(ROWS.map(({ promise }) => promise)).toEqual(rows.map((line) => line.slice(2, line.lastIndexOf(' | '))));
  expect(ROWS.filter(({ tests, commands }) => tests.length + commands.length === 0)).toEqual([]);
});

test.each(ROWS.flatMap(({ tests }) => tests))('"$words" stands in the title of a test of $file', ({ words, file }) => {
  expect(titlesOf(file).filter((title) => title.includes(words))).not.toEqual([]);
});

test('each command is one of package.json', () => {
  const { scripts } = JSON.parse(readText('package.json'));
  expect(ROWS.flatMap(({ commands }) => commands).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});
