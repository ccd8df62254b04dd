import { folderIn, type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import type { ReportedComparison, TestEvidence } from '../../outcome/comparison/contract';
import { type ExecutionReport, FILES, type ReportOwner } from '../../outcome/contract';
import { HOURS_BACK } from '../../outcome/handler/earlier-runs';
import { usableReport } from '../../outcome/handler/kept-report';
import { dueBefore, reportPath } from '../../outcome/run-times';
import { type KeptTest, TEST_FILE } from '../../outcome/tested/contract';
import { readJsonIfExists } from '../../runtime/s3';

/** A window that says something to a test. */
export interface TestedWindow {
  readonly start: string;
  readonly end: string;
  readonly evidence: TestEvidence;
  /** what both say of the same requests, and of how many rows */
  readonly compared: Pick<ReportedComparison, 'rows' | 'agreement'>;
  /** absent of data without an endpoint */
  readonly endpointName?: string;
}

/** What a test knew before a window, and the windows that it has to add, the first one first. */
export interface WindowWalk {
  readonly before?: KeptTest;
  readonly windows: readonly TestedWindow[];
}

/**
 * Walks back from a run to the last window of which the test has kept how far it was. Windows between are added again: whoever was to add them has not come that far,
 * or never will.
 */
export async function windowWalk(
  report: ExecutionReport,
  location: ObjectLocation,
  { key, owner }: { readonly key: string; readonly owner: ReportOwner },
): Promise<WindowWalk> {
  const windows = windowsOf(report, key);
  const { due, times } = report;
  if (due === undefined || times === undefined) return { windows };
  const root = rootOf(location, reportPath(times, new Date(due)));
  let hours = 0;
  for (let at = dueBefore(times, new Date(due)); hours < HOURS_BACK; at = dueBefore(times, at)) {
    hours += times.everyHours;
    const folder = folderIn(root, reportPath(times, at));
    const before = await readJsonIfExists<KeptTest>(objectIn(folder, TEST_FILE));
    if (before?.test === key) return { before, windows };
    const earlier = await usableReport(objectIn(folder, FILES.report), owner);
    const found = earlier ? windowsOf(earlier, key) : [];
    if (found.length > 0) hours = 0;
    windows.unshift(...found);
  }
  return { windows };
}

function windowsOf({ comparison, outcome }: ExecutionReport, key: string): TestedWindow[] {
  const { evidence } = comparison ?? {};
  if (evidence?.test !== key) return [];
  const { windowStart: start, windowEnd: end, endpointName } = outcome;
  const { rows, agreement } = comparison ?? {};
  return [{ start, end, evidence, compared: { rows, agreement }, endpointName }];
}

/** What precedes the folders of a monitor's runs. */
function rootOf({ key, ...bucket }: ObjectLocation, own: string): PrefixLocation {
  return { ...bucket, prefix: key.slice(0, -`/${own}/${FILES.report}`.length) };
}
