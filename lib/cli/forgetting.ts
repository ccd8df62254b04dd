import { type ForgottenPart, hashedIdentifiers, withoutIdentifiers } from '../analysis';
import { RECORDS_FOLDER } from '../engine/serverless/extracts';
import { keyOfData } from '../engine/serverless/identifier-key';
import type { KeptObject, ListedObject, PartStore } from '../triage/part-store';

/** Whose records are to be forgotten, and where. */
export interface Forgetting {
  readonly bucket: string;
  /** of the extracts of a stack: `extracts/{stack}` */
  readonly prefix: string;
  /** of the endpoint, or of the written data */
  readonly name: string;
  readonly identifiers: readonly string[];
  /** `yyyy/mm/dd/hh` in which records are known to lie, beside those in which they are found */
  readonly hours: readonly string[];
  /** whether anything is changed, or only said */
  readonly isConfirmed: boolean;
  readonly now: Date;
}

/** What was done, or would be. */
export interface ForgottenRecords {
  readonly rewritten: readonly (Pick<ForgottenPart, 'predictions' | 'labels'> & { readonly key: string })[];
  /** parts that no run of this version reads, and that may have anything in them */
  readonly unread: readonly string[];
  /** profiles of the hours of records */
  readonly profiles: readonly string[];
  /** rows that runs left which failed */
  readonly samples: readonly string[];
  /** in which records lie, and labels */
  readonly recordHours: readonly string[];
  readonly labelHours: readonly string[];
}

const AT_ONCE = 16;
const WRITE_ROUNDS = 10;

/** Rows that are as old belong to no run that is under way: it ends within hours. */
const LEFT_MILLISECONDS = 6 * 60 * 60 * 1000;

/** Takes the records of identifiers out of all that a stack has extracted of some data; what has been taken out before is found no more. */
export async function forget(store: PartStore, forgetting: Forgetting): Promise<ForgottenRecords> {
  const { prefix, name } = forgetting;
  const ids = hashedIdentifiers(keyOfData(forgetting, name), forgetting.identifiers);
  const parts = await store.list(`${prefix}/${RECORDS_FOLDER}/${name}/`);
  const found = await eachOf(parts, async ({ key }) => ({
    key,
    ...(await inPart(store, key, { ids, isConfirmed: forgetting.isConfirmed })),
  }));
  const rewritten = found.flatMap(({ key, part }) => (part ? [{ key, ...part }] : []));
  const hoursOf = (isMeant: (part: (typeof rewritten)[number]) => boolean) => [
    ...new Set(rewritten.filter(isMeant).map(({ key }) => hourOf(key))),
  ];
  const recordHours = [...new Set([...hoursOf(({ predictions }) => predictions > 0), ...forgetting.hours])].sort();
  const ofData = recordHours.length > 0 ? await store.list(`${prefix}/${name}/`) : [];
  const profiles = ofData.filter(({ key }) => recordHours.includes(hourOf(key)));
  const samples = await leftSamples(store, forgetting);
  const unread = found.filter(({ isUnread }) => isUnread);
  const gone = [unread, profiles, samples].map((objects) => objects.map(({ key }) => key));
  if (forgetting.isConfirmed) await eachOf(gone.flat(), (key) => store.remove(key));
  const labelHours = hoursOf(({ labels }) => labels > 0).sort();
  return { rewritten, unread: gone[0], profiles: gone[1], samples: gone[2], recordHours, labelHours };
}

/** What comes of each, some at the same time. */
async function eachOf<Item, Result>(items: readonly Item[], of: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(of))));
  }
  return results;
}

/** What is found in one part. */
interface InPart {
  readonly part?: Pick<ForgottenPart, 'predictions' | 'labels'>;
  readonly isUnread: boolean;
}

interface PartForgetting extends Pick<Forgetting, 'isConfirmed'> {
  readonly ids: Parameters<typeof withoutIdentifiers>[1];
}

/** Rewrites a part in place of the version that was read; where somebody was faster, it is read again. */
async function inPart(store: PartStore, key: string, { ids, isConfirmed }: PartForgetting): Promise<InPart> {
  for (let round = 0; round < WRITE_ROUNDS; round += 1) {
    const content = await store.read(key);
    if (!content) return { isUnread: false };
    const { part, isUnread } = partOf(content, ids);
    if (!part) return { isUnread };
    const { bytes, ...counts } = part;
    if (!isConfirmed || (await store.replace(key, content, bytes))) return { part: counts, isUnread };
  }
  throw new Error(`${key} was written by others ${WRITE_ROUNDS} times in a row; try again`);
}

function partOf({ bytes }: KeptObject, ids: PartForgetting['ids']): { part?: ForgottenPart; isUnread: boolean } {
  try {
    return { part: withoutIdentifiers(bytes, ids), isUnread: false };
  } catch {
    return { isUnread: true }; // of another version, whose layout nobody looks into any more
  }
}

/** Samples of rows say nobody whose they are; they lie beside the extracts, and are deleted by the run that made them, unless it fails. */
async function leftSamples(store: PartStore, { prefix, now }: Forgetting): Promise<ListedObject[]> {
  const [folder, ...stack] = prefix.split('/');
  if (folder !== 'extracts') return [];
  const samples = await store.list(`${['samples', ...stack].join('/')}/`);
  return samples.filter(({ modified }) => now.getTime() - modified.getTime() > LEFT_MILLISECONDS);
}

/** `yyyy/mm/dd/hh` of a key that ends with it and a name. */
const hourOf = (key: string): string => key.split('/').slice(-5, -1).join('/');
