import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';

/** An object of a listing. */
export interface StoredObject {
  readonly key: string;
  readonly modified: Date;
}

/** An object as it was read, with all that has to be said when it is written again. */
export interface StoredContent {
  readonly bytes: Uint8Array;
  readonly answer: Omit<GetObjectCommandOutput, 'Body'>;
}

/** Another version is there (412), another write was under way (409), or the version that was to be replaced is gone (404). */
const CHANGED_MEANWHILE = ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'];

/** A bucket, with the credentials and the region of whoever runs the command. */
export class PartStore {
  private readonly client = new S3Client({ followRegionRedirects: true });

  /** @param owner id of the account that the bucket has to belong to */
  constructor(
    private readonly bucket: string,
    private readonly owner: string,
  ) {}

  /** The objects below a prefix. */
  async list(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    let token: string | undefined;
    do {
      const listing = { ...this.own, Prefix: prefix, ContinuationToken: token };
      const page = await this.client.send(new ListObjectsV2Command(listing));
      for (const { Key: key, LastModified: modified } of page.Contents ?? []) {
        if (key !== undefined && modified !== undefined) found.push({ key, modified });
      }
      token = page.NextContinuationToken;
    } while (token);
    return found;
  }

  /** An object; undefined where there is none any more. */
  async read(key: string): Promise<StoredContent | undefined> {
    try {
      const { Body, ...answer } = await this.client.send(new GetObjectCommand({ ...this.own, Key: key }));
      const chunks: Uint8Array[] = [];
      for await (const chunk of Body as AsyncIterable<Uint8Array>) chunks.push(chunk);
      return { bytes: new Uint8Array(Buffer.concat(chunks)), answer };
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** Writes an object in place of the version that was read, with the encryption that it has; false where another version is there. */
  async replace(key: string, { answer }: StoredContent, bytes: Uint8Array): Promise<boolean> {
    const { ETag, ContentType, ServerSideEncryption, SSEKMSKeyId } = answer;
    const asBefore = { ContentType, ServerSideEncryption, SSEKMSKeyId };
    try {
      const object = { ...this.own, Key: key, Body: bytes, IfMatch: ETag, ...asBefore };
      await this.client.send(new PutObjectCommand(object));
      return true;
    } catch (error) {
      if (CHANGED_MEANWHILE.includes((error as Error).name)) return false;
      throw error;
    }
  }

  /** Deletes an object; of one that is not there, S3 says nothing. */
  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ ...this.own, Key: key }));
  }

  private get own() {
    return { Bucket: this.bucket, ExpectedBucketOwner: this.owner };
  }
}
