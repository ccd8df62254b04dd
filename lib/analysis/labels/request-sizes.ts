/**
 * How large requests are. Where there is no room for all, the largest are given up, so that few of them take no room from all others: who sends most is
 * heard least.
 */
export class RequestSizes {
  private readonly counts = new Map<number, number>();

  add(size: number): void {
    this.counts.set(size, (this.counts.get(size) ?? 0) + 1);
  }

  /** How large a request may be, so that all that are no larger have room: less than any that has none. Without bound where all have room. */
  mostWithin(room: number): number {
    let all = 0;
    for (const [size, count] of [...this.counts].sort(([one], [other]) => one - other)) {
      all += size * count;
      if (all > room) return size - 1;
    }
    return Number.POSITIVE_INFINITY;
  }
}
