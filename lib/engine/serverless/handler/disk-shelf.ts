import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PartShelf } from '../../../analysis';
import { CONCLUDE_DISK_MEBIBYTES } from '../contract';

const MEBIBYTE = 1024 * 1024;
const WORD_BYTES = 4;

/** Bytes that are kept in memory, where no disk is asked. */
const MEMORY_BYTES = 64 * MEBIBYTE;

/** Not for parts: what else is on the disk of a function. */
const RESERVED_MEBIBYTES = 240;

/** A shelf that keeps in memory what comes first, and the rest in a file of this function. */
export class DiskShelf implements PartShelf {
  readonly room = (CONCLUDE_DISK_MEBIBYTES - RESERVED_MEBIBYTES) * MEBIBYTE;
  private inMemory = 0;
  private size = 0;
  private file?: number;

  constructor(private readonly memoryBytes = MEMORY_BYTES) {}

  keep(words: Int32Array) {
    this.inMemory += words.byteLength;
    if (this.inMemory <= this.memoryBytes) {
      return { read: (from: number, to: number) => words.subarray(from, to) };
    }
    const at = this.size;
    const file = this.opened();
    writeAll(file, words, at);
    this.size += words.byteLength;
    return { read: (from: number, to: number) => readAll(file, at + WORD_BYTES * from, to - from) };
  }

  /** Leaves nothing. */
  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  /** A file without a name: it is gone when it is closed, or the function is. */
  private opened(): number {
    if (this.file !== undefined) return this.file;
    const folder = mkdtempSync(join(tmpdir(), 'parts-'));
    this.file = openSync(join(folder, 'parts'), 'wx+');
    rmSync(folder, { recursive: true });
    return this.file;
  }
}

function writeAll(file: number, words: Int32Array, position: number): void {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at);
}

function readAll(file: number, position: number, count: number): Int32Array {
  const words = new Int32Array(count);
  const bytes = new Uint8Array(words.buffer);
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, bytes.length - at, position + at);
    if (read === 0) throw new Error('PartsFile: the file of parts ends before its parts');
    at += read;
  }
  return words;
}
