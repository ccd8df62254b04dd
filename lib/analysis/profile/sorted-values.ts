import { LinkedMemory } from '../batch/linked-memory';
import { SORTED_VALUES_MODULE } from './sorted-values-module';

/** Below it a comparison sort is cheaper than the tables. */
const MIN_LENGTH = 256;
/** Above all that a sketch's levels hold, unless sketches are merged. */
const MAX_LENGTH = 8192;
const BITS = 11;
const DIGITS = 1 << BITS;

interface Sorter {
  spread(source: number, target: number, scratch: number, count: number): number;
}

const SOURCE_AT = 0;
const TARGET_AT = 8 * (MAX_LENGTH + 2);
const SCRATCH_AT = 2 * TARGET_AT;
const memory = new LinkedMemory(SCRATCH_AT + 4 * (512 + MAX_LENGTH));
const sorter = memory.link<Sorter>(SORTED_VALUES_MODULE);
const source = new Float64Array(memory.buffer, SOURCE_AT, MAX_LENGTH);
const target = new Float64Array(memory.buffer, TARGET_AT, MAX_LENGTH);
const keys = new Uint32Array(MAX_LENGTH);
const order = new Uint16Array(MAX_LENGTH);
const low = new Uint16Array(DIGITS);
const high = new Uint16Array(DIGITS);

/**
 * The first `length` values in ascending order. Where they are crowded, with few far away from the others, the bits of the doubles are the
 * better keys. The result is overwritten by the next call. No NaN may be among the values.
 */
export function sortedValues(items: Float64Array, length: number): Float64Array {
  const values = items.subarray(0, length);
  if (length < MIN_LENGTH || length > MAX_LENGTH) return values.slice().sort();
  source.set(values);
  const isSorted = sorter.spread(SOURCE_AT, TARGET_AT, SCRATCH_AT, length) === 1;
  return isSorted ? target.subarray(0, length) : radixSorted(length);
}

/**
 * Sorts by the 22 bits from the first one on that is not the same in all values: two passes put nearly all of some thousand values in their
 * place, an insertion sort the rest. Where it would have too much to do, the values are crowded, and a comparison sort takes over.
 */
function radixSorted(length: number): Float64Array {
  readKeys(length);
  low.fill(0);
  high.fill(0);
  for (let at = 0; at < length; at++) {
    low[keys[at] & (DIGITS - 1)] += 1;
    high[keys[at] >>> BITS] += 1;
  }
  startPositions();
  for (let at = 0; at < length; at++) order[low[keys[at] & (DIGITS - 1)]++] = at;
  for (let at = 0; at < length; at++) target[high[keys[order[at]] >>> BITS]++] = source[order[at]];
  const sorted = target.subarray(0, length);
  return insertionSorted(sorted, 8 * length) ? sorted : sorted.sort();
}

/** From counts to the positions that each digit's values begin at. */
function startPositions(): void {
  let lows = 0;
  let highs = 0;
  for (let digit = 0; digit < DIGITS; digit++) {
    const lowCount = low[digit];
    const highCount = high[digit];
    low[digit] = lows;
    high[digit] = highs;
    lows += lowCount;
    highs += highCount;
  }
}

/** Keys of 22 bits, in the order of the values: the bits of a double, with the sign turned round, and all bits of negative ones. */
function readKeys(length: number): void {
  const bits = new Int32Array(memory.buffer, SOURCE_AT);
  let differing = 0;
  let differingLow = 0;
  for (let at = 0; at < length; at++) {
    differing |= bits[2 * at + 1] ^ bits[1];
    differingLow |= bits[2 * at] ^ bits[0];
  }
  const skipped = differing === 0 ? 32 + Math.clz32(differingLow) : Math.clz32(differing);
  for (let at = 0; at < length; at++) {
    const upper = bits[2 * at + 1];
    const flip = upper >> 31;
    const first = upper ^ (flip | 0x80000000);
    const second = bits[2 * at] ^ flip;
    keys[at] = window(first, second, skipped) >>> (32 - 2 * BITS);
  }
}

/** 32 of 64 bits, after those that are skipped. */
function window(upper: number, lower: number, skipped: number): number {
  if (skipped >= 32) return skipped === 64 ? 0 : lower << (skipped - 32);
  return skipped === 0 ? upper : (upper << skipped) | (lower >>> (32 - skipped));
}

/** False when it gave up. */
function insertionSorted(values: Float64Array, maximumMoves: number): boolean {
  let moves = 0;
  for (let at = 1; at < values.length; at++) {
    const value = values[at];
    let hole = at;
    while (hole > 0 && values[hole - 1] > value) {
      values[hole] = values[hole - 1];
      hole -= 1;
    }
    values[hole] = value;
    moves += at - hole;
    if (moves > maximumMoves) return false;
  }
  return true;
}
