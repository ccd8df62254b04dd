import { DEFAULT_MAXIMUM_RECORD_BYTES, RecordSize } from './record-size';

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** What fields are separated by where nothing else is said. */
export const COMMA = ',';

/** How CSV text is taken apart. */
export interface CsvSettings {
  /** longer records are discarded; 8 MiB where absent */
  readonly maximumRecordBytes?: number;
  /** one ASCII character; a comma where absent */
  readonly delimiter?: string;
}

/** Why a CSV record could not be read. */
export type CsvProblem = 'unterminated-quote' | 'record-too-long';

/** Takes what a {@link CsvParser} reads. Lines are 1-based; a record's line is the one it begins on. */
export interface CsvSink {
  /** One record. The array belongs to the parser and changes afterwards. */
  row(fields: readonly string[], line: number): void;
  /** `bytes` only where the record is too long */
  problem(problem: CsvProblem, line: number, bytes?: number): void;
}

type State = 'field' | 'plain' | 'quoted' | 'quote';

/**
 * Splits CSV text into records, however the text is cut into chunks: commas or another delimiter, quoted fields with doubled quotes and line breaks, LF, CRLF or
 * CR at the end of a record. Blank lines are no records. A quote inside a field that does not begin with one is a character like any other.
 * A record beyond the limit is discarded as it comes and told with its bytes where it ends: a quote that is never closed takes the rest of the
 * file with it, but no memory.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export class CsvParser {
  private state: State = 'field';
  private fields: string[] = [];
  private carry = '';
  private readonly size: RecordSize;
  /** where the current record, or its part in this chunk, begins */
  private start = 0;
  private isLost = false;
  private line = 1;
  private recordLine = 1;
  private hasQuotes = false;
  private afterCarriageReturn = false;

  private readonly delimiter: number;

  constructor(
    private readonly sink: CsvSink,
    { maximumRecordBytes = DEFAULT_MAXIMUM_RECORD_BYTES, delimiter = COMMA }: CsvSettings = {},
  ) {
    this.size = new RecordSize(maximumRecordBytes);
    this.delimiter = delimiter.charCodeAt(0);
  }

  push(text: string): void {
    let at = this.skipLineFeed(text.charCodeAt(0));
    this.start = at;
    while (at < text.length) {
      if (this.state === 'quoted') at = this.quoted(text, at);
      else if (this.state === 'quote') at = this.afterQuote(text, at);
      else if (this.state === 'field' && text.charCodeAt(at) === QUOTE) at = this.open(at);
      else at = this.plain(text, at);
    }
    if (this.start < text.length && this.size.carry(text, this.start)) this.lose();
  }

  /** Lets the text that comes begin at a line. */
  beginAt(line: number): void {
    this.line = line;
    this.recordLine = line;
  }

  /** The line that comes next, where the text so far ends with a whole record; undefined inside of one. */
  nextLine(): number | undefined {
    return this.state === 'field' && this.fields.length === 0 && !this.isLost ? this.line : undefined;
  }

  /** Ends the last record, which need not end with a line break. */
  end(): void {
    this.start = 0;
    if (this.state === 'quoted' && !this.isLost) this.sink.problem('unterminated-quote', this.recordLine);
    else if (this.state !== 'field' || this.fields.length > 0 || this.isLost) this.endRecord('', 0);
    this.reset();
  }

  /** 1 when the next character (NaN when it is not there yet) belongs to the line break before it. */
  private skipLineFeed(next: number): number {
    if (!this.afterCarriageReturn || Number.isNaN(next)) return 0;
    this.afterCarriageReturn = false;
    return next === LINE_FEED ? 1 : 0;
  }

  private open(at: number): number {
    this.state = 'quoted';
    this.hasQuotes = true;
    return at + 1;
  }

  private quoted(text: string, from: number): number {
    let at = from;
    for (; at < text.length && text.charCodeAt(at) !== QUOTE; at++) this.countLine(text, at);
    this.take(text, from, at);
    if (at === text.length) return at;
    this.state = 'quote';
    return at + 1;
  }

  /** Line breaks inside of quotes: CRLF counts once, by its LF. */
  private countLine(text: string, at: number): void {
    if (text.charCodeAt(at) === LINE_FEED) this.line += 1;
  }

  private afterQuote(text: string, at: number): number {
    if (text.charCodeAt(at) === QUOTE) {
      this.take('"', 0, 1);
      this.state = 'quoted';
      return at + 1;
    }
    this.state = 'plain';
    return at;
  }

  private plain(text: string, from: number): number {
    const { delimiter } = this;
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code !== delimiter && code !== LINE_FEED && code !== CARRIAGE_RETURN) continue;
      this.take(text, from, at);
      if (code !== delimiter) return this.endLine(text, at);
      this.endField();
      return at + 1;
    }
    this.take(text, from, text.length);
    if (this.state === 'field') this.state = 'plain';
    return text.length;
  }

  private take(text: string, from: number, to: number): void {
    if (this.isLost || to === from) return;
    const part = text.slice(from, to);
    this.carry = this.carry === '' ? part : this.carry + part;
  }

  private endField(): void {
    this.state = 'field';
    if (this.isLost) return;
    this.fields.push(this.carry);
    this.carry = '';
  }

  /** Returns where the next record begins. */
  private endLine(text: string, at: number): number {
    this.afterCarriageReturn = text.charCodeAt(at) === CARRIAGE_RETURN;
    this.line += 1;
    this.endRecord(text, at);
    this.reset();
    this.start = at + 1 + this.skipLineFeed(text.charCodeAt(at + 1));
    return this.start;
  }

  private endRecord(text: string, to: number): void {
    const bytes = this.size.end(text, this.start, to);
    if (bytes !== undefined) {
      this.sink.problem('record-too-long', this.recordLine, bytes);
      return;
    }
    if (this.fields.length === 0 && !this.hasQuotes && this.carry.trim() === '') return;
    this.fields.push(this.carry);
    this.sink.row(this.fields, this.recordLine);
  }

  /** Forgets what is there of a record that is too long; its end is still looked for. */
  private lose(): void {
    this.isLost = true;
    this.fields.length = 0;
    this.carry = '';
  }

  private reset(): void {
    this.state = 'field';
    this.fields.length = 0;
    this.carry = '';
    this.isLost = false;
    this.hasQuotes = false;
    this.recordLine = this.line;
  }
}
