/** Longer records are discarded where nothing else is said: 8 MiB. */
export const DEFAULT_MAXIMUM_RECORD_BYTES = 8 * 1024 * 1024;

/** Says how long a discarded record was, in words that quote no data. */
export function tooLongDetail(bytes: number, maximumBytes: number): string {
  return `the record has ${bytes} bytes and was discarded: at most ${maximumBytes} are read`;
}

/**
 * Measures records in bytes of UTF-8 while their text comes in chunks. A record within one chunk costs a subtraction: its bytes are counted
 * only where it could be too long, or goes on in the next chunk. Bytes that are no UTF-8 count as the three of their replacement character.
 */
export class RecordSize {
  private carried = 0;

  constructor(readonly maximumBytes: number) {}

  /** Takes the part of a record that a chunk ends with; true when the record is too long already. */
  carry(text: string, from: number): boolean {
    this.carried += utf8Length(text, from, text.length);
    return this.carried > this.maximumBytes;
  }

  /** Ends a record, whose last part is `text` in [from, to). Its bytes when it is too long, undefined when it is not. */
  end(text: string, from: number, to: number): number | undefined {
    const { carried } = this;
    this.carried = 0;
    if (carried + 3 * (to - from) <= this.maximumBytes) return undefined;
    const bytes = carried + utf8Length(text, from, to);
    return bytes > this.maximumBytes ? bytes : undefined;
  }
}

/** Bytes of `text` in [from, to) as UTF-8; a surrogate without its other half has three, like the replacement character. */
export function utf8Length(text: string, from: number, to: number): number {
  let bytes = to - from;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (isPair(code, text.charCodeAt(at + 1)) && at + 1 < to) {
      bytes += 2; // four bytes for two units
      at += 1;
    } else bytes += 2;
  }
  return bytes;
}

const isPair = (first: number, second: number) => (first & 0xfc00) === 0xd800 && (second & 0xfc00) === 0xdc00;
