import { MAX_CHARACTERS, MAX_VALUES, NO_CODE, ValueCodes } from '../../../lib/analysis/bias/value-codes';

test('each value has one number', () => {
  const codes = new ValueCodes();
  expect(['a', 'b', 'a'].map((text) => codes.code(text))).toEqual([0, 1, 0]);
  expect(codes.texts).toEqual(['a', 'b']);
});

test('numbers of other codes are those of the same values here, and what had no room there has none', () => {
  const [here, there] = [new ValueCodes(['a', 'b']), new ValueCodes(['c', 'b'], true)];
  expect(here.recoding(there)(Float64Array.of(0, 1, NO_CODE))).toEqual(Float64Array.of(2, 1, NO_CODE));
  expect(here.isOverfull).toBe(true);
});

test('values beyond those that are held have no number, and those that are held keep theirs', () => {
  const codes = new ValueCodes();
  for (let index = 0; index < MAX_VALUES; index += 1) codes.code(String(index));
  expect(codes.isOverfull).toBe(false);
  expect(codes.code('one more')).toBe(NO_CODE);
  expect(codes.isOverfull).toBe(true);
  expect(codes.code('7')).toBe(7);
});

test('long values end the room for others', () => {
  const long = 'v'.repeat(MAX_CHARACTERS);
  const codes = new ValueCodes([long]);
  expect(codes.code('a')).toBe(NO_CODE);
  expect(codes.code(long)).toBe(0);
});
