import type { TestPoint } from '../../lib/outcome/tested/contract';
import { withPoint } from '../../lib/variant-test/handler/test-course';

const point = (windows: number): TestPoint => ({ windows, until: `w${windows}`, differences: [] });

function courseOf(windows: number): number[] {
  let course: TestPoint[] = [];
  for (let count = 1; count <= windows; count += 1) course = withPoint(course, point(count));
  return course.map((one) => one.windows);
}

test('each window of a short test is kept', () => {
  expect(courseOf(60)).toEqual(Array.from({ length: 60 }, (_, before) => before + 1));
});

test.each([
  [61, 2, 30],
  [120, 2, 60],
  [121, 4, 30],
  [672, 16, 42],
])('of %i windows each is kept that is so many times %i, %i in all', (windows, step, count) => {
  const kept = courseOf(windows);
  expect(kept).toHaveLength(count);
  expect(kept.every((one) => one % step === 0)).toBe(true);
});

test('a difference is kept as a picture needs it, and what is not known as such', () => {
  const difference = { value: 0.0123456789, low: -0.98765432, high: 123456.789 };
  const [{ differences }] = withPoint([], { ...point(1), differences: [difference, null] });
  expect(differences).toEqual([{ value: 0.01235, low: -0.9877, high: 123500 }, null]);
});
