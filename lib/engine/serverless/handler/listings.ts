import type { BucketLocation } from '../../../core/contract';
import { type ListedObject, listFolders, listObjects, s3Uri } from '../../../runtime/s3';

/** Lists in S3, below each prefix once: the windows of a run and of the run before have hours in common, and are seen as they are at one time. */
export class Listings {
  private readonly known = new Map<string, Promise<unknown>>();

  /** The prefixes one level below a prefix. */
  folders(bucket: BucketLocation, prefix: string): Promise<string[]> {
    return this.once(`folders ${s3Uri({ ...bucket, key: prefix })}`, () => listFolders(bucket, prefix));
  }

  /** The objects below a prefix. */
  objects(bucket: BucketLocation, prefix: string): Promise<ListedObject[]> {
    return this.once(`objects ${s3Uri({ ...bucket, key: prefix })}`, () => listObjects(bucket, prefix));
  }

  private once<Found>(what: string, list: () => Promise<Found>): Promise<Found> {
    const found = (this.known.get(what) as Promise<Found> | undefined) ?? list();
    this.known.set(what, found);
    return found;
  }
}
