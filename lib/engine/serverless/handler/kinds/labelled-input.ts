import { createHash } from 'node:crypto';
import { followsContainer, type ModelQualitySettings } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import { malformedRequest } from '../../../../runtime/failure';
import type { AnalysisRequest, MonitorRequest } from '../../contract';
import { windowOf } from '../../request-window';

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
  const { problem, scheduledTime, monitor } = request;
  if (!problem) throw malformedRequest("the request has no 'problem'");
  const { start, end } = windowOf(request);
  const window = { start: start.toISOString(), end: end.toISOString() };
  const keptId = identifierHash(`${monitor.id}\n${scheduledTime}\n`);
  return { problem, window, keptId, reportsAll: !followsContainer(request) };
}

/** 128 bits of what an identifier and the run come to: of bounded length, and no identifier. */
function identifierHash(salt: string): (id: string) => string {
  return (id) => createHash('sha256').update(salt).update(id).digest('base64url').slice(0, 22);
}
