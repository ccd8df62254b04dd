import type { ExecutionReport, ReportOwner } from '../../../outcome/contract';
import { type EarlierRuns, keptEarlier } from '../../../outcome/handler/earlier-runs';
import { dueBefore } from '../../../outcome/run-times';
import { wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import type { Plan } from '../contract';

/** What a report says of the objects that came too late for the run before. */
export type LateObjects = Pick<ExecutionReport, 'lateObjects' | 'lateObjectsUnknown'>;

/**
 * Counts the objects of the window before that were captured after its run had listed them: the difference between what the plan found there and what
 * that run analysed.
 *
 * Says why that is not known where that run left no report, or failed before it had listed anything, or where its report cannot be read: that is no reason
 * for this run to fail.
 */
export async function lateObjects(earlier: EarlierRuns, owner: ReportOwner, plan: Plan): Promise<LateObjects> {
  try {
    const before = (await keptEarlier(earlier, dueBefore(earlier.times, earlier.due), owner))?.report;
    if (!before) return { lateObjectsUnknown: 'the run before left no report' };
    if (plan.objectCountBefore === null) {
      return { lateObjectsUnknown: 'the names of captured objects do not say when they were begun' };
    }
    if (before.objectCount === undefined) {
      return { lateObjectsUnknown: 'the report of the run before does not say how many objects it analysed' };
    }
    return { lateObjects: Math.max(0, plan.objectCountBefore - before.objectCount) };
  } catch (error) {
    log('late objects unknown', { monitorId: owner.monitorId, reason: wordsOf(error) });
    return { lateObjectsUnknown: wordsOf(error) };
  }
}
