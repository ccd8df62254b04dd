/**
 * What the standard errors of a regression's metrics need beside its sums: powers of the labels, and their products with squared errors, about the first
 * label, so that a large mean takes no digits away. Constant memory.
 */
export class ErrorMoments {
  private count = 0;
  /** what labels are less here */
  private origin = 0;
  /** of labels, less the origin, to the power of 0 to 4 */
  private powers = [0, 0, 0, 0, 0];
  /** of squared errors, times labels to the power of 0 to 2 */
  private products = [0, 0, 0];
  /** of what errors are without their sign */
  private absolutes = 0;
  private cubes = 0;
  private fourthPowers = 0;
  private sixthPowers = 0;

  add(label: number, error: number): void {
    if (this.count === 0) this.origin = label;
    this.count += 1;
    const square = error * error;
    this.absolutes += Math.abs(error);
    this.cubes += square * Math.abs(error);
    this.fourthPowers += square * square;
    this.sixthPowers += square * square * square;
    let power = 1;
    for (let k = 0; k < this.powers.length; k++, power *= label - this.origin) {
      this.powers[k] += power;
      if (k < this.products.length) this.products[k] += square * power;
    }
  }

  merge(that: ErrorMoments): void {
    if (that.count === 0) return;
    if (this.count === 0) this.origin = that.origin;
    const shift = that.origin - this.origin;
    this.count += that.count;
    this.absolutes += that.absolutes;
    this.cubes += that.cubes;
    this.fourthPowers += that.fourthPowers;
    this.sixthPowers += that.sixthPowers;
    this.powers = added(this.powers, shifted(that.powers, shift));
    this.products = added(this.products, shifted(that.products, shift));
  }

  /** Means over the rows, labels taken from their mean; NaN without rows. */
  central() {
    const { count, absolutes, cubes, fourthPowers, sixthPowers } = this;
    const mean = this.powers[1] / count;
    const [, , square, , fourth] = shifted(this.powers, -mean);
    const [squaredErrors, , products] = shifted(this.products, -mean);
    return {
      count,
      squaredErrors: squaredErrors / count,
      /** squared errors times squared deviations of the labels */
      products: products / count,
      /** of what errors are without their sign */
      absoluteErrors: absolutes / count,
      cubedErrors: cubes / count,
      fourthErrors: fourthPowers / count,
      sixthErrors: sixthPowers / count,
      squaredDeviations: square / count,
      fourthDeviations: fourth / count,
    };
  }
}

const added = (one: readonly number[], other: readonly number[]) => one.map((value, index) => value + other[index]);

/** The sums of (x + shift)^k, from those of x^k. */
function shifted(powers: readonly number[], shift: number): number[] {
  return powers.map((_, order) => {
    let [sum, choose] = [0, 1];
    for (let k = order; k >= 0; k--) {
      sum += choose * powers[k] * shift ** (order - k);
      choose = (choose * k) / (order - k + 1);
    }
    return sum;
  });
}
