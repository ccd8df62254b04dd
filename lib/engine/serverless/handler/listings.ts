import type { BucketLocation } from '../../../core/contract';
import type { RunWindow } from '../../../outcome/run-times';
import { type ListedObject, listFolders, type ObjectVisit, s3Uri, visitObjects } from '../../../runtime/s3';
import { hoursBelow } from '../captured-keys';

/** Hours of a folder, which has a trailing slash. */
export interface FolderHours {
  readonly folder: string;
  readonly hours: RunWindow;
}

/**
 * Lists in S3 what a run looks at, each place once: its window and the one before it have hours in common, and are seen as they are at one time. Hours are neighbours
 * in the order of keys, so that those of a folder are one listing, of which S3 bills the pages.
 */
export class Listings {
  private readonly known = new Map<string, Promise<unknown>>();

  /** @param reach the hours that are asked for more than once: of each folder they are listed together, and kept */
  constructor(private readonly reach?: RunWindow) {}

  /** The prefixes one level below a prefix. */
  folders(bucket: BucketLocation, prefix: string): Promise<string[]> {
    return this.once(`folders ${s3Uri({ ...bucket, key: prefix })}`, () => listFolders(bucket, prefix));
  }

  /** The objects of hours of a folder, in order of their keys. */
  async objects(bucket: BucketLocation, { folder, hours }: FolderHours): Promise<ListedObject[]> {
    const together = this.kept(hours) ?? hours;
    const times = `${together.start.toISOString()} ${together.end.toISOString()}`;
    const list = () => objectsOf(bucket, { folder, hours: together });
    const listed = await this.once(`objects ${s3Uri({ ...bucket, key: folder })} ${times}`, list);
    const { has } = hoursBelow(folder, hours);
    return listed.filter(({ key }) => has(key));
  }

  /** Hands the objects of hours of a folder on. What is not kept anyway is kept by nobody: there may be very many. */
  async visit(bucket: BucketLocation, where: FolderHours, take: ObjectVisit['take']): Promise<void> {
    if (!this.kept(where.hours)) return visitHours(bucket, where, take);
    for (const object of await this.objects(bucket, where)) take(object);
  }

  /** The hours that are kept, where they have these among them. */
  private kept({ start, end }: RunWindow): RunWindow | undefined {
    return this.reach && this.reach.start <= start && end <= this.reach.end ? this.reach : undefined;
  }

  private once<Found>(what: string, list: () => Promise<Found>): Promise<Found> {
    const found = (this.known.get(what) as Promise<Found> | undefined) ?? list();
    this.known.set(what, found);
    return found;
  }
}

/** The objects of hours of a folder, by one listing. */
export async function objectsOf(bucket: BucketLocation, where: FolderHours): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  await visitHours(bucket, where, (object) => found.push(object));
  return found;
}

async function visitHours(
  bucket: BucketLocation,
  { folder, hours }: FolderHours,
  take: ObjectVisit['take'],
): Promise<void> {
  const { range, has } = hoursBelow(folder, hours);
  if (range) await visitObjects(bucket, folder, { range, take: (object) => has(object.key) && take(object) });
}
