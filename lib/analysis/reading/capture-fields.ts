import type { FieldBatch } from '../batch/field-batch';
import { CAPTURE_AT, CAPTURE_BYTES, ENDS_AT, IDENTIFIER_AT, MAX_COLUMNS, STARTS_AT } from '../batch/field-memory';
import { IdentifierHasher, type Words128 } from '../batch/identifier-hash';
import { CAPTURE_FIELDS_MODULE } from './capture-fields-module';

/** Bytes of a range of one part: its count and its bounds. */
const TEXT_RANGE_BYTES = 16;
/** Of a range of as many parts as a row may have, and of those that sixteen bytes can have more. */
const DATA_RANGE_BYTES = 4 * (2 + MAX_COLUMNS + 1 + 16);
const TEXT_ROLES = ['other', 'time', 'inferenceId', 'eventId'] as const;
const OUTPUT_AT = CAPTURE_AT + TEXT_ROLES.length * TEXT_RANGE_BYTES;
const INPUT_AT = OUTPUT_AT + DATA_RANGE_BYTES;
/** Where layouts stand, and where their place ends. */
const LAYOUTS_AT = INPUT_AT + DATA_RANGE_BYTES;
const LAYOUTS_END = CAPTURE_AT + CAPTURE_BYTES;

const NOTHING = 0;
const TEXT = 1;
const DATA = 2;

/** A string of a record: its data on one side, its time, who it is, or any other. */
export type Role = (typeof TEXT_ROLES)[number] | 'output' | 'input';

/** Functions of `capture-fields.wat`. */
interface LineReader {
  match(layout: number, at: number): number;
  place(range: number, starts: number, ends: number): void;
}

/** Where a string of the last line is, and the ends of its parts between commas. */
export class StringRange {
  private readonly word: number;

  constructor(
    private readonly words: Int32Array,
    readonly address: number,
    readonly kind: number,
  ) {
    this.word = address >> 2;
  }

  /** Number of parts; more than {@link MAX_COLUMNS} when there are too many. */
  get count(): number {
    return this.words[this.word];
  }

  get from(): number {
    return this.words[this.word + 1] + 1;
  }

  get to(): number {
    return this.words[this.word + 1 + this.count];
  }

  /** Where a part begins. */
  start(part: number): number {
    return this.words[this.word + 1 + part] + 1;
  }

  /** Where a part ends. */
  end(part: number): number {
    return this.words[this.word + 2 + part];
  }

  /** What this range must not grow beyond. */
  get limit(): number {
    return this.address + 4 * (2 + MAX_COLUMNS);
  }
}

/** Finds the strings of captured lines. What was found for one line is overwritten by the next. */
export class CaptureFields {
  readonly ranges: { readonly [role in Role]: StringRange };
  private readonly reader: LineReader;
  private readonly hasher: IdentifierHasher;
  /** with what the identifier of the last line was hashed, once it was */
  private hashedWith?: Words128;
  private end = LAYOUTS_AT;

  constructor(private readonly batch: FieldBatch) {
    const { words } = batch;
    this.reader = batch.link(CAPTURE_FIELDS_MODULE);
    this.hasher = new IdentifierHasher(batch, IDENTIFIER_AT);
    const text = (role: (typeof TEXT_ROLES)[number]) =>
      new StringRange(words, CAPTURE_AT + TEXT_RANGE_BYTES * TEXT_ROLES.indexOf(role), TEXT);
    this.ranges = {
      other: text('other'),
      time: text('time'),
      inferenceId: text('inferenceId'),
      eventId: text('eventId'),
      output: new StringRange(words, OUTPUT_AT, DATA),
      input: new StringRange(words, INPUT_AT, DATA),
    };
  }

  /** Where lines stand. */
  get memory(): Uint8Array {
    return this.batch.memory;
  }

  /** Forgets the layouts: each reader has its own. */
  clear(): void {
    this.end = LAYOUTS_AT;
  }

  /** Adds a layout, as {@link layoutOf} writes it. Returns its address; undefined when there is no room. */
  add(layout: Uint8Array): number | undefined {
    const address = this.end;
    if (address + layout.length > LAYOUTS_END) return undefined;
    this.batch.memory.set(layout, address);
    this.end += layout.length;
    return address;
  }

  /** Finds the strings of a line that begins at `from`. Returns the position behind it; -1 when it has another layout. */
  match(layout: number, from: number): number {
    this.hashedWith = undefined;
    return this.reader.match(layout, from);
  }

  /** The hash of the last line's identifier, once for all who ask with the same key. */
  identifier({ from, to }: StringRange, key: Words128): Words128 {
    if (this.hashedWith !== undefined && isSame(this.hashedWith, key)) return this.hasher.words;
    this.hashedWith = key;
    return this.hasher.hash(key, from, to);
  }

  /** The samples that the last line's identifier is in, see `samplesOf`. */
  samples({ from, to }: StringRange): number {
    return this.hasher.samples(from, to);
  }

  /** Writes the parts of a range as fields, from `first` on. */
  place(range: StringRange, first: number): void {
    this.reader.place(range.address, STARTS_AT + 4 * first, ENDS_AT + 4 * first);
  }

  /** Texts that each stand before a string, but the last one, in the way that `capture-fields.wat` asks for. */
  layoutOf(texts: readonly string[], roles: readonly Role[]): Uint8Array {
    const encoder = new TextEncoder();
    const parts = texts.flatMap((text, index) => {
      const bytes = encoder.encode(text);
      const range = this.ranges[roles[index]];
      const header = Int32Array.of(bytes.length, range?.kind ?? NOTHING, range?.address ?? 0, range?.limit ?? 0);
      return [new Uint8Array(header.buffer), bytes];
    });
    const layout = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      layout.set(part, at);
      at += part.length;
    }
    return layout;
  }
}

const isSame = (one: Words128, other: Words128): boolean =>
  one === other || (one[0] === other[0] && one[1] === other[1] && one[2] === other[2] && one[3] === other[3]);
