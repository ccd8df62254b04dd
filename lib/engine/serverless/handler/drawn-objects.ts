import type { Sampled } from '../../../outcome/unseen/contract';
import { capturePrefix } from '../captured-keys';
import type { AnalysisRequest } from '../contract';
import { drawnObjects } from '../object-sample';
import { planned } from '../plan-items';
import type { FoundObjects } from './captured-objects';

type Listed = Pick<FoundObjects, 'objects' | 'listed'>;

/** What of a window is read: all of it, or as many of its captured objects as its data let a run read. */
export function drawnOf(request: AnalysisRequest, { objects, listed }: Listed): Listed & Sampled {
  if (request.mode !== 'monitor' || request.maximumBytes === undefined || !listed) return { objects, listed };
  const prefix = capturePrefix(request);
  const { bucket } = request.capture;
  const { drawn, sample } = drawnObjects(listed, {
    maximumBytes: request.maximumBytes,
    salt: `${bucket}\n${prefix}\n`,
    variantOf: (key) => key.slice(prefix.length).split('/')[0],
  });
  return { objects: drawn.map(planned), listed: drawn, ...(sample && { sample }) };
}
