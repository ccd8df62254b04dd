import { objectIn } from '../../../core/contract';
import { type ExecutionReport, FILES, reportFolder } from '../../../outcome/contract';
import { readJsonIfExists } from '../../../runtime/s3';
import type { MonitorRequest, Plan } from '../contract';
import { requestBefore } from '../plan-items';

/**
 * Counts the objects of the window before that were captured after its run had listed them.
 *
 * The difference between what the plan found there and what that run analysed. Undefined where that run left no report, or failed before it
 * had listed anything.
 */
export async function lateObjects(request: MonitorRequest, plan: Plan): Promise<number | undefined> {
  const { output, scheduledTime } = requestBefore(request);
  const before = await readJsonIfExists<ExecutionReport>(objectIn(reportFolder(output, scheduledTime), FILES.report));
  if (before?.objectCount === undefined || plan.objectCountBefore === null) return undefined;
  return Math.max(0, plan.objectCountBefore - before.objectCount);
}
