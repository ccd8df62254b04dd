import { DEFAULT_MAXIMUM_RECORD_BYTES, RecordSize } from './record-size';

/** Takes the lines of a text, 1-based, without their line break. */
export interface LineSink {
  line(text: string, line: number): void;
  tooLong(line: number, bytes: number): void;
}

/** LF, CRLF and CR, in any mixture, as Spark reads JSON Lines. No JSON text has a bare one of them inside of a string. */
const LINE_BREAK = /\r\n|\n|\r/;

/**
 * The lines of a text that is whole, empty ones included.
 *
 * @see https://spark.apache.org/docs/latest/sql-data-sources-json.html
 */
export function linesOf(text: string): string[] {
  return text.split(LINE_BREAK);
}

/** Splits text into lines at LF, however it is cut into chunks. A line beyond the limit is discarded as it comes and told with its bytes. */
export class TextLines {
  private readonly parts: string[] = [];
  private readonly size: RecordSize;
  private line = 1;
  private isOpen = false;

  constructor(
    private readonly sink: LineSink,
    maximumRecordBytes: number = DEFAULT_MAXIMUM_RECORD_BYTES,
  ) {
    this.size = new RecordSize(maximumRecordBytes);
  }

  push(text: string): void {
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.endLine(text, from, to);
      from = to + 1;
    }
    if (from === text.length) return;
    this.isOpen = true;
    if (this.size.carry(text, from)) this.parts.length = 0;
    else this.parts.push(text.slice(from));
  }

  /** Lets the text that comes begin at a line. */
  beginAt(line: number): void {
    this.line = line;
  }

  /** Ends the last line, which need not end with a line break. */
  end(): void {
    if (this.isOpen) this.endLine('', 0, 0);
  }

  private endLine(text: string, from: number, to: number): void {
    const bytes = this.size.end(text, from, to);
    const rest = text.slice(from, to);
    if (bytes !== undefined) this.sink.tooLong(this.line, bytes);
    else this.sink.line(this.parts.length === 0 ? rest : this.parts.join('') + rest, this.line);
    this.parts.length = 0;
    this.isOpen = false;
    this.line += 1;
  }
}
