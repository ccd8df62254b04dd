/** How long captured records take until S3 has them, as a guess: SageMaker promises nothing. */
export interface Delay {
  /** Probability that it is longer than so many minutes. */
  readonly isLongerThan: (minutes: number) => number;
}

/** Delays without memory, of a mean in minutes. */
export const exponential = (mean: number): Delay => ({ isLongerThan: (minutes) => Math.exp(-minutes / mean) });

/** Delays whose logarithm is normal with a standard deviation of 1: most are shorter than the mean, and a few much longer. */
export const logNormal = (mean: number): Delay => ({
  isLongerThan: (minutes) => (minutes <= 0 ? 1 : normalTail(Math.log(minutes / mean) + 0.5)),
});

/** Steps a minute of the window: far finer than what is told. */
const STEPS = 200;

/** Share of the records of a window, which come evenly, that are not there so many minutes after its end: the mean over the window. */
export function lateShare({ isLongerThan }: Delay, windowMinutes: number, settleMinutes: number): number {
  const steps = windowMinutes * STEPS;
  let late = 0;
  for (let step = 0; step < steps; step++) late += isLongerThan(settleMinutes + (step + 0.5) / STEPS);
  return late / steps;
}

/** 1 less the distribution function of the normal distribution, by a continued fraction or a series, to ten digits. */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  if (z > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / (z + fraction);
    return density(z) / (z + fraction);
  }
  let term = z;
  let sum = z;
  for (let n = 1; n < 100; n++) {
    term *= (z * z) / (2 * n + 1);
    sum += term;
  }
  return 0.5 - density(z) * sum;
}

const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
