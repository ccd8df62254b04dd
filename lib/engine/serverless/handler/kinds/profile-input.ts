import type { ExpectedColumns, ProfileInput } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import type { AnalysisRequest, MonitorRequest, TransformSettings } from '../../contract';
import { windowOf } from '../../request-window';
import type { Interval } from './kind-analysis';

/** Whether a dataset has the columns of captured data, and nothing else is said of them. */
export const isPlain = ({ predictions, groups, explanation }: BaselineRequest): boolean =>
  predictions === undefined && groups === undefined && explanation === undefined;

/** What a request makes profiles of: captured records of its window, or of an interval of it, what transform jobs read or wrote in it, or the records of a dataset. */
export function profileInput(request: AnalysisRequest, interval?: Interval): ProfileInput {
  if (request.mode === 'baseline') return { kind: 'dataset', format: request.format };
  const { transforms } = request;
  if (transforms) return { kind: 'table', ...tableForm(transforms), ...recordReading(request) };
  const window = interval ?? wholeWindow(request);
  return { kind: 'capture', window, ...recordReading(request) };
}

/** What the objects of transform jobs are: jobs write answers behind the features that they join to them. */
export const tableForm = ({ format, side, generatedIds }: TransformSettings) => ({
  format,
  hasGeneratedIds: generatedIds,
  hasAnswers: side === 'output',
});

/** Which captured records are read, and how; the same for all kinds. */
export const recordReading = ({ filter, recordFormat, transformations }: MonitorRequest) => ({
  filter,
  recordFormat,
  transformations,
});

/** What decides what profiles hold: how records are read, and the columns that are known. */
export function profileDecisions(request: MonitorRequest, columns?: ExpectedColumns): readonly unknown[] {
  const { window, ...input } = profileInput(request);
  return [input, columns];
}

/** The times of a request's window. */
export function wholeWindow(request: MonitorRequest): Interval {
  const { start, end } = windowOf(request);
  return { start: start.toISOString(), end: end.toISOString() };
}
