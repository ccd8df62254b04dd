import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { BucketLocation, ObjectLocation } from '../../core/contract';
import { inBucket } from './address';
import { client, sent } from './client';

/** An object of which is known how large it is. */
export interface SizedObject extends ObjectLocation {
  /** bytes */
  readonly size: number;
}

/** One object of a listing. */
export interface ListedObject extends SizedObject {
  /** what tells this version of it from others */
  readonly etag: string;
  readonly modified: Date;
}

/** Which part of a listing is meant, in the order of keys; all of it where absent. */
export interface KeyRange {
  /** the last key, or what keys begin with, before the part */
  readonly after: string;
  /** the last key of the part */
  readonly until: string;
}

/**
 * All objects whose keys begin with `prefix`, in order of their keys; every page of the range is read.
 *
 * Empty objects and keys that end with a slash (folders that consoles make) are left out.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export async function listObjects(
  { bucket, bucketOwner }: BucketLocation,
  prefix: string,
  range?: KeyRange,
): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  await visitObjects({ bucket, bucketOwner }, prefix, { range, take: (object) => found.push(object) });
  return found;
}

/** What is done with the objects of a listing. */
export interface ObjectVisit {
  /** all of it where absent */
  readonly range?: KeyRange;
  readonly take: (object: ListedObject) => unknown;
}

/** Hands the objects of a listing on, as {@link listObjects} finds them, without keeping more of them than a page. */
export async function visitObjects(
  { bucket, bucketOwner }: BucketLocation,
  prefix: string,
  { range, take }: ObjectVisit,
): Promise<void> {
  for await (const page of pages({ bucket, bucketOwner, key: prefix }, { StartAfter: range?.after })) {
    for (const { Key: key, Size: size, ETag: etag = '', LastModified: modified } of page.Contents ?? []) {
      if (key !== undefined && range && key > range.until) return;
      if (key && size && modified && !key.endsWith('/')) take({ bucket, bucketOwner, key, size, etag, modified });
    }
  }
}

/** The prefixes one level below `prefix` (which ends with a slash), each with its trailing slash; every page is read. */
export async function listFolders({ bucket, bucketOwner }: BucketLocation, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pages({ bucket, bucketOwner, key: prefix }, { Delimiter: '/' })) {
    for (const { Prefix: folder } of page.CommonPrefixes ?? []) if (folder) found.push(folder);
  }
  return found;
}

/**
 * Whether an object exists.
 *
 * By a listing: a GET of a missing object is answered 403 in place of 404 to a role that may list only below a prefix, because
 * such a request has no prefix for the role's condition to match.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function objectExists(address: ObjectLocation): Promise<boolean> {
  const request = { ...inBucket(address), Prefix: address.key, MaxKeys: 1 };
  const page = await sent(address, client.send(new ListObjectsV2Command(request)));
  return page.Contents?.[0]?.Key === address.key;
}

/** The pages of a listing; its prefix is the key of the address. */
async function* pages(address: ObjectLocation, more: { readonly Delimiter?: string; readonly StartAfter?: string }) {
  const listing = { ...inBucket(address), Prefix: address.key, ...more };
  let token: string | undefined;
  do {
    const page = await sent(address, client.send(new ListObjectsV2Command({ ...listing, ContinuationToken: token })));
    yield page;
    token = page.NextContinuationToken;
  } while (token);
}
