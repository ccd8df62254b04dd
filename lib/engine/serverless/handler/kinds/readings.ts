import {
  biasReading,
  dataQualityReading,
  type ExpectedColumns,
  modelQualityReading,
  type Reading,
  sampleReading,
} from '../../../../analysis';
import { MonitorKind } from '../../../../kind/monitor-kind';
import type { AnalysisRequest } from '../../contract';
import { groupedInput, isGrouped } from './grouped-input';
import type { Interval, KindReading } from './kind-analysis';
import { kindOf } from './kind-of';
import { isLabelled, labelledInput } from './labelled-input';
import { isPlain, profileInput } from './profile-input';
import { isExplained, sampledInput } from './sampled-input';

/** Of the kinds that this engine runs. */
export const READINGS: readonly KindReading[] = [
  {
    kind: MonitorKind.DATA_QUALITY,
    readsDataset: isPlain,
    reading: (request, columns, interval) =>
      dataQualityReading({ ...profileInput(request, interval), columns }) as Reading<unknown>,
  },
  {
    kind: MonitorKind.MODEL_QUALITY,
    readsDataset: isLabelled,
    reading: (request, _, interval) => modelQualityReading(labelledInput(request, interval)) as Reading<unknown>,
  },
  {
    kind: MonitorKind.MODEL_BIAS,
    readsDataset: isGrouped,
    reading: (request, _, interval) => biasReading(groupedInput(request, interval)) as Reading<unknown>,
  },
  {
    kind: MonitorKind.MODEL_EXPLAINABILITY,
    readsDataset: isExplained,
    reading: (request) => sampleReading(sampledInput(request)) as Reading<unknown>,
  },
];

/**
 * The reading of a request, or of an interval of its window, with the columns of its baseline where they are known. Throws `UnsupportedKind` for monitors
 * that this engine does not run.
 */
export function readingOf(request: AnalysisRequest, columns?: ExpectedColumns, interval?: Interval): Reading<unknown> {
  return kindOf(READINGS, request).reading(request, columns, interval);
}
