import * as fc from 'fast-check';
import { KnownTexts } from '../../../lib/analysis/batch/known-texts';
import { plainNumber } from '../../../lib/analysis/batch/plain-number';
import { holds } from '../property';

const read = (text: string) => {
  const bytes = Buffer.from(`9${text}9`);
  return plainNumber(bytes, 1, bytes.length - 1);
};

test('a number is what JavaScript makes of its text, or is left to it', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789.'), maxLength: 18 });
  const text = fc.tuple(fc.constantFrom('', '+', '-'), digits).map((parts) => parts.join(''));
  holds(
    fc.property(text, (each) => {
      const number = read(each);
      if (!Number.isNaN(number)) expect(number).toBe(Number(each));
      else expect(each.replace(/[^\d]/g, '').length > 15 || Number.isNaN(Number(each || 'none'))).toBe(true);
    }),
    1000,
  );
});

test.each(['', '+', '.', '1e5', '1 ', ' 1', '1..2', '0x1', '1234567890123456', 'Infinity', '1,2'])(
  '"%s" is left to JavaScript',
  (text) => {
    expect(read(text)).toBeNaN();
  },
);

test('texts stand for what they were found to be, the first of them found once', () => {
  const asked: string[] = [];
  const known = new KnownTexts((text) => {
    asked.push(text);
    return text === 'none' ? undefined : text.toUpperCase();
  });
  const of = (text: string) => known.of(Buffer.from(`(${text})`), 1, text.length + 1);
  const texts = Array.from({ length: 2000 }, (_, index) => `text ${index % 1500}`);
  const long = 'x'.repeat(65);
  for (const text of [...texts, 'none', 'none', long, long, '', '']) {
    expect(of(text)).toBe(text === 'none' ? undefined : text.toUpperCase());
  }
  const times = (text: string) => asked.filter((each) => each === text).length;
  expect([times('text 0'), times('text 499'), times('none'), times(long)]).toEqual([1, 1, 2, 2]);
});
