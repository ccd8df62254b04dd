import * as fc from 'fast-check';
import { sortedValues } from '../../../lib/analysis/profile/sorted-values';
import { holds } from '../property';

function expectSorted(values: number[]): void {
  const items = Float64Array.from(values);
  expect([...sortedValues(items, items.length)]).toEqual([...items].sort((a, b) => a - b));
}

const SIZE = 3000;
/** The same numbers in every run, from 0 to 1. */
const noise = (index: number) => (Math.imul(index + 1, 2654435761) >>> 0) / 2 ** 32;
const sample = (of: (share: number, index: number) => number) =>
  Array.from({ length: SIZE }, (_, index) => of(noise(index), index));

test.each<[string, number[]]>([
  ['even', sample((share) => share)],
  ['bell-shaped, on both sides of 0', sample((share) => Math.tan(3 * (share - 0.5)))],
  ['of every order of magnitude', sample((share) => 10 ** (600 * share - 300) * (share > 0.5 ? -1 : 1))],
  ['crowded, with one far away', sample((share, index) => (index === 7 ? -1e300 : 1000 + share * 1e-9))],
  ['with many equal ones, and one far away', sample((share, index) => (index === 7 ? -1e300 : Math.floor(share * 9)))],
  ['further apart than a double can be', sample((share) => (share - 0.5) * 1.7e308 * 2)],
  ['nearer to each other than a double can be to 0', sample((share) => Math.floor(share * 3) * 5e-324)],
  ['infinite in part', sample((share, index) => (index % 100 === 0 ? Number.POSITIVE_INFINITY : share))],
  ['few', sample((share) => Math.floor(share * 5))],
  ['all the same', sample(() => 0.1)],
  ['ascending', sample((_, index) => index)],
  ['descending', sample((_, index) => -index)],
  ['five ascending runs', sample((_, index) => index % 600)],
])('values that are %s are sorted', (_, values) => {
  expectSorted(values);
});

test('any values are sorted, and what is behind them is left alone', () => {
  holds(
    fc.property(
      fc.array(
        fc.double({ noNaN: true }).map((value) => value + 0),
        { maxLength: 600, size: 'max' },
      ),
      expectSorted,
    ),
    300,
  );
});

test.each([1, 255, 256, 257, 8191, 8192, 8193, 40_000])('%i values are sorted', (length) => {
  expectSorted(Array.from({ length }, (_, index) => noise(index)));
});
