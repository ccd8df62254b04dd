import type { ObjectsNotRead } from '../../outcome/contract';

/** Addresses that are kept; a plan travels from state to state. */
const SAMPLES = 10;

/** Counts objects of a window that are not read, and keeps the first addresses. */
export class NotReadLog {
  private readonly byReason = new Map<string, number>();
  private readonly samples: { readonly file: string; readonly reason: string }[] = [];

  /** Adds objects that are not read for one reason, of which `file` is the first. */
  add(reason: string, file: string, count = 1): void {
    this.byReason.set(reason, (this.byReason.get(reason) ?? 0) + count);
    if (this.samples.length < SAMPLES) this.samples.push({ file, reason });
  }

  /** What was added; undefined where that is nothing. */
  get found(): ObjectsNotRead | undefined {
    if (this.byReason.size === 0) return undefined;
    const count = [...this.byReason.values()].reduce((sum, one) => sum + one, 0);
    return { count, byReason: Object.fromEntries(this.byReason), samples: [...this.samples] };
  }
}
