import type { QualityRow } from './problem';
import { isIn, SAMPLE_COUNT } from './subsamples';

/** More labels than these are no classes: identifiers, or the values of a regression. */
export const MAX_CLASSES = 1000;

/** How many rows have two labels, by the places of these. */
export interface LabelPair {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
}

/** Numbers of rows by those pairs of labels that have met: of many labels most never do. */
export interface ConfusionCounts {
  readonly labels: readonly string[];
  readonly pairs: readonly LabelPair[];
}

/** Rows of a label: those that have it, those for which it was predicted, and those of both. */
export interface LabelRows {
  readonly actual: number;
  readonly predicted: number;
  readonly correct: number;
}

/** The rows of each label, in the order of the labels. */
export function rowsOfLabels({ labels, pairs }: ConfusionCounts): LabelRows[] {
  const rows = labels.map(() => ({ actual: 0, predicted: 0, correct: 0 }));
  for (const { actual, predicted, count } of pairs) {
    rows[actual].actual += count;
    rows[predicted].predicted += count;
    if (actual === predicted) rows[actual].correct += count;
  }
  return rows;
}

/** One cell of a {@link Confusion}. */
export interface ConfusionCell {
  readonly actual: string;
  readonly predicted: string;
  readonly sample: number;
}

/** Counts rows by actual and predicted label, in memory bounded by {@link MAX_CLASSES}. It has the labels that occur, as either. */
export class Confusion {
  private readonly labels = new Set<string>();
  private readonly cells = new Map<string, Map<string, number[]>>();

  /** Beyond {@link MAX_CLASSES} nothing is counted any more, and {@link isOverfull} says so. */
  add(row: QualityRow, samples: number, count = 1): void {
    const [actual, predicted] = [String(row.actual), String(row.predicted)];
    if (!this.admit([actual, predicted])) return;
    const cell = this.cell(actual, predicted);
    for (let sample = 0; sample < SAMPLE_COUNT; sample++) if (isIn(samples, sample)) cell[sample] += count;
  }

  merge(that: Confusion): void {
    if (!this.admit(that.labels)) return;
    for (const [actual, row] of that.cells) {
      for (const [predicted, counts] of row) {
        const cell = this.cell(actual, predicted);
        for (let sample = 0; sample < SAMPLE_COUNT; sample++) cell[sample] += counts[sample];
      }
    }
  }

  get isOverfull(): boolean {
    return this.labels.size > MAX_CLASSES;
  }

  /** The counts of one sample; labels that are whole numbers in their order, before others in that of their characters. */
  counts(sample: number): ConfusionCounts {
    const labels = [...this.labels].sort(compareLabels);
    const places = new Map(labels.map((label, place) => [label, place]));
    const place = (label: string) => places.get(label) as number;
    const pairs = [...this.cells].flatMap(([actual, row]) =>
      Array.from(row, ([predicted, counts]) => {
        return { actual: place(actual), predicted: place(predicted), count: counts[sample] };
      }),
    );
    return { labels, pairs };
  }

  /** How many rows of a sample have these two labels. */
  count({ actual, predicted, sample }: ConfusionCell): number {
    return this.cells.get(actual)?.get(predicted)?.[sample] ?? 0;
  }

  private admit(labels: Iterable<string>): boolean {
    for (const label of labels) if (!this.isOverfull) this.labels.add(label);
    return !this.isOverfull;
  }

  private cell(actual: string, predicted: string): number[] {
    const row = this.cells.get(actual) ?? new Map<string, number[]>();
    this.cells.set(actual, row);
    const cell = row.get(predicted) ?? new Array<number>(SAMPLE_COUNT).fill(0);
    row.set(predicted, cell);
    return cell;
  }
}

const WHOLE = /^[+-]?\d{1,15}$/;

function compareLabels(a: string, b: string): number {
  const [isWholeA, isWholeB] = [WHOLE.test(a), WHOLE.test(b)];
  if (isWholeA !== isWholeB) return isWholeA ? -1 : 1;
  const difference = isWholeA ? Number(a) - Number(b) : 0;
  if (difference !== 0) return difference;
  return a < b ? -1 : Number(a > b);
}

/**
 * The F score: (1 + beta^2) p r / (beta^2 p + r), in this order of operations. 0 when precision and recall are both 0, NaN when one is NaN.
 *
 * @see https://github.com/apache/spark/blob/master/mllib/src/main/scala/org/apache/spark/mllib/evaluation/MulticlassMetrics.scala
 */
export function fScore(precision: number, recall: number, beta: number): number {
  if (precision + recall === 0) return 0;
  const square = beta * beta;
  return ((1 + square) * precision * recall) / (square * precision + recall);
}

/** The betas of the three F scores, by the end of their names. */
export const F_SCORES = { f0_5: 0.5, f1: 1, f2: 2 } as const;
