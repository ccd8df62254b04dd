import * as fc from 'fast-check';
import { FieldBatch } from '../../../lib/analysis/batch/field-batch';
import { meaningOf } from '../../../lib/analysis/profile/meaning';
import { numberOf } from '../../../lib/analysis/profile/number-text';
import { holds } from '../property';
import { fillColumn } from './field-column';

const batch = new FieldBatch();
const PLAIN = /^[-+]?(?=[0-9.]{1,16}$)\d+(\.\d+)?$/;

/** Reads fields as far as it can. */
function read(texts: readonly string[]): { row: number; values: number[]; decimals: number } {
  fillColumn(
    batch,
    texts.map((text) => Buffer.from(text)),
  );
  batch.numbers.clear();
  const row = batch.numbers.read(0, 0);
  return { row, values: [...batch.numbers.values.subarray(0, batch.numbers.count)], decimals: batch.numbers.decimals };
}

const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(17), fc.constantFrom('', '.', '.', '.', 'e', '..'), digits(17))
  .map((parts) => parts.join(''));
const double = fc.double({ noNaN: true }).map(String);
const short = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => number.toFixed(3));

test('numbers of up to sixteen characters are read as their texts are, to the last bit', () => {
  holds(
    fc.property(fc.array(fc.oneof(decimal, double, short), { maxLength: 20 }), (texts) => {
      const plain = texts.filter((text) => text === '' || PLAIN.test(text));
      const numbers = plain.filter((text) => text !== '');
      const { row, values, decimals } = read(plain);
      expect(row).toBe(plain.length);
      expect(values).toEqual(numbers.map((text) => numberOf(meaningOf(text))));
      expect(decimals).toBe(numbers.filter((text) => text.includes('.')).length);
    }),
    3000,
  );
});

test('reading stops at anything else', () => {
  const other = fc.oneof(decimal, double, fc.string(), fc.constantFrom('-', '+', '.', '5.', '.5', '- 5', '+-5', '٣'));
  holds(
    fc.property(
      other.filter((text) => text !== '' && !PLAIN.test(text)),
      (text) => {
        expect(read(['12', '', '0.5', text, '7'])).toEqual({ row: 3, values: [12, 0.5], decimals: 1 });
      },
    ),
    3000,
  );
});

test('a zero has no sign', () => {
  expect(read(['-0', '+0', '-0.0']).values.map((value) => Object.is(value, 0))).toEqual([true, true, true]);
});

test('reading goes on behind a number that was read otherwise', () => {
  read(['1', 'x', '3']);
  batch.numbers.push(2);
  expect(batch.numbers.read(0, 2)).toBe(3);
  expect([...batch.numbers.values.subarray(0, batch.numbers.count)]).toEqual([1, 2, 3]);
});
