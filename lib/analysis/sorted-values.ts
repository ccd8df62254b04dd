const MAX_RUNS = 8;
/** Below it a comparison sort is cheaper than the counters. */
const MIN_RADIX_LENGTH = 256;
const MAX_RADIX_LENGTH = 32_768;
const BITS = 11;
const DIGITS = 1 << BITS;

let source = new Float64Array(4096);
let target = new Float64Array(4096);
let keys = new Uint32Array(4096);
let order = new Uint16Array(4096);
const low = new Uint16Array(DIGITS);
const high = new Uint16Array(DIGITS);
const BUCKETS = 2048;
const buckets = new Uint16Array(BUCKETS);

/** The first `length` values in ascending order. The result is overwritten by the next call. No NaN may be among the values. */
export function sortedValues(items: Float64Array, length: number): Float64Array {
  reserve(length);
  source.set(items.subarray(0, length));
  const runs = ascendingRuns(length);
  if (runs) return merged(runs, length);
  if (length < MIN_RADIX_LENGTH || length > MAX_RADIX_LENGTH) return source.subarray(0, length).sort();
  return spread(length) ?? radixSorted(length);
}

function reserve(length: number): void {
  if (length <= source.length) return;
  source = new Float64Array(2 * length);
  target = new Float64Array(2 * length);
  keys = new Uint32Array(2 * length);
  order = new Uint16Array(2 * length);
}

/** Where ascending runs begin and the last one ends; undefined when there are many. All but the lowest level of a sketch have few. */
function ascendingRuns(length: number): number[] | undefined {
  const bounds = [0];
  for (let at = 1; at < length; at++) {
    if (source[at] >= source[at - 1]) continue;
    if (bounds.push(at) > MAX_RUNS) return undefined;
  }
  bounds.push(length);
  return bounds;
}

function merged(runs: number[], length: number): Float64Array {
  let bounds = runs;
  while (bounds.length > 2) {
    const next = [0];
    for (let run = 0; run + 1 < bounds.length; run += 2) {
      const end = bounds[run + 2] ?? bounds[run + 1];
      merge(bounds[run], bounds[run + 1], end);
      next.push(end);
    }
    [source, target] = [target, source];
    bounds = next;
  }
  return source.subarray(0, length);
}

/** Merges [from, middle) and [middle, to) of the source into the target. */
function merge(from: number, middle: number, to: number): void {
  let left = from;
  let right = middle;
  for (let at = from; at < to; at++) {
    if (right === to || (left < middle && source[left] <= source[right])) target[at] = source[left++];
    else target[at] = source[right++];
  }
}

/**
 * Sorts into as many buckets of equal width as there are values, about, and each of them by insertion: one pass, where the values are spread
 * evenly or like a bell. Undefined where they are crowded, or too far apart.
 */
function spread(length: number): Float64Array | undefined {
  let min = source[0];
  let max = min;
  for (let at = 1; at < length; at++) {
    if (source[at] < min) min = source[at];
    else if (source[at] > max) max = source[at];
  }
  const scale = (BUCKETS - 1) / (max - min);
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return undefined;
  buckets.fill(0);
  for (let at = 0; at < length; at++) {
    const bucket = ((source[at] - min) * scale) | 0;
    order[at] = bucket;
    buckets[bucket] += 1;
  }
  for (let bucket = 1; bucket < BUCKETS; bucket++) buckets[bucket] += buckets[bucket - 1];
  // from the end of its bucket downwards: values that came ascending are ascending again
  for (let at = length - 1; at >= 0; at--) target[--buckets[order[at]]] = source[at];
  const sorted = target.subarray(0, length);
  return insertionSorted(sorted, 4 * length) ? sorted : undefined;
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
  const bits = new Int32Array(source.buffer);
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
