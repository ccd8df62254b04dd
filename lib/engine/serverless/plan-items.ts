import { folderIn, LINE_BYTES, type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import type { PlanItem } from './contract';

/** One object of a listing. */
export interface PlannedObject extends ObjectLocation {
  /** bytes */
  readonly size: number;
}

/** Where one execution puts what it makes on the way. */
export interface WorkLocation {
  readonly output: PrefixLocation;
  readonly execution: string;
}

/** Bytes of objects that one *profile* reads: some seconds of work. A larger object makes an item of its own. */
const ITEM_BYTES = 64 * 1024 * 1024;

/** The manifest of an execution. */
export function manifestLocation(work: WorkLocation): ObjectLocation {
  return objectIn(workFolder(work), 'plan.jsonl');
}

/** What was answered to CloudFormation, of a baseline that is made. */
export function answerLocation(work: WorkLocation): ObjectLocation {
  return objectIn(workFolder(work), 'answer.json');
}

/** The folder of the partial profiles. */
export function profileFolder(work: WorkLocation): PrefixLocation {
  return folderIn(workFolder(work), 'profiles');
}

/** The partial profile of an item. */
export function profileLocation(work: WorkLocation, index: number): ObjectLocation {
  return objectIn(profileFolder(work), `${index}.json`);
}

/** Where one attempt at an item leaves why it failed: a Distributed Map hands on no words. */
export function attemptLocation(work: WorkLocation, index: number, begun: Date): ObjectLocation {
  return objectIn(workFolder(work), `attempts/${index}/${begun.toISOString()}.txt`);
}

/**
 * The last attempts at the items that failed, of the keys that an execution has made, in order of their items. What has a profile was healed by a
 * retry; of the rest, the items with most attempts failed, and others were stopped with them. None where every item has its profile.
 */
export function lastAttempts(keys: readonly string[], work: WorkLocation): string[] {
  const attempts = new Map<number, string[]>();
  for (const key of [...keys].sort()) {
    const [, index] = /\/attempts\/(\d+)\/[^/]+$/.exec(key) ?? [];
    if (index !== undefined) attempts.set(Number(index), [...(attempts.get(Number(index)) ?? []), key]);
  }
  const made = new Set(keys);
  const open = [...attempts].filter(([index]) => !made.has(profileLocation(work, index).key)).sort(([a], [b]) => a - b);
  const most = Math.max(...open.map(([, all]) => all.length));
  return open.filter(([, all]) => all.length === most).map(([, all]) => all[all.length - 1]);
}

/** The folder of what an execution makes on the way. */
export function workFolder({ output, execution }: WorkLocation): PrefixLocation {
  return folderIn(output, `work/${execution}`);
}

/**
 * Groups objects, in order of their keys, into items of at most 64 MiB of data and 64 KiB of manifest; those of labels come after the others.
 *
 * The same objects make the same items, whatever their order. No object makes no item.
 */
export function planItems(
  objects: readonly PlannedObject[],
  work: WorkLocation,
  labels: readonly PlannedObject[] = [],
): PlanItem[] {
  const records = groupsOf(objects).map((group) => ({ objects: group }));
  const labelled = groupsOf(labels).map((group) => ({ objects: group, content: 'labels' as const }));
  return [...records, ...labelled].map((item, index) => ({ index, ...item, profile: profileLocation(work, index) }));
}

function groupsOf(objects: readonly PlannedObject[]): PlannedObject[][] {
  const sorted = [...objects].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const groups: PlannedObject[][] = [];
  let bytes = 0;
  let lineBytes = 0;
  for (const object of sorted) {
    const entryBytes = new TextEncoder().encode(JSON.stringify(object)).length + 1;
    const full = bytes + object.size > ITEM_BYTES || lineBytes + entryBytes > LINE_BYTES;
    if (groups.length === 0 || full) {
      groups.push([]);
      bytes = 0;
      lineBytes = 0;
    }
    groups[groups.length - 1].push(object);
    bytes += object.size;
    lineBytes += entryBytes;
  }
  return groups;
}

/** The manifest's text: JSON Lines, one item a line. */
export function manifestText(items: readonly PlanItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
