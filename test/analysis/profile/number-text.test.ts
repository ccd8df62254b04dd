import * as fc from 'fast-check';
import { kindOf } from '../../../lib/analysis/profile/inferred-type';
import { meaningOf } from '../../../lib/analysis/profile/meaning';
import { NumberText, numberOf } from '../../../lib/analysis/profile/number-text';
import { holds } from '../property';

const reader = new NumberText();

function read(text: string): [number, number] {
  const bytes = Buffer.from(`9${text}9`); // digits around it are not read
  return [reader.read(bytes, 1, bytes.length - 1), reader.kind];
}

const expected = (text: string): [number, number] => [numberOf(meaningOf(text)), kindOf(text)];

test.each([
  '0',
  '-0',
  '-0.0',
  '+1.50',
  '00012.5',
  '0.1',
  '999999999.999999',
  '1234567890',
  '1e5',
  '.5',
  '5.',
  '.',
  '-',
  ' 5',
  '- 5',
])('the text %j is the double and has the kind that its characters give', (text) => {
  expect(read(text)).toEqual(expected(text));
});

test('every text is read as its characters are, to the last bit', () => {
  const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength });
  const decimal = fc
    .tuple(fc.constantFrom('', '-', '+'), digits(17), fc.constantFrom('', '.', '.', 'e', 'e-'), digits(17))
    .map((parts) => parts.join(''));
  const double = fc.double({ noNaN: true }).map(String);
  const text = fc.oneof(decimal, double, fc.string()).filter((each) => each !== '');
  holds(
    fc.property(text, (each) => {
      expect(read(each)).toEqual(expected(each));
    }),
    5000,
  );
});
