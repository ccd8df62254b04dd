/** Numbers one after the other. What they stood in stays when they are forgotten: batch after batch is as large. */
export class NumberColumn {
  length = 0;
  /** from `length` on they are none */
  values = new Float64Array(16);

  push(number: number): void {
    if (this.length === this.values.length) this.grow(2 * this.length);
    this.values[this.length] = number;
    this.length += 1;
  }

  append(numbers: ArrayLike<number>): void {
    const from = this.length;
    this.length += numbers.length;
    if (this.length > this.values.length) this.grow(Math.max(this.length, 2 * this.values.length));
    this.values.set(numbers, from);
  }

  /** The numbers alone. */
  get all(): Float64Array {
    return this.values.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }

  toJSON(): number[] {
    return Array.from(this.all);
  }

  private grow(length: number): void {
    const values = new Float64Array(length);
    values.set(this.values);
    this.values = values;
  }
}
