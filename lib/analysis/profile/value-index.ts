import { hashOfKept } from './kept-value';
import type { KnownValue } from './value-counts';
import { XxHash64 } from './xx-hash';

const SLOTS = 1024; // four times the values that are tracked
const hash = new XxHash64(42);
const encoder = new TextEncoder();

/** Finds tracked values by the bytes and the hash of a field, so that a value that was met before needs no text. */
export class ValueIndex {
  private readonly slots = new Int16Array(SLOTS).fill(-1);
  private readonly hashes: number[] = [];
  /** the values one after the other: small arrays would take more memory than their bytes */
  private bytes = new Uint8Array(1024);
  private readonly ends: number[] = [];
  private readonly known: KnownValue[] = [];
  /** the hashes of values that are kept by them */
  private readonly long = new Set<number>();

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
    if (known.long) this.long.add(hashOfKept(text));
  }

  /** Whether a field with this hash is perhaps a value that is kept by its hash, which is not found by its bytes. */
  hasLong(fieldHash: number): boolean {
    return this.long.size > 0 && this.long.has(fieldHash >>> 1);
  }

  /** Adds a value with the hash that the batch gives to it. */
  add(value: Uint8Array, fieldHash: number, known: KnownValue): void {
    let slot = (fieldHash >>> 1) % SLOTS;
    while (this.slots[slot] >= 0) slot = (slot + 1) % SLOTS;
    this.slots[slot] = this.known.length;
    this.hashes.push(fieldHash);
    this.append(value);
    this.known.push(known);
  }

  private append(value: Uint8Array): void {
    const from = this.ends[this.ends.length - 1] ?? 0;
    const end = from + value.length;
    if (end > this.bytes.length) {
      const { bytes } = this;
      this.bytes = new Uint8Array(2 * end);
      this.bytes.set(bytes);
    }
    this.bytes.set(value, from);
    this.ends.push(end);
  }

  find(fieldHash: number, bytes: Uint8Array, from: number, to: number): KnownValue | undefined {
    for (let slot = (fieldHash >>> 1) % SLOTS; ; slot = (slot + 1) % SLOTS) {
      const entry = this.slots[slot];
      if (entry < 0) return undefined;
      if (this.hashes[entry] === fieldHash && this.isAt(entry, bytes, from, to)) return this.known[entry];
    }
  }

  private isAt(entry: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = entry === 0 ? 0 : this.ends[entry - 1];
    if (this.ends[entry] - start !== to - from) return false;
    const value = this.bytes;
    for (let at = from; at < to; at++) if (value[start + at - from] !== bytes[at]) return false;
    return true;
  }
}
