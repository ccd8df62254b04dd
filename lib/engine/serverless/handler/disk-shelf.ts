import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeptWords, PartShelf } from '../../../analysis';
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
  /** where what is read stands, of one reader after the other */
  private words = new Int32Array();

  constructor(private readonly memoryBytes = MEMORY_BYTES) {}

  keep(words: Int32Array): KeptWords {
    this.inMemory += words.byteLength;
    return this.inMemory <= this.memoryBytes ? inMemory(words) : this.onDisk(this.written(words));
  }

  /** Where words were written, of which nothing is held: no function that knows them may be made where what reads them is. */
  private written(words: Int32Array): Written {
    const [file, at] = [this.opened(), this.size];
    writeAll(file, words, at);
    this.size += words.byteLength;
    return { file, at };
  }

  private onDisk({ file, at }: Written): KeptWords {
    return { read: (from, to) => readAll(file, at + WORD_BYTES * from, this.placeOf(to - from)) };
  }

  /** Leaves nothing. */
  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private placeOf(count: number): Int32Array {
    if (count > this.words.length) this.words = new Int32Array(2 * count);
    return this.words.subarray(0, count);
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

/** Where words begin on the disk. */
interface Written {
  readonly file: number;
  readonly at: number;
}

const inMemory = (words: Int32Array): KeptWords => ({ read: (from, to) => words.subarray(from, to) });

function writeAll(file: number, words: Int32Array, position: number): void {
  const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, position + at);
}

function readAll(file: number, position: number, words: Int32Array): Int32Array {
  const bytes = new Uint8Array(words.buffer, 0, words.byteLength);
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, bytes.length - at, position + at);
    if (read === 0) throw new Error('PartsFile: the file of parts ends before its parts');
    at += read;
  }
  return words;
}
