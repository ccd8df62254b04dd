// 64-bit arithmetic in pairs of 32-bit halves: BigInt would allocate on every operation.

/** xxHash64 of bytes; the two halves of the last hash stand in `high` and `low`, unsigned. */
export class XxHash64 {
  high = 0;
  low = 0;

  private readonly lanes = [new Word(), new Word(), new Word(), new Word()];
  private readonly accumulator = new Word();
  private readonly scratch = new Word();

  constructor(private readonly seed: number) {}

  /**
   * Hashes the first `length` bytes.
   *
   * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md
   */
  hash(bytes: Uint8Array, length: number): void {
    const h = this.accumulator;
    let at = 0;
    if (length >= 32) {
      at = this.stripes(bytes, length);
    } else {
      h.set(0, this.seed).add(PRIME_5);
    }
    h.addNumber(length);
    this.tail(bytes, at, length);
    this.avalanche();
    this.high = h.high >>> 0;
    this.low = h.low >>> 0;
  }

  private stripes(bytes: Uint8Array, length: number): number {
    const [a, b, c, d] = this.lanes;
    a.set(0, this.seed).add(PRIME_1).add(PRIME_2);
    b.set(0, this.seed).add(PRIME_2);
    c.set(0, this.seed);
    d.set(0, this.seed).subtract(PRIME_1);
    let at = 0;
    for (; at + 32 <= length; at += 32) {
      for (let lane = 0; lane < 4; lane++) round(this.lanes[lane], this.scratch.read(bytes, at + 8 * lane));
    }
    this.converge();
    return at;
  }

  private converge(): void {
    const h = this.accumulator.set(0, 0);
    const turns = [1, 7, 12, 18];
    for (let lane = 0; lane < 4; lane++) h.add(this.scratch.copy(this.lanes[lane]).rotateLeft(turns[lane]));
    for (const lane of this.lanes) {
      round(this.scratch.set(0, 0), lane);
      h.xor(this.scratch).multiply(PRIME_1).add(PRIME_4);
    }
  }

  private tail(bytes: Uint8Array, from: number, length: number): void {
    const h = this.accumulator;
    const lane = this.lanes[0];
    let at = from;
    for (; at + 8 <= length; at += 8) {
      round(lane.set(0, 0), this.scratch.read(bytes, at));
      h.xor(lane).rotateLeft(27).multiply(PRIME_1).add(PRIME_4);
    }
    if (at + 4 <= length) {
      lane.set(0, readInt32(bytes, at)).multiply(PRIME_1);
      h.xor(lane).rotateLeft(23).multiply(PRIME_2).add(PRIME_3);
      at += 4;
    }
    for (; at < length; at++) {
      lane.set(0, bytes[at]).multiply(PRIME_5);
      h.xor(lane).rotateLeft(11).multiply(PRIME_1);
    }
  }

  private avalanche(): void {
    const h = this.accumulator;
    h.xor(this.scratch.copy(h).shiftRight(33)).multiply(PRIME_2);
    h.xor(this.scratch.copy(h).shiftRight(29)).multiply(PRIME_3);
    h.xor(this.scratch.copy(h).shiftRight(32));
  }
}

const readInt32 = (bytes: Uint8Array, at: number) =>
  bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);

/** A mutable unsigned 64-bit number; every operation wraps around and returns the number itself. */
class Word {
  constructor(
    public high = 0,
    public low = 0,
  ) {}

  set(high: number, low: number): this {
    this.high = high;
    this.low = low;
    return this;
  }

  copy(that: Word): this {
    return this.set(that.high, that.low);
  }

  read(bytes: Uint8Array, at: number): this {
    return this.set(readInt32(bytes, at + 4), readInt32(bytes, at));
  }

  add(that: Word): this {
    const low = (this.low >>> 0) + (that.low >>> 0);
    return this.set((this.high + that.high + (low > 0xffffffff ? 1 : 0)) | 0, low | 0);
  }

  addNumber(value: number): this {
    const low = (this.low >>> 0) + value;
    return this.set((this.high + (low > 0xffffffff ? 1 : 0)) | 0, low | 0);
  }

  subtract(that: Word): this {
    const low = (this.low >>> 0) - (that.low >>> 0);
    return this.set((this.high - that.high - (low < 0 ? 1 : 0)) | 0, low | 0);
  }

  xor(that: Word): this {
    return this.set(this.high ^ that.high, this.low ^ that.low);
  }

  multiply(that: Word): this {
    const high = Math.imul(this.high, that.low) + Math.imul(this.low, that.high) + multiplyHigh(this.low, that.low);
    return this.set(high | 0, Math.imul(this.low, that.low));
  }

  /** `turns` from 1 to 31. */
  rotateLeft(turns: number): this {
    const { high, low } = this;
    return this.set((high << turns) | (low >>> (32 - turns)), (low << turns) | (high >>> (32 - turns)));
  }

  /** `places` from 1 to 63. */
  shiftRight(places: number): this {
    if (places >= 32) return this.set(0, this.high >>> (places - 32));
    return this.set(this.high >>> places, (this.low >>> places) | (this.high << (32 - places)));
  }
}

/** The upper 32 bits of the product of two unsigned 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const a1 = a >>> 16;
  const a0 = a & 0xffff;
  const b1 = b >>> 16;
  const b0 = b & 0xffff;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const carried = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + Math.floor(middle / 65536) + Math.floor(carried / 65536);
}

/** Consumes the input. */
function round(accumulator: Word, input: Word): void {
  accumulator.add(input.multiply(PRIME_2)).rotateLeft(31).multiply(PRIME_1);
}

const PRIME_1 = new Word(0x9e3779b1, 0x85ebca87);
const PRIME_2 = new Word(0xc2b2ae3d, 0x27d4eb4f);
const PRIME_3 = new Word(0x165667b1, 0x9e3779f9);
const PRIME_4 = new Word(0x85ebca77, 0xc2b2ae63);
const PRIME_5 = new Word(0x27d4eb2f, 0x165667c5);
