import type { AnalysisFiles, JudgedWindow, Judging } from '../../../analysis';
import type { SizedObject } from '../../../runtime/s3';
import type { MonitorRequest } from '../contract';
import { DiskShelf } from './disk-shelf';
import { hasExtracts } from './has-extracts';
import { analysisOf } from './kinds/analyses';
import { mergedPart, metParts } from './merged-part';

/** Parts of a window, and the baseline by which they will be judged. */
interface JudgedData {
  readonly request: MonitorRequest;
  readonly parts: readonly SizedObject[];
  readonly baseline: AnalysisFiles;
}

/** What the parts of a window come to: those that an analysis merges, and extracts of records and labels, which meet range by range. */
export async function judgedWindow({ request, parts, baseline: known }: JudgedData): Promise<JudgedWindow> {
  const analysis = analysisOf(request);
  if (hasExtracts(request) && analysis.meeting) return metOnDisk(analysis.meeting, parts, known);
  const part = await mergedPart(analysis, parts);
  return {
    counts: (baseline) => analysis.counts(part, baseline),
    check: (baseline) => analysis.check(part, baseline),
  };
}

async function metOnDisk(
  begin: NonNullable<Judging<unknown>['meeting']>,
  parts: readonly SizedObject[],
  baseline: AnalysisFiles,
): Promise<JudgedWindow> {
  const shelf = new DiskShelf();
  try {
    return await metParts(begin(shelf, baseline), parts);
  } finally {
    shelf.close();
  }
}
