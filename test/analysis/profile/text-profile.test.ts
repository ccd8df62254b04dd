import * as fc from 'fast-check';
import { decodeProfile, encodeProfile, mergeProfiles } from '../../../lib/analysis';
import type { ColumnProfile } from '../../../lib/analysis/profile/column-profile';
import { formBits, formOf } from '../../../lib/analysis/profile/text-form';
import { LENGTH_COUNT, lengthClass, lengthOf, shortestOf } from '../../../lib/analysis/profile/text-length';
import { type TextProfile, textState } from '../../../lib/analysis/profile/text-profile';
import { levelOf, MAX_SAMPLED, ValueSample } from '../../../lib/analysis/profile/value-sample';
import { captured, profileOf } from '../dataset';
import { holds } from '../property';

const columnOf = (profile: ReturnType<typeof profileOf>): ColumnProfile => {
  const column = profile.mainTable()?.columns[0];
  if (!column) throw new Error('there is no column');
  return column;
};

/** What is kept, in an order of its own. */
const kept = (text: TextProfile) => {
  const { values, ...state } = textState(text);
  return { ...state, values: [...values].sort(([one], [other]) => one - other) };
};

const csv = (values: readonly string[]) => ['name', ...values.map((value) => `"${value}"`)].join('\n');
const capture = (values: readonly string[]) =>
  values.map((name) => captured({ input: JSON.stringify({ name }), encoding: 'JSON' })).join('\n');

/** More different values than are tracked, often more than are sampled, of all sorts. */
const value = fc.oneof(
  { weight: 12, arbitrary: fc.nat(3000).map((index) => `v-${index}`) },
  { weight: 2, arbitrary: fc.nat(400).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'TRUE',
      'False',
      'true',
      ' v-1',
      'v-1  ',
      '-',
      '.5',
      'Ünïcöde 😀',
      '   ',
      'x'.repeat(99),
    ),
  },
);
const values = fc.array(value, { minLength: 1, maxLength: 3000, size: 'max' });

test('what is kept of text is the same in whatever parts and form it came, and is all that is no number', () => {
  holds(
    fc.property(values, fc.nat(3000), (all, cut) => {
      const parts = [all.slice(0, cut), all.slice(cut)].filter((part) => part.length > 0);
      const whole = columnOf(profileOf([csv(all)]));
      const expected = kept(whole.texts());
      const split = parts.map((part) => decodeProfile(encodeProfile(profileOf([csv(part)]))));
      expect(kept(columnOf(mergeProfiles(split)).texts())).toEqual(expected);
      expect(kept(columnOf(mergeProfiles([...split].reverse())).texts())).toEqual(expected);
      expect(kept(columnOf(profileOf([capture(all)], { kind: 'capture' })).texts())).toEqual(expected);
      const count = expected.lengths.reduce((sum, [, times]) => sum + times, 0);
      expect(count).toBe(whole.present - whole.numbers.moments.count);
    }),
    60,
  );
});

test('a merge leaves the other side as it is', () => {
  const part = profileOf([csv(Array.from({ length: 2000 }, (_, index) => `v-${index}`))]);
  const before = encodeProfile(part);
  mergeProfiles([mergeProfiles([part]), part, part]);
  expect(encodeProfile(part)).toBe(before);
});

test('a column of numbers keeps no text, however many', () => {
  const column = columnOf(profileOf([csv(Array.from({ length: 2000 }, (_, index) => String(index)))]));
  expect(column.text).toBeUndefined();
});

test('outer spaces and the case of true say nothing', () => {
  const many = Array.from({ length: 400 }, (_, index) => `v-${index}`);
  const plain = columnOf(profileOf([csv([...many, 'v-500', 'true'])])).texts();
  const padded = columnOf(profileOf([csv([...many, ' v-500 ', 'TRUE'])])).texts();
  expect(kept(padded)).toEqual(kept(plain));
});

test('a sample has as many values as it can at its level, each with its count', () => {
  const hashes = fc.array(fc.nat(2 ** 31 - 1), { maxLength: 5000, size: 'max' });
  holds(
    fc.property(hashes, (all) => {
      const sample = new ValueSample();
      for (const hash of all) sample.add(hash, 1);
      const counts = new Map<number, number>();
      for (const hash of all) counts.set(hash, (counts.get(hash) ?? 0) + 1);
      const at = (level: number) => [...counts].filter(([hash]) => levelOf(hash) >= level);
      expect(new Map(sample.counts)).toEqual(new Map(at(sample.level)));
      expect(sample.counts.size).toBeLessThanOrEqual(MAX_SAMPLED);
      if (sample.level > 0) expect(at(sample.level - 1).length).toBeGreaterThan(MAX_SAMPLED);
    }),
    50,
  );
});

test.each([
  ['', ''],
  ['AB-12', 'A9-'],
  ['ab_cd', 'a-'],
  ['Main St. 5', 'Aa9_.'],
  ['a@b.de', 'a.#'],
  ['Ünï', 'a*'],
  ['日本', '*'],
  ['a\tb', 'a_'],
])('%j has the form %j', (text, form) => {
  expect(formOf(formBits(text))).toBe(form);
});

test('code points are counted', () => {
  expect(['', 'abc', 'ü', '😀😀'].map(lengthOf)).toEqual([0, 3, 1, 2]);
});

test('lengths below 64 are told apart, longer ones by an eighth', () => {
  const classes = Array.from({ length: LENGTH_COUNT }, (_, index) => index);
  expect(classes.map(shortestOf).map(lengthClass)).toEqual(classes);
  for (let length = 0; length < 64; length++) expect(shortestOf(lengthClass(length))).toBe(length);
  for (const index of classes.slice(64, -1)) {
    expect(shortestOf(index + 1) / shortestOf(index)).toBeLessThanOrEqual(1.125);
    expect(lengthClass(shortestOf(index + 1) - 1)).toBe(index);
  }
  expect(lengthClass(2 ** 31 - 1)).toBe(LENGTH_COUNT - 1);
});
