import {
  folderIn,
  LINE_BYTES,
  type ObjectLocation,
  objectIn,
  type PrefixLocation,
  STATE_BYTES,
} from '../../core/contract';
import type { AnalysisRequest, FoundBeside, PlanItem, PlannedItem } from './contract';
import { grouped, lineBytes } from './object-groups';

/** One object of a listing. */
export interface PlannedObject extends ObjectLocation {
  /** bytes */
  readonly size: number;
}

/** Of a listed object, what an item says of it. */
export function planned({ bucket, bucketOwner, key, size }: PlannedObject): PlannedObject {
  return { bucket, bucketOwner, key, size };
}

/** Where one execution puts what it makes on the way. */
export interface WorkLocation {
  readonly output: PrefixLocation;
  readonly execution: string;
}

/** The manifest of an execution. */
export function manifestLocation(work: WorkLocation): ObjectLocation {
  return objectIn(workFolder(work), 'plan.jsonl');
}

/** The names of the extracts that an execution merges. */
export function partsLocation(work: WorkLocation): ObjectLocation {
  return objectIn(workFolder(work), 'parts.json');
}

/** Whose records those extracts are of, by the names of variants, in the same order; `null` of labels, which are every variant's. Where each is judged apart. */
export function partVariantsLocation(work: WorkLocation): ObjectLocation {
  return objectIn(workFolder(work), 'part-variants.json');
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
 * The last attempts at the items that failed, of the keys that an execution has made, in order of their items. What has a profile, or is known as made
 * otherwise, was healed by a retry; of the rest, the items with most attempts failed, and others were stopped with them. None where every item is made.
 */
export function lastAttempts(
  keys: readonly string[],
  work: WorkLocation,
  madeItems: ReadonlySet<number> = new Set(),
): string[] {
  const attempts = new Map<number, string[]>();
  for (const key of [...keys].sort()) {
    const [, index] = /\/attempts\/(\d+)\/[^/]+$/.exec(key) ?? [];
    if (index !== undefined) attempts.set(Number(index), [...(attempts.get(Number(index)) ?? []), key]);
  }
  const made = new Set(keys);
  const isMade = (index: number) => madeItems.has(index) || made.has(profileLocation(work, index).key);
  const open = [...attempts].filter(([index]) => !isMade(index)).sort(([a], [b]) => a - b);
  const most = Math.max(...open.map(([, all]) => all.length));
  return open.filter(([, all]) => all.length === most).map(([, all]) => all[all.length - 1]);
}

/** The folder of what an execution makes on the way. */
export function workFolder({ output, execution }: WorkLocation): PrefixLocation {
  return folderIn(output, `work/${execution}`);
}

/**
 * Groups objects, in order of their keys, into items of at most 256 MiB of data and 64 KiB of manifest; those of labels come after the others.
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
  return grouped(sorted, (object) => ({ size: object.size, lineBytes: lineBytes(object) }));
}

/** Bytes of a state beside a request and an item: what else was found, and the words of a failure, of which there are 32 Ki at most. */
const BESIDE_ITEM_BYTES = 64 * 1024;

/**
 * The item of a monitor's run that has no other, which the machine hands on itself: it opens no Map, of which an account has 1,000 at a time.
 *
 * The dataset of a baseline is read by the Map however small it is, so that a deployment has tried what a large window needs.
 */
export function onlyItem(request: AnalysisRequest, items: readonly PlannedItem[]): Pick<FoundBeside, 'item'> {
  const [item] = items;
  if (request.mode !== 'monitor' || items.length !== 1 || lineBytes(item) > LINE_BYTES) return {};
  return lineBytes(request) + lineBytes(item) <= STATE_BYTES - BESIDE_ITEM_BYTES ? { item } : {};
}

/** The manifest's text: JSON Lines, one item a line. */
export function manifestText(items: readonly PlannedItem[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}
