import { textOf } from './field-batch';

/** Texts that are known by their bytes, and bytes of the longest. */
const MAX_TEXTS = 1024;
const MAX_BYTES = 64;
const SLOTS = 4 * MAX_TEXTS;

/** What short texts stand for, which is found once for each of the first {@link MAX_TEXTS}: columns of labels and of groups have few. */
export class KnownTexts<Value> {
  private readonly slots = new Uint16Array(SLOTS);
  private readonly bytes: Uint8Array[] = [];
  private readonly values: (Value | undefined)[] = [];

  /** `find` gives the same for a text whenever it is asked, or undefined, which is not remembered. */
  constructor(private readonly find: (text: string) => Value | undefined) {}

  /** What the text of a range stands for. */
  of(memory: Uint8Array, from: number, to: number): Value | undefined {
    if (to - from > MAX_BYTES) return this.find(textOf(memory, from, to));
    let slot = hashOf(memory, from, to);
    for (let known = this.slots[slot]; known > 0; known = this.slots[slot]) {
      if (isSame(this.bytes[known - 1], memory, from, to)) return this.values[known - 1];
      slot = (slot + 1) % SLOTS;
    }
    const value = this.find(textOf(memory, from, to));
    if (value !== undefined && this.bytes.length < MAX_TEXTS) {
      this.values.push(value);
      this.slots[slot] = this.bytes.push(memory.slice(from, to));
    }
    return value;
  }
}

function hashOf(memory: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ memory[at], 0x01000193);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

function isSame(bytes: Uint8Array, memory: Uint8Array, from: number, to: number): boolean {
  if (bytes.length !== to - from) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== memory[from + at]) return false;
  return true;
}
