import type { ObjectsNotRead } from '../../../outcome/contract';
import type { RunWindow } from '../../../outcome/run-times';
import { mapConcurrently } from '../../../runtime/concurrency';
import { type ListedObject, listFolders, listObjects } from '../../../runtime/s3';
import { capturePrefix, hasRecordsOf, hourBefore, hourPrefixes } from '../captured-keys';
import type { MonitorRequest } from '../contract';
import type { PlannedObject } from '../plan-items';

/** The objects of a window, and those that are not read. */
export interface FoundObjects {
  readonly objects: PlannedObject[];
  readonly notRead?: ObjectsNotRead;
}

/** Listings under way at once; a window has one per variant and hour. */
const LISTINGS = 16;

/**
 * The captured objects of all variants with records of a window; none where nothing was captured.
 *
 * Those of its hours, and of the hour before, as far as they may have records of it: a file takes records over the full hour, and lies where it was
 * begun. Which of its records belong to the window, their times say.
 */
export async function capturedObjects(request: MonitorRequest, window: RunWindow): Promise<FoundObjects> {
  const variants = await listFolders(request.capture, capturePrefix(request));
  const before = await objectsBelow(request, hourPrefixes(variants, hourBefore(window)));
  const own = await objectsBelow(request, hourPrefixes(variants, window));
  const found = [...before, ...own].filter((object) => hasRecordsOf(window, object));
  return { objects: found.map(({ modified, ...object }) => object) };
}

async function objectsBelow({ capture }: MonitorRequest, prefixes: readonly string[]): Promise<ListedObject[]> {
  const found = await mapConcurrently(prefixes, LISTINGS, (prefix) => listObjects(capture, prefix));
  return found.flat();
}
