import {
  biasReading,
  dataQualityReading,
  type ExpectedColumns,
  modelQualityReading,
  type Reading,
} from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { AnalysisRequest, MonitorRequest } from '../../contract';
import { groupedDecisions, groupedInput, isGrouped } from './grouped-input';
import type { Interval, KindReading } from './kind-analysis';
import { kindOf } from './kind-of';
import { isLabelled, labelledDecisions, labelledInput } from './labelled-input';
import { isPlain, profileDecisions, profileInput } from './profile-input';

/** Of the kinds that this engine runs: each is a section of what one pass over captured records leaves. */
export const READINGS: readonly KindReading[] = [
  {
    kind: MonitorKind.DATA_QUALITY,
    readsDataset: isPlain,
    decisions: profileDecisions,
    reading: (request, columns, interval) =>
      dataQualityReading({ ...profileInput(request, interval), columns }) as Reading<unknown>,
  },
  {
    kind: MonitorKind.MODEL_QUALITY,
    readsDataset: isLabelled,
    decisions: labelledDecisions,
    reading: (request, _, interval) => modelQualityReading(labelledInput(request, interval)) as Reading<unknown>,
  },
  {
    kind: MonitorKind.MODEL_BIAS,
    readsDataset: isGrouped,
    decisions: groupedDecisions,
    reading: (request, _, interval) => biasReading(groupedInput(request, interval)) as Reading<unknown>,
  },
];

/**
 * The reading of a request, or of an interval of its window, with the columns of its baseline where they are known. Throws `UnsupportedKind` for monitors
 * that this engine does not run.
 */
export function readingOf(request: AnalysisRequest, columns?: ExpectedColumns, interval?: Interval): Reading<unknown> {
  return kindOf(READINGS, request).reading(request, columns, interval);
}

/** All that decides what the parts of a request hold, but for the interval. */
export function decisionsOf(request: MonitorRequest, columns?: ExpectedColumns): readonly unknown[] {
  return kindOf(READINGS, request).decisions(request, columns);
}
