import { decodeProfile, mergeProfiles, type PartialProfile } from '../../analysis';
import { mapConcurrently } from '../../runtime/concurrency';
import { readText } from '../../runtime/s3';
import { profileLocation, type WorkLocation } from './plan-items';

/** Partial profiles in memory at once. */
const PROFILES = 16;

/** Merges the partial profiles of all items, in the items' order, so that a retry gives the same result. */
export async function mergedProfile(work: WorkLocation, itemCount: number): Promise<PartialProfile> {
  let merged = mergeProfiles([]);
  for (let from = 0; from < itemCount; from += PROFILES) {
    const indices = Array.from({ length: Math.min(PROFILES, itemCount - from) }, (_, offset) => from + offset);
    const texts = await mapConcurrently(indices, PROFILES, (index) => readText(profileLocation(work, index)));
    merged = mergeProfiles([merged, ...texts.map(decodeProfile)]);
  }
  return merged;
}
