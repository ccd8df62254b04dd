import type { Defect, DefectReason } from '../reading/defects';

/** How many ranges identifiers have, by their first character; a power of two, so that some of them in a row are a range as well. */
export const RANGES = 64;

/** Characters of identifiers as parts have them: 128 bits of a hash, in base64url. */
export const ID_LENGTH = 22;

/** Raised with every change to what is stored: parts of two versions are never mixed. */
const VERSION = 1;

/** The values of a column, of which its numbers are the places. */
export interface WrittenDictionary {
  readonly texts: string[];
  readonly isOverfull: boolean;
}

/** What a part says of itself before its lines. */
export interface PartHead {
  readonly fileNames: string[];
  readonly defects: { readonly counts: [DefectReason, number][]; readonly samples: Defect[] };
  readonly outsideWindow: number;
  readonly refusal?: string;
  readonly dictionaries: readonly WrittenDictionary[];
  /** which columns of numbers rows have */
  readonly columns: readonly number[];
}

/** Which range an identifier is in: its first character, in their order. */
const RANGE_OF = new Map(
  [...'-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'].map((character, range) => [character, range]),
);

/** The lines of a part, by ranges of the identifiers with which they begin; in a range, in their order. */
export class RangedLines {
  private readonly ranges = Array.from({ length: RANGES }, () => [] as string[]);
  /** by range: those that were packed, whose characters are bytes: hashes and numbers */
  private readonly packed = Array.from({ length: RANGES }, () => [] as Uint8Array[]);

  /** Adds a line. Throws for an identifier that is no hash. */
  push(id: string, rest: string): void {
    const range = RANGE_OF.get(id[0]);
    if (range === undefined || id.length !== ID_LENGTH) throw new Error('PartId: an identifier is no hash of 128 bits');
    this.ranges[range].push(`${id}${rest}\n`);
  }

  /** Leaves of the lines their bytes, which are a sixth of what they take as texts. */
  pack(): void {
    for (const [range, lines] of this.ranges.entries()) {
      if (lines.length > 0) this.packed[range].push(ENCODER.encode(lines.join('')));
      lines.length = 0;
    }
  }

  /** The text of a part: what it says of itself with where each range ends, and its lines. */
  text(head: PartHead): string {
    this.pack();
    let end = 0;
    const ends = this.packed.map((pieces) => {
      for (const { length } of pieces) end += length;
      return end;
    });
    const texts = this.packed.flat().map((piece) => DECODER.decode(piece));
    return `${JSON.stringify({ version: VERSION, ends, ...head })}\n${texts.join('')}`;
  }
}

/** A part as it was written: one object of bytes, of which any ranges in a row are one piece. */
export class RangedPart {
  readonly head: PartHead;
  private readonly ends: readonly number[];
  private readonly body: Uint8Array;

  /** Throws when the bytes are no part, or one of another version. */
  constructor(bytes: Uint8Array) {
    const end = bytes.indexOf(NEWLINE);
    const { version, ends, ...head } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
    if (version !== VERSION) {
      throw new Error(
        `PartVersion: the part has the version ${version}, this analysis reads ${VERSION}; read the data again`,
      );
    }
    this.head = head;
    this.ends = ends;
    this.body = bytes.subarray(end + 1);
  }

  /** Bytes of lines. */
  get size(): number {
    return this.body.length;
  }

  /** The lines of some ranges in a row. */
  lines(from: number, to: number): string[] {
    const start = from === 0 ? 0 : this.ends[from - 1];
    const text = DECODER.decode(this.body.subarray(start, this.ends[to - 1]));
    return text === '' ? [] : text.slice(0, -1).split('\n');
  }
}

const NEWLINE = 10;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder('latin1');
