import { bestScale, exponentialBoundary, normalBoundary } from '../../../lib/analysis/sequential/boundaries';

const LEVEL = 0.025;

/** The logarithm of a mixture over rates, added up in small steps: what a boundary is the level of. */
function logMixture(sum: number, squares: number, scale: number): number {
  const steps = 200_000;
  const at = (rate: number) => (scale - 1) * Math.log(1 - rate) - scale * (1 - rate); // the density that rates are mixed by, but for a factor
  const tilted = (rate: number) => rate * sum + (Math.log(1 - rate) + rate) * squares;
  let [all, own] = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const rate = (step + 0.5) / steps;
    all += Math.exp(at(rate) + scale);
    own += Math.exp(at(rate) + scale + tilted(rate));
  }
  return Math.log(own / all);
}

test.each([
  [0, 2],
  [1, 5],
  [30, 5],
  [400, 50],
])('the boundary of %i squares is where the mixture of exponentials has the level', (squares, scale) => {
  const sum = exponentialBoundary(squares, { level: LEVEL, scale });
  expect(logMixture(sum, squares, scale)).toBeCloseTo(-Math.log(LEVEL), 3);
});

test('is found of no squares and of ten million', () => {
  const scale = bestScale(50, LEVEL);
  expect(exponentialBoundary(0, { level: LEVEL, scale })).toBeGreaterThan(-Math.log(LEVEL));
  const far = exponentialBoundary(1e7, { level: LEVEL, scale });
  expect(far / Math.sqrt(1e7)).toBeGreaterThan(4);
  expect(far / normalBoundary(1e7, { level: LEVEL, scale })).toBeCloseTo(1, 1);
});

test('the normal boundary is lowest at the variance that its scale is the best for', () => {
  const at = (scale: number) => normalBoundary(100, { level: LEVEL, scale });
  const scale = bestScale(100, LEVEL);
  expect(at(scale)).toBeLessThan(at(scale * 1.5));
  expect(at(scale)).toBeLessThan(at(scale / 1.5));
});

test('the normal boundary is what its formula comes to', () => {
  // sqrt((100 + 10) (log(11) + 2 log(40)))
  expect(normalBoundary(100, { level: LEVEL, scale: 10 })).toBeCloseTo(32.7921, 4);
});
