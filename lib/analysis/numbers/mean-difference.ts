/** A mean of something, and how far chance puts it off. */
interface Side {
  count: number;
  sum: number;
  squares: number;
}

const empty = (): Side => ({ count: 0, sum: 0, squares: 0 });

/** One success and one failure more, so that a share of none or of all is none that cannot be otherwise. */
const ADDED = 1;

/**
 * Means of two samples and their difference, whose standard error knows what rows of both have in common. Windows of any size, in constant memory.
 *
 * @see https://doi.org/10.1080/00031305.2000.10474560 on shares
 */
export class MeanDifference {
  private readonly reference = empty();
  private readonly candidate = empty();
  /** of rows that both have */
  private readonly shared = { count: 0, reference: 0, candidate: 0, products: 0 };
  /** what numbers are less here, so that a large mean takes no digits away */
  private origin?: number;

  /** @param isShare whether numbers are 0 or 1 */
  constructor(private readonly isShare = false) {}

  /** Takes a row of one of the two. */
  add(side: 'reference' | 'candidate', number: number): void {
    const own = this[side];
    const value = this.moved(number);
    own.count += 1;
    own.sum += value;
    own.squares += value * value;
  }

  /** Says that a row of each, which both were given, is the same. */
  pair(reference: number, candidate: number): void {
    const { shared } = this;
    const [one, other] = [this.moved(reference), this.moved(candidate)];
    shared.count += 1;
    shared.reference += one;
    shared.candidate += other;
    shared.products += one * other;
  }

  /** The mean of one side; NaN without rows. */
  mean(side: 'reference' | 'candidate'): number {
    return meanOf(this[side]) + (this.origin ?? 0);
  }

  /** The variance of a side's mean; of one row 0, and without rows NaN. */
  variance(side: 'reference' | 'candidate'): number {
    const own = this[side];
    if (!this.isShare) return Math.max(0, own.squares / own.count - meanOf(own) ** 2) / own.count;
    const share = (own.sum + (this.origin ?? 0) * own.count + ADDED) / (own.count + 2 * ADDED);
    return own.count === 0 ? Number.NaN : (share * (1 - share)) / (own.count + 2 * ADDED);
  }

  /** The covariance of the two means, by the rows that both have. */
  get covariance(): number {
    const { shared, reference, candidate } = this;
    if (shared.count === 0) return 0;
    const [one, other] = [meanOf(reference), meanOf(candidate)];
    const products = shared.products - other * shared.reference - one * shared.candidate + shared.count * one * other;
    return products / (reference.count * candidate.count);
  }

  /** How much greater the candidate's mean is, and its standard error; NaN without rows of one. */
  get difference(): readonly [value: number, standardError: number] {
    const variance = this.variance('reference') + this.variance('candidate') - 2 * this.covariance;
    const least = this.isShare ? leastVariance(this.reference.count, this.candidate.count) : 0;
    return [this.mean('candidate') - this.mean('reference'), Math.sqrt(Math.max(least, variance))];
  }

  private moved(number: number): number {
    this.origin ??= this.isShare ? 0 : number;
    return number - this.origin;
  }
}

const meanOf = ({ sum, count }: Side): number => sum / count;

/** Of shares that never differ: half a row of them might. */
function leastVariance(reference: number, candidate: number): number {
  const rows = Math.min(reference, candidate);
  return (0.5 / (rows + 1)) ** 2;
}
