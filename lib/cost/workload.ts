import type { RunSize } from './run-figures';

/** What is captured, on average. */
export interface Workload {
  readonly requestsPerSecond: number;
  /** of one captured record, with its envelope */
  readonly recordBytes: number;
  /** that capture delivers in an hour */
  readonly objectsPerHour: number;
}

/** 3.6 million records of a model with twenty numbers are 1.75 GB. */
const RECORD_BYTES = 486;

/** Assumed: capture delivers an object a minute for each instance, and an instance serves a hundred requests a second. */
const OBJECTS_PER_INSTANCE = 60;
const REQUESTS_PER_INSTANCE = 100;

/** Groups of objects are at most so large, in bytes of data, and in objects that a line of the manifest has room for. */
export const ITEM_BYTES = 64 * 1024 * 1024;
const ITEM_OBJECTS = 370;

/** Seconds of *profile* for a gigabyte: 12 to 31 for the 1.75 GB of 3.6 million records, by model and columns. */
export const SECONDS_PER_GB = { least: 12 / 1.75, most: 31 / 1.75 };

/** A workload, with what is assumed of it where nothing is said. */
export function workloadOf(given: Pick<Workload, 'requestsPerSecond'> & Partial<Workload>): Workload {
  const instances = Math.max(1, Math.ceil(given.requestsPerSecond / REQUESTS_PER_INSTANCE));
  return { recordBytes: RECORD_BYTES, objectsPerHour: OBJECTS_PER_INSTANCE * instances, ...given };
}

/** Bytes that are captured in so many hours. */
export const capturedBytes = ({ requestsPerSecond, recordBytes }: Workload, hours: number): number =>
  requestsPerSecond * 3600 * hours * recordBytes;

/** What a run over a window of so many hours reads. */
export function runSize(workload: Workload, hours: number): RunSize {
  const objects = Math.ceil(workload.objectsPerHour * hours);
  const byBytes = Math.ceil(capturedBytes(workload, hours) / ITEM_BYTES);
  return { objects, items: Math.max(1, byBytes, Math.ceil(objects / ITEM_OBJECTS)) };
}
