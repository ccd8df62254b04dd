/** Count, mean and squared deviations of numbers, in one pass; `sum`, `min` and `max` beside them. */
export class Moments {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  private average = 0;
  private squares = 0;

  /**
   * Adds one value. The order of operations decides the last bit and follows Spark's central moments; a textbook Welford differs.
   *
   * @see https://github.com/apache/spark/blob/master/sql/catalyst/src/main/scala/org/apache/spark/sql/catalyst/expressions/aggregate/CentralMomentAgg.scala
   */
  add(value: number): void {
    const distance = value - this.average;
    this.count += 1;
    const share = distance / this.count;
    this.average += share;
    this.squares += distance * (distance - share);
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Adds the first `count` values, in order. */
  addAll(values: Float64Array, count: number): void {
    // locals stay in registers, fields are written back to memory for every value
    let { count: n, sum, min, max, average, squares } = this;
    for (let at = 0; at < count; at++) {
      const value = values[at];
      const distance = value - average;
      n += 1;
      const share = distance / n;
      average += share;
      squares += distance * (distance - share);
      sum += value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    Object.assign(this, { count: n, sum, min, max, average, squares });
  }

  /**
   * Adds what another pass saw after this one. Like Spark, a merge into an empty state goes through the same formula, which can move the
   * average (and with it later merges) by a last bit; count, sum, extremes and deviation are then the other's.
   */
  merge(that: Moments): void {
    if (that.count === 0) return;
    const count = this.count + that.count;
    const distance = that.average - this.average;
    const share = distance / count;
    this.average += share * that.count;
    const between = this.count === 0 ? 0 : distance * share * this.count * that.count;
    this.squares = this.squares + that.squares + between;
    this.count = count;
    this.sum += that.sum;
    this.min = Math.min(this.min, that.min);
    this.max = Math.max(this.max, that.max);
  }

  /** The mean as sum / count; NaN when empty. */
  mean(): number {
    return this.sum / this.count;
  }

  /** The standard deviation of the population; NaN when empty. */
  standardDeviation(): number {
    return Math.sqrt(this.squares / this.count);
  }

  /** The state as six numbers; `min` and `max` are infinite when empty. */
  toArray(): number[] {
    return [this.count, this.sum, this.min, this.max, this.average, this.squares];
  }

  static fromArray(state: number[]): Moments {
    const moments = new Moments();
    [moments.count, moments.sum, moments.min, moments.max, moments.average, moments.squares] = state;
    return moments;
  }
}
