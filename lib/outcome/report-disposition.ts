import type { ExecutionReport } from './contract';

/** What a conclusion has to do about a window. */
export type ReportDisposition =
  /** analyse (or record the failure), write the files, publish */
  | 'conclude'
  /** the report is there but was not published whole: publish the rest of it */
  | 'finish'
  /** the window was concluded and published: publish nothing again */
  | 'skip';

/**
 * Decides what is left to do about a window whose report may exist.
 *
 * Runs can come twice (schedules and retries deliver at least once), and then the first report stands, whoever wrote it. A report of a
 * failed run gives way to a run that did not fail, so that a failed window can be run again. To analyse a concluded window anew, its
 * report.json has to be deleted first.
 *
 * @param failing whether the run that concludes now has failed
 */
export function reportDisposition(existing: ExecutionReport | undefined, failing: boolean): ReportDisposition {
  if (!existing) return 'conclude';
  if (existing.outcome.status === 'Failed' && !failing) return 'conclude';
  const whole = existing.published.includes('metrics') && existing.published.includes('event');
  return whole ? 'skip' : 'finish';
}
