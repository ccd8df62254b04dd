import { DefectLog } from '../reading/defects';
import type { LabelCounts } from '../reading/label-counts';
import { LastOfEach } from './identifiers';
import type { NumberColumn } from './number-column';
import type { RequestRecords, Requests } from './request-records';

/** How predictions and labels met. */
export interface MetLabels {
  readonly counts: LabelCounts;
  /** requests whose labels are another number than their predictions */
  readonly mismatches: DefectLog;
}

/** None has met. */
const NONE: LabelCounts = {
  matched: 0,
  labelsWithoutPrediction: 0,
  predictionsWithoutLabel: 0,
  duplicateLabels: 0,
  conflictingLabels: 0,
  duplicatePredictions: 0,
  rowCountMismatches: 0,
};

/** How those met that have some identifiers, and then those that have others. */
export class AllMetLabels implements MetLabels {
  readonly counts: Counter = { ...NONE };
  readonly mismatches = new DefectLog();

  /** Adds what has none of the identifiers that were there. */
  add({ counts, mismatches }: MetLabels): void {
    for (const name of Object.keys(NONE) as (keyof LabelCounts)[]) this.counts[name] += counts[name];
    this.mismatches.merge(mismatches, 0);
  }

  /** What is wrong with records, and with how they met. */
  withDefects(defects: DefectLog): DefectLog {
    const all = new DefectLog();
    for (const log of [defects, this.mismatches]) all.merge(log, 0);
    return all;
  }
}

/** Takes a row of predictions, and the row of labels that it meets, by their numbers. */
export type PairSink = (prediction: number, label: number) => void;

type Counter = { -readonly [count in keyof LabelCounts]: LabelCounts[count] };

/**
 * Brings predictions together with their labels. Of several with the same identifier the one that was read last counts, so files have to be read in
 * the order of their keys, which is that of time: a later upload corrects an earlier one.
 */
export function joinRequests(records: RequestRecords<Requests>, take: PairSink): MetLabels {
  return new LabelJoin(records, take).met();
}

class LabelJoin {
  private readonly mismatches = new DefectLog();
  private readonly predictionStarts: Int32Array;
  private readonly labelStarts: Int32Array;
  private readonly counts: Counter = { ...NONE };

  constructor(
    private readonly records: RequestRecords<Requests>,
    private readonly take: PairSink,
  ) {
    this.predictionStarts = startsOf(records.predictions.rowCounts);
    this.labelStarts = startsOf(records.labels.rowCounts);
  }

  met(): MetLabels {
    const { predictions, labels } = this.records;
    const lastPredictions = new LastOfEach(predictions.ids);
    const lastLabels = new LastOfEach(labels.ids, (before, after) => {
      if (!this.areSameLabels(before, after)) this.counts.conflictingLabels += 1;
    });
    this.counts.duplicatePredictions = predictions.ids.length - lastPredictions.count;
    this.counts.duplicateLabels = labels.ids.length - lastLabels.count;
    for (let index = 0; index < predictions.ids.length; index += 1)
      if (!lastPredictions.isFollowed[index]) this.meet(index, lastLabels.find(predictions.ids, index));
    const { predictionsWithoutLabel } = this.counts;
    this.counts.labelsWithoutPrediction = lastLabels.count - (lastPredictions.count - predictionsWithoutLabel);
    return { counts: { ...this.counts }, mismatches: this.mismatches };
  }

  private areSameLabels(a: number, b: number): boolean {
    const { rowCounts, actual } = this.records.labels;
    const rows = rowCounts.values[a];
    if (rows !== rowCounts.values[b]) return false;
    const startA = this.labelStarts[a];
    const startB = this.labelStarts[b];
    for (let row = 0; row < rows; row += 1)
      if (actual.values[startA + row] !== actual.values[startB + row]) return false;
    return true;
  }

  private meet(prediction: number, label: number): void {
    const { predictions, labels } = this.records;
    if (label < 0) this.counts.predictionsWithoutLabel += 1;
    else if (predictions.rowCounts.values[prediction] !== labels.rowCounts.values[label])
      this.mismatch(prediction, label);
    else this.match(prediction, label);
  }

  private match(prediction: number, label: number): void {
    this.counts.matched += 1;
    const rows = this.records.predictions.rowCounts.values[prediction];
    const predicted = this.predictionStarts[prediction];
    const actual = this.labelStarts[label];
    for (let row = 0; row < rows; row += 1) this.take(predicted + row, actual + row);
  }

  private mismatch(prediction: number, label: number): void {
    const { predictions, labels, fileNames } = this.records;
    this.counts.rowCountMismatches += 1;
    const fileIndex = labels.fileIndexes.values[label];
    const place = { fileIndex, file: fileNames[fileIndex], line: labels.lines.values[label] };
    const detail = `${labels.rowCounts.values[label]} labels for ${predictions.rowCounts.values[prediction]} predictions`;
    this.mismatches.add({ ...place, reason: 'row-count-mismatch', detail });
  }
}

/** Where the rows of each request begin. */
function startsOf({ values, length }: NumberColumn): Int32Array {
  const starts = new Int32Array(length);
  for (let index = 1; index < length; index += 1) starts[index] = starts[index - 1] + values[index - 1];
  return starts;
}
