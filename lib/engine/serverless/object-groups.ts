import { LINE_BYTES } from '../../core/contract';
import { ITEM_BYTES } from './contract';

/** What an entry adds to its group. */
export interface Weight {
  /** bytes of objects */
  readonly size: number;
  /** bytes in the manifest, with a separator */
  readonly lineBytes: number;
}

/** What an entry takes of a line of the manifest. */
export function lineBytes(entry: object): number {
  return new TextEncoder().encode(JSON.stringify(entry)).length + 1;
}

/**
 * Puts entries, in their order, into groups of at most 256 MiB of objects and 64 KiB of manifest; one that has more is a group alone.
 *
 * A group that is full but for an eighth ends behind an entry that `mayEnd`. Where that follows from the entry alone, one that comes between the others changes its own
 * group, and seldom the next, and leaves all others as they are.
 */
export function grouped<Entry>(
  entries: readonly Entry[],
  weightOf: (entry: Entry) => Weight,
  mayEnd: (entry: Entry) => boolean = () => false,
): Entry[][] {
  const groups: Entry[][] = [];
  let filled = { size: 0, lineBytes: 0 };
  let isClosed = true;
  for (const entry of entries) {
    const weight = weightOf(entry);
    if (isClosed || fullness(sum(filled, weight)) > 1) {
      groups.push([]);
      filled = { size: 0, lineBytes: 0 };
    }
    groups[groups.length - 1].push(entry);
    filled = sum(filled, weight);
    isClosed = fullness(filled) >= 0.875 && mayEnd(entry);
  }
  return groups;
}

const sum = (one: Weight, other: Weight): Weight => ({
  size: one.size + other.size,
  lineBytes: one.lineBytes + other.lineBytes,
});

/** How full a group is; 1 is full. */
const fullness = (weight: Weight): number => Math.max(weight.size / ITEM_BYTES, weight.lineBytes / LINE_BYTES);
