import type { ObjectLocation, PrefixLocation } from '../../../core/contract';
import { listObjects, readJson, type SizedObject } from '../../../runtime/s3';
import type { AnalysisRequest } from '../contract';
import { extractLocation, ownPartLocation, ownPartsFolder } from '../extracts';
import { partsLocation, profileFolder, profileLocation, type WorkLocation } from '../plan-items';
import { explainedLocation } from '../samples';
import { baselineColumns } from './baseline-columns';
import { layoutFolder } from './extract-layout';
import { sizesOfExtracts } from './extract-sizes';
import { hasExtracts } from './has-extracts';

/** The parts of a window or a dataset, in order. One that is not there has no bytes, so that it is asked for, and named by the failure. */
export async function windowParts(
  request: AnalysisRequest,
  work: WorkLocation,
  itemCount: number,
): Promise<SizedObject[]> {
  if (hasExtracts(request)) return extractParts(work, layoutFolder(request, await baselineColumns(request)));
  if (request.explanation) return [{ ...explainedLocation(work), size: 0 }]; // its rows are gone
  const sizes = await sizesIn(profileFolder(work));
  return Array.from({ length: itemCount }, (_, index) => sized(profileLocation(work, index), sizes));
}

/** Extracts, and in the place of those that are not there what this execution has made for itself. */
async function extractParts(work: WorkLocation, folder: PrefixLocation): Promise<SizedObject[]> {
  const names = await readJson<string[]>(partsLocation(work));
  const sizes = await sizesOfExtracts(folder, names);
  const extracts = names.map((name) => sized(extractLocation(folder, name), sizes));
  if (extracts.every(isThere)) return extracts;
  const ownSizes = await sizesIn(ownPartsFolder(work));
  const own = names.map((_, part) => sized(ownPartLocation(work, part), ownSizes));
  return extracts.map((extract, part) => (isThere(own[part]) && !isThere(extract) ? own[part] : extract));
}

const isThere = ({ size }: SizedObject): boolean => size > 0;

function sized(location: ObjectLocation, sizes: ReadonlyMap<string, number>): SizedObject {
  return { ...location, size: sizes.get(location.key) ?? 0 };
}

async function sizesIn(folder: PrefixLocation): Promise<ReadonlyMap<string, number>> {
  return new Map((await listObjects(folder, `${folder.prefix}/`)).map(({ key, size }) => [key, size]));
}
