import { MAX_RECORD_CHARACTERS } from './csv';

/** Takes the lines of a text, 1-based, without their line break. */
export interface LineSink {
  line(text: string, line: number): void;
  tooLong(line: number): void;
}

/** Splits text into lines at LF, however it is cut into chunks; a line beyond the limit is given up. */
export class TextLines {
  private parts: string[] = [];
  private size = 0;
  private line = 1;

  constructor(private readonly sink: LineSink) {}

  push(text: string): void {
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.take(text.slice(from, to));
      this.endLine();
      from = to + 1;
    }
    this.take(text.slice(from));
  }

  /** Ends the last line, which need not end with a line break. */
  end(): void {
    if (this.size > 0) this.endLine();
  }

  private take(part: string): void {
    this.size += part.length;
    if (this.size > MAX_RECORD_CHARACTERS) this.parts.length = 0;
    else this.parts.push(part);
  }

  private endLine(): void {
    if (this.size > MAX_RECORD_CHARACTERS) this.sink.tooLong(this.line);
    else this.sink.line(this.parts.length === 1 ? this.parts[0] : this.parts.join(''), this.line);
    this.parts.length = 0;
    this.size = 0;
    this.line += 1;
  }
}
