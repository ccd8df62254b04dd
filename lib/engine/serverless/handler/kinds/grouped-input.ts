import type { BiasData } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import { malformedRequest } from '../../../../runtime/failure';
import type { AnalysisRequest } from '../../contract';
import { recordsOf } from './records-of-run';

/** Whether a dataset has groups that are compared. */
export const isGrouped = ({ groups }: BaselineRequest): boolean => groups !== undefined;

/** Which groups a request compares: in captured records of a window with their labels, or in a dataset. */
export function groupedInput(request: AnalysisRequest): BiasData {
  if (!request.groups) throw malformedRequest("the request has no 'groups'");
  if (request.mode === 'monitor') {
    const { question, ...captured } = request.groups;
    return { question, captured, ...recordsOf(request) };
  }
  const { question, places } = request.groups;
  return { question, dataset: { ...places, format: request.format } };
}
