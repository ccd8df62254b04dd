import type { BucketLocation } from '../../../core/contract';
import type { ObjectsNotRead } from '../../../outcome/contract';
import type { RunWindow } from '../../../outcome/run-times';
import { mapConcurrently } from '../../../runtime/concurrency';
import { type ListedObject, listFolders, listObjects } from '../../../runtime/s3';
import { capturePrefix, hasRecordsOf, hourBefore, hourPrefixes } from '../captured-keys';
import type { AnalysisRequest, MonitorRequest } from '../contract';
import type { PlannedObject } from '../plan-items';
import { labelTimes } from '../request-window';

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
  const { capture } = request;
  const variants = await listFolders(capture, capturePrefix(request));
  const before = await objectsBelow(capture, hourPrefixes(variants, hourBefore(window)));
  const own = await objectsBelow(capture, hourPrefixes(variants, window));
  return { objects: [...before, ...own].filter((object) => hasRecordsOf(window, object)).map(planned) };
}

/** The objects that may hold labels of a request's window, of those that compare predictions with labels. */
export async function labelObjects(request: AnalysisRequest): Promise<PlannedObject[]> {
  if (request.mode !== 'monitor' || !request.labels) return [];
  const { prefix, ...bucket } = request.labels.place;
  const objects = await objectsBelow(bucket, hourPrefixes([`${prefix}/`], labelTimes(request)));
  return objects.map(planned);
}

const planned = ({ modified, ...object }: ListedObject): PlannedObject => object;

async function objectsBelow(bucket: BucketLocation, prefixes: readonly string[]): Promise<ListedObject[]> {
  const found = await mapConcurrently(prefixes, LISTINGS, (prefix) => listObjects(bucket, prefix));
  return found.flat();
}
