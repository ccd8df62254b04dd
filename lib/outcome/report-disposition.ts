import {
  type ExecutionCompletedDetail,
  type ExecutionReport,
  isAnalysed,
  PUBLICATION_STEPS,
  type PublicationStep,
} from './contract';
import { countLackingLabels, lacksLabels } from './label-coverage';
import { outcomeIdOf } from './outcome-id';

/** What a conclusion has to do about a run. */
export type ReportDisposition =
  /** analyse (or record the failure), write the files, publish */
  | 'conclude'
  /** the report is there but was not published whole: publish the rest of it */
  | 'finish'
  /** the run was concluded and published: publish nothing again */
  | 'skip';

/**
 * Decides what is left to do about a run whose report may exist, on every engine.
 *
 * Conclusions can come twice (schedules and retries deliver at least once, and executions are listed again and again), and then the first report
 * stands, whoever wrote it. A failed run's report gives way to a conclusion that did not fail, so that a failed window can be run again, and so that what an
 * execution found does not give way to the failure that is told when it took too long. That of a run which lacked labels, if only of one variant, gives way, once, to one that
 * judges more: labels come late. To analyse any other concluded window anew, its report.json has to be deleted first.
 *
 * @param run whose execution concludes now, and what that is known to come to: before its data are looked at that it has failed, or nothing; then its outcome
 */
export function reportDisposition(existing: ExecutionReport | undefined, run: ConcludingRun): ReportDisposition {
  if (!existing || givesWay(existing, run)) return 'conclude';
  return isToldWhole(existing) ? 'skip' : 'finish';
}

/** What is known of a run that comes to conclude a window. */
export interface ConcludingRun {
  readonly executionId: string;
  /** undefined where its data have to be looked at first */
  readonly comesTo: Pick<ExecutionCompletedDetail, 'status' | 'failureReason' | 'variants'> | undefined;
}

/** An execution that is concluded again finds no labels that it did not find before. */
function givesWay({ outcome }: ExecutionReport, { executionId, comesTo }: ConcludingRun): boolean {
  const lacking = countLackingLabels(outcome);
  if (outcome.status === 'Failed') return comesTo?.status !== 'Failed';
  if (lacking === 0 || outcome.executionId === executionId) return false;
  return comesTo === undefined || (isAnalysed(comesTo.status) && countLackingLabels(comesTo) < lacking);
}

/** Whether all was published that there is to publish of a run. */
export function isToldWhole({ published }: ExecutionReport): boolean {
  return PUBLICATION_STEPS.every((step) => published.includes(step));
}

/** A report as a decision: the first one of its window, or the next one after that of a run which failed, or lacked labels. Only the token tells it from the same one, decided by another. */
export function decided(report: ExecutionReport, before: ExecutionReport | undefined, token: string): ExecutionReport {
  const revision = before ? (before.outcome.revision ?? 1) + 1 : 1; // earlier versions do not count
  const { version, ...outcome } = report.outcome;
  const lateLabels = before && lacksLabels(before.outcome) && isAnalysed(outcome.status) ? true : undefined;
  return {
    ...report,
    token,
    outcome: { version, outcomeId: outcomeIdOf(report.outcome, revision), revision, lateLabels, ...outcome },
  };
}

/** Whether another execution's outcome may take the place of a run's. */
export function mayGiveWay({ outcome }: ExecutionReport): boolean {
  return outcome.status === 'Failed' || countLackingLabels(outcome) > 0;
}

/** Whether two reports are one decision, however much of it each says to be told. */
export function isSameDecision(one: ExecutionReport, other: ExecutionReport): boolean {
  return one.token === other.token && one.concludedAt === other.concludedAt; // earlier versions have no token
}

/** A report that says of these steps, too, that they are done. */
export function withPublished(report: ExecutionReport, steps: readonly PublicationStep[]): ExecutionReport {
  return { ...report, published: [...new Set([...report.published, ...steps])] };
}
