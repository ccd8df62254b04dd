import { missingColumnWords } from '../../../lib/analysis/bias/missing-column';

test.each<[string, string, string[], string]>([
  [
    'a header in other letters',
    'Sex',
    ['age', 'sex'],
    'the data have no column of this name, but "sex": letter case and white space count',
  ],
  [
    'a header with white space',
    'Sex',
    ['Age', ' Sex'],
    'the data have no column of this name, but " Sex": letter case and white space count',
  ],
  [
    'a record in the place of the header',
    'Sex',
    ['37', '0.5'],
    'the data have no column of this name: the names of their 2 columns are all numbers, so the header is missing',
  ],
  [
    'no header',
    'Sex',
    ['_c0', '_c1', '_c2'],
    'the data have no column of this name: they have no header, and their columns are called _c0 to _c2',
  ],
  ['another header', 'Sex', ['age', '12'], 'the data have no column of this name, but columns "age", "12"'],
  ['nothing', 'Sex', [], 'the data have no columns'],
])('a column that is missing because of %s is told so', (_, name, names, words) => {
  expect(missingColumnWords(name, names)).toBe(words);
});

test('of many columns the first ten are named', () => {
  const names = Array.from({ length: 12 }, (_, index) => `feature-${index}`);
  expect(missingColumnWords('Sex', names)).toMatch(/"feature-9" and 2 more$/);
});
