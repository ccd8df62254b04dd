import type { Generation } from '../profile/inferred-type';
import type { QualityRow } from './problem';
import type { Skews, StandardErrors } from './sampling';

/** Metrics by the file's names; NaN where one is undefined. */
export type MetricValues = ReadonlyMap<string, number>;

/** A metric without a value. */
export interface UndefinedMetric {
  readonly metric: string;
  readonly reason: string;
}

/** What has to be counted of the rows to compute the metrics of one problem type, for all rows and the five samples at once. */
export interface Tally {
  /** Counts a row, or so many that are the same, in the samples that the bits name. */
  add(row: QualityRow, samples: number, count: number): void;
  /** Counts the probability of a row that is added without it. Absent where nothing is made of probabilities. */
  addScore?(score: number, isPositive: boolean, samples: number): void;
  /** Adds what a tally of the same problem counted. */
  merge(that: Tally): void;
  /** The metrics of one sample, in the file's order; NaN where its rows do not define one. */
  metrics(sample: number, generation: Generation): MetricValues;
  /** How much chance is in the metrics of all rows; those that it says nothing about are absent. */
  standardErrors(): StandardErrors;
  /** How far that chance leans to one side, of means of numbers without a bound. */
  skews?(): Skews;
  /** Why nothing may be computed, in words; undefined when all is well. */
  refusal(): string | undefined;
  /** The metrics that `metrics` leaves out because what they are computed of is not there. */
  absent(generation: Generation): readonly UndefinedMetric[];
}
