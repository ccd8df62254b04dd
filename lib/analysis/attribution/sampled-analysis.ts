import { timeWindow } from '../labels/captured-request';
import { type ColumnRecord, columnLines, type TakeColumns } from '../labels/column-records';
import type { ColumnRow } from '../labels/column-row';
import { filteredLines } from '../labels/filtered-lines';
import { type LinePlace, RecordFiles, type RecordSink } from '../labels/record-files';
import { hasColumns, type LineRules, type RecordReading } from '../labels/record-reading';
import { TableFiles } from '../labels/table-files';
import type { BaselineFiles, Findings, Judging, PartReader, Reading } from '../port';
import { constraintsProblem } from '../validation/constraints-problem';
import { type FeatureColumns, featureDataset, type RankRow } from './feature-dataset';
import { type FeaturePlaces, featureValues, readFeatures } from './feature-rows';
import type { FeatureRow } from './model-answers';
import { decodeSample, RowSample } from './row-sample';
import { ATTRIBUTION_CHECK, type AttributionAnalysis } from './schemas';
import { checkAttribution } from './violations';

/** Captured records whose `eventMetadata.inferenceTime` is in [start, end). */
export interface CapturedSample extends RecordReading {
  readonly captured: FeaturePlaces;
  /** ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
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
  const sample = new RowSample(settings.capacity);
  const { rank } = settings;
  if ('dataset' in settings) return { ...featureDataset(sample, settings.dataset, rank), rows: noParquet };
  return capturedReader(sample, settings, rank);
}

function noParquet(name: string): never {
  throw new Error(`SampleFormat: "${name}" is Parquet, which this analysis does not read; write CSV`);
}

function capturedReader(
  sample: RowSample,
  { captured, window, ...reading }: CapturedSample,
  rank: RankRow,
): PartReader<RowSample> {
  const files = new RecordFiles(sample);
  const rules = { reading, window: window && timeWindow(window), counts: sample, defect: files.defect.bind(files) };
  const take = (rows: readonly FeatureRow[], identity: string) => {
    sample.requestCount += 1;
    for (const [index, values] of rows.entries()) sample.add({ rank: rank(`${identity}\n${index}`), values });
  };
  const { table } = reading;
  const takeTable = takeFeatures({ name: '', captured, take });
  const tables = table && new TableFiles(files, { ...reading, table, counts: sample }, takeTable);
  const rowsOf = hasColumns(reading) ? columnRows : bodyRows;
  return {
    file(name, _, times) {
      rules.window?.enter(times);
      return tables?.file(name) ?? files.captures(name, rowsOf({ name, captured, take }, rules));
    },
    rows: tables ? (name, columnNames) => tables.rows(name, columnNames) : noParquet,
    finish: (ownCalls) => {
      files.checkEnded();
      sample.defects.ownCalls.add(ownCalls);
      return sample;
    },
  };
}

/** Whose features are taken, and who takes them. */
interface FeatureFile {
  readonly name: string;
  readonly captured: FeaturePlaces;
  /** those of a record, by what tells it from all others */
  readonly take: (rows: readonly FeatureRow[], identity: string) => void;
}

/** Whose record it is, the service says; else its place does. */
const identityOf = (identity: string | undefined, name: string, { line }: LinePlace) => identity ?? `${name}\n${line}`;

/** In the bodies of requests, as clients sent them. */
function bodyRows({ name, captured, take }: FeatureFile, rules: LineRules): RecordSink {
  const { window, counts, defect } = rules;
  const sink: RecordSink = {
    matched: () => false, // rows are kept as texts
    text(line, place) {
      const read = readFeatures(line, captured, window);
      if ('problem' in read) defect(place, read.problem);
      else if ('outsideWindow' in read) counts.outsideWindow += 1;
      else take(read.rows, identityOf(read.eventId, name, place));
    },
  };
  return filteredLines(sink, rules);
}

/** Among the columns of rows. */
const columnRows = (file: FeatureFile, rules: LineRules): RecordSink => columnLines(rules, takeFeatures(file));

function takeFeatures({ name, captured: { headers }, take }: FeatureFile): TakeColumns {
  return (record, place) => {
    const made: FeatureRow[] = [];
    for (const row of record.rows) {
      const values = featureValues(featuresOf(row, record, headers.length), headers);
      if ('problem' in values) return values;
      made.push(values);
    }
    take(made, identityOf(record.identity, name, place));
    return undefined;
  };
}

/** Names tell features from answers; else places do. */
function featuresOf(row: ColumnRow, { firstFeature, hasAnswersBehind = false }: ColumnRecord, count: number) {
  if (row instanceof Map) return row;
  const end = hasAnswersBehind ? firstFeature + count : undefined;
  return (row as readonly string[]).slice(firstFeature, end);
}
