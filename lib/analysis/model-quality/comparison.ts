import type { Comparing, Comparison } from '../comparison';
import { PartsMeeting } from '../labels/parts-meeting';
import type { PartShelf } from '../port';
import { ComparedRecords } from './compared-records';
import { meetRequests } from './compared-requests';
import { PredictionComparison } from './prediction-comparison';
import type { QualityProblem, QualityRow } from './problem';
import { QualityComparison } from './quality-comparison';
import { scoreAt } from './scored-records';

/**
 * Compares what two variants predict, what they say of the same requests, and, by labels, what they are worth.
 *
 * @param batchBytes of lines that are records at once; those of any meeting where absent
 * @param shelf where parts are until all have come, and no more than it has room for; memory where absent
 */
export function qualityComparing(problem: QualityProblem, batchBytes?: number, shelf?: PartShelf): Comparing {
  const isReference: boolean[] = [];
  const parts = new PartsMeeting(new ComparedRecords(isReference), shelf, batchBytes);
  return {
    add(part, side) {
      isReference.push(side === 'reference');
      parts.add(part);
    },
    compared: async () => met(parts, problem),
  };
}

function met(parts: PartsMeeting<ComparedRecords>, problem: QualityProblem): Comparison | { readonly refusal: string } {
  const predictions = new PredictionComparison(problem);
  const quality = new QualityComparison(problem);
  let requests = 0;
  const { refusal } = parts.meet((records) => {
    requests += meetBatch(records, { predictions, quality });
  });
  if (refusal !== undefined) return { refusal };
  const { rows } = predictions;
  const found = quality.compared();
  const tested = [found.tested, ...predictions.tested];
  return { rows, predictions: predictions.predictions, agreement: predictions.agreement(requests), ...found, tested };
}

/** What rows are added to. */
interface Compared {
  readonly predictions: PredictionComparison;
  readonly quality: QualityComparison;
}

/** Adds what some identifiers have; returns how many requests both variants have answered. */
function meetBatch(records: ComparedRecords, { predictions, quality }: Compared): number {
  return meetRequests(records, ({ label, group, ...rows }) => {
    const reference = rowOf(records, rows.reference, label);
    const candidate = rowOf(records, rows.candidate, label);
    for (const [side, row] of [
      ['reference', reference],
      ['candidate', candidate],
    ] as const) {
      if (!row) continue;
      predictions.add(side, row.predicted, group);
      if (label !== undefined) quality.add(side, row, group);
    }
    if (!reference || !candidate) return;
    predictions.pair(reference.predicted, candidate.predicted, group);
    if (label !== undefined) quality.pair(reference, candidate);
  });
}

/** A row of predictions with its label; without one, what turned out is not looked at. */
function rowOf(records: ComparedRecords, row: number | undefined, label: number | undefined): QualityRow | undefined {
  if (row === undefined) return undefined;
  const { predictions, labels, outcomes } = records;
  const predicted = outcomes.outcome(predictions.predicted.values[row]);
  const actual = label === undefined ? predicted : outcomes.outcome(labels.actual.values[label]);
  return { predicted, actual, score: scoreAt(predictions, row) };
}
