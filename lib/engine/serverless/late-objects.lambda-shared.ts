import { objectIn } from '../../core/contract';
import { type ExecutionReport, FILES, reportFolder } from '../../outcome/contract';
import { readJsonIfExists } from '../../runtime/s3';
import { capturedObjects } from './captured-objects.lambda-shared';
import type { MonitorRequest } from './contract';
import { windowOf } from './plan-items';

/**
 * Counts the objects of the window before that were captured after its run had listed them.
 *
 * The difference between what lies there now and what that run analysed. Undefined where that run left no report, or failed before it
 * had listed anything.
 */
export async function lateObjects(request: MonitorRequest): Promise<number | undefined> {
  // the run that ended where this window begins
  const before: MonitorRequest = { ...request, scheduledTime: windowOf(request).start.toISOString() };
  const report = objectIn(reportFolder(before.output, before.scheduledTime), FILES.report);
  const previous = await readJsonIfExists<ExecutionReport>(report);
  if (previous?.objectCount === undefined) return undefined;
  const present = await capturedObjects(before, windowOf(before));
  return Math.max(0, present.length - previous.objectCount);
}
