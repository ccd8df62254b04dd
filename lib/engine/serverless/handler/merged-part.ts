import type { Judging } from '../../../analysis';
import { mapConcurrently } from '../../../runtime/concurrency';
import { readText } from '../../../runtime/s3';
import { profileLocation, type WorkLocation } from '../plan-items';

/** Parts in memory at once. */
const PARTS = 16;

/** Merges the parts of all items, in the items' order, so that a retry gives the same result. */
export async function mergedPart<Part>(analysis: Judging<Part>, work: WorkLocation, itemCount: number): Promise<Part> {
  let merged = analysis.merge([]);
  for (let from = 0; from < itemCount; from += PARTS) {
    const indices = Array.from({ length: Math.min(PARTS, itemCount - from) }, (_, offset) => from + offset);
    const texts = await mapConcurrently(indices, PARTS, (index) => readText(profileLocation(work, index)));
    merged = analysis.merge([merged, ...texts.map((text) => analysis.decode(text))]);
  }
  return merged;
}
