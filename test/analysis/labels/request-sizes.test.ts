import { RequestSizes } from '../../../lib/analysis/labels/request-sizes';

const sizesOf = (...sizes: number[]) => {
  const made = new RequestSizes();
  for (const size of sizes) made.add(size);
  return made;
};

test('where all have room, a request may have any size', () => {
  expect(sizesOf().mostWithin(0)).toBe(Number.POSITIVE_INFINITY);
  expect(sizesOf(5, 2, 3).mostWithin(10)).toBe(Number.POSITIVE_INFINITY);
});

test('else it is smaller than the smallest that has none, of which none is kept', () => {
  expect(sizesOf(5, 2, 3).mostWithin(9)).toBe(4);
  expect(sizesOf(5, 2, 5, 3).mostWithin(14)).toBe(4);
  expect(sizesOf(100, 7).mostWithin(7)).toBe(99);
  expect(sizesOf(100, 7).mostWithin(6)).toBe(6);
});
