import { type FieldBatch, MAX_COLUMNS } from './field-batch';

const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;
const LOWER_N = 110;

const PLAIN = 0;
const SEPARATOR = 1;
const SPECIAL = 2;

/** Bytes of a JSON string: what stands for itself within ASCII, the comma, and all others. */
const CLASSES = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === COMMA) return SEPARATOR;
  return byte >= 32 && byte < 128 && byte !== QUOTE && byte !== BACKSLASH ? PLAIN : SPECIAL;
});

/** What a string of a record is: text that is the same in all lines, or one that is looked at, or any other. */
type Role = 'fixed' | 'time' | 'output' | 'input' | 'other';
type Roles = { readonly [key: string]: Role | Roles };

const ROLES: Roles = {
  captureData: {
    endpointOutput: { data: 'output', encoding: 'fixed' },
    endpointInput: { data: 'input', encoding: 'fixed' },
  },
  eventMetadata: { inferenceTime: 'time' },
};

/** A string's bytes, and the ends of its parts between commas: the first `count` of them. */
export class StringRange {
  from = 0;
  to = 0;
  count = 0;
  readonly partEnds = new Int32Array(MAX_COLUMNS + 1);

  constructor(readonly isData: boolean) {}

  /** Reads plain text. Returns the position behind it. */
  read({ memory, words }: FieldBatch, from: number): number {
    let at = this.isData ? from : plainWords(words, from);
    this.from = from;
    this.count = 0;
    for (;;) {
      while (CLASSES[memory[at]] === PLAIN) at += 1;
      if (this.isData && this.count <= MAX_COLUMNS) this.partEnds[this.count++] = at;
      if (CLASSES[memory[at]] !== SEPARATOR) break;
      at += 1;
    }
    this.to = at;
    // a line break at the end of the data
    return this.isData && memory[at] === BACKSLASH && memory[at + 1] === LOWER_N ? at + 2 : at;
  }
}

/**
 * How far plain text surely reaches, four bytes at a time: none of them a quote, a backslash, a control character or beyond ASCII. The sum
 * of a word and its complement shows a byte that is zero, or less than a space, in that byte's highest bit.
 */
function plainWords(words: Int32Array, from: number): number {
  let word = from >> 2;
  const before = (1 << ((from & 3) << 3)) - 1; // bytes of the first word that are none of this string
  let text = (words[word] & ~before) | (0x61616161 & before);
  for (;;) {
    const quote = text ^ 0x22222222;
    const backslash = text ^ 0x5c5c5c5c;
    const special =
      text | ((quote - 0x01010101) & ~quote) | ((backslash - 0x01010101) & ~backslash) | ((text - 0x20202020) & ~text);
    if ((special & 0x80808080) !== 0) return Math.max(from, word << 2);
    text = words[++word];
  }
}

/** Bytes that are compared four at a time, wherever they begin: the memory's words are aligned, the bytes are not. */
class Segment {
  private readonly words: Int32Array[];
  private readonly heads: number[] = [];
  private readonly tails: number[] = [];

  constructor(readonly bytes: Uint8Array) {
    this.words = [0, 1, 2, 3].map((shift) => {
      const words = new Int32Array((bytes.length + shift + 3) >> 2);
      const masks = new Int32Array(words.length);
      new Uint8Array(words.buffer).set(bytes, shift);
      new Uint8Array(masks.buffer).fill(255, shift, shift + bytes.length);
      this.heads.push(masks[0]);
      this.tails.push(masks[masks.length - 1]);
      return words;
    });
  }

  /** Whether these bytes stand at a position. */
  isAt(memory: Int32Array, at: number): boolean {
    const words = this.words[at & 3];
    const first = at >> 2;
    const last = words.length - 1;
    if (((memory[first] ^ words[0]) & this.heads[at & 3]) !== 0) return false;
    for (let word = 1; word < last; word++) if (memory[first + word] !== words[word]) return false;
    return ((memory[first + last] ^ words[last]) & this.tails[at & 3]) === 0;
  }
}

/**
 * What the captured lines of an endpoint have in common: everything but the contents of their strings. A line that has the same text around
 * plain strings is valid JSON with the same keys, so that it need not be parsed. `{"captureData":{"endpointInput":{"data":"…","encoding":"CSV"}},…`
 */
export class CaptureLayout {
  /** what was found last; undefined where there is no such side */
  readonly time: StringRange;
  readonly output?: StringRange;
  readonly input?: StringRange;
  private readonly segments: readonly Segment[];
  private readonly ranges: readonly StringRange[];

  private constructor(
    /** what stands before, between and behind the strings */
    segments: readonly string[],
    roles: readonly Exclude<Role, 'fixed'>[],
  ) {
    const encoder = new TextEncoder();
    this.segments = segments.map((segment) => new Segment(encoder.encode(segment)));
    const other = new StringRange(false);
    this.time = new StringRange(false);
    this.output = roles.includes('output') ? new StringRange(true) : undefined;
    this.input = roles.includes('input') ? new StringRange(true) : undefined;
    this.ranges = roles.map((role) => (role === 'other' ? other : (this[role] ?? other)));
  }

  /** The layout of a line; undefined when it has anything but CSV on one or both sides, or is not written in the shortest way. */
  static of(line: string): CaptureLayout | undefined {
    const record = parse(line);
    if (JSON.stringify(record) !== line || !isCsv(record)) return undefined;
    const writer = new LayoutWriter();
    writer.write(record, ROLES);
    return new CaptureLayout(writer.segments, writer.roles);
  }

  /** Finds the ranges of a line that begins at `from`. Returns the position behind it, -1 when it has another layout. */
  match(batch: FieldBatch, from: number): number {
    const { segments, ranges } = this;
    let at = from;
    for (let index = 0; ; index++) {
      const segment = segments[index];
      if (!segment.isAt(batch.words, at)) return -1;
      at += segment.bytes.length;
      if (index === ranges.length) return at;
      at = ranges[index].read(batch, at);
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the line is read once more, and reported
  }
}

interface Side {
  readonly data?: unknown;
  readonly encoding?: unknown;
}
interface CsvRecord {
  readonly captureData?: { readonly endpointOutput?: Side | null; readonly endpointInput?: Side | null } | null;
  readonly eventMetadata?: { readonly inferenceTime?: unknown } | null;
}

function isCsv(record: unknown): boolean {
  const { captureData, eventMetadata } = (record ?? {}) as CsvRecord;
  const sides = [captureData?.endpointOutput, captureData?.endpointInput].filter((side) => side != null);
  const areCsv = sides.every(({ data, encoding }) => typeof data === 'string' && encoding === 'CSV');
  return sides.length > 0 && areCsv && typeof eventMetadata?.inferenceTime === 'string';
}

/** Writes a record as JSON, cut at the contents of its strings. */
class LayoutWriter {
  readonly segments = [''];
  readonly roles: Exclude<Role, 'fixed'>[] = [];

  write(value: unknown, roles: Role | Roles = 'other'): void {
    if (Array.isArray(value)) this.list(value);
    else if (typeof value === 'object' && value !== null) this.object(value, roles);
    else if (typeof value !== 'string' || roles === 'fixed') this.add(JSON.stringify(value));
    else {
      this.add('"');
      this.roles.push(typeof roles === 'string' ? roles : 'other');
      this.segments.push('"');
    }
  }

  private object(value: object, roles: Role | Roles): void {
    this.add('{');
    for (const [index, [key, each]] of Object.entries(value).entries()) {
      this.add(`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
      this.write(each, typeof roles === 'object' && Object.hasOwn(roles, key) ? roles[key] : 'other');
    }
    this.add('}');
  }

  private list(values: readonly unknown[]): void {
    this.add('[');
    for (const [index, each] of values.entries()) {
      if (index > 0) this.add(',');
      this.write(each);
    }
    this.add(']');
  }

  private add(text: string): void {
    this.segments[this.segments.length - 1] += text;
  }
}
