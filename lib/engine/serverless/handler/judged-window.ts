import type { JudgedWindow } from '../../../analysis';
import type { SizedObject } from '../../../runtime/s3';
import type { MonitorRequest } from '../contract';
import { hasExtracts } from './has-extracts';
import { analysisOf } from './kinds/analyses';
import { mergedPart, metParts } from './merged-part';

/** What the parts of a window come to: those that an analysis merges, and extracts of records and labels, which meet range by range. */
export async function judgedWindow(request: MonitorRequest, parts: readonly SizedObject[]): Promise<JudgedWindow> {
  const analysis = analysisOf(request);
  const meeting = hasExtracts(request) ? analysis.meeting?.() : undefined;
  if (meeting) return metParts(meeting, parts);
  const part = await mergedPart(analysis, parts);
  return {
    counts: (baseline) => analysis.counts(part, baseline),
    check: (baseline) => analysis.check(part, baseline),
  };
}
