import { MAX_COLUMNS } from '../batch/field-memory';
import type { StringRange } from './capture-fields';
import type { MatchedLine } from './capture-layout';
import { type CapturedRows, type CaptureRules, readCapturedRecord } from './capture-record';
import type { RecordProblem } from './defects';
import type { FileLog } from './file-log';
import type { MatchedLineSink } from './matched-lines';
import { placeInTime } from './time-window';

const SPACE = 32;
const OPEN_ARRAY = 91;

/** Takes captured records for a profile: those of one row of CSV as bytes, all others, and those that are to be reported, as text. */
export class CaptureSink implements MatchedLineSink {
  readonly maximumRecordBytes: number;

  constructor(
    private readonly log: FileLog,
    private readonly rules: CaptureRules,
  ) {
    this.maximumRecordBytes = log.maximumRecordBytes;
  }

  matched({ output, input, line, time }: MatchedLine): boolean {
    const { log } = this;
    const { window } = this.rules;
    const { batch } = log.workspace;
    const place = placeInTime(time, window);
    if (place === 'elsewhere') return false;
    if (place === 'beside') {
      log.profile.outsideWindow += 1;
      log.isEmpty = false;
      return true;
    }
    if (!batch.hasRoom()) batch.flush();
    const first = batch.size;
    if (output && batch.memory[output.from] === OPEN_ARRAY) return false; // perhaps a list, whose brackets are no part of its fields
    const middle = output ? this.write(output, first) : first;
    const end = input ? this.write(input, middle) : middle;
    if (middle < 0 || end < 0 || !log.accept(end - first, line, middle - first)) return false;
    batch.addRow(first, end);
    return true;
  }

  line(text: string, line: number): void {
    this.log.workspace.batch.release();
    if (text.trim() !== '') this.take(readCapturedRecord(text, this.rules), line);
  }

  tooLong(line: number, bytes: number): void {
    this.log.workspace.batch.release();
    this.log.tooLong(line, bytes);
  }

  /** Writes the fields of one side from `first` on. Returns the end of what was written; -1 when the side has perhaps no row. */
  private write(side: StringRange, first: number): number {
    const { batch, captureFields } = this.log.workspace;
    const { memory, size } = batch;
    const { from, to, count } = side;
    const isPerhapsBlank = from === to || (count === 1 && memory[from] <= SPACE);
    if (first < 0 || isPerhapsBlank || first + count - size > MAX_COLUMNS) return -1;
    captureFields.place(side, first);
    return first + count;
  }

  private take(record: ReturnType<typeof readCapturedRecord>, line: number): void {
    const { log } = this;
    log.isEmpty = false;
    if ('outsideWindow' in record) log.profile.outsideWindow += 1;
    else addRows(log, record, line);
  }
}

/** Adds the rows of a record to the profile, or what is wrong with it. */
export function addRows(log: FileLog, record: CapturedRows | { readonly problem: RecordProblem }, line: number): void {
  log.isEmpty = false;
  if ('problem' in record) {
    log.defect(line, record.problem.reason, record.problem.detail);
    return;
  }
  log.profile.filtered += record.filtered ?? 0;
  for (const { reason, detail } of record.misfits ?? []) log.defect(line, reason, detail);
  if ('csv' in record) for (const fields of record.csv) log.row(fields, line, record.answers);
  else for (const fields of record.json) log.fields(fields, line, record.answers);
}
