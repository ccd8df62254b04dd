import type { RunWindow } from '../../../outcome/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import { listFolders, listObjects } from '../../../runtime/s3';
import type { MonitorRequest } from '../contract';
import { capturePrefix, hourPrefixes, type PlannedObject } from '../plan-items';

/** Listings under way at once; a window has one per variant and hour. */
const LISTINGS = 16;

/** The captured objects of all variants of a request's endpoint in a window; none where the endpoint captured nothing. */
export async function capturedObjects(request: MonitorRequest, window: RunWindow): Promise<PlannedObject[]> {
  const { bucket } = request.capture;
  const variants = await listFolders(bucket, capturePrefix(request));
  const perHour = await mapConcurrently(hourPrefixes(variants, window), LISTINGS, (prefix) =>
    listObjects(bucket, prefix),
  );
  return perHour.flat();
}
