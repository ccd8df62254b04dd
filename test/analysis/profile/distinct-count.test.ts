import * as fc from 'fast-check';
import { DistinctCount } from '../../../lib/analysis/profile/distinct-count';
import { XxHash64 } from '../../../lib/analysis/profile/xx-hash';
import { holds } from '../property';

const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;
const rotate = (value: bigint, by: bigint) => ((value << by) | (value >> (64n - by))) & MASK;
const round = (accumulator: bigint, lane: bigint) => (rotate((accumulator + lane * P2) & MASK, 31n) * P1) & MASK;

/** The specification, word for word, in big integers. */
function specification(bytes: Buffer, seed: bigint): bigint {
  let h = (seed + P5) & MASK;
  let at = 0;
  if (bytes.length >= 32) {
    const lanes = [seed + P1 + P2, seed + P2, seed, seed - P1].map((lane) => lane & MASK);
    for (; at + 32 <= bytes.length; at += 32) {
      for (const lane of [0, 1, 2, 3]) lanes[lane] = round(lanes[lane], bytes.readBigUInt64LE(at + 8 * lane));
    }
    h = lanes.reduce((sum, lane, index) => (sum + rotate(lane, [1n, 7n, 12n, 18n][index])) & MASK, 0n);
    for (const lane of lanes) h = ((h ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  h = (h + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8) {
    h = (rotate(h ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4) & MASK;
  }
  if (at + 4 <= bytes.length) {
    h = (rotate(h ^ ((BigInt(bytes.readUInt32LE(at)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at++) h = (rotate(h ^ ((BigInt(bytes[at]) * P5) & MASK), 11n) * P1) & MASK;
  h = ((h ^ (h >> 33n)) * P2) & MASK;
  h = ((h ^ (h >> 29n)) * P3) & MASK;
  return h ^ (h >> 32n);
}

function hashOf(bytes: Uint8Array, seed: number): bigint {
  const hash = new XxHash64(seed);
  hash.hash(bytes, bytes.length);
  return (BigInt(hash.high) << 32n) | BigInt(hash.low);
}

test.each([
  ['', 0xef46db3751d8e999n],
  ['a', 0xd24ec4f1a98c6e5bn],
  ['abc', 0x44bc2cf5ad770999n],
])('the hash of %j is the published one', (text, expected) => {
  expect(hashOf(Buffer.from(text), 0)).toBe(expected);
});

test('the hash follows the specification for every length', () => {
  holds(
    fc.property(fc.uint8Array({ maxLength: 150, size: 'max' }), (bytes) => {
      expect(hashOf(bytes, 42)).toBe(specification(Buffer.from(bytes), 42n));
    }),
    1000,
  );
});

function countOf(values: Iterable<string>): DistinctCount {
  const count = new DistinctCount();
  for (const value of values) count.add(value);
  return count;
}

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `value ${from + index}`);

test('nothing counts 0, and a value counts once however often it comes', () => {
  expect(countOf([]).estimate()).toBe(0);
  expect(countOf(['a', 'a', 'a']).estimate()).toBe(1);
});

// worked out by a second implementation of the paper's formulas, with its tables: linear counting, bias correction, neither
test.each([
  [100, 99],
  [300, 300],
  [500, 507],
  [1000, 964],
  [2000, 2004],
  [2500, 2636],
  [5000, 5124],
])('%d values are estimated as %d', (size, estimate) => {
  expect(countOf(numbered(0, size)).estimate()).toBe(estimate);
});

test('the estimate depends neither on order nor on parts, and the state survives as text', () => {
  const values = fc.array(fc.string());
  holds(
    fc.property(values, values, (a, b) => {
      const whole = countOf([...b, ...a]);
      const parts = countOf(a);
      parts.merge(countOf(b));
      expect(parts.toString()).toBe(whole.toString());
      expect(DistinctCount.fromString(whole.toString()).estimate()).toBe(whole.estimate());
    }),
  );
});

test('a long value counts as the same value the first time and later', () => {
  const long = 'x'.repeat(100_000);
  expect(countOf([long, long]).estimate()).toBe(1);
});
