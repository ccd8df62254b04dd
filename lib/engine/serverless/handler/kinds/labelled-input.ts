import { followsContainer, type ModelQualitySettings } from '../../../../analysis';
import type { BaselineRequest } from '../../../../baseline/contract';
import { malformedRequest } from '../../../../runtime/failure';
import type { AnalysisRequest, MonitorRequest } from '../../contract';
import type { Interval } from './kind-analysis';
import { RECORDS_VERSION, recordsOf } from './records-of-run';

/** Whether a dataset has predictions and labels that are compared. */
export const isLabelled = ({ predictions }: BaselineRequest): boolean => predictions !== undefined;

/** What a request compares: captured records of a window with their labels, or the columns of a dataset. */
export function labelledInput(request: AnalysisRequest, interval?: Interval): ModelQualitySettings {
  if (request.mode === 'monitor') return recordsInput(request, interval);
  const { predictions, format } = request;
  if (!predictions) throw malformedRequest('the request does not say where the dataset has predictions and labels');
  return { problem: predictions.problem, groundTruthAttribute: predictions.label, format };
}

/** What decides what is kept of records: how predictions are read. */
export function labelledDecisions(request: MonitorRequest): readonly unknown[] {
  const { window, identifierKey, ...input } = readInput(request);
  return [request.monitor.kind, RECORDS_VERSION, input];
}

function recordsInput(request: MonitorRequest, interval?: Interval): ModelQualitySettings {
  const { falseAlarmRate } = request.drift;
  return { ...readInput(request, interval), followsContainer: followsContainer(request), falseAlarmRate };
}

function readInput(request: MonitorRequest, interval?: Interval) {
  const { problem, unit } = request;
  if (!problem) throw malformedRequest("the request has no 'problem'");
  return { problem, ...recordsOf(request, interval), ...(unit && { unit }) };
}
