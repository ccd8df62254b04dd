// Which labels a run had, and which it lacks. Pure.
import type { ExecutionCompletedDetail, ReportedLabels } from './contract';

/** The share of the predictions that have a label, 0 to 1; undefined where there are none, or labels are not compared. */
export function labelCoverage(labels: ReportedLabels | undefined): number | undefined {
  if (!labels) return undefined;
  const labelled = labels.matched + labels.rowCountMismatches;
  const all = labelled + labels.predictionsWithoutLabel;
  return all === 0 ? undefined : labelled / all;
}

/** What a run came to, as far as labels are concerned. */
type LabelledOutcome = Pick<ExecutionCompletedDetail, 'status' | 'failureReason' | 'variants'>;

/** Whether a window, or one of its variants, could not be judged for want of labels, of which more may come. */
export const lacksLabels = (outcome: LabelledOutcome): boolean => countLackingLabels(outcome) > 0;

/** Of how many variants that is so; of a window that is judged as one, 0 or 1. */
export function countLackingLabels({ variants, ...window }: LabelledOutcome): number {
  return (variants ?? [window]).filter(isForWantOfLabels).length;
}

function isForWantOfLabels({ status, failureReason }: { readonly status: string; readonly failureReason?: string }) {
  return status === 'LabelsMissing' || (status === 'Failed' && failureReason?.startsWith('LabelsMissing: ') === true);
}
