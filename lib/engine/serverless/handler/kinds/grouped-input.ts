import { type BiasData, groupColumns } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import { malformedRequest } from '../../../../runtime/failure';
import type { AnalysisRequest, MonitorRequest } from '../../contract';
import type { Interval } from './kind-analysis';
import { RECORDS_VERSION, recordsOf } from './records-of-run';

/** Whether a dataset has groups that are compared. */
export const isGrouped = ({ groups }: BaselineRequest): boolean => groups !== undefined;

/** Which groups a request compares: in captured records of a window with their labels, or in a dataset. */
export function groupedInput(request: AnalysisRequest, interval?: Interval): BiasData {
  if (!request.groups) throw malformedRequest("the request has no 'groups'");
  if (request.mode === 'monitor') {
    const { question, ...captured } = request.groups;
    return { question, captured, ...recordsOf(request, interval) };
  }
  const { question, places } = request.groups;
  return { question, dataset: { ...places, format: request.format } };
}

/** What decides what is kept of records: the columns of groups and where they stand, not what is asked of them. */
export function groupedDecisions(request: MonitorRequest): readonly unknown[] {
  const { question, window, identifierKey, ...places } = groupedInput(request) as Extract<
    BiasData,
    { captured: unknown }
  >;
  return [request.monitor.kind, RECORDS_VERSION, groupColumns(question), question.label, places];
}
