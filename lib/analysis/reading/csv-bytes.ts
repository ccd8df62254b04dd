import type { FieldBatch } from '../batch/field-batch';
import { MAX_COLUMNS, TEXT_BYTES } from '../batch/field-memory';
import { ByteReader } from './byte-reader';
import { COMMA, CsvParser, type CsvSettings, type CsvSink } from './csv';
import { DEFAULT_MAXIMUM_RECORD_BYTES } from './record-size';

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;

/** The record goes on after the piece. */
const INCOMPLETE = -1;
/** The record has what only {@link CsvParser} knows. */
const NEEDS_TEXT = -2;

/** Takes rows as fields of the batch, or as text. */
export interface ByteRowSink extends CsvSink {
  /** Whether the batch takes the row of `width` fields that was just written behind its rows. Otherwise it comes as text. */
  accept(width: number, line: number): boolean;
}

/**
 * Splits the bytes of a CSV file into fields, without making text of them. Records with doubled quotes, with text around quotes and beyond
 * the limit go through {@link CsvParser}, whose rules these are.
 */
export class CsvBytes extends ByteReader {
  private readonly parser: CsvParser;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly maximumRecordBytes: number;
  private readonly delimiter: number;
  private isText = false;
  private line = 1;
  /** of the record that is being read */
  private lineBreaks = 1;
  private lastField = 0;

  constructor(
    batch: FieldBatch,
    private readonly sink: ByteRowSink,
    settings: CsvSettings = {},
  ) {
    super(batch);
    this.parser = new CsvParser(sink, settings);
    this.maximumRecordBytes = settings.maximumRecordBytes ?? DEFAULT_MAXIMUM_RECORD_BYTES;
    this.delimiter = (settings.delimiter ?? COMMA).charCodeAt(0);
  }

  override end(): void {
    super.end();
    if (!this.isText) return;
    this.parser.push(this.decoder.decode());
    this.parser.end();
  }

  protected read(from: number, to: number, isLast: boolean): number {
    let at = from;
    while (at < to) {
      if (!this.isText) {
        const next = this.record(at, to, isLast);
        if (next === INCOMPLETE && (to - at < TEXT_BYTES || isLast)) return at;
        if (next >= 0) at = next;
        else this.beginText();
      } else at = this.text(at, to);
    }
    return at;
  }

  /** Returns where the next record begins, or why this one cannot be read here. */
  private record(from: number, to: number, isLast: boolean): number {
    const { batch } = this;
    if (!batch.hasRoom()) batch.flush();
    this.lineBreaks = 1;
    const behind = this.fields(from, to);
    if (behind < 0) return behind === INCOMPLETE && isLast ? NEEDS_TEXT : behind;
    if (behind > to && !isLast) return INCOMPLETE; // ended by the line feed that stands behind the piece
    const end = this.recordEnd(behind, to);
    if (end > to && !isLast) return INCOMPLETE;
    if (3 * (behind - from) > this.maximumRecordBytes) return NEEDS_TEXT; // measured to the byte there
    const first = batch.size;
    if (this.lastField - first === 1 && batch.starts[first] === from) {
      if (batch.ends[first] > from && this.isPerhapsBlank(from)) return NEEDS_TEXT;
      if (batch.ends[first] > from) this.row(first);
    } else this.row(first);
    this.line += this.lineBreaks;
    return Math.min(end, to);
  }

  /** Writes the fields of a record behind the rows of the batch. Returns the position behind the line break that ends it. */
  private fields(from: number, to: number): number {
    const { memory, starts, ends, size } = this.batch;
    const { delimiter } = this;
    const highest = Math.max(delimiter, CARRIAGE_RETURN);
    let field = size;
    let at = from;
    let byte = delimiter;
    while (byte === delimiter) {
      if (field - size === MAX_COLUMNS) return NEEDS_TEXT;
      byte = memory[at];
      if (byte === QUOTE) {
        starts[field] = at + 1;
        at = this.closingQuote(at + 1, to);
        if (at < 0) return INCOMPLETE;
        ends[field] = at;
        byte = memory[++at];
        if (byte !== delimiter && byte !== LINE_FEED && byte !== CARRIAGE_RETURN) return NEEDS_TEXT;
      } else {
        starts[field] = at;
        // digits and letters are above a comma: one comparison for most bytes
        while (byte > highest || (byte !== delimiter && byte !== LINE_FEED && byte !== CARRIAGE_RETURN))
          byte = memory[++at];
        ends[field] = at;
      }
      field += 1;
      at += 1;
    }
    this.lastField = field;
    return at;
  }

  private closingQuote(from: number, to: number): number {
    const { memory } = this.batch;
    let at = from;
    for (; at < to && memory[at] !== QUOTE; at++) if (memory[at] === LINE_FEED) this.lineBreaks += 1;
    return at < to ? at : INCOMPLETE;
  }

  /** Skips the LF of a CRLF; beyond `to` when it could still come. */
  private recordEnd(behind: number, to: number): number {
    const { memory } = this.batch;
    if (memory[behind - 1] !== CARRIAGE_RETURN) return behind;
    return behind === to || memory[behind] === LINE_FEED ? behind + 1 : behind;
  }

  private isPerhapsBlank(at: number): boolean {
    const byte = this.batch.memory[at];
    return byte <= SPACE || byte > 127;
  }

  private row(first: number): void {
    const { batch, lastField } = this;
    if (this.sink.accept(lastField - first, this.line)) batch.addRow(first, lastField);
    else this.sink.row(batch.texts(first, lastField), this.line);
  }

  private beginText(): void {
    this.isText = true;
    this.parser.beginAt(this.line);
  }

  /** Hands on a line as text. Bytes are read again from the first line on that begins a record. */
  private text(from: number, to: number): number {
    const { memory } = this.batch;
    const lineFeed = memory.indexOf(LINE_FEED, from);
    const end = Math.min(lineFeed + 1, to);
    this.parser.push(this.decoder.decode(memory.subarray(from, end), { stream: true }));
    const nextLine = this.parser.nextLine();
    if (memory[end - 1] === LINE_FEED && nextLine !== undefined) {
      this.isText = false;
      this.line = nextLine;
    }
    return end;
  }
}
