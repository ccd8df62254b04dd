import type { BucketLocation } from '../../../core/contract';
import type { ObjectsNotRead, ReportedVariants } from '../../../outcome/contract';
import type { RunWindow } from '../../../outcome/run-times';
import { mapConcurrently } from '../../../runtime/concurrency';
import { type ListedObject, listFolders, listObjects, s3Uri } from '../../../runtime/s3';
import { capturePrefix, hasRecordsOf, hourBefore, hourPrefixes } from '../captured-keys';
import type { AnalysisRequest, MonitorRequest } from '../contract';
import { NotReadLog } from '../objects-not-read';
import type { PlannedObject } from '../plan-items';
import { labelTimes } from '../request-window';
import { reportedVariants, useOf, variantOf } from '../variant-folders';

/** The objects of a window, and those that are not read. */
export interface FoundObjects {
  readonly objects: PlannedObject[];
  readonly notRead?: ObjectsNotRead;
  readonly variants?: ReportedVariants;
}

/** Folders of variants that are looked into at once, and listings of each. */
const FOLDERS = 4;
const LISTINGS = 4;

/**
 * The captured objects of a window, of the variants that are asked for; none where nothing was captured. Objects of a folder that is no variant's are
 * counted.
 *
 * Those of its hours, and of the hour before, as far as they may have records of it: a file takes records over the full hour, and lies where it was
 * begun. Which of its records belong to the window, their times say.
 */
export async function capturedObjects(request: MonitorRequest, window: RunWindow): Promise<FoundObjects> {
  const folders = await listFolders(request.capture, capturePrefix(request));
  const found = await mapConcurrently(folders, FOLDERS, (folder) => variantObjects(request, folder, window));
  const used = found.filter(({ objects }) => objects.length > 0);
  const log = new NotReadLog();
  for (const { use, objects } of used)
    if (use === 'unknown') log.add('unknown-variant', s3Uri(objects[0]), objects.length);
  const read = used.filter(({ use }) => use === 'read').flatMap(({ objects }) => objects);
  return { objects: read, notRead: log.found, variants: reportedVariants(used) };
}

async function variantObjects(request: MonitorRequest, folder: string, window: RunWindow) {
  const variant = variantOf(folder);
  const before = await objectsBelow(request.capture, hourPrefixes([folder], hourBefore(window)));
  const own = await objectsBelow(request.capture, hourPrefixes([folder], window));
  const objects = [...before, ...own].filter((object) => hasRecordsOf(window, object)).map(planned);
  return { variant, use: useOf(variant, request.variants), objects };
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
