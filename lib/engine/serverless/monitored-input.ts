import type { CapturedData } from '../../endpoint/captured-data';
import type { MonitorSpec, RecordsInput } from '../../monitor/monitoring-engine';
import type { WatchedName } from '../../outcome/contract';

/**
 * Captured records that this engine reads, whoever wrote them.
 *
 * @internal
 */
export interface MonitoredRecords extends RecordsInput {
  /** what the runs say that they are of */
  readonly watched: WatchedName;
  readonly capturedData: CapturedData;
  /** below the prefix of the captured data; the folders of the variants are in it */
  readonly folder: string;
}

/**
 * The records that a monitor reads; undefined where it reads something else.
 *
 * @internal
 */
export function recordsOf({ endpointInput, writtenInput }: MonitorSpec): MonitoredRecords | undefined {
  if (endpointInput) {
    const { endpointName } = endpointInput;
    return { ...endpointInput, watched: { endpointName }, folder: endpointName };
  }
  if (!writtenInput) return undefined;
  const { name, place } = writtenInput.data;
  return { ...writtenInput, watched: { dataName: name }, capturedData: place, folder: name };
}
