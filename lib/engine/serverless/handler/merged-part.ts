import type { Judging } from '../../../analysis';
import { mapConcurrently } from '../../../runtime/concurrency';
import { listObjects, readText, type SizedObject } from '../../../runtime/s3';
import { profileFolder, profileLocation, type WorkLocation } from '../plan-items';

/** Texts of parts in memory at once: as many as are asked for at the same time, and bytes of them, if they are not one alone. */
const TEXTS = 16;
const TEXT_BYTES = 32 * 1024 * 1024;

/**
 * Merges the parts of all items, in the items' order, so that a retry gives the same result. Their texts are fetched some at a time, and of the parts
 * that they say there is one beside what is merged: it can be many times as large as its text.
 */
export async function mergedPart<Part>(analysis: Judging<Part>, work: WorkLocation, itemCount: number): Promise<Part> {
  let merged = analysis.merge([]);
  for (const batch of await batches(work, itemCount)) {
    const texts = await mapConcurrently(batch, TEXTS, readText);
    merged = analysis.merge(partsOf(analysis, merged, texts));
  }
  return merged;
}

function* partsOf<Part>({ decode }: Judging<Part>, merged: Part, texts: readonly string[]): Generator<Part> {
  yield merged;
  for (const text of texts) yield decode(text);
}

/** The parts of all items, in their order; one that is not there is asked for, and named by the failure. */
async function batches(work: WorkLocation, itemCount: number): Promise<SizedObject[][]> {
  if (itemCount === 0) return [];
  const folder = profileFolder(work);
  const sizes = new Map((await listObjects(folder, `${folder.prefix}/`)).map(({ key, size }) => [key, size]));
  const found: SizedObject[][] = [];
  let bytes = 0;
  for (let index = 0; index < itemCount; index += 1) {
    const location = profileLocation(work, index);
    const size = sizes.get(location.key) ?? 0;
    const last = found[found.length - 1];
    bytes += size;
    if (last && last.length < TEXTS && bytes <= TEXT_BYTES) last.push({ ...location, size });
    else {
      found.push([{ ...location, size }]);
      bytes = size;
    }
  }
  return found;
}
