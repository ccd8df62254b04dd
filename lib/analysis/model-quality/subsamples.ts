import { XxHash64 } from '../profile/xx-hash';

/** The rows as a whole (index 0) and the five random samples of them (1 to 5). */
export const SAMPLE_COUNT = 6;

/** Below this number of rows there are no standard deviations. */
export const MIN_ROWS_FOR_DEVIATION = 200;

const SHARE = 0.8;
const FIRST_SEED = 42;
const hashes = Array.from({ length: SAMPLE_COUNT - 1 }, (_, index) => new XxHash64(FIRST_SEED + index));
const encoder = new TextEncoder();

/**
 * The samples that a row is in, as bits: bit 0 (all rows) is always set, bit k says whether the row is in sample k.
 *
 * Model Monitor takes five random samples of 80 % of the rows; its generator is not known, so its standard deviations cannot be reproduced.
 * Here chance is the row's identifier: a row is in sample k if the upper 32 bits of the xxHash64 of its UTF-8 identifier, with the seed
 * 41 + k, are below 0.8 * 2^32. So the samples are independent, hold 80 % on average, and neither depend on the order in which rows are
 * read nor on how they are divided among readers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function samplesOf(rowId: string): number {
  const bytes = encoder.encode(rowId);
  let samples = 1;
  for (let index = 0; index < hashes.length; index++) {
    hashes[index].hash(bytes, bytes.length);
    if (hashes[index].high < SHARE * 2 ** 32) samples |= 2 << index;
  }
  return samples;
}

/** Characters of an identifier as SageMaker takes it. */
const MAX_IDENTIFIER = 64;

/**
 * An identifier as {@link samplesOf} is asked with it for each row of a request: itself, or of a longer one a hash, which is computed once.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
 */
export function sampledName(id: string): string {
  if (id.length <= MAX_IDENTIFIER) return id;
  const [hash] = hashes;
  const bytes = encoder.encode(id);
  hash.hash(bytes, bytes.length);
  return `${hash.high} ${hash.low}`;
}

/** Whether a row with these bits is in the sample. */
export const isIn = (samples: number, sample: number): boolean => (samples & (1 << sample)) !== 0;

/**
 * The standard deviation of a sample of numbers: the root of the squared deviations from the mean over (n - 1), in two passes. NaN for fewer than
 * two numbers, and when one of them is not finite; 0 when all are the same.
 *
 * @see https://www.itl.nist.gov/div898/handbook/eda/section3/eda356.htm
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2 || !values.every(Number.isFinite)) return Number.NaN;
  if (values.every((value) => value === values[0])) return 0;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
