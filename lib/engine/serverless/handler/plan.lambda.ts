import type { BaselineRequest } from '../../../baseline/contract';
import { Failure, malformedRequest } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { listObjects, ownerOf, s3Uri } from '../../../runtime/s3';
import { isTold } from '../captured-keys';
import type { AnalysisRequest, AnalysisState, FoundBeside, MonitorRequest, Plan } from '../contract';
import { manifestLocation, manifestText, onlyItem, type PlannedObject, planItems, planned } from '../plan-items';
import { hoursOfRun, requestBefore, windowOf } from '../request-window';
import { partsWork } from '../samples';
import { capturedObjects, type FoundObjects, labelObjects } from './captured-objects';
import { drawnOf } from './drawn-objects';
import { plannedExtracts } from './extract-planning';
import { hasExtracts } from './has-extracts';
import { writeIntermediate } from './intermediate-object';
import { lateWindows } from './late-windows';
import { Listings } from './listings';
import { neverCaptured } from './never-captured';
import { transformedObjects } from './transformed-objects';

/** What one plan holds at most: it is made in the memory of one function. */
const OBJECTS = 250_000;

const FEWER_OBJECTS: { readonly [mode in AnalysisRequest['mode']]: string } = {
  monitor: 'let the monitor run more often, so that its windows are shorter',
  baseline: 'write the dataset in fewer and larger objects',
};

/** Of a request that does not say. */
const CONCURRENCY = 10;

/**
 * Lists what there is to analyse and writes the manifest that the Distributed Map reads.
 *
 * Throws `DatasetNotFound` for a baseline without data and `TooManyObjects` above 250,000; a window without data is an empty plan.
 */
export const handler = async (state: AnalysisState): Promise<Plan> => {
  const { request, execution } = state;
  const maximumConcurrency = concurrencyOf(request);
  const listings = new Listings(request.mode === 'monitor' ? hoursOfRun(request) : undefined);
  const { objects: all, listed: allListed, ...others } = await objectsOf(request, listings);
  const { objects, listed, ...sampled } = drawnOf(request, { objects: all, listed: allListed });
  const found = { ...others, ...sampled, ...(await foundBeside(request, listings, { objects: all, ...others })) };
  const labels = objects.length > 0 ? await labelObjects(request) : [];
  limitObjects(request, objects.length + labels.length);
  const work = { output: request.output, execution };
  const leaves = listed && hasExtracts(request);
  const items = leaves
    ? await plannedExtracts(request, work, { records: listed, labels })
    : planItems(objects, partsWork(request, execution), labels.map(planned));
  const manifest = manifestLocation(work);
  if (items.length > 0) await writeIntermediate(manifest, manifestText(items), 'application/jsonl');
  const objectCount = all.length;
  log('planned', { execution, mode: request.mode, objectCount, itemCount: items.length, ...found });
  const objectCountBefore = await countBefore(request, listings);
  const bucketOwner = ownerOf(manifest);
  return {
    ...manifest,
    bucketOwner,
    itemCount: items.length,
    objectCount,
    objectCountBefore,
    maximumConcurrency,
    found: { ...found, ...onlyItem(request, items) },
  };
};

function limitObjects({ mode }: AnalysisRequest, count: number): void {
  if (count <= OBJECTS) return;
  throw new Failure(
    'TooManyObjects',
    `there are ${count} objects to analyse, at most ${OBJECTS} are allowed; ${FEWER_OBJECTS[mode]}`,
  );
}

/** What a monitor's window shows of other times, without what is not there. */
async function foundBeside(
  request: AnalysisRequest,
  listings: Listings,
  found: FoundObjects,
): Promise<Pick<FoundBeside, 'lateWindows' | 'neverCaptured'>> {
  if (request.mode !== 'monitor') return {};
  const late = await lateWindows(request, listings);
  const never = await neverCaptured(request, listings, found);
  return { ...(late.length > 0 && { lateWindows: late }), ...(never && { neverCaptured: never }) };
}

async function countBefore(request: AnalysisRequest, listings: Listings): Promise<number | null> {
  if (request.mode !== 'monitor') return null;
  const before = requestBefore(request);
  const { objects } = await windowObjects(before, listings);
  const keys = objects.map(({ key }) => key);
  return isTold(windowOf(before), keys) ? objects.length : null;
}

/** A number that the Map would refuse is refused here: what goes wrong in a function is told. */
function concurrencyOf({ maximumConcurrency = CONCURRENCY }: AnalysisRequest): number {
  if (Number.isInteger(maximumConcurrency) && maximumConcurrency >= 1 && maximumConcurrency <= 1000) {
    return maximumConcurrency;
  }
  const got = JSON.stringify(maximumConcurrency);
  throw malformedRequest(`the request's 'maximumConcurrency' is ${got}, not a whole number, 1 to 1000`);
}

async function windowObjects(request: MonitorRequest, listings: Listings): Promise<FoundObjects> {
  const { capture, transforms } = request;
  const window = windowOf(request);
  return transforms ? transformedObjects(capture, transforms, window) : capturedObjects(request, window, listings);
}

async function objectsOf(request: AnalysisRequest, listings: Listings): Promise<FoundObjects> {
  switch (request.mode) {
    case 'monitor':
      return windowObjects(request, listings);
    case 'baseline':
      return { objects: await datasetObjects(request) };
    default:
      throw malformedRequest("the request's 'mode' is neither 'monitor' nor 'baseline'");
  }
}

/** The dataset's object, or all objects below it where its key ends with a slash. */
async function datasetObjects({ dataset }: BaselineRequest): Promise<PlannedObject[]> {
  const below = await listObjects(dataset, dataset.key);
  const objects = dataset.key.endsWith('/') ? below : below.filter(({ key }) => key === dataset.key);
  if (objects.length > 0) return objects.map(planned);
  throw new Failure(
    'DatasetNotFound',
    `there is no data at ${s3Uri(dataset)}; allowed is an object that is not empty, or a prefix with a slash at its end`,
  );
}
