import type { KnownValue } from './value-counts';
import { XxHash64 } from './xx-hash';

const SLOTS = 1024; // four times the values that are tracked
const hash = new XxHash64(42);
const encoder = new TextEncoder();

/** Finds tracked values by the bytes and the hash of a field, so that a value that was met before needs no text. */
export class ValueIndex {
  private readonly slots = new Int16Array(SLOTS).fill(-1);
  private readonly hashes: number[] = [];
  private readonly values: Uint8Array[] = [];
  private readonly known: KnownValue[] = [];

  /** Number of values. */
  get size(): number {
    return this.known.length;
  }

  /** Adds a value by its text. */
  addText(text: string, known: KnownValue): void {
    const value = encoder.encode(text);
    hash.hash(value, value.length);
    const isWide = value.some((byte) => byte > 127);
    this.add(value, (hash.low << 1) | (isWide ? 1 : 0), known);
  }

  /** Adds a value with the hash that the batch gives to it. The bytes are kept. */
  add(value: Uint8Array, fieldHash: number, known: KnownValue): void {
    let slot = (fieldHash >>> 1) % SLOTS;
    while (this.slots[slot] >= 0) slot = (slot + 1) % SLOTS;
    this.slots[slot] = this.known.length;
    this.hashes.push(fieldHash);
    this.values.push(value);
    this.known.push(known);
  }

  find(fieldHash: number, bytes: Uint8Array, from: number, to: number): KnownValue | undefined {
    for (let slot = (fieldHash >>> 1) % SLOTS; ; slot = (slot + 1) % SLOTS) {
      const entry = this.slots[slot];
      if (entry < 0) return undefined;
      if (this.hashes[entry] === fieldHash && isEqual(this.values[entry], bytes, from, to)) return this.known[entry];
    }
  }
}

function isEqual(value: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (value.length !== to - from) return false;
  for (let at = 0; at < value.length; at++) if (value[at] !== bytes[from + at]) return false;
  return true;
}
