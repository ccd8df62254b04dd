import { GetObjectCommand, type GetObjectCommandOutput, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { ObjectLocation } from '../../core/contract';
import { nameOf } from '../failure';
import { atAddress, s3Uri } from './address';
import { client, sent } from './client';
import { objectExists } from './listing';
import { explained } from './refusal';

/** An object as it was read, and what tells this version of it from others. */
export interface VersionedText {
  readonly text: string;
  readonly etag: string;
}

/** An object as it was read, and how it was written. */
export interface KeptObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
  readonly asWritten: Pick<GetObjectCommandOutput, 'ContentType' | 'ServerSideEncryption' | 'SSEKMSKeyId'>;
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

/** An object, with all that has to be said when it is written again; undefined where there is none any more. */
export async function readKeptObject(address: ObjectLocation): Promise<KeptObject | undefined> {
  try {
    const { Body: body, ETag: etag, ContentType, ServerSideEncryption, SSEKMSKeyId } = await opened(address);
    const chunks: Uint8Array[] = [];
    for await (const chunk of chunksOf(address, body as AsyncIterable<Uint8Array>)) chunks.push(chunk);
    const asWritten = { ContentType, ServerSideEncryption, SSEKMSKeyId };
    return { bytes: new Uint8Array(Buffer.concat(chunks)), etag: etag as string, asWritten };
  } catch (error) {
    if (nameOf(error) === 'ObjectNotFound') return undefined;
    throw error;
  }
}

/** When an object was written last. Throws as {@link readVersion} does. */
export async function lastModified(address: ObjectLocation): Promise<Date> {
  const { LastModified: written } = await sent(address, client.send(new HeadObjectCommand(atAddress(address))));
  if (written === undefined) throw new Error(`S3 did not say when ${s3Uri(address)} was written`);
  return written;
}

/**
 * Hands the bytes of an object on, chunk by chunk, as they arrive, with when it was written, until it is told `false`: an object's size does not matter. Returns
 * which version they are of.
 */
export async function streamObject(
  address: ObjectLocation,
  take: (chunk: Uint8Array, written?: Date) => unknown,
): Promise<string> {
  const { Body: body, ETag: etag, LastModified: written } = await opened(address);
  const chunks = chunksOf(address, body as AsyncIterable<Uint8Array>);
  for await (const chunk of chunks) if (take(chunk, written) === false) break;
  return etag as string; // S3 says it of every object
}

const opened = (address: ObjectLocation) => sent(address, client.send(new GetObjectCommand(atAddress(address))));

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
