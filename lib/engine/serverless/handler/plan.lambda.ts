import { malformedRequest } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { ownerOf } from '../../../runtime/s3';
import { isTold } from '../captured-keys';
import type { AnalysisRequest, AnalysisState, Plan } from '../contract';
import { manifestLocation, manifestText, onlyItem } from '../plan-items';
import { hoursOfRun, requestBefore, windowOf } from '../request-window';
import { writeIntermediate } from './intermediate-object';
import { Listings } from './listings';
import { runItems } from './run-items';
import { windowObjects } from './run-objects';

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
  const { items, objectCount, found } = await runItems(state, listings);
  const manifest = manifestLocation({ output: request.output, execution });
  if (items.length > 0) await writeIntermediate(manifest, manifestText(items), 'application/jsonl');
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
