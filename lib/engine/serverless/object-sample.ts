// Which objects of a window are read, where there is a limit to the bytes of a run. Pure.
import { createHash } from 'node:crypto';
import type { ReportedSample } from '../../outcome/unseen/contract';
import type { PlannedObject } from './plan-items';

/** How objects are drawn. */
export interface Draw {
  readonly maximumBytes: number;
  /** which the hash is keyed with: the same for whatever reads the same data */
  readonly salt: string;
  /** of the variant whose objects are drawn apart from those of others, as each is a part of the whole */
  readonly variantOf: (key: string) => string;
}

/** What of the objects of a window is read. */
export interface DrawnObjects<Listed> {
  readonly drawn: Listed[];
  /** absent where all are */
  readonly sample?: ReportedSample;
}

/**
 * All objects where they have no more bytes than a run may read; else of each variant, for the same share of its bytes, those that come first by a keyed hash of
 * their names, but one at least. The same objects make the same sample, in whatever order they come.
 *
 * A window without objects has none. Each object of a variant comes first as likely as any other; a large one is passed over a little more often, as it is where the share ends.
 */
export function drawnObjects<Listed extends PlannedObject>(
  objects: readonly Listed[],
  { maximumBytes, salt, variantOf }: Draw,
): DrawnObjects<Listed> {
  const ofBytes = bytesOf(objects);
  if (ofBytes <= maximumBytes) return { drawn: [...objects] };
  const variants = new Map<string, Listed[]>();
  for (const object of objects) {
    const variant = variantOf(object.key);
    const own = variants.get(variant);
    if (own) own.push(object);
    else variants.set(variant, [object]);
  }
  const rank = rankBy(salt);
  const share = maximumBytes / ofBytes;
  const drawn = [...variants.values()].flatMap((own) => firstOf(own, rank, share * bytesOf(own)));
  const bytes = bytesOf(drawn);
  const sample = { share: bytes / ofBytes, bytes, ofBytes, objects: drawn.length, ofObjects: objects.length };
  return drawn.length === objects.length ? { drawn } : { drawn, sample };
}

/** The first by their ranks, as far as they have no more bytes than these, and one at least. */
function firstOf<Listed extends PlannedObject>(
  objects: readonly Listed[],
  rank: (key: string) => string,
  bytes: number,
): Listed[] {
  const ranked = objects.map((object) => ({ object, rank: rank(object.key) }));
  const ordered = ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ object }) => object);
  let filled = 0;
  const over = ordered.findIndex(({ size }) => {
    filled += size;
    return filled > bytes;
  });
  return ordered.slice(0, Math.max(1, over));
}

const bytesOf = (objects: readonly PlannedObject[]): number => objects.reduce((sum, { size }) => sum + size, 0);

const rankBy =
  (salt: string) =>
  (key: string): string =>
    createHash('sha256').update(salt).update(key).digest('hex');
