import type { FileReader } from '../profile/profiler';
import { parseTime, type TimeWindow } from '../reading/capture-record';
import type { Unreadable } from '../reading/unreadable';
import { readGroundTruth } from './ground-truth';
import { PredictionReader } from './prediction-record';
import type { Outcome, Prediction, QualityProblem } from './problem';
import { QualityProfile } from './quality-profile';
import { type LinePlace, RecordFiles } from './record-files';

/** Identifiers of predictions and labels that are held, some 600 bytes each; with more there are no metrics. */
export const MAX_MERGED_RECORDS = 1_000_000;

/** What is merged. */
export interface MergeInput {
  readonly problem: QualityProblem;
  /** captured records whose `eventMetadata.inferenceTime` is in [start, end); ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
}

/**
 * How predictions and labels met. Of the records that could be read, every prediction is in exactly one of `matched`,
 * `predictionsWithoutLabel`, `duplicatePredictions` and `rowCountMismatches`, and every label in exactly one of `matched`,
 * `labelsWithoutPrediction`, `duplicateLabels` and `rowCountMismatches`. Predictions outside the window are in none, nor is what a refused
 * profile had no room for.
 */
export interface MergeCounts {
  /** requests that have predictions and labels: these are analysed */
  readonly matched: number;
  /** late labels, of a prediction of an earlier window, and labels with an identifier that nothing captured has */
  readonly labelsWithoutPrediction: number;
  /** labels that are missing, or yet to come */
  readonly predictionsWithoutLabel: number;
  /** labels with the identifier of a later one, which counts in their place */
  readonly duplicateLabels: number;
  /** how many of `duplicateLabels` were another label than the one after them */
  readonly conflictingLabels: number;
  /** predictions with the identifier of a later one, which counts in their place */
  readonly duplicatePredictions: number;
  /** requests with another number of labels than of predictions; also among the unreadable */
  readonly rowCountMismatches: number;
}

/** The merged rows, and what could not be merged. */
export interface MergedQuality {
  /** refused, so without metrics, when there are more than {@link MAX_MERGED_RECORDS} identifiers */
  readonly profile: QualityProfile;
  readonly counts: MergeCounts;
  /** lines of either kind that could not be read; `recordCount` are the rows of `profile` */
  readonly unreadable: Unreadable;
}

/** Takes files of captured records and of ground truth, one after the other and in any order of the two kinds. */
export interface QualityMerger {
  /** Begins a file of captured records, JSON Lines. */
  captures(name: string): FileReader;
  /** Begins a file of ground truth, JSON Lines. */
  groundTruth(name: string): FileReader;
  /** The merged rows of all files, which must have ended. */
  finish(): MergedQuality;
}

/**
 * Starts a merge of captured records with their labels. Of several labels (or predictions) with the same identifier the one that is read last counts, so
 * files have to come in the order of their keys, which is that of time: a later upload corrects an earlier one. Otherwise order does not
 * matter. Throws when the problem or the window makes no sense.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function createQualityMerger({ problem, window }: MergeInput): QualityMerger {
  const merge = new Merge(problem);
  const reader = new PredictionReader(problem, window && timeWindow(window));
  return {
    captures: (name) => merge.files.lines(name, (line, place) => merge.prediction(reader.read(line), place)),
    groundTruth: (name) => merge.files.lines(name, (line, place) => merge.label(readGroundTruth(problem, line), place)),
    finish: () => merge.finish(),
  };
}

function timeWindow({ start, end }: { readonly start: string; readonly end: string }): TimeWindow {
  const window = { start: parseTime(start), end: parseTime(end) };
  if (window.start <= window.end) return window;
  throw new Error(`QualityWindow: "window" must be two ISO 8601 times in order, got ${start} and ${end}`);
}

/** What is known of one identifier. The labels' place is kept in numbers, for there may be a million. */
interface Request {
  predictions?: readonly Prediction[];
  labels?: readonly Outcome[];
  fileIndex: number;
  line: number;
}

type Counter = { -readonly [count in keyof MergeCounts]: MergeCounts[count] };

class Merge {
  readonly files = new RecordFiles();
  private readonly profile: QualityProfile;
  private readonly requests = new Map<string, Request>();
  private outsideWindow = 0;
  private merged?: MergedQuality;
  private readonly counts: Counter = {
    matched: 0,
    labelsWithoutPrediction: 0,
    predictionsWithoutLabel: 0,
    duplicateLabels: 0,
    conflictingLabels: 0,
    duplicatePredictions: 0,
    rowCountMismatches: 0,
  };

  constructor(problem: QualityProblem) {
    this.profile = new QualityProfile(problem);
  }

  prediction(record: ReturnType<PredictionReader['read']>, place: LinePlace): void {
    if ('problem' in record) this.files.defect(place, record.problem);
    else if ('outsideWindow' in record) this.outsideWindow += 1;
    else {
      const request = this.request(record.id);
      if (request?.predictions) this.counts.duplicatePredictions += 1;
      if (request) request.predictions = record.predictions;
    }
  }

  label(record: ReturnType<typeof readGroundTruth>, place: LinePlace): void {
    if ('problem' in record) {
      this.files.defect(place, record.problem);
      return;
    }
    const request = this.request(record.id);
    if (!request) return;
    if (request.labels) {
      this.counts.duplicateLabels += 1;
      if (!isSame(request.labels, record.labels)) this.counts.conflictingLabels += 1;
    }
    Object.assign(request, place);
    request.labels = record.labels;
  }

  finish(): MergedQuality {
    this.files.checkEnded();
    this.merged ??= this.join();
    return this.merged;
  }

  private join(): MergedQuality {
    for (const [id, { predictions, labels, fileIndex, line }] of this.requests) {
      if (!predictions) this.counts.labelsWithoutPrediction += 1;
      else if (!labels) this.counts.predictionsWithoutLabel += 1;
      else if (predictions.length === labels.length) this.match(id, predictions, labels);
      else {
        this.counts.rowCountMismatches += 1;
        const detail = `${labels.length} labels for ${predictions.length} predictions`;
        this.files.defect({ fileIndex, line }, { reason: 'row-count-mismatch', detail });
      }
    }
    this.requests.clear();
    const unreadable = this.files.unreadable(this.profile.itemCount, this.outsideWindow);
    return { profile: this.profile, counts: { ...this.counts }, unreadable };
  }

  private match(id: string, predictions: readonly Prediction[], labels: readonly Outcome[]): void {
    this.counts.matched += 1;
    for (const [index, prediction] of predictions.entries()) {
      this.profile.add({ ...prediction, actual: labels[index] }, index === 0 ? id : `${id}#${index}`);
    }
  }

  /** Undefined when there is no room for another identifier. */
  private request(id: string): Request | undefined {
    const known = this.requests.get(id);
    if (known) return known;
    if (this.requests.size === MAX_MERGED_RECORDS) {
      this.profile.refuse(`there are more than ${MAX_MERGED_RECORDS} identifiers: make the window shorter`);
      return undefined;
    }
    const request: Request = { predictions: undefined, labels: undefined, fileIndex: 0, line: 0 };
    this.requests.set(id, request);
    return request;
  }
}

const isSame = (a: readonly Outcome[], b: readonly Outcome[]) =>
  a.length === b.length && a.every((value, index) => value === b[index]);
