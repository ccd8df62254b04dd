import type { FieldBatch } from '../batch/field-batch';
import { TEXT_AT, TEXT_BYTES } from '../batch/field-memory';

const LINE_FEED = 10;

/** Collects a file's chunks, however they are cut, and hands them on in pieces that end where a record ends. */
export abstract class ByteReader {
  private readonly piece = new Uint8Array(TEXT_BYTES);
  private size = 0;
  private isFirst = true;

  constructor(protected readonly batch: FieldBatch) {}

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const part = chunk.subarray(at, at + TEXT_BYTES - this.size);
      this.piece.set(part, this.size);
      this.size += part.length;
      at += part.length;
      if (this.size === TEXT_BYTES) this.drain(false);
    }
  }

  end(): void {
    this.drain(true);
  }

  /**
   * Reads the records of `batch.memory` in [from, to); a line feed stands at `to`. Returns where the first one begins that goes on after
   * `to`: not `from`, unless there is nothing, so that a record larger than a piece has to be taken in parts.
   */
  protected abstract read(from: number, to: number, isLast: boolean): number;

  /** Reads what is there: all of it, or the records that are whole. */
  drain(isLast: boolean): void {
    const { memory } = this.batch;
    const to = TEXT_AT + this.size;
    memory.set(this.piece.subarray(0, this.size), TEXT_AT);
    memory[to] = LINE_FEED; // ends the inner loops without a comparison of positions
    const rest = this.read(TEXT_AT + this.byteOrderMark(), to, isLast);
    this.batch.release();
    this.piece.copyWithin(0, rest - TEXT_AT, this.size);
    this.size = to - rest;
  }

  private byteOrderMark(): number {
    const [a, b, c] = this.piece;
    const hasMark = this.isFirst && this.size >= 3 && a === 0xef && b === 0xbb && c === 0xbf;
    this.isFirst = false;
    return hasMark ? 3 : 0;
  }
}
