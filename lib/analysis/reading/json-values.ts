import { DEFAULT_MAXIMUM_RECORD_BYTES, RecordSize } from './record-size';
import type { LineSink } from './text-lines';

const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;
const LINE_FEED = 10;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const isSpace = (code: number) => code === 32 || code === LINE_FEED || code === 13 || code === 9;
const isOpening = (code: number) => code === OPEN_OBJECT || code === OPEN_ARRAY;
const isClosing = (code: number) => code === CLOSE_OBJECT || code === CLOSE_ARRAY;

/** Takes the texts of values, with the line that each begins on, and what is wrong with the document around them. */
export interface ValueSink extends LineSink {
  malformed(line: number, detail: string): void;
}

/**
 * Cuts the text of a JSON document into its values, however the text comes in chunks: the items of one array, or values one after the other.
 * The values are not parsed: what is wrong inside of one is found by who takes it. A value beyond the limit is discarded as it comes and told
 * with its bytes. A document that ends inside of its array or of a value is told.
 */
export class JsonValues {
  private readonly parts: string[] = [];
  private readonly size: RecordSize;
  private line = 1;
  private valueLine = 1;
  /** where the current value, or its part in this chunk, begins */
  private start = 0;
  private array: 'none' | 'open' | 'closed' = 'none';
  private state: 'between' | 'value' | 'string' | 'escape' = 'between';
  private depth = 0;
  private hasValues = false;

  constructor(
    private readonly sink: ValueSink,
    maximumRecordBytes: number = DEFAULT_MAXIMUM_RECORD_BYTES,
  ) {
    this.size = new RecordSize(maximumRecordBytes);
  }

  push(text: string): void {
    this.start = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (this.state === 'between') this.between(text, at);
      else if (this.state === 'value') this.inValue(text, at);
      else if (this.state === 'escape') this.state = 'string';
      else if (code === BACKSLASH) this.state = 'escape';
      else if (code === QUOTE) this.endString(text, at);
      if (code === LINE_FEED) this.line += 1;
    }
    if (this.state === 'between' || this.start === text.length) return;
    if (this.size.carry(text, this.start)) this.parts.length = 0;
    else this.parts.push(text.slice(this.start));
  }

  end(): void {
    this.start = 0;
    if (this.state === 'value' && this.depth === 0) this.emit('', 0);
    else if (this.state !== 'between') this.sink.malformed(this.valueLine, 'the document ends inside of a value');
    if (this.array === 'open') this.sink.malformed(this.line, 'the document ends before its array does');
  }

  private between(text: string, at: number): void {
    const code = text.charCodeAt(at);
    if (isSpace(code) || (code === COMMA && this.array === 'open')) return;
    if (code === OPEN_ARRAY && this.array === 'none' && !this.hasValues) this.array = 'open';
    else if (code === CLOSE_ARRAY && this.array === 'open') this.array = 'closed';
    else this.begin(text, at);
  }

  private begin(text: string, at: number): void {
    const code = text.charCodeAt(at);
    this.hasValues = true;
    this.valueLine = this.line;
    this.start = at;
    this.depth = isOpening(code) ? 1 : 0;
    this.state = code === QUOTE ? 'string' : 'value';
  }

  private inValue(text: string, at: number): void {
    const code = text.charCodeAt(at);
    if (this.depth === 0) {
      if (isSpace(code) || code === COMMA || isOpening(code) || isClosing(code)) this.endScalar(text, at);
    } else if (code === QUOTE) this.state = 'string';
    else if (isOpening(code)) this.depth += 1;
    else if (isClosing(code)) {
      this.depth -= 1;
      if (this.depth === 0) this.emit(text, at + 1);
    }
  }

  private endString(text: string, at: number): void {
    this.state = 'value';
    if (this.depth === 0) this.emit(text, at + 1);
  }

  /** A number or word ends before what ends it, which is looked at again. */
  private endScalar(text: string, at: number): void {
    this.emit(text, at);
    this.between(text, at);
  }

  private emit(text: string, to: number): void {
    const bytes = this.size.end(text, this.start, to);
    if (bytes === undefined) this.sink.line(this.parts.join('') + text.slice(this.start, to), this.valueLine);
    else this.sink.tooLong(this.valueLine, bytes);
    this.parts.length = 0;
    this.state = 'between';
  }
}
