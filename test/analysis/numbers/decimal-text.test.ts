import fc from 'fast-check';
import { isDecimal } from '../../../lib/analysis/numbers/decimal-text';

/** Fixed, so that a run can be repeated; set SEED to look further. */
const SEED = Number(process.env.SEED ?? 20261130);

test.each(['0', '-1', '+1', '007', '1.', '.5', '-.5', '1.50', '1e9', '1.e-9', '.5E+07'])('%s is a number', (text) => {
  expect(isDecimal(text)).toBe(true);
});

test.each(['', '.', '-', '1e', 'e1', '1.2.3', '1e1.5', '0x1', 'NaN', 'Infinity', ' 1', '1 ', '1_000', '--1'])(
  '"%s" is none',
  (text) => {
    expect(isDecimal(text)).toBe(false);
  },
);

/** The same, as one would write it: quadratic, where many digits end in something else. */
const AS_ONE_WOULD_WRITE_IT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

test('texts of digits, points, signs and exponents are told as one would write it', () => {
  const texts = fc.array(fc.constantFrom('0', '1', '9', '.', '-', '+', 'e', 'E', 'x'), { maxLength: 12 });
  fc.assert(
    fc.property(texts, (characters) => {
      const text = characters.join('');
      expect(isDecimal(text)).toBe(AS_ONE_WOULD_WRITE_IT.test(text));
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});
