import type { Problem } from '../../../core/validation-error';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';

/** What only kinds take that look at all columns. Predictions, groups and features are found where the analysis says, in captured records as clients sent them; which records these are, a filter says for all kinds. */
export function otherReadings({ endpointInput, writtenInput, batchTransformInput }: MonitorSpec): Problem[] {
  const { format, transformations = [] } = endpointInput ?? writtenInput ?? {};
  const asked = {
    'data.format': format?._settings && 'RecordFormat.rowsAt(...)',
    'data.transformations': transformations.length > 0 ? `a list of ${transformations.length}` : undefined,
    data: batchTransformInput && 'MonitoredData.batchTransform(...)',
  };
  const allowed =
    'MonitoredData.endpoint(...) and MonitoredData.written(...) as they are, for this kind on serverless()';
  const advice = batchTransformInput
    ? 'engine: MonitoringEngine.modelMonitor() takes it, in accounts that have it'
    : 'give this monitor data of its own without it: attributes say where predictions stand';
  return Object.entries(asked)
    .filter(([, got]) => got !== undefined)
    .map(([prop, got]) => ({ prop, got, allowed, advice }));
}
