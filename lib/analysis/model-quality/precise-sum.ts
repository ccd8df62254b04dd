/**
 * A running sum with twice the digits of a double, so that neither the order of the summands nor a large mean shows in the result. Empty: 0.
 * Beyond 1e153 the square of a summand overflows, and the sum is no finite number.
 *
 * @see https://doi.org/10.1007/BF01397083 T. J. Dekker, A floating-point technique for extending the available precision
 */
export class PreciseSum {
  private high = 0;
  private low = 0;

  get value(): number {
    return this.high + this.low;
  }

  add(value: number): void {
    const sum = this.high + value;
    const rest = sum - this.high;
    this.normalize(sum, this.low + (this.high - (sum - rest)) + (value - rest));
  }

  addSquare(value: number): void {
    const square = value * value;
    this.add(square);
    this.add(productError(value, value, square));
  }

  merge(that: PreciseSum): void {
    this.add(that.high);
    this.add(that.low);
  }

  /**
   * The sum of squared deviations from the mean, of numbers of which the sum and the sum of squares are known: sum of squares less
   * sum * (sum / count). NaN without numbers.
   */
  static squaredDeviations(squares: PreciseSum, sum: PreciseSum, count: number): number {
    const mean = sum.high / count;
    const product = mean * count;
    const meanRest = (sum.high - product - productError(mean, count, product) + sum.low) / count;
    const result = new PreciseSum();
    result.merge(squares);
    const square = sum.high * mean;
    for (const part of [square, productError(sum.high, mean, square), sum.high * meanRest, sum.low * mean]) {
      result.add(-part);
    }
    return result.value;
  }

  private normalize(high: number, low: number): void {
    this.high = high + low;
    this.low = low - (this.high - high);
  }
}

const SPLITTER = 2 ** 27 + 1;

/** What rounding took off the product of two doubles. */
function productError(a: number, b: number, product: number): number {
  const [aHigh, bHigh] = [upperHalf(a), upperHalf(b)];
  const [aLow, bLow] = [a - aHigh, b - bHigh];
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function upperHalf(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}
