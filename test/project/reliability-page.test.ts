import { shownBy, titlesOf } from './shown-by';

// docs/reliability.md names a test for each thing that went wrong: it is there, and says what the page says.

const ROWS = shownBy('docs/reliability.md').filter(({ tests }) => tests.length > 0);

test('each of the twenty has a test, or several', () => {
  expect(ROWS).toHaveLength(20);
});

test.each(ROWS.flatMap(({ tests }) => tests))('"$words" stands in the title of a test of $file', ({ words, file }) => {
  expect(titlesOf(file).filter((title) => title.includes(words))).not.toEqual([]);
});
