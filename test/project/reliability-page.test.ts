import { readText } from './source-files';

// docs/reliability.md names a test for each thing that went wrong: it is there, and says what the page says.

const ROWS = [
  ...readText('docs/reliability.md').matchAll(/^\| [^|]+ \| [^|]+ \| (\[.+\]\(\.\.\/test\/.+\)) \|$/gm),
].map(([, cell]) => cell);
const NAMED = ROWS.flatMap((cell) => [...cell.matchAll(/\[([^\]]+)\]\(\.\.\/(test\/[^)]+)\)/g)]).map(
  ([, words, file]) => ({ words, file }),
);

test('each of the twenty has a test, or several', () => {
  expect(ROWS).toHaveLength(20);
  expect(NAMED.length).toBeGreaterThanOrEqual(ROWS.length);
});

test.each(NAMED)('"$words" stands in the title of a test of $file', ({ words, file }) => {
  const titles = [...readText(file).matchAll(/(?:describe|test|\)|`)\(\s*(['"`])(.+?)\1,/g)].map(
    ([, , title]) => title,
  );
  expect(titles.filter((title) => title.includes(words))).not.toEqual([]);
});
