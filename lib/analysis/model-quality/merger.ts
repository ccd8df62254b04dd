import { identifierHash, identifierKey } from '../batch/identifier-hash';
import { timeWindow } from '../labels/captured-request';
import { columnLines, type TakeColumns } from '../labels/column-records';
import { filteredLines } from '../labels/filtered-lines';
import { labelSink } from '../labels/label-sink';
import { RecordFiles, type RecordSink } from '../labels/record-files';
import { hasColumns, type RecordReading } from '../labels/record-reading';
import type { RequestUnit } from '../labels/request-unit';
import { TableFiles } from '../labels/table-files';
import type { FileReader } from '../profile/profiler';
import type { OwnCalls } from '../reading/own-calls';
import type { FileTimes } from '../reading/time-window';
import { MatchedOutcomes, MatchedPredictions, type ScoredReading } from './matched-predictions';
import { joinLabels, type MergedQuality } from './merged-quality';
import { columnPredictions, PredictionReader } from './prediction-record';
import { checkProblem, classesOf, type QualityProblem, readOutcome } from './problem';
import { ReadRecords } from './read-records';
import { type UnitGroups, unitGroups } from './unit-groups';

/** What is merged. */
export interface MergeInput extends RecordReading {
  readonly problem: QualityProblem;
  /** captured records whose `eventMetadata.inferenceTime` is in [start, end); ISO 8601. All records where absent */
  readonly window?: { readonly start: string; readonly end: string };
  /** what identifiers are hashed with: 32 hexadecimal digits; zeros where absent */
  readonly identifierKey?: string;
  /** what requests are of that depend on each other; each is one by itself where absent */
  readonly unit?: RequestUnit;
}

/** Takes files of captured records and of ground truth, one after the other and in any order of the two kinds. */
export interface ScoredReader {
  /** Begins a file of captured records, JSON Lines. */
  captures(name: string, times?: FileTimes): FileReader;
  /** Begins a file of ground truth, JSON Lines. */
  groundTruth(name: string): FileReader;
  /** What was read of all files, which must have ended. What became of own calls is counted, of which no file has any more. */
  finish(ownCalls?: OwnCalls): ReadRecords;
}

/**
 * Starts to read captured records and labels. Of several labels (or predictions) with the same identifier the one that is read last counts, so
 * files have to come in the order of their keys, which is that of time: a later upload corrects an earlier one. Otherwise order does not
 * matter. Throws when the problem or the window makes no sense.
 *
 * @param isRanged whether the records will be written by ranges, and nothing else: then they are written as they come
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export function createScoredReader(
  { problem, window, identifierKey: digits, unit, ...recordReading }: MergeInput,
  isRanged = false,
): ScoredReader {
  checkProblem(problem);
  const records = new ReadRecords(classesOf(problem).length);
  const files = new RecordFiles(records);
  const key = identifierKey(digits);
  const groups = unit && unitGroups(unit, key);
  const reading = { problem, window: window && timeWindow(window), key, records, groups };
  if (isRanged) records.writeAsRead();
  const defect = files.defect.bind(files);
  const rules = { reading: recordReading, window: reading.window, counts: records, defect };
  const { table } = recordReading;
  const take = takeColumns(reading);
  const tables = table && new TableFiles(files, { ...recordReading, table, counts: records }, take);
  const predictions = hasColumns(recordReading)
    ? columnLines(rules, take)
    : filteredLines(predictionSink(reading, files), rules);
  const outcomes = new MatchedOutcomes(reading);
  const code = (memory: Uint8Array, from: number, to: number) => outcomes.code(memory, from, to);
  const labels = labelSink({ key, records, code, read: (text) => readOutcome(problem, text) }, files);
  return {
    captures(name, times) {
      reading.window?.enter(times);
      return tables?.file(name) ?? files.captures(name, predictions);
    },
    groundTruth: (name) => files.groundTruth(name, labels),
    finish: (ownCalls) => {
      files.checkEnded();
      records.defects.ownCalls.add(ownCalls);
      return records;
    },
  };
}

/** How rows are read, and which groups units are put into. */
interface GroupedReading extends ScoredReading {
  readonly groups?: UnitGroups;
}

function predictionSink({ problem, window, key, records, groups }: GroupedReading, files: RecordFiles): RecordSink {
  const matched = new MatchedPredictions({ problem, window, key, records });
  const reader = new PredictionReader(problem, window);
  return {
    matched: (found) => !groups && matched.take(found), // units stand in what is not found in the bytes
    text(line, place) {
      const read = reader.read(line);
      if ('problem' in read) files.defect(place, read.problem);
      else if ('outsideWindow' in read) records.outsideWindow += 1;
      else {
        const group = groups?.(read); // first, as a hash is there until the next one
        records.addPredictions(identifierHash(key, read.id), { name: read.id, rows: read.predictions, group });
      }
      records.writeBatch();
    },
  };
}

function takeColumns({ problem, key, records, groups }: GroupedReading): TakeColumns {
  return ({ id, identity: eventId, customAttributes, rows }) => {
    const predictions = columnPredictions(problem, rows);
    if (!Array.isArray(predictions)) return predictions;
    const group = groups?.({ id, eventId, customAttributes });
    records.addPredictions(identifierHash(key, id), { name: id, rows: predictions, group });
    records.writeBatch();
    return undefined;
  };
}

/** A {@link ScoredReader} whose end is the merged rows. */
export interface QualityMerger extends Omit<ScoredReader, 'finish'> {
  /** The merged rows of all files, which must have ended. */
  finish(): MergedQuality;
}

/** Starts a merge of captured records with their labels, as {@link createScoredReader} reads them. */
export function createQualityMerger(input: MergeInput): QualityMerger {
  const { finish, ...reader } = createScoredReader(input);
  return { ...reader, finish: () => joinLabels(finish(), input.problem) };
}
