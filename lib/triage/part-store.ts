import type { BucketLocation, ObjectLocation } from '../core/contract';
import {
  deleteObject,
  type KeptObject,
  type ListedObject,
  listObjects,
  readKeptObject,
  rewriteObject,
} from '../runtime/s3';

export type { KeptObject, ListedObject } from '../runtime/s3';

/** What a stack has extracted, in a bucket that belongs to one account, with the credentials and the region of whoever runs the command. */
export class PartStore {
  constructor(private readonly location: Required<BucketLocation>) {}

  /** The objects below a prefix. */
  async list(prefix: string): Promise<ListedObject[]> {
    return listObjects(this.location, prefix);
  }

  /** An object; undefined where there is none any more. */
  async read(key: string): Promise<KeptObject | undefined> {
    return readKeptObject(this.at(key));
  }

  /** Writes an object in place of the version that was read, with the encryption that it has; false where another version is there. */
  async replace(key: string, read: KeptObject, bytes: Uint8Array): Promise<boolean> {
    return (await rewriteObject(this.at(key), read, bytes)) !== undefined;
  }

  /** Deletes an object; of one that is not there, S3 says nothing. */
  async remove(key: string): Promise<void> {
    await deleteObject(this.at(key));
  }

  private at(key: string): ObjectLocation {
    return { ...this.location, key };
  }
}
