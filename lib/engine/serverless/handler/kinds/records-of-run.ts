import { createHash } from 'node:crypto';
import type { MonitorRequest } from '../../contract';
import { hasExtracts } from '../has-extracts';
import type { Interval } from './kind-analysis';
import { recordReading, tableForm, wholeWindow } from './profile-input';

/** Raised with every change to what is kept of records and of labels: parts of two versions are never mixed. */
export const RECORDS_VERSION = 3;

const KEY_DIGITS = 32;

/** Which captured records are compared with labels, how they are read, and what their identifiers are hashed with. */
export function recordsOf(request: MonitorRequest, interval?: Interval) {
  return {
    window: interval ?? wholeWindow(request),
    ...wholeReading(request),
    identifierKey: keyOf(saltOf(request)),
  };
}

/** Which captured records are read, and how, or the rows of transform jobs. */
export const wholeReading = (request: MonitorRequest) => ({
  ...recordReading(request),
  table: request.transforms && tableForm(request.transforms),
});

/** What hashes of identifiers are made with: extracts of the same data have to meet, and whatever else runs make is theirs alone. */
function saltOf(request: MonitorRequest): string {
  const { scheduledTime, monitor } = request;
  if (!hasExtracts(request)) return `${monitor.id}\n${scheduledTime}\n`;
  const { bucket, prefix } = request.extracts;
  return `${bucket}\n${prefix}\n${monitor.endpointName ?? monitor.dataName}\n`;
}

/** 128 bits of what a salt comes to. */
const keyOf = (salt: string): string => createHash('sha256').update(salt).digest('hex').slice(0, KEY_DIGITS);
