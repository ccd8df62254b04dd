import type { ObjectsNotRead, ReportedVariants } from '../../../outcome/contract';
import type { RunWindow } from '../../../outcome/run-times';
import { mapConcurrently } from '../../../runtime/concurrency';
import { type ListedObject, s3Uri } from '../../../runtime/s3';
import { capturePrefix, hasRecordsOf, hourBefore } from '../captured-keys';
import type { AnalysisRequest, MonitorRequest } from '../contract';
import { NotReadLog } from '../objects-not-read';
import { type PlannedObject, planned } from '../plan-items';
import { labelTimes } from '../request-window';
import { reportedVariants, useOf, variantOf } from '../variant-folders';
import { Listings, objectsOf } from './listings';

/** The objects of a window, and those that are not read. */
export interface FoundObjects {
  readonly objects: PlannedObject[];
  /** the same, as they were listed, of those that have records of known times */
  readonly listed?: ListedObject[];
  readonly notRead?: ObjectsNotRead;
  readonly variants?: ReportedVariants;
}

/** Folders of variants that are looked into at once. */
const FOLDERS = 4;

/**
 * The captured objects of a window, of the variants that are asked for; none where nothing was captured. Objects of a folder that is no variant's are
 * counted.
 *
 * Those of its hours, and of the hour before, as far as they may have records of it: a file takes records over the full hour, and lies where it was
 * begun. Which of its records belong to the window, their times say.
 */
export async function capturedObjects(
  request: MonitorRequest,
  window: RunWindow,
  listings = new Listings(),
): Promise<FoundObjects> {
  const folders = await listings.folders(request.capture, capturePrefix(request));
  const listed = await mapConcurrently(folders, FOLDERS, (folder) =>
    listedBelow(request, window, { folder, listings }),
  );
  const found = folders.map((folder, index) => {
    const variant = variantOf(folder);
    return { variant, use: useOf(variant, request.variants), objects: listed[index] };
  });
  const used = found.filter(({ objects }) => objects.length > 0);
  const log = new NotReadLog();
  for (const { use, objects } of used)
    if (use === 'unknown') log.add('unknown-variant', s3Uri(objects[0]), objects.length);
  const read = used.filter(({ use }) => use === 'read').flatMap(({ objects }) => objects);
  return { objects: read.map(planned), listed: read, notRead: log.found, variants: reportedVariants(used) };
}

/** A folder of a variant, and what lists it. */
interface VariantListing {
  readonly folder: string;
  readonly listings: Listings;
}

async function listedBelow(
  { capture }: MonitorRequest,
  window: RunWindow,
  { folder, listings }: VariantListing,
): Promise<ListedObject[]> {
  const hours = { start: hourBefore(window).start, end: window.end };
  const found = await listings.objects(capture, { folder, hours });
  return found.filter((object) => hasRecordsOf(window, object));
}

/** The objects that may hold labels of a request's window, of those that compare predictions with labels. */
export async function labelObjects(request: AnalysisRequest): Promise<ListedObject[]> {
  if (request.mode !== 'monitor' || !request.labels) return [];
  const { prefix, ...bucket } = request.labels.place;
  return objectsOf(bucket, { folder: `${prefix}/`, hours: labelTimes(request) });
}
