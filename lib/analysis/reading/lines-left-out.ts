import type { FileReader } from '../profile/profiler';

const LINE_FEED = 10;

/** Bytes of a line that is looked at: own calls are shorter by far. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Which lines of a file are left out. */
export interface LeftOutLines {
  /** a text of ASCII that all of them have: others are not looked at */
  readonly mark: string;
  isLeftOut(line: string): boolean;
}

/**
 * Hands on the bytes of a file, but for lines that are left out: an empty one stands in the place of each, so that all others stand where they do in the file.
 * A file of which all is left out is not begun: it has no records, and nobody is to be told so. Lines of more than 16 MiB are handed on unseen.
 */
export function withoutLines(begin: () => FileReader, lines: LeftOutLines): FileReader {
  const sieve = new LineSieve(begin, lines);
  return {
    push: (chunk) => sieve.push(chunk),
    end: () => sieve.end(),
    giveUp(detail) {
      sieve.drain();
      sieve.file.giveUp(detail);
    },
  };
}

class LineSieve {
  private begun?: FileReader;
  private readonly mark: Buffer;
  /** of a line whose end is not there yet */
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  /** whether the line is too long to be looked at */
  private isPassing = false;
  /** line feeds before the first other byte */
  private feeds = 0;
  private leftOut = 0;

  constructor(
    private readonly begin: () => FileReader,
    private readonly lines: LeftOutLines,
  ) {
    this.mark = Buffer.from(lines.mark);
  }

  /** The file, which is begun with the first byte that is handed on. */
  get file(): FileReader {
    if (!this.begun) {
      this.begun = this.begin();
      if (this.feeds > 0) this.begun.push(new Uint8Array(this.feeds).fill(LINE_FEED));
    }
    return this.begun;
  }

  push(chunk: Uint8Array): void {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end > 0) this.take(chunk.subarray(0, end));
    this.hold(chunk.subarray(end));
  }

  end(): void {
    this.drain();
    if (this.begun || this.leftOut === 0) this.file.end();
  }

  /** Hands on what was held. */
  drain(): void {
    this.take(new Uint8Array());
  }

  private hold(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.isPassing) {
      this.handOn(bytes);
      return;
    }
    this.held.push(bytes);
    this.heldBytes += bytes.length;
    if (this.heldBytes <= MAX_LINE_BYTES) return;
    for (const each of this.released()) this.handOn(each);
    this.isPassing = true;
  }

  private released(): Uint8Array[] {
    const { held } = this;
    this.held = [];
    this.heldBytes = 0;
    return held;
  }

  /** Takes lines that end, behind what is held of the first. */
  private take(bytes: Uint8Array): void {
    const rest = this.isPassing ? bytes.indexOf(LINE_FEED) + 1 : 0;
    if (rest > 0) this.handOn(bytes.subarray(0, rest));
    this.isPassing = false;
    const held = this.released();
    this.sift(
      held.length > 0
        ? Buffer.concat([...held, bytes])
        : Buffer.from(bytes.buffer, bytes.byteOffset + rest, bytes.length - rest),
    );
  }

  private sift(bytes: Buffer): void {
    let from = 0;
    for (let at = bytes.indexOf(this.mark); at >= 0; ) {
      const begin = bytes.lastIndexOf(LINE_FEED, at) + 1;
      const feed = bytes.indexOf(LINE_FEED, at);
      const end = feed < 0 ? bytes.length : feed;
      if (this.lines.isLeftOut(bytes.toString('utf8', begin, end))) {
        this.leftOut += 1;
        this.handOn(bytes.subarray(from, begin));
        from = end;
      }
      at = bytes.indexOf(this.mark, end);
    }
    this.handOn(bytes.subarray(from));
  }

  private handOn(bytes: Uint8Array): void {
    if (!this.begun && bytes.every((byte) => byte === LINE_FEED)) this.feeds += bytes.length;
    else if (bytes.length > 0) this.file.push(bytes);
  }
}
