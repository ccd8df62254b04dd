import { type ExecutionReport, PUBLICATION_STEPS } from './contract';

/** What a conclusion has to do about a run. */
export type ReportDisposition =
  /** analyse (or record the failure), write the files, publish */
  | 'conclude'
  /** the report is there but was not published whole: publish the rest of it */
  | 'finish'
  /** the run was concluded and published: publish nothing again */
  | 'skip';

/** The execution that concludes now. */
export interface ConcludingExecution {
  readonly executionId: string;
  /** Whether it is known to have failed before its data are looked at. */
  readonly hasFailed: boolean;
}

/**
 * Decides what is left to do about a run whose report may exist, on every engine.
 *
 * Conclusions can come twice (schedules and retries deliver at least once, and executions are listed again and again), and then the first report
 * stands, whoever wrote it. A failed execution's report gives way to another execution that did not fail, so that a failed window can be run
 * again. To analyse a concluded window anew, its report.json has to be deleted first.
 */
export function reportDisposition(existing: ExecutionReport | undefined, now: ConcludingExecution): ReportDisposition {
  if (!existing) return 'conclude';
  const { status, executionId } = existing.outcome;
  if (status === 'Failed' && executionId !== now.executionId && !now.hasFailed) return 'conclude';
  return isToldWhole(existing) ? 'skip' : 'finish';
}

/** Whether all was published that there is to publish of a run. */
export function isToldWhole({ published }: ExecutionReport): boolean {
  return PUBLICATION_STEPS.every((step) => published.includes(step));
}
