import { ITEM_BYTES } from '../engine/serverless/contract';

/** What is captured, on average. */
export interface Workload {
  readonly requestsPerSecond: number;
  /** of one captured record, with its envelope */
  readonly recordBytes: number;
  /** that capture delivers in an hour */
  readonly objectsPerHour: number;
  /** of the label of one record, where labels are compared */
  readonly labelBytes: number;
  /** that labels come in, an hour */
  readonly labelObjectsPerHour: number;
}

/** 3.6 million records of a model with twenty numbers are 1.75 GB. */
const RECORD_BYTES = 486;

/** A label of one character, as the service's guide shows it, with an identifier of 36. */
const LABEL_BYTES = 137;
/** Assumed: whoever writes labels does so every five minutes. */
const LABEL_OBJECTS = 12;

/** Assumed: capture delivers an object a minute for each instance, and an instance serves a hundred requests a second. */
const OBJECTS_PER_INSTANCE = 60;
const REQUESTS_PER_INSTANCE = 100;

/** Objects of a group: as many as a line of the manifest has room for. */
const ITEM_OBJECTS = 370;

/** Objects and bytes that a run reads, or finds as read. */
export interface ReadSize {
  readonly objects: number;
  readonly bytes: number;
}

/** A workload, with what is assumed of it where nothing is said. */
export function workloadOf(given: Pick<Workload, 'requestsPerSecond'> & Partial<Workload>): Workload {
  const instances = Math.max(1, Math.ceil(given.requestsPerSecond / REQUESTS_PER_INSTANCE));
  return {
    recordBytes: RECORD_BYTES,
    objectsPerHour: OBJECTS_PER_INSTANCE * instances,
    labelBytes: LABEL_BYTES,
    labelObjectsPerHour: LABEL_OBJECTS,
    ...given,
  };
}

/** Records that are captured in so many hours. */
export const recordsIn = ({ requestsPerSecond }: Workload, hours: number): number => requestsPerSecond * 3600 * hours;

/** What is captured in so many hours. */
export function capturedSize(workload: Workload, hours: number): ReadSize {
  const objects = Math.ceil(workload.objectsPerHour * hours);
  return { objects, bytes: recordsIn(workload, hours) * workload.recordBytes };
}

/** A share of what is captured, of objects that are alike: one at least. */
export function shareOf({ objects, bytes }: ReadSize, share: number): ReadSize {
  return { objects: Math.max(1, Math.floor(objects * share)), bytes: bytes * share };
}

/** Labels that come in so many hours, one for each record. */
export function labelsSize(workload: Workload, hours: number): ReadSize {
  const objects = Math.ceil(workload.labelObjectsPerHour * hours);
  return { objects, bytes: recordsIn(workload, hours) * workload.labelBytes };
}

/** Groups in which so much is read, by one function each; of nothing there is none. */
export function itemsOf({ objects, bytes }: ReadSize): number {
  return Math.max(Math.min(1, objects), Math.ceil(bytes / ITEM_BYTES), Math.ceil(objects / ITEM_OBJECTS));
}

/** Both together. */
export function addedSizes(one: ReadSize, other: ReadSize): ReadSize {
  return { objects: one.objects + other.objects, bytes: one.bytes + other.bytes };
}
