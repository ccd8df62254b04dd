import type { TestPoint } from '../../outcome/tested/contract';

/** Points that are kept: enough for a picture, however long a test goes on. */
const MOST_POINTS = 60;
const DIGITS = 4;

/** The course of a test with one window more: of a long one each second, fourth or eighth window, so that it stays small. */
export function withPoint(course: readonly TestPoint[], point: TestPoint): TestPoint[] {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(point.windows / MOST_POINTS)));
  return [...course, rounded(point)].filter(({ windows }) => windows % step === 0);
}

/** A picture needs no more. */
function rounded({ differences, ...point }: TestPoint): TestPoint {
  const short = (value: number) => Number(value.toPrecision(DIGITS));
  return {
    ...point,
    differences: differences.map(
      (one) => one && { value: short(one.value), low: short(one.low), high: short(one.high) },
    ),
  };
}
