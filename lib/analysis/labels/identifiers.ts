import type { Words128 } from '../batch/identifier-hash';

/** Words of an identifier. */
export const ID_WORDS = 4;

/** Identifiers of 128 bits each, one after the other. */
export class Identifiers {
  length = 0;
  /** those of identifier `index` are the four from `4 * index` on */
  words = new Int32Array(16 * ID_WORDS);

  push(id: Words128): void {
    this.pushFrom(id, 0);
  }

  /** Adds one that stands in words from `at` on. */
  pushFrom(words: Int32Array, at: number): void {
    const to = this.length * ID_WORDS;
    if (to === this.words.length) this.grow(2 * to);
    const own = this.words;
    own[to] = words[at];
    own[to + 1] = words[at + 1];
    own[to + 2] = words[at + 2];
    own[to + 3] = words[at + 3];
    this.length += 1;
  }

  /** A text of its own for each identifier. */
  text(index: number): string {
    const at = 4 * ID_WORDS * index;
    return Buffer.from(this.words.buffer)
      .subarray(at, at + 4 * ID_WORDS)
      .toString('latin1');
  }

  /** The group of an identifier, one of so many, a power of two: the same wherever it stands. */
  group(index: number, groups: number): number {
    return this.words[ID_WORDS * index] & (groups - 1);
  }

  append(that: Identifiers): void {
    const [from, length] = [this.length * ID_WORDS, (this.length + that.length) * ID_WORDS];
    if (length > this.words.length) this.grow(Math.max(length, 2 * this.words.length));
    this.words.set(that.words.subarray(0, that.length * ID_WORDS), from);
    this.length += that.length;
  }

  clear(): void {
    this.length = 0;
  }

  /** Their bytes in base64. */
  toJSON(): string {
    return Buffer.from(this.words.buffer, 0, 4 * this.length * ID_WORDS).toString('base64');
  }

  /** Takes the place of those that were written as JSON. */
  restore(text: string): void {
    const bytes = new Uint8Array(Buffer.from(text, 'base64'));
    this.length = bytes.length / (4 * ID_WORDS);
    this.words = this.length > 0 ? new Int32Array(bytes.buffer) : new Int32Array(ID_WORDS);
  }

  private grow(length: number): void {
    const words = new Int32Array(length);
    words.set(this.words);
    this.words = words;
  }
}

/** Another order of slots in each process: nobody who knows how identifiers are hashed can make all of them share one. */
const SEEDS = [1, 2].map(() => Math.floor(Math.random() * 2 ** 32) | 1);

/** Which of several with the same identifier is the last. */
export class LastOfEach {
  /** identifiers of which there is at least one */
  count = 0;
  /** by number: whether one with the same identifier came later */
  readonly isFollowed: Uint8Array;
  /** by slot: the number of the last, and one more; 0 where there is none */
  private readonly slots: Int32Array;

  /** `follow` takes the number of the one before, and of the one after it. */
  constructor(
    private readonly ids: Identifiers,
    follow: (before: number, after: number) => void = () => {},
  ) {
    let size = 16;
    while (size < 2 * ids.length) size *= 2;
    this.slots = new Int32Array(size);
    this.isFollowed = new Uint8Array(ids.length);
    for (let index = 0; index < ids.length; index += 1) {
      const slot = this.slot(ids, index);
      const before = this.slots[slot] - 1;
      if (before >= 0) this.isFollowed[before] = 1;
      else this.count += 1;
      this.slots[slot] = index + 1;
      if (before >= 0) follow(before, index);
    }
  }

  /** The last with an identifier of others; -1 where there is none. */
  find(ids: Identifiers, index: number): number {
    return this.slots[this.slot(ids, index)] - 1;
  }

  private slot(others: Identifiers, index: number): number {
    const { words } = others;
    const own = this.ids.words;
    const at = index * ID_WORDS;
    const mask = this.slots.length - 1;
    const mixed = Math.imul(words[at] ^ SEEDS[0], SEEDS[1]) ^ Math.imul(words[at + 1], SEEDS[0]);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (let found = this.slots[slot]; found > 0; found = this.slots[slot]) {
      const from = (found - 1) * ID_WORDS;
      if (
        own[from] === words[at] &&
        own[from + 1] === words[at + 1] &&
        own[from + 2] === words[at + 2] &&
        own[from + 3] === words[at + 3]
      )
        break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
