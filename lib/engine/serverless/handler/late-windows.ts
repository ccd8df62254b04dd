import type { LateWindow } from '../../../outcome/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import type { ListedObject } from '../../../runtime/s3';
import { capturePrefix, hourPrefixes, isBegunIn } from '../captured-keys';
import type { MonitorRequest } from '../contract';
import { type LookBack, lookBacks } from '../look-back';
import { useOf, variantOf } from '../variant-folders';
import type { Listings } from './listings';

/** Listings under way at once. */
const LISTINGS = 8;

/**
 * The windows before the last one to which captured objects came that no run has seen, so that none has analysed them: those of which anything was late.
 *
 * An object belongs to the window in which it was begun; where neither hour nor name says that, it is not counted.
 */
export async function lateWindows(request: MonitorRequest, listings: Listings): Promise<LateWindow[]> {
  const looks = lookBacks(request);
  if (looks.length === 0 || request.transforms) return [];
  const folders = await listings.folders(request.capture, capturePrefix(request));
  const read = folders.filter((folder) => useOf(variantOf(folder), request.variants) === 'read');
  const found = await mapConcurrently(looks, 1, async (look) => lateWindow(look, await begunIn(look)));
  return found.filter(({ lateObjects }) => lateObjects > 0);

  async function begunIn({ window }: LookBack): Promise<ListedObject[]> {
    const prefixes = hourPrefixes(read, window);
    const listed = await mapConcurrently(prefixes, LISTINGS, (prefix) => listings.objects(request.capture, prefix));
    return listed.flat().filter(({ key }) => isBegunIn(window, key));
  }
}

function lateWindow({ window, after, until }: LookBack, objects: readonly ListedObject[]): LateWindow {
  const late = objects.filter(({ modified }) => modified > after && modified <= until);
  return {
    windowStart: window.start.toISOString(),
    windowEnd: window.end.toISOString(),
    lateObjects: late.length,
    objectCount: objects.length,
  };
}
