import type { MonitorRequest } from '../../contract';
import { keyOf, keyOfData } from '../../identifier-key';
import { hasExtracts } from '../has-extracts';
import type { Interval } from './kind-analysis';
import { recordReading, tableForm, wholeWindow } from './profile-input';

/** Raised with every change to what is kept of records and of labels: parts of two versions are never mixed. */
export const RECORDS_VERSION = 3;

/** Which captured records are compared with labels, how they are read, and what their identifiers are hashed with. */
export function recordsOf(request: MonitorRequest, interval?: Interval) {
  return {
    window: interval ?? wholeWindow(request),
    ...wholeReading(request),
    identifierKey: identifierKeyOf(request),
  };
}

/** Which captured records are read, and how, or the rows of transform jobs. */
export const wholeReading = (request: MonitorRequest) => ({
  ...recordReading(request),
  table: request.transforms && tableForm(request.transforms),
});

/** What identifiers are hashed with: extracts of the same data have to meet, and whatever else runs make is theirs alone. */
function identifierKeyOf(request: MonitorRequest): string {
  const { scheduledTime, monitor } = request;
  if (!hasExtracts(request)) return keyOf(`${monitor.id}\n${scheduledTime}\n`);
  return keyOfData(request.extracts, monitor.endpointName ?? monitor.dataName);
}
