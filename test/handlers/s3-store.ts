import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  type DeleteObjectCommandInput,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

/** As `test/setup.ts` tells handlers. */
const STACK_ACCOUNT = '111122223333';

type Addressed = Pick<GetObjectCommandInput, 'Bucket' | 'ExpectedBucketOwner'>;

/** An error as the SDK throws it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** What tells the versions of an object apart, as S3 makes it of objects without keys of KMS. */
export function etagOf(text: string): string {
  return `"${createHash('md5').update(text).digest('hex')}"`;
}

/** The name of the error by which S3 refuses a write whose condition does not hold. */
export function unmetCondition(
  { IfMatch, IfNoneMatch }: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
  current: string | undefined,
): string | undefined {
  if (IfNoneMatch === '*' && current !== undefined) return 'PreconditionFailed';
  if (IfMatch === undefined) return undefined;
  if (current === undefined) return 'NoSuchKey';
  return IfMatch === etagOf(current) ? undefined : 'PreconditionFailed';
}

/** S3 in memory, behind the SDK's client: listing in pages of two unless it is told otherwise, so that every caller has to read on. */
export class S3Store {
  public readonly client = mockClient(S3Client);
  /** by `bucket/key` */
  public readonly objects = new Map<string, string>();
  /** by `bucket/key`: those that were written as bytes, of which each is a character */
  private readonly binary = new Set<string>();
  /** by `bucket/key`: the tags of those that have any, as they are sent */
  public readonly tags: { [address: string]: string } = {};
  /** by `bucket/key`: when an object was written, of those that were not written long ago */
  public readonly modified = new Map<string, Date>();
  /** keys in order of their writes */
  public readonly written: string[] = [];
  /** by `bucket/key`: the name of the error that an access to it meets */
  public readonly denied = new Map<string, string>();
  /** by bucket: the account that it belongs to, where that is not the stack's */
  public readonly owners = new Map<string, string>();

  /** `asksAll`: whether all of its callers say whose a bucket has to be, as this library's functions do, and the tests of one that does not fail */
  constructor(
    private readonly asksAll = true,
    private readonly pageSize = 2,
  ) {
    this.reset();
  }

  public reset(): void {
    this.objects.clear();
    this.denied.clear();
    this.owners.clear();
    this.modified.clear();
    for (const address of Object.keys(this.tags)) delete this.tags[address];
    this.written.length = 0;
    this.client.reset();
    this.client.on(GetObjectCommand).callsFake((input: GetObjectCommandInput) => this.get(input));
    this.client.on(HeadObjectCommand).callsFake((input: GetObjectCommandInput) => this.head(input));
    this.client.on(PutObjectCommand).callsFake((input: PutObjectCommandInput) => this.put(input));
    this.client.on(DeleteObjectCommand).callsFake((input: DeleteObjectCommandInput) => this.delete(input));
    this.client.on(ListObjectsV2Command).callsFake((input: ListObjectsV2CommandInput) => this.list(input));
  }

  public put(input: PutObjectCommandInput): object {
    const { Bucket, Key, Body, Tagging } = input;
    const address = `${Bucket}/${Key}`;
    this.check(input, address);
    const unmet = unmetCondition(input, this.objects.get(address));
    if (unmet) throw awsError(unmet);
    if (Tagging !== undefined) this.tags[address] = Tagging;
    const text = Body instanceof Uint8Array ? Buffer.from(Body).toString('latin1') : String(Body);
    if (Body instanceof Uint8Array) this.binary.add(address);
    this.objects.set(address, text);
    this.written.push(String(Key));
    return { ETag: etagOf(text) };
  }

  /** Puts an object as somebody else would. */
  public set(bucket: string, key: string, value: unknown): void {
    this.objects.set(`${bucket}/${key}`, typeof value === 'string' ? value : JSON.stringify(value));
  }

  /** The JSON of an object that has to be there, of the shape that the test expects. */
  public json<T>(bucket: string, key: string): T {
    const text = this.objects.get(`${bucket}/${key}`);
    if (text === undefined) throw new Error(`there is no ${bucket}/${key}`);
    return JSON.parse(text) as T;
  }

  private get(input: GetObjectCommandInput): object {
    const { Bucket, Key } = input;
    this.check(input, `${Bucket}/${Key}`);
    const text = this.objects.get(`${Bucket}/${Key}`);
    if (text === undefined) throw awsError('NoSuchKey', 'The specified key does not exist.');
    const encoding = this.binary.has(`${Bucket}/${Key}`) ? 'latin1' : 'utf8';
    const pieces = [text.slice(0, 3), text.slice(3)].map((piece) => Buffer.from(piece, encoding));
    return { Body: Readable.from(pieces), ETag: etagOf(text), LastModified: this.modified.get(`${Bucket}/${Key}`) };
  }

  private head(input: GetObjectCommandInput): object {
    const address = `${input.Bucket}/${input.Key}`;
    this.check(input, address);
    if (!this.objects.has(address)) throw awsError('NotFound');
    return { LastModified: this.modified.get(address) ?? new Date(0) };
  }

  private delete(input: DeleteObjectCommandInput): object {
    const { Bucket, Key } = input;
    this.check(input, `${Bucket}/${Key}`);
    this.objects.delete(`${Bucket}/${Key}`);
    return {};
  }

  private list(input: ListObjectsV2CommandInput): object {
    const { Bucket, Prefix = '', Delimiter, StartAfter = '', ContinuationToken } = input;
    this.check(input, `${Bucket}/${Prefix}`);
    const keys = [...this.objects.keys()]
      .filter((name) => name.startsWith(`${Bucket}/${Prefix}`))
      .map((name) => name.slice(`${Bucket}/`.length))
      .filter((key) => key > StartAfter)
      .sort();
    const entries = Delimiter ? [...new Set(keys.map((key) => folder(key, Prefix)))] : keys;
    const from = Number(ContinuationToken ?? 0);
    const page = entries.slice(from, from + this.pageSize);
    return {
      Contents: Delimiter ? [] : page.map((key) => this.listed(`${Bucket}/${key}`, key)),
      CommonPrefixes: Delimiter ? page.map((Prefix) => ({ Prefix })) : [],
      NextContinuationToken: from + this.pageSize < entries.length ? String(from + this.pageSize) : undefined,
    };
  }

  private listed(address: string, Key: string): object {
    const text = this.objects.get(address) ?? '';
    const LastModified = this.modified.get(address) ?? new Date(0);
    return { Key, Size: text.length, ETag: etagOf(text), LastModified };
  }

  private check({ Bucket = '', ExpectedBucketOwner }: Addressed, name: string): void {
    if (ExpectedBucketOwner === undefined && this.asksAll)
      throw new Error(`nobody is expected to own the bucket of ${name}`);
    const owner = this.owners.get(Bucket) ?? STACK_ACCOUNT;
    if ((ExpectedBucketOwner ?? owner) !== owner) throw awsError('AccessDenied');
    const error = this.denied.get(name);
    if (error) throw awsError(error);
  }
}

function folder(key: string, prefix: string): string {
  return key.slice(0, key.indexOf('/', prefix.length) + 1);
}
