/** Another order of slots in each process: nobody can choose numbers of which all share one. */
const SEEDS = [1, 2].map(() => Math.floor(Math.random() * 2 ** 32) | 1);

const NUMBER = new Float64Array(1);
const WORDS = new Int32Array(NUMBER.buffer);

/** Different numbers, by the order in which they came. 0 and -0 are one, and so is all that is no number. */
export class NumberIndex {
  size = 0;
  private numbers = new Float64Array(64);
  /** by slot: the place of a number, and one more; 0 where there is none */
  private slots = new Int32Array(128);

  /** The place of a number, which is `size` for one that is not there: {@link add} gives it that place. */
  find(number: number): number {
    const place = this.slots[this.slot(number)];
    return place === 0 ? this.size : place - 1;
  }

  /** Adds a number that is not there. */
  add(number: number): void {
    if (this.size === this.numbers.length) this.grow();
    this.numbers[this.size] = number + 0; // of -0 this is 0
    this.size += 1;
    this.slots[this.slot(number)] = this.size;
  }

  /** The numbers by their places. */
  get all(): Float64Array {
    return this.numbers.subarray(0, this.size);
  }

  clear(): void {
    this.size = 0;
    this.numbers = new Float64Array(64);
    this.slots = new Int32Array(128);
  }

  /** Where a number is, or would be. */
  private slot(number: number): number {
    const { slots, numbers } = this;
    NUMBER[0] = number + 0;
    const mixed = Math.imul(WORDS[0] ^ SEEDS[0], SEEDS[1]) ^ Math.imul(WORDS[1] ^ SEEDS[1], SEEDS[0]);
    const mask = slots.length - 1;
    let slot = Math.imul(mixed ^ (mixed >>> 15), SEEDS[1]) >>> 7;
    for (slot &= mask; slots[slot] > 0; slot = (slot + 1) & mask) {
      const found = numbers[slots[slot] - 1];
      if (found === number || (Number.isNaN(found) && Number.isNaN(number))) break;
    }
    return slot;
  }

  private grow(): void {
    const { numbers } = this;
    this.numbers = new Float64Array(2 * numbers.length);
    this.numbers.set(numbers);
    this.slots = new Int32Array(2 * this.slots.length);
    for (let place = 0; place < this.size; place += 1) this.slots[this.slot(numbers[place])] = place + 1;
  }
}
