/** Calls of the monitored endpoint that this library made itself: what became of those that were captured. */
export interface OwnCalls {
  /** those that are in no figure, by who made them and whose records they are among: the numbers of the calls */
  readonly leftOut: { readonly [run: string]: readonly number[] };
  /** records with the mark of a run that was asking, and none of its calls: they are in all figures */
  readonly strange: number;
}

/** What a report says of own calls; members that are 0 are absent. */
export interface OwnCallCounts {
  /** calls that are in no figure, each once */
  readonly ownCalls?: number;
  /** records that are in no figure because they are called as one that was left out already */
  readonly repeatedOwnCalls?: number;
  /** records with the mark of own calls that are none, and are in all figures */
  readonly strangeCalls?: number;
}

/** Adds up what became of own calls in several parts. */
export class OwnCallLog {
  private readonly leftOut = new Map<string, number[]>();
  private strange = 0;

  /** Adds those of a part; nothing where it has none. */
  add(calls: OwnCalls | undefined): void {
    if (!calls) return;
    this.strange += calls.strange;
    for (const [run, numbers] of Object.entries(calls.leftOut)) {
      this.leftOut.set(run, [...(this.leftOut.get(run) ?? []), ...numbers]);
    }
  }

  /** All of them; undefined where there is nothing to say. */
  get calls(): OwnCalls | undefined {
    const { leftOut, strange } = this;
    return leftOut.size === 0 && strange === 0 ? undefined : { leftOut: Object.fromEntries(leftOut), strange };
  }

  /** Parts are read by themselves: what was left out in several of them was called once. */
  get counts(): OwnCallCounts {
    let [all, once] = [0, 0];
    for (const numbers of this.leftOut.values()) {
      all += numbers.length;
      once += new Set(numbers).size;
    }
    return {
      ...(once > 0 && { ownCalls: once }),
      ...(all > once && { repeatedOwnCalls: all - once }),
      ...(this.strange > 0 && { strangeCalls: this.strange }),
    };
  }
}
