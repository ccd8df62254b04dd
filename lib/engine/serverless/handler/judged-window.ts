import type { JudgedWindow, Judging } from '../../../analysis';
import type { SizedObject } from '../../../runtime/s3';
import type { MonitorRequest } from '../contract';
import { DiskShelf } from './disk-shelf';
import { hasExtracts } from './has-extracts';
import { analysisOf } from './kinds/analyses';
import { mergedPart, metParts } from './merged-part';

/** What the parts of a window come to: those that an analysis merges, and extracts of records and labels, which meet range by range. */
export async function judgedWindow(request: MonitorRequest, parts: readonly SizedObject[]): Promise<JudgedWindow> {
  const analysis = analysisOf(request);
  if (hasExtracts(request) && analysis.meeting) return metOnDisk(analysis.meeting, parts);
  const part = await mergedPart(analysis, parts);
  return {
    counts: (baseline) => analysis.counts(part, baseline),
    check: (baseline) => analysis.check(part, baseline),
  };
}

async function metOnDisk(
  begin: NonNullable<Judging<unknown>['meeting']>,
  parts: readonly SizedObject[],
): Promise<JudgedWindow> {
  const shelf = new DiskShelf();
  try {
    return await metParts(begin(shelf), parts);
  } finally {
    shelf.close();
  }
}
