import type { IntervalFigure } from '../comparison';
import { sum as sumOf } from '../numbers/sum';
import { asymptoticInterval, type Certainty, weightOf } from './weighed-difference';

/** What was measured of one side in a minute: of so many requests, so much together. */
export interface Measured {
  readonly count: number;
  readonly sum: number;
}

/** A minute of both sides. */
export interface TimedPair {
  readonly reference: Measured;
  readonly candidate: Measured;
}

/** What a stretch of time adds to a sum, and to its weight. */
interface Stretch {
  readonly added: number;
  readonly weight: number;
}

/** Sums over pairs of stretches: of the products of what both add, of what one adds and the other's weight, and of both weights. */
interface Products {
  readonly count: number;
  readonly added: number;
  readonly mixed: number;
  readonly weights: number;
}

/** What is kept of minutes. */
export interface TimedSums {
  readonly weight: number;
  readonly sum: number;
  /** of each minute with itself, of each with the one before, and of each window with itself */
  readonly minutes: Products;
  readonly neighbours: Products;
  readonly windows: Products;
}

const NONE: Products = { count: 0, added: 0, mixed: 0, weights: 0 };
/** Of no window. */
export const NO_MINUTES: TimedSums = { weight: 0, sum: 0, minutes: NONE, neighbours: NONE, windows: NONE };

/** Minutes of which there is no interval when there are fewer; windows that say nothing of how far chance puts a sum off when they are fewer. */
const LEAST_MINUTES = 30;
const LEAST_WINDOWS = 20;
/** How like the one before a minute can be. */
const MOST_ALIKE = 0.98;

/** Adds the minutes of a window, in their order; those in which a side has no requests tell nothing. */
export function withMinutes(sums: TimedSums, pairs: readonly TimedPair[]): TimedSums {
  const stretches = pairs
    .filter(({ reference, candidate }) => reference.count > 0 && candidate.count > 0)
    .map(stretchOf);
  if (stretches.length === 0) return sums;
  const window = {
    added: sumOf(stretches.map(({ added }) => added)),
    weight: sumOf(stretches.map(({ weight }) => weight)),
  };
  return {
    weight: sums.weight + window.weight,
    sum: sums.sum + window.added,
    minutes: stretches.reduce((all, one) => withPair(all, one, one), sums.minutes),
    neighbours: stretches.slice(1).reduce((all, one, before) => withPair(all, one, stretches[before]), sums.neighbours),
    windows: withPair(sums.windows, window, window),
  };
}

function stretchOf({ reference, candidate }: TimedPair): Stretch {
  const weight = weightOf(reference.count, candidate.count);
  return { weight, added: weight * (candidate.sum / candidate.count - reference.sum / reference.count) };
}

function withPair({ count, added, mixed, weights }: Products, one: Stretch, other: Stretch): Products {
  return {
    count: count + 1,
    added: added + one.added * other.added,
    mixed: mixed + one.added * other.weight + one.weight * other.added,
    weights: weights + one.weight * other.weight,
  };
}

/** The same of what stretches add otherwise than by the mean. */
const centred = ({ added, mixed, weights }: Products, mean: number) => added - mean * mixed + mean ** 2 * weights;

/**
 * How much greater the candidate's mean is, with an asymptotic confidence sequence by minutes. A minute is like the one before: how much is told by the minutes, and counted
 * as of an autoregression. Where windows are farther apart than that, they decide. Undefined of few minutes.
 *
 * @see https://en.wikipedia.org/wiki/Autocorrelation
 */
export function timedInterval(sums: TimedSums, certainty: Certainty): IntervalFigure | undefined {
  const { weight, sum, minutes, windows } = sums;
  if (minutes.count < LEAST_MINUTES) return undefined;
  const mean = sum / weight;
  const likeness = likenessOf(sums, mean);
  const longer = (1 + likeness) / (1 - likeness);
  const one = (weight / minutes.count) * certainty.leastEffect; // one minute more, that differs by what matters
  const intervals = [
    { variance: centred(minutes, mean) * longer, numbers: minutes.count / longer },
    ...(windows.count < LEAST_WINDOWS ? [] : [{ variance: centred(windows, mean), numbers: windows.count }]),
  ].map(({ variance, numbers }) => {
    const degreesOfFreedom = Math.max(1, numbers - 1);
    const unbiased = (Math.max(0, variance) * (degreesOfFreedom + 1)) / degreesOfFreedom;
    return asymptoticInterval({ sum, weight, variance: unbiased + one ** 2, degreesOfFreedom }, certainty);
  });
  return intervals.reduce((widest, other) => (other.high > widest.high ? other : widest));
}

/** How like the one before minutes are, 0 to 1. */
function likenessOf({ minutes, neighbours }: TimedSums, mean: number): number {
  const own = centred(minutes, mean) / minutes.count;
  if (!(own > 0) || neighbours.count === 0) return 0;
  return Math.min(MOST_ALIKE, Math.max(0, centred(neighbours, mean) / neighbours.count / own));
}
