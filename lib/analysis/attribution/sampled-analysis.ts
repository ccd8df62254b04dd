import { timeWindow } from '../labels/captured-request';
import { filteredLines } from '../labels/filtered-lines';
import { RecordFiles, type RecordSink } from '../labels/record-files';
import type { BaselineFiles, Findings, Judging, PartReader, Reading } from '../port';
import type { RecordFilter } from '../reading/record-filter';
import { constraintsProblem } from '../validation/constraints-problem';
import { type FeatureColumns, featureDataset, type RankRow } from './feature-dataset';
import { type FeaturePlaces, readFeatures } from './feature-rows';
import { decodeSample, RowSample } from './row-sample';
import { ATTRIBUTION_CHECK, type AttributionAnalysis } from './schemas';
import { checkAttribution } from './violations';

/** Captured records whose `eventMetadata.inferenceTime` is in [start, end). */
export interface CapturedSample {
  readonly captured: FeaturePlaces;
  /** ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
  /** which captured records are read; all where absent */
  readonly filter?: RecordFilter;
}

/** What the data of an analysis of attributions are, and how many of their rows are explained. */
export type SampleSettings = (CapturedSample | { readonly dataset: FeatureColumns }) & {
  /** rows that are kept at most */
  readonly capacity: number;
  readonly rank: RankRow;
};

/** Clarify's file, of a baseline and of a run. */
const ANALYSIS = 'analysis.json';

/** How captured records, or a dataset, become a sample of rows. */
export function sampleReading(settings: SampleSettings): Reading<RowSample> {
  return { reader: () => partReader(settings), encode: (part) => part.encode() };
}

/** What is made of a sample whose rows were explained by whoever may ask the model. */
export function sampleJudging({ capacity }: Pick<SampleSettings, 'capacity'>): Judging<RowSample> {
  return {
    decode: decodeSample,
    merge(parts) {
      const whole = new RowSample(capacity);
      for (const part of parts) whole.merge(part);
      return whole;
    },
    counts: ({ counts }) => counts,
    baseline: async (part) => baselineOf(part),
    baselineProblem: (baseline) => constraintsProblem('Attributions', baseline[ANALYSIS]),
    check: async (part, baseline) => checked(part, baseline[ANALYSIS] as AttributionAnalysis),
  };
}

/** Why there is nothing to compare: whoever asks the model writes what came of it, or why nothing did. */
const UNEXPLAINED = { refusal: 'the rows were not explained: the part is not what asked the model' };

function baselineOf({ explanation = UNEXPLAINED }: RowSample): BaselineFiles {
  return 'refusal' in explanation ? explanation : { files: { [ANALYSIS]: explanation.analysis } };
}

function checked(
  { explanation = UNEXPLAINED }: RowSample,
  baseline: AttributionAnalysis,
): Findings | { readonly refusal: string } {
  if ('refusal' in explanation) return explanation;
  const { findings, notEvaluated, scores } = checkAttribution(baseline, explanation.analysis);
  const skipped = notEvaluated.map(({ label, reason }) => ({ feature: label, check: ATTRIBUTION_CHECK, reason }));
  const files = { [ANALYSIS]: explanation.analysis };
  return { files, violations: findings, distances: [], notEvaluated: skipped, checkCount: scores.length };
}

function partReader(settings: SampleSettings): PartReader<RowSample> {
  const rows = (name: string) => {
    throw new Error(`SampleFormat: "${name}" is Parquet, which this analysis does not read; write CSV`);
  };
  const sample = new RowSample(settings.capacity);
  const { rank } = settings;
  if ('dataset' in settings) return { ...featureDataset(sample, settings.dataset, rank), rows };
  return { ...capturedReader(sample, settings, rank), rows };
}

function capturedReader(sample: RowSample, { captured, window, filter }: CapturedSample, rank: RankRow) {
  const files = new RecordFiles(sample);
  const times = window && timeWindow(window);
  const rules = { filter, window: times, counts: sample, defect: files.defect.bind(files) };
  const rowsOf = (name: string): RecordSink => ({
    matched: () => false, // rows are kept as texts
    text(line, place) {
      const read = readFeatures(line, captured, times);
      if ('problem' in read) files.defect(place, read.problem);
      else if ('outsideWindow' in read) sample.outsideWindow += 1;
      else {
        const identity = read.eventId ?? `${name}\n${place.line}`;
        for (const [index, values] of read.rows.entries()) sample.add({ rank: rank(`${identity}\n${index}`), values });
      }
    },
  });
  const file = (name: string) => files.captures(name, filteredLines(rowsOf(name), rules));
  const finish = () => {
    files.checkEnded();
    return sample;
  };
  return { file, finish };
}
