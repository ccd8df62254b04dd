import type { ExecutionReport } from '../../outcome/contract';
import { readJsonIfExists } from '../../runtime/s3';
import { capturedObjects } from './captured-objects.lambda-shared';
import { KEYS, type MonitorRequest, reportPrefix } from './contract';
import { analysisWindow } from './plan-items';

/**
 * Counts the objects of the window before that were captured after its run had listed them.
 *
 * The difference between what lies there now and what that run analysed. Undefined where that run left no report, or failed before it
 * had listed anything.
 */
export async function lateObjects(request: MonitorRequest): Promise<number | undefined> {
  const { start } = analysisWindow(request.scheduledTime, request.windowHours);
  const scheduledTime = start.toISOString(); // the run that ended where this window begins
  const key = `${reportPrefix(request.output.prefix, scheduledTime)}/${KEYS.report}`;
  const previous = await readJsonIfExists<ExecutionReport>({ bucket: request.output.bucket, key });
  if (previous?.objectCount === undefined) return undefined;
  const present = await capturedObjects(request, analysisWindow(scheduledTime, request.windowHours));
  return Math.max(0, present.length - previous.objectCount);
}
