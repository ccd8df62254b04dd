import type { FieldBatch } from '../batch/field-batch';
import { BIASES, LINEAR_COUNTING_LIMIT, NEIGHBOURS, RAW_ESTIMATES } from './hyperloglog-bias';
import { hashOf } from './text-hash';

const PRECISION = 9;
const REGISTERS = 1 << PRECISION;
const ALPHA_M2 = (0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS;
/** Registers hold 0 to 56; printed from '0' on, skipping the backslash that JSON would escape. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Approximate number of distinct values, by HyperLogLog++ with 512 registers over the xxHash64 (seed 42) of each value's text as UTF-8. Texts are
 * told apart, not numbers: `1` and `1.0` are two values.
 *
 * @see https://github.com/awslabs/deequ/blob/2.0.2/src/main/scala/com/amazon/deequ/analyzers/catalyst/StatefulHyperloglogPlus.scala
 */
export class DistinctCount {
  private readonly registers = new Uint8Array(REGISTERS);

  /** Counts one value. Adding it again changes nothing. */
  add(value: string): void {
    const hash = hashOf(value);
    const index = hash.high >>> (32 - PRECISION);
    const high = ((hash.high << PRECISION) | (hash.low >>> (32 - PRECISION))) >>> 0;
    const low = (hash.low << PRECISION) | (1 << (PRECISION - 1));
    const rank = (high === 0 ? 32 + Math.clz32(low) : Math.clz32(high)) + 1;
    if (rank > this.registers[index]) this.registers[index] = rank;
  }

  /** Counts the fields of a column of a batch, but those beyond ASCII: these are to be added as text. */
  addBatch(batch: FieldBatch, column: number): void {
    batch.hashColumn(column, this.registers);
  }

  merge(that: DistinctCount): void {
    for (let index = 0; index < REGISTERS; index++) {
      if (that.registers[index] > this.registers[index]) this.registers[index] = that.registers[index];
    }
  }

  /** The estimate, a whole number; 0 when empty. */
  estimate(): number {
    let inverse = 0;
    let zeros = 0;
    for (const register of this.registers) {
      inverse += 1 / 2 ** register;
      if (register === 0) zeros += 1;
    }
    const linear = REGISTERS * Math.log(REGISTERS / zeros);
    return Math.floor((zeros > 0 && linear <= LINEAR_COUNTING_LIMIT ? linear : corrected(ALPHA_M2 / inverse)) + 0.5);
  }

  toString(): string {
    return Array.from(this.registers, (register) => DIGITS[register]).join('');
  }

  static fromString(text: string): DistinctCount {
    const count = new DistinctCount();
    for (let index = 0; index < REGISTERS; index++) count.registers[index] = DIGITS.indexOf(text[index]);
    return count;
  }
}

function corrected(estimate: number): number {
  return estimate < 5 * REGISTERS ? estimate - bias(estimate) : estimate;
}

/** Mean bias of the raw estimates nearest to this one. */
function bias(estimate: number): number {
  const above = RAW_ESTIMATES.findIndex((raw) => raw >= estimate);
  const nearest = above < 0 ? RAW_ESTIMATES.length : above;
  const squared = (index: number) => (estimate - RAW_ESTIMATES[index]) ** 2;
  let low = Math.max(nearest - NEIGHBOURS + 1, 0);
  let high = Math.min(low + NEIGHBOURS, RAW_ESTIMATES.length);
  while (high < RAW_ESTIMATES.length && squared(high) < squared(low)) {
    low += 1;
    high += 1;
  }
  let sum = 0;
  for (let index = low; index < high; index++) sum += BIASES[index];
  return sum / (high - low);
}
