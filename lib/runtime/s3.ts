import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ACCOUNT_VARIABLE, type BucketLocation, type ObjectLocation } from '../core/contract';
import { environment } from './environment';
import { Failure, mayPass, nameOf, wordsOf } from './failure';

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

/** How an object is written. */
export interface WriteOptions {
  /** @default 'application/json' */
  readonly contentType?: string;
  /** need the permission `s3:PutObjectTagging` */
  readonly tags?: { readonly [key: string]: string };
  /** ARN of a key of KMS; the bucket's own encryption where absent */
  readonly encryptionKey?: string;
}

/** An object as it was read, and what tells this version of it from others. */
export interface VersionedText {
  readonly text: string;
  readonly etag: string;
}

/**
 * Milliseconds in which nothing comes of an object, or of an answer, until the connection is cut: without it a stream that never ends would hold a function for as
 * long as it may run. Longer than the analysis needs for what it has of it, as nobody reads meanwhile.
 */
const SILENCE = 60_000;

const client = new S3Client({ requestHandler: { socketTimeout: SILENCE } });

/** `s3://bucket/key` */
export function s3Uri({ bucket, key }: ObjectLocation): string {
  return `s3://${bucket}/${key}`;
}

/** Whose a bucket has to be. */
export function ownerOf({ bucketOwner = environment(ACCOUNT_VARIABLE) }: BucketLocation): string {
  return bucketOwner;
}

/**
 * What every request says of its bucket. S3 refuses one whose bucket is of another account, so that whoever takes the name of a bucket that was deleted
 * is neither written to nor read.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 */
function inBucket(location: BucketLocation) {
  return { Bucket: location.bucket, ExpectedBucketOwner: ownerOf(location) };
}

function atAddress(address: ObjectLocation) {
  return { ...inBucket(address), Key: address.key };
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

/** The text of an object and its version, or undefined where there is none. */
export async function readVersionIfExists(address: ObjectLocation): Promise<VersionedText | undefined> {
  return (await objectExists(address)) ? readVersion(address) : undefined;
}

/**
 * As {@link readVersionIfExists}, of an object that nobody expects to be missing: it is read at once, as S3 bills a listing as twelve reads, and looked for only where
 * it is not served. Of others a listing is asked first: what is refused looks like an attack to whoever reads the account's trail.
 */
export async function readVersionIfKept(address: ObjectLocation): Promise<VersionedText | undefined> {
  try {
    return await readVersion(address);
  } catch (error) {
    if (!NOT_SERVED.includes(nameOf(error))) throw error;
    return readVersionIfExists(address);
  }
}

/** What a missing object is answered, to roles that may list all and to others. */
const NOT_SERVED = ['ObjectNotFound', 'AccessDenied'];

/**
 * The text of an object that was there a moment ago, and its version: without a listing, for roles that may not list it. Throws `ObjectNotFound` or, to such
 * roles, `AccessDenied` where it is gone.
 */
export async function readVersion(address: ObjectLocation): Promise<VersionedText> {
  const { bytes, etag } = await wholeObject(address);
  return { text: bytes.toString('utf8'), etag };
}

/** The bytes of an object. Throws as {@link readText} does. */
export async function readBytes(address: ObjectLocation): Promise<Uint8Array> {
  return (await wholeObject(address)).bytes;
}

async function wholeObject(address: ObjectLocation): Promise<{ readonly bytes: Buffer; readonly etag: string }> {
  const chunks: Uint8Array[] = [];
  const etag = await streamObject(address, (chunk) => chunks.push(chunk));
  return { bytes: Buffer.concat(chunks), etag };
}

/** When an object was written last. Throws as {@link readVersion} does. */
export async function lastModified(address: ObjectLocation): Promise<Date> {
  const { LastModified: written } = await sent(address, client.send(new HeadObjectCommand(atAddress(address))));
  if (written === undefined) throw new Error(`S3 did not say when ${s3Uri(address)} was written`);
  return written;
}

/**
 * Hands the bytes of an object on, chunk by chunk, as they arrive, until it is told `false`: an object's size does not matter. Returns which version they are
 * of.
 */
export async function streamObject(address: ObjectLocation, take: (chunk: Uint8Array) => unknown): Promise<string> {
  const answer = client.send(new GetObjectCommand(atAddress(address)));
  const { Body: body, ETag: etag } = await sent(address, answer);
  for await (const chunk of chunksOf(address, body as AsyncIterable<Uint8Array>)) if (take(chunk) === false) break;
  return etag as string; // S3 says it of every object
}

/** The chunks of a body; what goes wrong in the middle of it is explained as well, and what a reader of it throws is left as it is. */
async function* chunksOf(address: ObjectLocation, body: AsyncIterable<Uint8Array>) {
  try {
    yield* body;
  } catch (cause) {
    throw explained(address, cause);
  }
}

/** The text of an object, UTF-8. Throws `ObjectNotFound` or `AccessDenied`, naming the object. */
export async function readText(address: ObjectLocation): Promise<string> {
  return (await readVersion(address)).text;
}

/** The text of an object, or undefined where there is none. */
export async function readTextIfExists(address: ObjectLocation): Promise<string | undefined> {
  return (await objectExists(address)) ? readText(address) : undefined;
}

/** The JSON of an object; its shape is the caller's claim. Throws `MalformedJson`, naming the object, if it is none. */
export async function readJson<T>(address: ObjectLocation): Promise<T> {
  return parseJson<T>(await readText(address), address);
}

/** The JSON of an object, or undefined where there is none. */
export async function readJsonIfExists<T>(address: ObjectLocation): Promise<T | undefined> {
  const text = await readTextIfExists(address);
  return text === undefined ? undefined : parseJson<T>(text, address);
}

/** As {@link readJsonIfExists}, of an object that nobody expects to be missing. */
export async function readJsonIfKept<T>(address: ObjectLocation): Promise<T | undefined> {
  const object = await readVersionIfKept(address);
  return object && parseJson<T>(object.text, address);
}

/** Writes an object, in place of any that is there. */
export async function writeContent(
  address: ObjectLocation,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const { contentType: ContentType = 'application/json', tags, encryptionKey } = options;
  const Tagging = tags && new URLSearchParams(tags).toString();
  const encryption = encryptionKey && { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: encryptionKey };
  const object = { ...atAddress(address), Body: content, ContentType, Tagging, ...encryption };
  await sent(address, client.send(new PutObjectCommand(object)));
}

/** Deletes an object; of one that is not there, S3 says nothing. */
export async function deleteObject(address: ObjectLocation): Promise<void> {
  await sent(address, client.send(new DeleteObjectCommand(atAddress(address))));
}

/** Writes a value as JSON, indented by two, as people read these files too. */
export async function writeJson(address: ObjectLocation, value: unknown): Promise<void> {
  await writeContent(address, jsonText(value));
}

/**
 * Writes a value as JSON in place of one version of an object, or only where none is there if no version is given; returns the new version.
 *
 * Undefined where another one is there, or none, or another write was under way: the caller reads again. It may be its own write that it finds, done
 * though its answer was lost, so it has to know its own again.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function writeJsonInPlaceOf(
  address: ObjectLocation,
  version: string | undefined,
  value: unknown,
): Promise<string | undefined> {
  const condition = version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version };
  const object = { ...atAddress(address), Body: jsonText(value), ContentType: 'application/json' };
  try {
    const { ETag: etag } = await client.send(new PutObjectCommand({ ...object, ...condition }));
    return etag;
  } catch (error) {
    if (CHANGED_MEANWHILE.includes(nameOf(error))) return undefined;
    throw explained(address, error);
  }
}

/** How often to read again and write: each time somebody else was faster, or S3 could not tell who was. */
export const WRITE_ROUNDS = 10;

/** What to throw when all of these rounds are over. */
export function contended(address: ObjectLocation): Failure {
  return new Failure(
    'ObjectContended',
    `${s3Uri(address)} was written by others ${WRITE_ROUNDS} times in a row; try again`,
  );
}

/** Another version is there (412), another write was under way (409), or the version that was to be replaced is gone (404). */
const CHANGED_MEANWHILE = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

function jsonText(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
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

/** The JSON of an object's text; its shape is the caller's claim. Throws `MalformedJson`, naming the object, if it is none. */
export function parseJson<T>(text: string, address: ObjectLocation): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    const what = `${s3Uri(address)} is no JSON: ${jsonFault(text)}; write it anew, or move it away`;
    throw new Failure('MalformedJson', what); // without its cause, whose words are an excerpt of the text
  }
}

/** The value of a text of JSON; undefined where it is none, for whoever has an answer to that. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a text is no JSON, without a word of it: what lies in the place of a file may be data of people. */
function jsonFault(text: string): string {
  if (text.trim() === '') return 'it is empty';
  if (!/^\s*[{[]/.test(text)) return 'it begins with neither { nor [';
  if (!/[}\]]\s*$/.test(text)) return 'it ends before its last bracket, as a file that was cut off';
  return 'its brackets, quotes, commas and colons do not fit together';
}

/** Waits for an answer of S3, and says in an error which object it was about. */
async function sent<T>(address: ObjectLocation, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw explained(address, cause);
  }
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function explained(address: ObjectLocation, cause: unknown): unknown {
  const uri = s3Uri(address);
  switch (nameOf(cause)) {
    case 'NoSuchKey':
      return new Failure('ObjectNotFound', `there is no object ${uri}; put it there, or name the one that is meant`, {
        cause,
      });
    case 'NoSuchBucket':
      return new Failure(
        'BucketNotFound',
        `there is no bucket '${address.bucket}' (for ${uri}); name the one that is meant`,
        { cause },
      );
    case 'AccessDenied':
      return new Failure(
        'AccessDenied',
        `no access to ${uri}; it may be missing, or its bucket not belong to the account ${ownerOf(address)}, as is expected (the 'account' of Bucket.fromBucketAttributes says another), or the function's role, the bucket's policy or its key's policy does not allow it (${wordsOf(cause)})`,
        { cause },
      );
    default:
      return unserved(address, cause);
  }
}

/** What has no better words than the service's: a refusal is the same the next time, and anything else may pass. */
function unserved({ bucket, key }: ObjectLocation, cause: unknown): Failure {
  const uri = s3Uri({ bucket, key });
  if (isElsewhere(cause)) {
    return new Failure(
      'BucketElsewhere',
      `the bucket '${bucket}' (for ${uri}) is in another region than the function (${wordsOf(cause)}); take one of the stack's region`,
      { cause },
    );
  }
  const words = `${uri}: ${nameOf(cause)} (${wordsOf(cause)})`;
  const isRefusal = statusOf(cause) >= 400 && !mayPass(cause);
  return isRefusal
    ? new Failure('ObjectRefused', `S3 refuses ${words}; put that right, or move the object away`, { cause })
    : new Failure('ObjectNotServed', `S3 did not serve ${words}; try again`, { cause });
}

/** 0 where nothing was answered. */
const statusOf = (cause: unknown) =>
  (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;

/** A bucket of another region answers with where it is. */
const isElsewhere = (cause: unknown) => statusOf(cause) === 301;
