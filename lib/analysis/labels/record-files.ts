import type { FileReader, RowReader } from '../profile/profiler';
import { CAPTURED, GROUND_TRUTH, type LineForm, type MatchedLine } from '../reading/capture-layout';
import { CsvParser } from '../reading/csv';
import type { DefectLog, RecordProblem } from '../reading/defects';
import { type LineFileReader, lineReader } from '../reading/files-together';
import { JsonValues, type ValueSink } from '../reading/json-values';
import { DEFAULT_MAXIMUM_RECORD_BYTES, tooLongDetail } from '../reading/record-size';
import { TextLines } from '../reading/text-lines';

/** A line of a file by its numbers; the file's name is kept once. */
export interface LinePlace {
  readonly fileIndex: number;
  /** 1-based */
  readonly line: number;
}

/** Takes the records of a file. */
export interface RecordSink {
  /** Takes a line of a known layout; false when it is to come as text, as all others do. */
  matched(found: MatchedLine, fileIndex: number): boolean;
  text(line: string, place: LinePlace): void;
}

/** Takes the rows or lines of a file as texts. */
export type TextSink<T> = (row: T, place: LinePlace) => void;

interface TextReader {
  push(text: string): void;
  end(): void;
}

/** What is known of files that were read. */
interface FileNotes {
  readonly fileNames: string[];
  readonly defects: DefectLog;
}

/** Reads files one after the other and notes their names, and what is wrong with them, with its place. */
export class RecordFiles {
  private readonly hasRecords: boolean[] = [];
  private openCount = 0;

  constructor(private readonly notes: FileNotes) {}

  /** Begins a file of captured records; blank lines are none. */
  captures(name: string, sink: RecordSink): LineFileReader {
    return this.lines(name, sink, CAPTURED);
  }

  /** Begins a file of labels; blank lines are none. */
  groundTruth(name: string, sink: RecordSink): LineFileReader {
    return this.lines(name, sink, GROUND_TRUTH);
  }

  private lines(name: string, sink: RecordSink, form: LineForm): LineFileReader {
    const fileIndex = this.begin(name);
    const { end, giveUp } = this.endOf(fileIndex);
    const lines = {
      maximumRecordBytes: DEFAULT_MAXIMUM_RECORD_BYTES,
      matched: (found: MatchedLine) => {
        const isTaken = sink.matched(found, fileIndex);
        if (isTaken) this.hasRecords[fileIndex] = true;
        return isTaken;
      },
      line: (text: string, line: number) => {
        if (text.trim() === '') return;
        this.hasRecords[fileIndex] = true;
        sink.text(text, { fileIndex, line });
      },
      tooLong: (line: number, bytes: number) => this.tooLong({ fileIndex, line }, bytes),
    };
    return lineReader({ sink: lines, end, giveUp }, form);
  }

  /** Begins a file of CSV records. */
  csv(name: string, take: TextSink<readonly string[]>): FileReader {
    const fileIndex = this.begin(name);
    const reader = new CsvParser({
      row: (fields, line) => {
        this.hasRecords[fileIndex] = true;
        take(fields, { fileIndex, line });
      },
      problem: (_, line, bytes) => {
        if (bytes !== undefined) this.tooLong({ fileIndex, line }, bytes);
        else this.defect({ fileIndex, line }, { reason: 'malformed-data', detail: 'a quote is not closed' });
      },
    });
    return this.decoded(reader, fileIndex);
  }

  /** Begins a file of JSON records: lines, or a document of them. */
  json(name: string, isLines: boolean, take: TextSink<string>): FileReader {
    const fileIndex = this.begin(name);
    const sink: ValueSink = {
      line: (text, line) => {
        if (text.trim() === '') return;
        this.hasRecords[fileIndex] = true;
        take(text, { fileIndex, line });
      },
      tooLong: (line, bytes) => this.tooLong({ fileIndex, line }, bytes),
      malformed: (line, detail) => this.defect({ fileIndex, line }, { reason: 'malformed-data', detail }),
    };
    return this.decoded(isLines ? new TextLines(sink) : new JsonValues(sink), fileIndex);
  }

  /** Begins a file that another reader takes apart; its rows count as lines. */
  rows(name: string, take: TextSink<readonly string[]>): RowReader {
    const fileIndex = this.begin(name);
    const { end } = this.endOf(fileIndex);
    let line = 0;
    return {
      row: (fields) => {
        line += 1;
        this.hasRecords[fileIndex] = true;
        take(fields, { fileIndex, line });
      },
      end,
      giveUp: (detail, reason) => {
        this.defect({ fileIndex, line: 1 }, { reason, detail });
        this.openCount -= 1;
      },
    };
  }

  /** Records what is wrong with a line. */
  defect(place: LinePlace, problem: RecordProblem): void {
    this.hasRecords[place.fileIndex] = true;
    const { defects, fileNames } = this.notes;
    defects.add({ ...place, file: fileNames[place.fileIndex], ...problem });
  }

  /** Throws when a file has not ended. */
  checkEnded(): void {
    if (this.openCount === 0) return;
    throw new Error(`QualityOpen: ${this.openCount} files have not ended; end every file before finish()`);
  }

  private begin(name: string): number {
    this.openCount += 1;
    this.hasRecords.push(false);
    return this.notes.fileNames.push(name) - 1;
  }

  private tooLong(place: LinePlace, bytes: number): void {
    this.defect(place, { reason: 'record-too-long', detail: tooLongDetail(bytes, DEFAULT_MAXIMUM_RECORD_BYTES) });
  }

  private decoded(reader: TextReader, fileIndex: number): FileReader {
    const decoder = new TextDecoder('utf-8');
    const { end, giveUp } = this.endOf(fileIndex);
    return {
      push: (chunk) => reader.push(decoder.decode(chunk, { stream: true })),
      end: () => {
        reader.push(decoder.decode());
        reader.end();
        end();
      },
      giveUp,
    };
  }

  private endOf(fileIndex: number): Pick<FileReader, 'end' | 'giveUp'> {
    return {
      end: () => {
        const place = { fileIndex, line: 1 };
        if (!this.hasRecords[fileIndex]) {
          this.defect(place, { reason: 'empty-file', detail: 'the file has no records' });
        }
        this.openCount -= 1;
      },
      giveUp: (detail) => {
        this.defect({ fileIndex, line: 1 }, { reason: 'out-of-time', detail });
        this.openCount -= 1;
      },
    };
  }
}
