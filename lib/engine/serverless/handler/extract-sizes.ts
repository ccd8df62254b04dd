import type { PrefixLocation } from '../../../core/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import { listObjects } from '../../../runtime/s3';
import { extractPrefixes } from '../extracts';

/** Listings under way at once. */
const LISTINGS = 4;

/** The bytes of extracts that are there, by key; of those with these names, and others beside them. */
export async function sizesOfExtracts(
  folder: PrefixLocation,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const prefixes = extractPrefixes(folder, names);
  const listed = await mapConcurrently(prefixes, LISTINGS, (prefix) => listObjects(folder, prefix));
  return new Map(listed.flat().map(({ key, size }) => [key, size]));
}
