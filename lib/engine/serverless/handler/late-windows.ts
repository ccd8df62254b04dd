import type { LateWindow } from '../../../outcome/contract';
import { mapConcurrently } from '../../../runtime/concurrency';
import type { ListedObject } from '../../../runtime/s3';
import { capturePrefix, hourPrefixes, isBegunIn } from '../captured-keys';
import type { MonitorRequest } from '../contract';
import { type LookBack, lookBacks } from '../look-back';
import { useOf, variantOf } from '../variant-folders';
import type { Listings } from './listings';

/** Folders of variants that are looked into at once. */
const FOLDERS = 4;

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
  const hours = { start: looks[looks.length - 1].window.start, end: looks[0].window.end };
  const counts = new LateCounts(looks);
  await mapConcurrently(read, FOLDERS, (folder) =>
    listings.visit(request.capture, { folder, hours }, (object) => counts.add(folder, object)),
  );
  return counts.windows().filter(({ lateObjects }) => lateObjects > 0);
}

/** A window, and what of it was counted. */
interface CountedWindow extends LookBack {
  objectCount: number;
  lateObjects: number;
}

/** Counts objects by the windows in which they were begun. */
class LateCounts {
  private readonly counted: readonly CountedWindow[];
  /** those that have a part of an hour, by its path */
  private readonly byHour = new Map<string, CountedWindow[]>();

  constructor(looks: readonly LookBack[]) {
    this.counted = looks.map((look) => ({ ...look, objectCount: 0, lateObjects: 0 }));
    for (const window of this.counted) {
      for (const hour of hourPrefixes([''], window.window))
        this.byHour.set(hour, [...(this.byHour.get(hour) ?? []), window]);
    }
  }

  add(folder: string, { key, modified }: ListedObject): void {
    const hour = key.split('/').slice(0, -1).join('/').slice(folder.length);
    for (const one of this.byHour.get(`${hour}/`) ?? []) {
      if (!isBegunIn(one.window, key)) continue;
      one.objectCount++;
      if (modified > one.after && modified <= one.until) one.lateObjects++;
    }
  }

  windows(): LateWindow[] {
    return this.counted.map(({ window, lateObjects, objectCount }) => ({
      windowStart: window.start.toISOString(),
      windowEnd: window.end.toISOString(),
      lateObjects,
      objectCount,
    }));
  }
}
