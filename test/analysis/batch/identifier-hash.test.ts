import * as fc from 'fast-check';
import { IdentifierHasher, identifierHash, identifierKey } from '../../../lib/analysis/batch/identifier-hash';
import { LinkedMemory } from '../../../lib/analysis/batch/linked-memory';
import { samplesOf } from '../../../lib/analysis/model-quality/subsamples';
import { holds } from '../property';

const hex = (words: Int32Array) => Buffer.from(words.buffer, words.byteOffset, words.byteLength).toString('hex');
const KEY = identifierKey('000102030405060708090a0b0c0d0e0f');

/** Hashes bytes that stand at an address of a memory. */
function hashedAt(at: number, bytes: Uint8Array) {
  const memory = new LinkedMemory(4096);
  const hasher = new IdentifierHasher(memory, 0);
  new Uint8Array(memory.buffer).fill(0xaa, 32);
  new Uint8Array(memory.buffer).set(bytes, at);
  return { hash: hex(hasher.hash(KEY, at, at + bytes.length)), samples: hasher.samples(at, at + bytes.length) };
}

// https://github.com/veorq/SipHash/blob/1a7d041abc95055170c996d9af80887d4046aa5a/vectors.h (vectors_sip128)
test.each([
  [0, 'a3817f04ba25a8e66df67214c7550293'],
  [7, 'a1f1ebbed8dbc153c0b84aa61ff08239'],
  [8, '3b62a9ba6258f5610f83e264f31497b4'],
  [9, '264499060ad9baabc47f8b02bb6d71ed'],
  [36, '3dc47d1f29c448461e9e76ed904f6711'],
  [63, '5150d1772f50834a503e069a973fbd7c'],
])('the hash of %i bytes that count from 0 is that of SipHash-2-4', (length, expected) => {
  const bytes = Uint8Array.from({ length }, (_, index) => index);
  expect(hashedAt(47, bytes).hash).toBe(expected);
});

test('a key of no digits is one of zeros', () => {
  expect([...identifierKey()]).toEqual([0, 0, 0, 0]);
  expect(hex(identifierKey('00ff'.repeat(8)))).toBe('00ff'.repeat(8));
});

test('bytes have the hash and the samples of their text, wherever they stand', () => {
  holds(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 40, max: 300 }), (text, at) => {
      const found = hashedAt(at, new TextEncoder().encode(text));
      expect(found).toEqual({ hash: hex(identifierHash(KEY, text)), samples: samplesOf(text) });
    }),
  );
});

test('long texts differ by any of their characters, and by their length', () => {
  const text = 'x'.repeat(5000);
  const others = [0, 1023, 1024, 2030, 4999].map((at) => `${text.slice(0, at)}y${text.slice(at + 1)}`);
  const lengths = [1023, 1024, 1025, 2032, 2033].map((length) => text.slice(0, length));
  const hashes = [text, ...others, ...lengths].map((each) => hex(identifierHash(KEY, each)));
  expect(new Set(hashes).size).toBe(hashes.length);
});
