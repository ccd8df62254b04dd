import { DefectLog } from '../reading/defects';
import type { LabelCounts } from '../reading/label-counts';
import { defectsAsUnreadable, type Unreadable } from '../reading/unreadable';
import type { QualityProblem } from './problem';
import { QualityProfile } from './quality-profile';
import type { ScoredRecords } from './scored-records';

/** The merged rows, and what could not be merged. */
export interface MergedQuality {
  /** refused, so without metrics, when not all could be held */
  readonly profile: QualityProfile;
  readonly counts: LabelCounts;
  /** lines of either kind that could not be read; `recordCount` are the rows of `profile` */
  readonly unreadable: Unreadable;
}

type Counter = { -readonly [count in keyof LabelCounts]: LabelCounts[count] };

/**
 * Brings predictions together with their labels. Of several with the same identifier the one that was read last counts, so files have to be read in
 * the order of their keys, which is that of time: a later upload corrects an earlier one.
 */
export function joinLabels(records: ScoredRecords, problem: QualityProblem): MergedQuality {
  return new LabelJoin(records, problem).merged();
}

/** The rows of a part that have their labels beside them. */
export function pairedRows(records: ScoredRecords, problem: QualityProblem): Omit<MergedQuality, 'counts'> {
  const profile = profileFor(records, problem);
  for (const row of records.labels.actual.keys()) addRow(profile, { records, prediction: row, label: row });
  return { profile, unreadable: defectsAsUnreadable(records.defects, { recordCount: profile.itemCount }) };
}

function profileFor({ refusal }: ScoredRecords, problem: QualityProblem): QualityProfile {
  const profile = new QualityProfile(problem);
  if (refusal !== undefined) profile.refuse(refusal);
  return profile;
}

/** A row of predictions, and the row of labels that it meets. */
interface RowPair {
  readonly records: ScoredRecords;
  readonly prediction: number;
  readonly label: number;
}

function addRow(profile: QualityProfile, { records, prediction, label }: RowPair): void {
  const { predictions, labels, outcomes } = records;
  const predicted = outcomes.outcome(predictions.predicted[prediction]);
  const actual = outcomes.outcome(labels.actual[label]);
  const score = predictions.scores[prediction]; // undefined where there are none
  profile.addSampled({ predicted, actual, score }, predictions.samples[prediction]);
}

class LabelJoin {
  private readonly profile: QualityProfile;
  private readonly defects = new DefectLog();
  private readonly predictionStarts: readonly number[];
  private readonly labelStarts: readonly number[];
  private readonly counts: Counter = {
    matched: 0,
    labelsWithoutPrediction: 0,
    predictionsWithoutLabel: 0,
    duplicateLabels: 0,
    conflictingLabels: 0,
    duplicatePredictions: 0,
    rowCountMismatches: 0,
  };

  constructor(
    private readonly records: ScoredRecords,
    problem: QualityProblem,
  ) {
    this.profile = profileFor(records, problem);
    this.defects.merge(records.defects, 0);
    this.predictionStarts = startsOf(records.predictions.rowCounts);
    this.labelStarts = startsOf(records.labels.rowCounts);
  }

  merged(): MergedQuality {
    const predictions = this.lastPredictions();
    const labels = this.lastLabels();
    for (const [id, prediction] of predictions) this.meet(prediction, labels.get(id));
    for (const id of labels.keys()) if (!predictions.has(id)) this.counts.labelsWithoutPrediction += 1;
    const { outsideWindow } = this.records;
    const read = { recordCount: this.profile.itemCount, outsideWindow };
    return { profile: this.profile, counts: { ...this.counts }, unreadable: defectsAsUnreadable(this.defects, read) };
  }

  private lastPredictions(): Map<string, number> {
    const { ids } = this.records.predictions;
    const last = new Map<string, number>();
    for (const [index, id] of ids.entries()) last.set(id, index);
    this.counts.duplicatePredictions = ids.length - last.size;
    return last;
  }

  private lastLabels(): Map<string, number> {
    const { ids } = this.records.labels;
    const last = new Map<string, number>();
    for (const [index, id] of ids.entries()) {
      const before = last.get(id);
      if (before !== undefined && !this.areSameLabels(before, index)) this.counts.conflictingLabels += 1;
      last.set(id, index);
    }
    this.counts.duplicateLabels = ids.length - last.size;
    return last;
  }

  private areSameLabels(a: number, b: number): boolean {
    const { rowCounts, actual } = this.records.labels;
    if (rowCounts[a] !== rowCounts[b]) return false;
    const [startA, startB] = [this.labelStarts[a], this.labelStarts[b]];
    for (let row = 0; row < rowCounts[a]; row += 1) if (actual[startA + row] !== actual[startB + row]) return false;
    return true;
  }

  private meet(prediction: number, label: number | undefined): void {
    const { predictions, labels } = this.records;
    if (label === undefined) this.counts.predictionsWithoutLabel += 1;
    else if (predictions.rowCounts[prediction] !== labels.rowCounts[label]) this.mismatch(prediction, label);
    else this.match(prediction, label);
  }

  private match(prediction: number, label: number): void {
    this.counts.matched += 1;
    const { records, predictionStarts, labelStarts } = this;
    for (let row = 0; row < records.predictions.rowCounts[prediction]; row += 1) {
      addRow(this.profile, {
        records,
        prediction: predictionStarts[prediction] + row,
        label: labelStarts[label] + row,
      });
    }
  }

  private mismatch(prediction: number, label: number): void {
    const { predictions, labels, fileNames } = this.records;
    this.counts.rowCountMismatches += 1;
    const fileIndex = labels.fileIndexes[label];
    const place = { fileIndex, file: fileNames[fileIndex], line: labels.lines[label] };
    const detail = `${labels.rowCounts[label]} labels for ${predictions.rowCounts[prediction]} predictions`;
    this.defects.add({ ...place, reason: 'row-count-mismatch', detail });
  }
}

/** Where the rows of each request begin. */
function startsOf(rowCounts: readonly number[]): number[] {
  let start = 0;
  return rowCounts.map((count) => {
    start += count;
    return start - count;
  });
}
