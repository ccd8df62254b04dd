import { identifierHash, identifierKey } from '../batch/identifier-hash';
import { timeWindow } from '../labels/captured-request';
import { columnLines, type TakeColumns } from '../labels/column-records';
import { filteredLines } from '../labels/filtered-lines';
import { labelSink } from '../labels/label-sink';
import { once } from '../labels/once';
import { PartsMeeting } from '../labels/parts-meeting';
import { RecordFiles, type RecordSink } from '../labels/record-files';
import { hasColumns, type RecordReading } from '../labels/record-reading';
import { TableFiles } from '../labels/table-files';
import type {
  Analysis,
  AnalysisFiles,
  BaselineFiles,
  Findings,
  Judging,
  Meeting,
  PartReader,
  PartShelf,
  Reading,
} from '../port';
import { constraintsProblem } from '../validation/constraints-problem';
import { baselineNotes, emptyGroup } from './baseline-notes';
import { type BiasRecords, decodeBias, emptyRecords } from './bias-records';
import { createBiasDataset, type DatasetPlaces } from './dataset';
import { judgeAsContainer, judgeByChance } from './judgement';
import { type BiasRowReading, codesOf, MatchedBiasRows } from './matched-rows';
import { BiasMeeting, type BiasResult, type BiasTask, metBias } from './met-bias';
import { readLabel } from './predicted-label';
import { type BiasQuestion, groupColumns } from './question';
import { BiasRowReader, type CapturedPlaces, type ReadPlaces } from './record-rows';
import type { BiasAnalysis } from './schemas';

/** Captured records whose `eventMetadata.inferenceTime` is in [start, end), with their labels. */
export interface CapturedBias extends RecordReading {
  readonly captured: CapturedPlaces;
  /** ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
  /** what identifiers are hashed with: 32 hexadecimal digits; zeros where absent */
  readonly identifierKey?: string;
}

/** What the data of an analysis of bias are, and which groups are compared in them: captured records with their labels, or a dataset that has both. */
export type BiasData = (CapturedBias | { readonly dataset: DatasetPlaces }) & { readonly question: BiasQuestion };

/** How a run is judged. */
export interface BiasRules {
  /** whether by the container's rule, which knows no chance, and by its types of columns; false where absent */
  readonly followsContainer?: boolean;
  /** of the whole window, above 0 to 1; 0.001 where absent. Without meaning for the container's rule */
  readonly falseAlarmRate?: number;
}

/** What the data of an analysis of bias are, and how a run is judged. */
export type BiasSettings = BiasData & BiasRules;

/** Clarify's file, of a baseline and of a run. */
const ANALYSIS = 'analysis.json';

/** The analysis of bias metrics; records and labels meet when all are read. */
export const biasAnalysis = (settings: BiasSettings): Analysis<BiasRecords> => ({
  ...biasReading(settings),
  ...biasJudging(settings),
});

/** How captured records and labels, or a dataset, become parts. */
export function biasReading(data: BiasData): Reading<BiasRecords> {
  return {
    reader: (isRanged) => partReader(data, isRanged),
    encode: (part) => part.encode(),
    encodeRanges: (part) => part.encodeRanges(),
  };
}

/** What is made of parts. */
export function biasJudging(settings: BiasSettings): Judging<BiasRecords> {
  const { question, followsContainer = false } = settings;
  const isPaired = 'dataset' in settings;
  const task = { question, followsContainer, isPaired };
  const met = once((part: BiasRecords) => metBias(part, task));
  return {
    meeting: (shelf) => biasMeeting(settings, task, shelf),
    decode: decodeBias,
    merge(parts) {
      const whole = emptyRecords(groupColumns(question).length);
      for (const part of parts) whole.merge(part);
      return whole;
    },
    counts: (part) => met(part).counts,
    baseline: async (part) => baselineOf(met(part).result()),
    baselineProblem: (baseline) => constraintsProblem('Bias', baseline[ANALYSIS]),
    baselineNotes: (baseline) => baselineNotes(baseline[ANALYSIS] as BiasAnalysis),
    check: async (part, baseline) => checked(met(part).result(), baseline[ANALYSIS] as BiasAnalysis, settings),
  };
}

function biasMeeting(settings: BiasSettings, task: BiasTask, shelf?: PartShelf): Meeting {
  const parts = new PartsMeeting(emptyRecords(groupColumns(task.question).length), shelf);
  return {
    add: (bytes) => parts.add(bytes),
    judged() {
      const meeting = new BiasMeeting(task);
      const met = meeting.met(parts.meet((batch) => meeting.add(batch)));
      const check = async (baseline: AnalysisFiles) =>
        checked(met.result(), baseline[ANALYSIS] as BiasAnalysis, settings);
      return { counts: () => met.counts, check };
    },
  };
}

/** Nothing is compared with what is not whole. */
function baselineOf({ analysis, problems, refusal }: BiasResult): BaselineFiles {
  const [problem] = problems;
  const reason = refusal ?? (problem && `column "${problem.column}": ${problem.detail}`) ?? emptyGroup(analysis);
  return reason === undefined ? { files: { [ANALYSIS]: analysis } } : { refusal: reason };
}

function checked(
  { analysis, problems, refusal }: BiasResult,
  baseline: BiasAnalysis,
  { followsContainer = false, falseAlarmRate }: BiasRules,
): Findings | { readonly refusal: string } {
  if (refusal !== undefined) return { refusal };
  const { findings, notEvaluated, checkCount } = followsContainer
    ? judgeAsContainer(baseline, analysis)
    : judgeByChance(baseline, analysis, falseAlarmRate);
  const skipped = problems.map(({ column, reason, detail }) => ({ feature: column, check: reason, reason: detail }));
  const files = { [ANALYSIS]: analysis };
  return { files, violations: findings, distances: [], notEvaluated: [...skipped, ...notEvaluated], checkCount };
}

function partReader(data: BiasData, isRanged = false): PartReader<BiasRecords> {
  const rows = (name: string) => {
    throw new Error(`BiasFormat: "${name}" is Parquet, which this analysis does not read; write CSV`);
  };
  const columns = groupColumns(data.question);
  if ('dataset' in data) return { ...createBiasDataset(columns, data.dataset), rows };
  return { ...capturedReader({ ...data, isRanged }, columns), rows };
}

/** Captured records, and whether they will be written by ranges, and nothing else: then they are written as they come. */
type RangedBias = CapturedBias & { readonly question: BiasQuestion; readonly isRanged: boolean };

function capturedReader(
  { captured, question, window, identifierKey: digits, isRanged, ...recordReading }: RangedBias,
  columns: readonly string[],
): Omit<PartReader<BiasRecords>, 'rows'> {
  const records = emptyRecords(columns.length);
  const files = new RecordFiles(records);
  const reading = { window: window && timeWindow(window), key: identifierKey(digits), records };
  const places = { columns, label: question.label, ...captured };
  if (isRanged) records.writeAsRead();
  const known = codesOf(records.columns[0], readLabel);
  const code = (memory: Uint8Array, from: number, to: number) => known.of(memory, from, to);
  const labels = labelSink({ ...reading, code, read: readLabel }, files);
  const defect = files.defect.bind(files);
  const rules = { reading: recordReading, window: reading.window, counts: records, defect };
  const { table } = recordReading;
  const take = takeColumns(places, reading);
  const tables = table && new TableFiles(files, { ...recordReading, table, counts: records }, take);
  const rows = hasColumns(recordReading)
    ? columnLines(rules, take)
    : filteredLines(rowSink(places, reading, files), rules);
  return {
    file(name, content, times) {
      if (content === 'labels') return files.groundTruth(name, labels);
      reading.window?.enter(times);
      return tables?.file(name) ?? files.captures(name, rows);
    },
    finish: (ownCalls) => {
      files.checkEnded();
      records.defects.ownCalls.add(ownCalls);
      return records;
    },
  };
}

function rowSink(places: ReadPlaces, reading: BiasRowReading, files: RecordFiles): RecordSink {
  const { window, key, records } = reading;
  const matched = new MatchedBiasRows(places, reading);
  const reader = new BiasRowReader(places, window);
  return {
    matched: (found) => matched.take(found),
    text(line, place) {
      const read = reader.read(line);
      if ('problem' in read) files.defect(place, read.problem);
      else if ('outsideWindow' in read) records.outsideWindow += 1;
      else records.addPredictions(identifierHash(key, read.id), read.rows);
      records.writeBatch();
    },
  };
}

function takeColumns(places: ReadPlaces, { key, records }: BiasRowReading): TakeColumns {
  const reader = new BiasRowReader(places);
  return (record) => {
    const read = reader.columns(record);
    if ('problem' in read) return read;
    records.addPredictions(identifierHash(key, record.id), read.rows);
    records.writeBatch();
    return undefined;
  };
}
