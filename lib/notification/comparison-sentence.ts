import type { ComparisonOutcome } from '../outcome/comparison/contract';
import { interval, short } from './test-sentence';

/** What a message says of two variants beside each other: "green with blue: 2 columns apart; the same answer to 96.5% of 200 rows; accuracy -0.02 (-0.05 to 0.01)". */
export function comparisonSentence(comparison: ComparisonOutcome): string {
  const { reference, candidate } = comparison;
  const parts = [...columns(comparison), ...answers(comparison), ...worth(comparison)];
  return `${candidate} with ${reference}: ${parts.join('; ') || 'nothing can be said'}`;
}

function columns({ driftedCount }: ComparisonOutcome): string[] {
  if (driftedCount === undefined) return [];
  return [
    driftedCount === 0 ? 'no column apart' : `${driftedCount} ${driftedCount === 1 ? 'column' : 'columns'} apart`,
  ];
}

function answers({ agreement }: ComparisonOutcome): string[] {
  if (!agreement) return [];
  const { rows, share, meanDistance } = agreement;
  if (share) return [`the same answer to ${short(share.value * 100)}% of ${rows} rows`];
  return meanDistance ? [`answers to ${rows} rows ${short(meanDistance.value)} apart in the mean`] : [];
}

/** The metrics that everybody knows; all are in the event and in the report. */
const TOLD = ['accuracy', 'rmse'];

function worth({ quality }: ComparisonOutcome): string[] {
  const told = quality?.metrics.filter(({ metric }) => TOLD.includes(metric)) ?? [];
  return told.map(({ metric, difference }) => `${metric} ${interval(difference)}`);
}
