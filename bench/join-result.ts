import type { LabelCounts } from '../lib/analysis';

/** What predictions and labels that met come to, as whole numbers but for the area. */
export interface JoinResult extends Omit<LabelCounts, 'rowCountMismatches'> {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  /** under the ROC curve, whose points are grouped as Spark 3 does */
  readonly auc: number;
}

/** Rows of the query: requests with one score and one label, null where they have none. */
export interface JoinedScore {
  readonly score: number | null;
  readonly label: number | null;
  readonly predictions: number;
  readonly labels: number;
  readonly repeatedPredictions: number;
  readonly repeatedLabels: number;
  readonly conflictingLabels: number;
}

/** Above it the positive label is predicted. */
const THRESHOLD = 0.5;

/** The result of the query, summed up in other words than the library's. */
export function summed(rows: readonly JoinedScore[]): JoinResult {
  const met = rows.filter(({ score, label }) => score !== null && label !== null);
  const total = (of: readonly JoinedScore[], count: (row: JoinedScore) => number) =>
    of.reduce((sum, row) => sum + count(row), 0);
  const cell = (isPositive: boolean, label: number) =>
    total(
      met.filter((row) => Number(row.score) > THRESHOLD === isPositive && row.label === label),
      (row) => row.predictions,
    );
  return {
    matched: total(met, (row) => row.predictions),
    labelsWithoutPrediction: total(rows, (row) => (row.score === null ? row.labels : 0)),
    predictionsWithoutLabel: total(rows, (row) => (row.label === null ? row.predictions : 0)),
    duplicateLabels: total(rows, (row) => row.repeatedLabels),
    conflictingLabels: total(rows, (row) => row.conflictingLabels),
    duplicatePredictions: total(rows, (row) => row.repeatedPredictions),
    truePositives: cell(true, 1),
    falsePositives: cell(true, 0),
    trueNegatives: cell(false, 0),
    falseNegatives: cell(false, 1),
    auc: area(met),
  };
}

/** One point for each score from the greatest down, of which neighbours are one where there are many. */
function area(met: readonly JoinedScore[]): number {
  const scores = [...new Set(met.map(({ score }) => Number(score)))].sort((a, b) => b - a);
  const rank = new Map(scores.map((score, index) => [score, index]));
  const size = Math.max(1, Math.floor(scores.length / 1000));
  const steps = Array.from({ length: Math.ceil(scores.length / size) }, () => [0, 0]);
  for (const { score, label, predictions } of met)
    steps[Math.floor((rank.get(Number(score)) ?? 0) / size)][Number(label)] += predictions;
  const [negatives, positives] = [0, 1].map((label) => steps.reduce((sum, step) => sum + step[label], 0));
  let [sum, above] = [0, 0];
  for (const [negative, positive] of steps) {
    sum += (negative / negatives) * (above + positive / 2);
    above += positive;
  }
  return sum / positives;
}

/** What differs between two results, in words; areas are sums of fractions in another order. */
export function differences(one: JoinResult, other: JoinResult): string[] {
  return (Object.keys(one) as (keyof JoinResult)[])
    .filter((name) => (name === 'auc' ? Math.abs(one.auc - other.auc) > 1e-12 : one[name] !== other[name]))
    .map((name) => `${name}: ${one[name]} and ${other[name]}`);
}
