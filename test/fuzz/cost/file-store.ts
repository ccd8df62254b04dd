import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';

interface Input {
  readonly Bucket: string;
  readonly Key: string;
  readonly Prefix: string;
  readonly Body: string;
}

/**
 * Lets a process read and write the files of a folder in place of S3, and the objects of one bucket as they are made: what it holds of them, it has read. For
 * processes that do nothing else.
 */
export function readFilesOf(folder: string, bucket: string, objectOf: (key: string) => string): void {
  const fileOf = (key: string) => join(folder, key);
  const answers: { readonly [command: string]: (input: Input) => object } = {
    GetObjectCommand: ({ Bucket, Key }) => {
      const bytes = Bucket === bucket ? Buffer.from(objectOf(Key)) : readFileSync(fileOf(Key));
      return { Body: Readable.from(chunksOf(bytes)), ETag: '"e"' };
    },
    PutObjectCommand: ({ Key, Body }) => {
      mkdirSync(dirname(fileOf(Key)), { recursive: true });
      writeFileSync(fileOf(Key), Body);
      return { ETag: '"e"' };
    },
    ListObjectsV2Command: ({ Prefix }) => ({ Contents: keysBelow(folder, Prefix) }),
  };
  S3Client.prototype.send = (async ({
    constructor: { name },
    input,
  }: {
    constructor: { name: string };
    input: Input;
  }) => answers[name](input)) as never;
}

/** As bodies of S3 come. */
function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Of one folder, or of one object. */
function keysBelow(folder: string, prefix: string): object[] {
  const of = prefix.endsWith('/') ? prefix : `${dirname(prefix)}/`;
  const files = readdirSync(join(folder, of), { withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map(({ name }) => `${of}${name}`)
    .filter((key) => key.startsWith(prefix) && basename(key) !== '')
    .map((Key) => ({ Key, Size: statSync(join(folder, Key)).size, LastModified: new Date(0) }));
}
