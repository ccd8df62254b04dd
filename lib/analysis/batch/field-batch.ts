import { FIELD_HASHES_MODULE } from './field-hashes-module';
import {
  ENDS_AT,
  FIELD_MEMORY_BYTES,
  HASHES_AT,
  MAX_COLUMNS,
  MAX_FIELDS,
  REGISTER_COUNT,
  REGISTERS_AT,
  STARTS_AT,
} from './field-memory';
import { FieldNumbers } from './field-numbers';
import { LinkedMemory } from './linked-memory';

/** Takes the rows of a batch. */
export interface BatchTarget {
  addBatch(batch: FieldBatch): void;
}

interface Hasher {
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
  /** of one column */
  readonly numbers: FieldNumbers;
  private readonly space = LinkedMemory.taken(FIELD_MEMORY_BYTES);
  private readonly registers: Uint8Array;
  private readonly hasher: Hasher;
  private target?: BatchTarget;

  constructor() {
    const { buffer } = this.space;
    this.memory = new Uint8Array(buffer);
    this.words = new Int32Array(buffer);
    this.starts = new Int32Array(buffer, STARTS_AT, MAX_FIELDS);
    this.ends = new Int32Array(buffer, ENDS_AT, MAX_FIELDS);
    this.hashes = new Int32Array(buffer, HASHES_AT, MAX_FIELDS);
    this.registers = new Uint8Array(buffer, REGISTERS_AT, REGISTER_COUNT);
    this.hasher = this.link(FIELD_HASHES_MODULE);
    this.numbers = new FieldNumbers(this);
  }

  get buffer(): ArrayBuffer {
    return this.space.buffer;
  }

  /** The functions of a WebAssembly module that works on this batch. */
  link<Functions>(module: string): Functions {
    return this.space.link(module);
  }

  /** Gives its memory back: nothing of the batch may be used any more. */
  close(): void {
    this.space.giveBack();
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
    this.hasher.count(
      REGISTERS_AT,
      STARTS_AT + 4 * column,
      ENDS_AT + 4 * column,
      4 * this.width,
      this.rowCount,
      HASHES_AT,
    );
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
