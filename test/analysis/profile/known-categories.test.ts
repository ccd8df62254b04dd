import * as fc from 'fast-check';
import { decodeProfile, encodeProfile, mergeProfiles, type PartialProfile } from '../../../lib/analysis';
import { ColumnProfile } from '../../../lib/analysis/profile/column-profile';
import { knownCategories } from '../../../lib/analysis/profile/known-categories';
import { Profile } from '../../../lib/analysis/profile/profile';
import { holds } from '../property';

const KNOWN = ['red', 'green', 'blue', 'true', '007', '12', 'never'];
/** Texts and numbers, more than are told apart one by one. */
const other = (index: number) => (index % 3 === 0 ? String(5000 + index) : `value ${index}`);

const part = (values: readonly string[]): PartialProfile => {
  const profile = new Profile();
  const table = profile.table('header', ['column'], 1);
  for (const value of values) table.addRow([value]);
  return profile;
};
const columnOf = (parts: readonly (readonly string[])[]) =>
  mergeProfiles(parts.map((values) => decodeProfile(encodeProfile(part(values))))).mainTable()?.columns[0] ??
  new ColumnProfile();

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);

function truth(values: readonly string[], category: string): number {
  return values.filter((value) => value.trim().replace('TRUE', 'true') === category).length;
}

test('of few different values all are counted, however they are written', () => {
  const values = ['red', ' red', 'TRUE', 'true', '007', '7', 'violet', 'violet'];
  const { known, others, untold } = knownCategories(columnOf([values]), KNOWN);
  expect(Object.fromEntries(Array.from(known, ([category, { least, most }]) => [category, [least, most]]))).toEqual({
    red: [2, 2],
    green: [0, 0],
    blue: [0, 0],
    true: [2, 2],
    '007': [1, 1],
    '12': [0, 0],
    never: [0, 0],
  });
  expect({ others: [...others].sort(), untold }).toEqual({ others: [1, 2], untold: 0 });
});

test.each([
  ['told apart', 600],
  ['more than are told apart', 6000],
])('of many different values, %s, what is known is within its bounds, and nothing is lost', (_, different) => {
  const value = fc.oneof(fc.constantFrom('red', ' green', 'TRUE', '007', '12'), fc.nat(different).map(other));
  const drawn = fc.array(fc.array(value, { minLength: 300, maxLength: 900, size: 'max' }), {
    minLength: 1,
    maxLength: 3,
    size: 'max',
  });
  holds(
    fc.property(drawn, (parts) => {
      const values = parts.flat();
      const { known, others, untold } = knownCategories(columnOf(parts), KNOWN);
      const bounds = [...known.values()];
      for (const [category, { least, most }] of known) {
        const count = truth(values, category);
        if (Number.isNaN(Number(category)) || values.length <= 2048) {
          expect(least).toBeLessThanOrEqual(count);
          expect(most).toBeGreaterThanOrEqual(count);
        } else expect(Math.abs(least - count)).toBeLessThan(0.02 * values.length); // by the sketch
      }
      expect(sum(bounds.map(({ least }) => least)) + sum(others) + untold).toBe(values.length);
      if (different < 1000) expect(untold).toBe(0);
    }),
    60,
  );
});

test('a column without values has none', () => {
  const { known, others, untold } = knownCategories(new ColumnProfile(), ['red']);
  expect({ known: [...known], others, untold }).toEqual({
    known: [['red', { least: 0, most: 0 }]],
    others: [],
    untold: 0,
  });
});
