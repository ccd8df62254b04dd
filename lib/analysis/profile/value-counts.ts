import { type KindCode, kindOf } from './inferred-type';
import { meaningOf } from './meaning';
import { numberOf } from './number-text';
import type { TextMeasure } from './text-profile';
import { ValueIndex } from './value-index';

/** What is known of a value that was seen before, so that it need not be worked out again. */
export interface KnownValue {
  count: number;
  readonly kind: KindCode;
  /** NaN when the value is no number, infinite when it is beyond a double's range */
  readonly number: number;
  /** of a value that is kept by its hash: what else is to be known of its text */
  readonly long?: TextMeasure;
}

/** Works out what is to be known of a value. */
export function knownValue(value: string, count: number): KnownValue {
  const meaning = meaningOf(value);
  return { count, kind: kindOf(value, meaning), number: numberOf(meaning) };
}

/** More distinct values than this are no longer told apart; far above the 120 up to which a histogram is written. */
const MAX_TRACKED = 256;

/** Exact counts of a column's first distinct values. A tracked count is exact; values that are not tracked are only counted together. */
export class ValueCounts {
  readonly tracked = new Map<string, KnownValue>();
  untracked = 0;
  private index?: ValueIndex;

  /** `onUntracked` is told of values that are not tracked, or no longer: in a merge those of the other side as well, as far as they were tracked there. */
  constructor(private readonly onUntracked: (value: string, known: KnownValue) => void = () => {}) {}

  /** Starts to track a value that was not seen before, if there is room. */
  add(value: string, known: KnownValue): void {
    if (this.untracked > 0 || this.tracked.size === MAX_TRACKED) this.leave(value, known);
    else this.tracked.set(ownText(value), known);
  }

  /** Whether every value is tracked. */
  isComplete(): boolean {
    return this.untracked === 0;
  }

  /** Whether values were tracked, and are no longer. */
  isForgotten(): boolean {
    return this.untracked > 0 && this.tracked.size === 0;
  }

  /** Whether a new value would be tracked. */
  hasRoom(): boolean {
    return this.untracked === 0 && this.tracked.size < MAX_TRACKED;
  }

  /** The tracked values by their bytes; those of ASCII are all there. */
  byBytes(): ValueIndex {
    if (this.index?.size !== this.tracked.size) {
      this.index = new ValueIndex();
      for (const [value, known] of this.tracked) this.index.addText(value, known);
    }
    return this.index;
  }

  /** Forgets the values and keeps their number. */
  forget(): void {
    for (const [value, known] of this.tracked) this.leave(value, known);
    this.tracked.clear();
    this.index = undefined;
  }

  /** Adds what was counted elsewhere. A value that one side may have failed to track is tracked no longer. */
  merge(that: ValueCounts): void {
    const isComplete = this.isComplete();
    this.index = undefined;
    if (!that.isComplete()) this.keepOnly(that.tracked);
    this.untracked += that.untracked;
    for (const [value, known] of that.tracked) {
      const mine = this.tracked.get(value);
      if (mine) mine.count += known.count;
      else if (isComplete && this.tracked.size < MAX_TRACKED) this.tracked.set(value, { ...known });
      else this.leave(value, known);
    }
  }

  private leave(value: string, known: KnownValue): void {
    this.untracked += known.count;
    this.onUntracked(value, known);
  }

  private keepOnly(values: ReadonlyMap<string, KnownValue>): void {
    for (const [value, known] of this.tracked) {
      if (values.has(value)) continue;
      this.leave(value, known);
      this.tracked.delete(value);
    }
  }
}

/** A copy of its own: a slice would keep the whole chunk of the file in memory that it was cut from. */
function ownText(value: string): string {
  return ` ${value}`.slice(1);
}
