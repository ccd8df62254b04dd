import { FIELD_HASHES_MODULE } from './field-hashes-module';

const REGISTERS = 512;
const MAX_FIELDS = 16_384;
const STARTS_AT = 1024;
const ENDS_AT = STARTS_AT + 4 * MAX_FIELDS;
const HASHES_AT = ENDS_AT + 4 * MAX_FIELDS;

/** A row of more columns is not profiled: each column has a memory of its own. */
export const MAX_COLUMNS = 8192;
/** Where text stands in {@link FieldBatch.memory}. */
export const TEXT_AT = HASHES_AT + 4 * MAX_FIELDS;
/** How much text is taken at a time: enough to work column by column, few enough to stay in the processor's cache. */
export const TEXT_BYTES = 256 * 1024;

/** Takes the rows of a batch. */
export interface BatchTarget {
  addBatch(batch: FieldBatch): void;
}

/** The part of the engine's interface that is used; the compiler's libraries for Node.js lack it. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}
const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };

interface Hasher {
  readonly memory: { readonly buffer: ArrayBuffer };
  count(registers: number, starts: number, ends: number, stride: number, rows: number, hashes: number): void;
}

/**
 * Rows of one width whose fields are byte ranges of one memory: field `column` of `row` is `memory` from `starts[row * width + column]` to
 * `ends[...]`. Rows are worked off column by column, in loops that stay within one column's state.
 */
export class FieldBatch {
  readonly memory: Uint8Array;
  /** the memory, four bytes at a time */
  readonly words: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** of one column, see {@link hashColumn}: the hash and, as lowest bit, whether the field has more than ASCII */
  readonly hashes: Int32Array;
  /** fields that stand in the batch; a reader writes from here on */
  size = 0;
  width = 0;
  private readonly registers: Uint8Array;
  private readonly hasher: Hasher;
  private target?: BatchTarget;

  constructor() {
    const bytes = Uint8Array.from(FIELD_HASHES_MODULE.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
    this.hasher = new engine.Instance(new engine.Module(bytes)).exports as Hasher;
    const { buffer } = this.hasher.memory;
    this.memory = new Uint8Array(buffer);
    this.registers = new Uint8Array(buffer, 0, REGISTERS);
    this.words = new Int32Array(buffer);
    this.starts = new Int32Array(buffer, STARTS_AT, MAX_FIELDS);
    this.ends = new Int32Array(buffer, ENDS_AT, MAX_FIELDS);
    this.hashes = new Int32Array(buffer, HASHES_AT, MAX_FIELDS);
  }

  get rowCount(): number {
    return this.size / this.width;
  }

  /** Hands the rows over; those that come belong to no table yet. */
  release(): void {
    this.flush();
    this.target = undefined;
    this.width = 0;
  }

  /** Lets the rows that come go to another table. */
  redirect(target: BatchTarget, width: number): void {
    this.flush();
    this.target = target;
    this.width = width;
  }

  /** Hands the rows over. */
  flush(): void {
    if (this.size > 0) this.target?.addBatch(this);
    this.size = 0;
  }

  /** Whether one more row of any width fits. */
  hasRoom(): boolean {
    return this.size + MAX_COLUMNS < MAX_FIELDS;
  }

  /** Takes the fields from `first` to `end`, which were written behind the rows before, as one row. */
  addRow(first: number, end: number): void {
    if (first !== this.size) {
      // the rows before were handed over meanwhile
      this.starts.copyWithin(this.size, first, end);
      this.ends.copyWithin(this.size, first, end);
    }
    this.size += end - first;
  }

  /** Fields as text. */
  texts(first: number, end: number): string[] {
    const fields: string[] = [];
    for (let field = first; field < end; field++) fields.push(this.text(this.starts[field], this.ends[field]));
    return fields;
  }

  text(from: number, to: number): string {
    return textOf(this.memory, from, to);
  }

  /** Writes the hashes of one column, and counts its fields of ASCII in HyperLogLog++ registers. */
  hashColumn(column: number, registers: Uint8Array): void {
    this.registers.set(registers);
    this.hasher.count(0, STARTS_AT + 4 * column, ENDS_AT + 4 * column, 4 * this.width, this.rowCount, HASHES_AT);
    registers.set(this.registers);
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes of UTF-8 as text; short ASCII without the cost of a decoder's call. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  if (to - from < 32) {
    for (let at = from; at < to; at++) {
      if (bytes[at] > 127) return decoder.decode(bytes.subarray(from, to));
      text += String.fromCharCode(bytes[at]);
    }
    return text;
  }
  return decoder.decode(bytes.subarray(from, to));
}

let shared: FieldBatch | undefined;

/** The one batch: readers fill and empty it within a call, so that none of them needs memory of its own for it. */
export function sharedBatch(): FieldBatch {
  shared ??= new FieldBatch();
  return shared;
}
