import { IDENTIFIER_HASHES_MODULE } from './identifier-hashes-module';
import { LinkedMemory } from './linked-memory';

/** 128 bits as four words. */
export type Words128 = Int32Array;

/** Functions of `identifier-hashes.wat`. */
interface Hasher {
  hash(key: number, at: number, end: number, out: number): void;
  samples(at: number, end: number): number;
}

/** Memory in which there are identifiers. */
interface HashedMemory {
  readonly buffer: ArrayBuffer;
  link<Functions>(module: string): Functions;
}

const KEY_BYTES = 16;

/** Keyed hashes of identifiers that stand in a memory, in which there is room for 32 bytes at an address. */
export class IdentifierHasher {
  /** the last hash */
  readonly words: Words128;
  private readonly key: Int32Array;
  private readonly functions: Hasher;

  constructor(
    memory: HashedMemory,
    private readonly address: number,
  ) {
    this.functions = memory.link(IDENTIFIER_HASHES_MODULE);
    this.key = new Int32Array(memory.buffer, address, 4);
    this.words = new Int32Array(memory.buffer, address + KEY_BYTES, 4);
  }

  /** Hashes the bytes of a range: SipHash-2-4 of 128 bits. */
  hash(key: Words128, from: number, to: number): Words128 {
    this.key.set(key);
    this.functions.hash(this.address, from, to, this.address + KEY_BYTES);
    return this.words;
  }

  /** The samples that the bytes of a range are in, see `samplesOf` of `subsamples.ts`. */
  samples(from: number, to: number): number {
    return this.functions.samples(from, to);
  }
}

/** Bytes of a text that are hashed at once. */
const TEXT_BYTES = 1024;
const TEXT_AT = 2 * KEY_BYTES;

const encoder = new TextEncoder();

/** The same hashes, of texts. */
class TextHasher {
  private readonly hasher: IdentifierHasher;
  private readonly text: Uint8Array;

  constructor() {
    const memory = new LinkedMemory(TEXT_AT + TEXT_BYTES + KEY_BYTES);
    this.hasher = new IdentifierHasher(memory, 0);
    this.text = new Uint8Array(memory.buffer, TEXT_AT, TEXT_BYTES);
  }

  /** Of a text of more bytes, those that follow are hashed behind the hash of those before. */
  hash(key: Words128, text: string): Words128 {
    const bytes = encoder.encode(text);
    let size = this.put(bytes.subarray(0, TEXT_BYTES), 0);
    let { words } = this.hasher;
    words = this.hasher.hash(key, TEXT_AT, TEXT_AT + size);
    for (let at = size; at < bytes.length; at += TEXT_BYTES - KEY_BYTES) {
      this.text.set(new Uint8Array(words.slice().buffer));
      size = this.put(bytes.subarray(at, at + TEXT_BYTES - KEY_BYTES), KEY_BYTES);
      words = this.hasher.hash(key, TEXT_AT, TEXT_AT + size);
    }
    return words;
  }

  private put(bytes: Uint8Array, at: number): number {
    this.text.set(bytes, at);
    return at + bytes.length;
  }
}

let textHasher: TextHasher | undefined;

/** The hash of a text, until the next one is asked for; that of its bytes, where these are at most 1,024. */
export function identifierHash(key: Words128, text: string): Words128 {
  textHasher ??= new TextHasher();
  return textHasher.hash(key, text);
}

/** A key of 32 hexadecimal digits; zeros where there is none. */
export function identifierKey(digits = ''): Words128 {
  const bytes = new Uint8Array(KEY_BYTES);
  for (const [index, byte] of (digits.match(/../g) ?? []).entries()) bytes[index] = Number.parseInt(byte, 16);
  return new Int32Array(bytes.buffer);
}
