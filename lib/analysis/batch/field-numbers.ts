import type { FieldBatch } from './field-batch';
import { ENDS_AT, MAX_FIELDS, NUMBERS_AT, STARTS_AT } from './field-memory';
import { FIELD_NUMBERS_MODULE } from './field-numbers-module';

const POWERS_AT = NUMBERS_AT + 8;
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`));
const VALUES_AT = POWERS_AT + 8 * POWERS_OF_TEN.length;

interface NumberReader {
  read(starts: number, ends: number, stride: number, rows: number, numbers: number): number;
}

/** Numbers of one column of a batch. */
export class FieldNumbers {
  readonly values: Float64Array;
  /** how many values there are, and how many of those that were read have a point */
  private readonly counts: Int32Array;
  private readonly reader: NumberReader;

  constructor(private readonly batch: FieldBatch) {
    const { buffer } = batch.memory;
    this.counts = new Int32Array(buffer, NUMBERS_AT, 2);
    this.values = new Float64Array(buffer, VALUES_AT, MAX_FIELDS);
    this.reader = batch.link(FIELD_NUMBERS_MODULE);
    new Float64Array(buffer, POWERS_AT, POWERS_OF_TEN.length).set(POWERS_OF_TEN);
  }

  get count(): number {
    return this.counts[0];
  }

  /** How many were read by {@link read} and have a point. */
  get decimals(): number {
    return this.counts[1];
  }

  clear(): void {
    this.counts.fill(0);
  }

  push(value: number): void {
    this.values[this.counts[0]++] = value;
  }

  /**
   * Reads a column from a row on while its fields are empty, which are skipped, or plain numbers of up to 16 characters without the
   * sign: the same doubles as `Number(text)` gives, but for -0, which is 0. Returns the row of the first other field.
   */
  read(column: number, row: number): number {
    const { width, rowCount } = this.batch;
    const at = 4 * (row * width + column);
    return rowCount - this.reader.read(STARTS_AT + at, ENDS_AT + at, 4 * width, rowCount - row, NUMBERS_AT);
  }
}
