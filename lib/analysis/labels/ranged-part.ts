import type { KeptWords, PartShelf } from '../port';
import type { WrittenDefects } from '../reading/defects';
import { eachRecord, type RowWords, type WrittenRecord } from './written-record';

/** How many ranges identifiers have, by the first six bits; a power of two, so that some of them in a row are a range as well. */
export const RANGES = 64;

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 2;

const WORD_BYTES = 4;

/** The values of a column, of which its numbers are the places. */
export interface WrittenDictionary {
  readonly texts: string[];
  readonly isOverfull: boolean;
}

/** What a part says of itself before its records. */
export interface PartHead {
  readonly fileNames: string[];
  readonly defects: WrittenDefects;
  readonly outsideWindow: number;
  readonly filtered?: number;
  readonly refusal?: string;
  readonly dictionaries: readonly WrittenDictionary[];
  /** which columns of numbers rows have, and whether these are fractions, of two words each */
  readonly columns: readonly (readonly [column: number, isFraction: boolean])[];
  /** whether labels are fractions */
  readonly hasFractionLabels: boolean;
}

/** Words of the rows of a part. */
export const rowWordsOf = ({ columns, hasFractionLabels }: PartHead): RowWords => ({
  ofPrediction: columns.reduce((all, [, isFraction]) => all + (isFraction ? 2 : 1), 0),
  ofLabel: hasFractionLabels ? 2 : 1,
});

/** Which range an identifier is in, by its first word. */
export const rangeOf = (word: number): number => (word & 0xff) >> 2;

/** Words of the first piece of a list, and of the largest, unless more are asked for at once. */
const FIRST_WORDS = 64;
const MOST_WORDS = 16 * 1024;

/** Words that are added at the end, in pieces that stay where they are. */
export class WordList {
  /** of the last piece */
  words = new Int32Array(FIRST_WORDS);
  length = 0;
  private used = 0;
  private readonly pieces: Int32Array[] = [];

  /** Makes room for so many in one piece, and returns where they begin in {@link words}. */
  reserve(count: number): number {
    const at = this.used;
    this.length += count;
    this.used += count;
    if (this.used <= this.words.length) return at;
    this.pieces.push(this.words.subarray(0, at));
    this.words = new Int32Array(Math.max(count, Math.min(2 * this.words.length, MOST_WORDS)));
    this.used = count;
    return 0;
  }

  /** Adds words in one piece. */
  add(words: Int32Array): void {
    const at = this.reserve(words.length);
    this.words.set(words, at);
  }

  copyTo(words: Int32Array, position: number): void {
    let at = position;
    for (const piece of this.all) {
      words.set(piece, at);
      at += piece.length;
    }
  }

  /** What was added, in pieces, of which each has what was reserved at once as a whole. */
  get all(): Int32Array[] {
    return [...this.pieces, this.words.subarray(0, this.used)];
  }
}

/** The words of a part, by ranges of the identifiers with which records begin; in a range, in their order. */
export class RangedWords {
  private readonly lists = Array.from({ length: RANGES }, () => new WordList());

  /** The list of those with a first word. */
  list(word: number): WordList {
    return this.lists[rangeOf(word)];
  }

  /** Takes each record. */
  each(rowWords: RowWords, take: (record: WrittenRecord) => void): void {
    for (const { all } of this.lists) for (const piece of all) eachRecord(piece, rowWords, take);
  }

  /** Leaves out what is not kept. */
  keep(rowWords: RowWords, isKept: (record: WrittenRecord) => boolean): void {
    for (const [range, { all }] of this.lists.entries()) {
      const kept = new WordList();
      for (const piece of all) {
        eachRecord(piece, rowWords, (record) => {
          if (isKept(record)) kept.add(piece.subarray(record.from, record.to));
        });
      }
      this.lists[range] = kept;
    }
  }

  /** The bytes of a part: what it says of itself with where each range ends, and its records. */
  bytes(head: PartHead): Uint8Array {
    let end = 0;
    const ends = this.lists.map(({ length }) => {
      end += length;
      return end;
    });
    const text = ENCODER.encode(JSON.stringify({ version: VERSION, ends, ...head }));
    const bodyAt = Math.ceil((text.length + 1) / WORD_BYTES) * WORD_BYTES;
    const bytes = new Uint8Array(bodyAt + WORD_BYTES * end);
    bytes.fill(SPACE, text.length, bodyAt);
    bytes.set(text);
    bytes[bodyAt - 1] = NEWLINE;
    const body = new Int32Array(bytes.buffer, bodyAt);
    for (const [index, list] of this.lists.entries()) list.copyTo(body, ends[index] - list.length);
    return bytes;
  }
}

/** Bytes of parts that are held in memory; with more nothing is compared. Some 30 to 50 a prediction or a label. */
const MEMORY_BYTES = 256 * 1024 * 1024;

/** Where parts stay what they are. */
export const IN_MEMORY: PartShelf = {
  room: MEMORY_BYTES,
  keep: (words) => ({ read: (from, to) => words.subarray(from, to) }),
};

/** A part as it was written: one object of bytes, of which any ranges in a row are one piece. */
export class RangedPart {
  readonly head: PartHead;
  private readonly ends: readonly number[];
  private readonly body: KeptWords;

  /** Throws when the bytes are no part, or one of another version. */
  constructor(bytes: Uint8Array, shelf: PartShelf = IN_MEMORY) {
    const end = bytes.indexOf(NEWLINE);
    const { version, ends, ...head } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    if (version !== VERSION) {
      throw new Error(
        `PartVersion: the part has the version ${version}, this analysis reads ${VERSION}; read the data again`,
      );
    }
    this.head = head;
    this.ends = ends;
    const { buffer, byteOffset, length } = (bytes.byteOffset + end + 1) % WORD_BYTES === 0 ? bytes : bytes.slice();
    this.body = shelf.keep(new Int32Array(buffer, byteOffset + end + 1, (length - end - 1) / WORD_BYTES));
  }

  /** The words of some ranges in a row. */
  words(from: number, to: number): Int32Array {
    return this.body.read(this.beginOf(from), this.ends[to - 1]);
  }

  /** How many they are. */
  wordCount(from: number, to: number): number {
    return this.ends[to - 1] - this.beginOf(from);
  }

  private beginOf(range: number): number {
    return range === 0 ? 0 : this.ends[range - 1];
  }
}

const NEWLINE = 10;
const SPACE = 32;
const ENCODER = new TextEncoder();
