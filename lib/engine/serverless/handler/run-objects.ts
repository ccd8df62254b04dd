import type { BaselineRequest } from '../../../baseline/contract';
import { Failure, malformedRequest } from '../../../runtime/failure';
import { listObjects, s3Uri } from '../../../runtime/s3';
import type { AnalysisRequest, MonitorRequest } from '../contract';
import { type PlannedObject, planned } from '../plan-items';
import { windowOf } from '../request-window';
import { capturedObjects, type FoundObjects } from './captured-objects';
import type { Listings } from './listings';
import { transformedObjects } from './transformed-objects';

/** The objects of a monitor's window. */
export async function windowObjects(request: MonitorRequest, listings: Listings): Promise<FoundObjects> {
  const { capture, transforms } = request;
  const window = windowOf(request);
  return transforms ? transformedObjects(capture, transforms, window) : capturedObjects(request, window, listings);
}

/** The objects that a run is about. Throws `DatasetNotFound` for a baseline without data. */
export async function objectsOfRun(request: AnalysisRequest, listings: Listings): Promise<FoundObjects> {
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
