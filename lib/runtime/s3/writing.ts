import { DeleteObjectCommand, PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { ObjectLocation } from '../../core/contract';
import { Failure, nameOf } from '../failure';
import { atAddress, s3Uri } from './address';
import { client, sent } from './client';
import type { KeptObject } from './reading';
import { explained } from './refusal';

/** How an object is written. */
export interface WriteOptions {
  /** @default 'application/json' */
  readonly contentType?: string;
  /** need the permission `s3:PutObjectTagging` */
  readonly tags?: { readonly [key: string]: string };
  /** ARN of a key of KMS; the bucket's own encryption where absent */
  readonly encryptionKey?: string;
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
  return putInPlace(address, { ...object, ...condition });
}

/**
 * Writes bytes in place of the version of an object that was read, of the same type and encrypted by the same key; returns the new version, or undefined as {@link writeJsonInPlaceOf}
 * does.
 */
export async function rewriteObject(
  address: ObjectLocation,
  { etag, asWritten }: KeptObject,
  bytes: Uint8Array,
): Promise<string | undefined> {
  return putInPlace(address, { ...atAddress(address), Body: bytes, IfMatch: etag, ...asWritten });
}

async function putInPlace(address: ObjectLocation, object: PutObjectCommandInput): Promise<string | undefined> {
  try {
    const { ETag: etag } = await client.send(new PutObjectCommand(object));
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
