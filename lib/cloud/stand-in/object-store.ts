import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CloudError } from '../cloud-error';

/** Where an object is. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** What is known about one object. */
export interface StoredObject {
  readonly key: string;
  /** bytes */
  readonly size: number;
  /** quoted, as in the header */
  readonly etag: string;
  readonly lastModified: Date;
  readonly contentType: string;
  /** the file that holds the bytes */
  readonly file: string;
}

/** Buckets as folders, so that a reader can look into them after a rehearsal. */
export class ObjectStore {
  private readonly buckets = new Map<string, Map<string, StoredObject>>();
  private readonly owners = new Map<string, string>();

  /** `folder` holds one folder a bucket. */
  public constructor(
    private readonly folder: string,
    private readonly now: () => Date,
  ) {}

  /** Makes a bucket, unless it is there; one without an owner is of whichever account a request expects. */
  public createBucket(bucket: string, owner?: string): void {
    if (this.buckets.has(bucket)) return;
    this.buckets.set(bucket, new Map());
    if (owner !== undefined) this.owners.set(bucket, owner);
  }

  /** What becomes of the name of a bucket that is deleted: somebody else has it, and nothing in it. */
  public takeOver(bucket: string, owner: string): void {
    this.buckets.set(bucket, new Map());
    this.owners.set(bucket, owner);
  }

  /** Id of the account that a bucket belongs to; undefined where it is not said. */
  public ownerOf(bucket: string): string | undefined {
    return this.owners.get(bucket);
  }

  public hasBucket(bucket: string): boolean {
    return this.buckets.has(bucket);
  }

  /** Stores an object, in place of an older one. */
  public put({ bucket, key }: ObjectAddress, body: Buffer | string, contentType = 'binary/octet-stream'): StoredObject {
    const bytes = Buffer.from(body);
    const file = join(this.folder, bucket, ...key.split('/').map(fileName));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    const object = {
      key,
      size: bytes.length,
      etag: `"${createHash('md5').update(bytes).digest('hex')}"`,
      lastModified: this.now(),
      contentType,
      file,
    };
    this.objects(bucket).set(key, object);
    return object;
  }

  public head(bucket: string, key: string): StoredObject | undefined {
    return this.buckets.get(bucket)?.get(key);
  }

  /** The bytes; undefined when there is no such object. */
  public get(bucket: string, key: string): Buffer | undefined {
    const object = this.head(bucket, key);
    return object && readFileSync(object.file);
  }

  public delete(bucket: string, key: string): void {
    this.objects(bucket).delete(key);
  }

  /** Objects whose key begins with the prefix, in the order of their keys' UTF-8 bytes, as S3 lists them. */
  public list(bucket: string, prefix: string): StoredObject[] {
    return [...this.objects(bucket).values()]
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  private objects(bucket: string): Map<string, StoredObject> {
    const objects = this.buckets.get(bucket);
    if (objects === undefined) {
      throw new CloudError(
        'MissingResource',
        `no bucket '${bucket}' among the deployed resources and the given objects`,
      );
    }
    return objects;
  }
}

/** A key's part as a file name: nothing that leads out of the folder, nothing that file systems refuse. */
function fileName(part: string): string {
  const name = part.replace(/[^A-Za-z0-9._=@+-]/g, (character) => encodeURIComponent(character).replace('*', '%2A'));
  return /^\.*$/.test(name) ? name.replace(/\./g, '%2E').padEnd(1, '_') : name.slice(0, 200);
}
