import { followsContainer, type ModelQualitySettings } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import { malformedRequest } from '../../../../runtime/failure';
import type { AnalysisRequest, MonitorRequest } from '../../contract';
import { recordsOf } from './records-of-run';

/** Whether a dataset has predictions and labels that are compared. */
export const isLabelled = ({ predictions }: BaselineRequest): boolean => predictions !== undefined;

/** What a request compares: captured records of a window with their labels, or the columns of a dataset. */
export function labelledInput(request: AnalysisRequest): ModelQualitySettings {
  if (request.mode === 'monitor') return recordsInput(request);
  const { predictions, format } = request;
  if (!predictions) throw malformedRequest('the request does not say where the dataset has predictions and labels');
  return { problem: predictions.problem, groundTruthAttribute: predictions.label, format };
}

function recordsInput(request: MonitorRequest): ModelQualitySettings {
  const { problem } = request;
  if (!problem) throw malformedRequest("the request has no 'problem'");
  return { problem, ...recordsOf(request), reportsAll: !followsContainer(request) };
}
