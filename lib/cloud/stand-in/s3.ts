import type { Authorizer } from '../account/authorizer';
import type { Members } from '../members';
import type { Statement } from '../semantics/policy/policy';
import type { ObjectAddress, ObjectStore, StoredObject } from './object-store';
import { type ApiRequest, type ApiResponse, refuseViolations, type Service, ServiceError, xmlText } from './service';

/** What the S3 stand-in works on. */
export interface S3Props {
  readonly objects: ObjectStore;
  readonly authorizer: Authorizer;
  /** statements of a bucket's policy; [] where it has none */
  readonly bucketPolicy: (bucket: string) => readonly Statement[];
}

/** Headers that ask for something which the stand-in does (or may leave out without a caller noticing). */
const KNOWN_HEADERS = [
  'x-amz-checksum-crc32', // checked by the service only
  'x-amz-checksum-mode',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-expected-bucket-owner',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-tagging', // kept by the service only
  'x-amz-trailer',
  'x-amz-user-agent',
];

/** Who writes in place of a version is told which one is there, so that it needs leave to read it. */
const PUT_ACTIONS: readonly { readonly header?: string; readonly action: string }[] = [
  { action: 's3:PutObject' },
  { header: 'x-amz-tagging', action: 's3:PutObjectTagging' },
  { header: 'if-match', action: 's3:GetObject' },
];

/** The most keys that one page of a list holds, as in S3. */
const PAGE_SIZE = 1000;

/**
 * S3, path-style: GetObject, HeadObject, PutObject (also with tags, or with `If-None-Match: *` or `If-Match`), DeleteObject and
 * ListObjectsV2.
 *
 * A bucket of another account than `ExpectedBucketOwner` answers 403, as the service does. An absent object answers 403 instead of 404 to a role without `s3:ListBucket`, as the service does. Writes come one after the other here, so the
 * service's 409 for two of them at once, `ConditionalRequestConflict`, has to be planned as a fault.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export class S3 implements Service {
  public constructor(private readonly props: S3Props) {}

  public async handle(request: ApiRequest): Promise<ApiResponse> {
    refuseUnknownHeaders(request);
    const { bucket, key } = location(request);
    requireOwner(request, this.props.objects.ownerOf(bucket));
    if (key === '' && request.method === 'GET' && request.query.get('list-type') === '2') {
      const Prefix = request.query.get('prefix') ?? undefined;
      refuseViolations('s3 ListObjectsV2', { Bucket: bucket, Prefix }, 'InvalidRequest');
      return this.list(request, bucket);
    }
    if (key !== '' && (request.method === 'GET' || request.method === 'HEAD')) {
      refuseUnknownQuery(request, ['x-id']);
      refuseViolations('s3 GetObject', { Bucket: bucket, Key: key }, 'InvalidRequest');
      return this.get(request, bucket, key);
    }
    if (key !== '' && request.method === 'PUT') {
      refuseUnknownQuery(request, ['x-id']);
      refuseViolations('s3 PutObject', putInput(request, { bucket, key }), 'InvalidRequest');
      return this.put(request, bucket, key);
    }
    if (key !== '' && request.method === 'DELETE') {
      refuseUnknownQuery(request, ['x-id']);
      refuseViolations('s3 DeleteObject', { Bucket: bucket, Key: key }, 'InvalidRequest');
      return this.remove(request, bucket, key);
    }
    throw new ServiceError(
      'NotImplemented',
      `the stand-in does not know S3 ${request.method} ${request.path}?${request.query}`,
      501,
    );
  }

  public refuse(error: ServiceError): ApiResponse {
    const code = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
    return {
      status: error.status,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${xmlText(error.message)}</Message></Error>`,
    };
  }

  private get(request: ApiRequest, bucket: string, key: string): ApiResponse {
    this.props.authorizer.require(
      request.caller,
      { action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` },
      this.props.bucketPolicy(bucket),
    );
    const object = this.props.objects.head(bucket, key);
    if (object === undefined) {
      throw this.absent(request, bucket, key);
    }
    const headers = {
      etag: object.etag,
      'last-modified': object.lastModified.toUTCString(),
      'content-type': object.contentType,
      'content-length': String(object.size),
    };
    return { status: 200, headers, ...(request.method === 'GET' ? { body: this.props.objects.get(bucket, key) } : {}) };
  }

  /** Who may not list learns nothing about what exists. */
  private absent(request: ApiRequest, bucket: string, key: string): ServiceError {
    this.props.authorizer.require(
      request.caller,
      { action: 's3:ListBucket', resource: `arn:aws:s3:::${bucket}` },
      this.props.bucketPolicy(bucket),
    );
    return this.props.objects.hasBucket(bucket)
      ? new ServiceError('NoSuchKey', `The specified key does not exist: ${key}`, 404)
      : new ServiceError('NoSuchBucket', `The specified bucket does not exist: ${bucket}`, 404);
  }

  private put(request: ApiRequest, bucket: string, key: string): ApiResponse {
    for (const { header, action } of PUT_ACTIONS) {
      if (header !== undefined && request.headers[header] === undefined) continue;
      const use = { action, resource: `arn:aws:s3:::${bucket}/${key}` };
      this.props.authorizer.require(request.caller, use, this.props.bucketPolicy(bucket));
    }
    if (!this.props.objects.hasBucket(bucket)) {
      throw new ServiceError('NoSuchBucket', `The specified bucket does not exist: ${bucket}`, 404);
    }
    requireConditions(request, this.props.objects.head(bucket, key));
    const object = this.props.objects.put({ bucket, key }, payload(request), request.headers['content-type']);
    return { status: 200, headers: { etag: object.etag } };
  }

  /** An object that is not there is deleted as well, as the service says. */
  private remove(request: ApiRequest, bucket: string, key: string): ApiResponse {
    const use = { action: 's3:DeleteObject', resource: `arn:aws:s3:::${bucket}/${key}` };
    this.props.authorizer.require(request.caller, use, this.props.bucketPolicy(bucket));
    this.props.objects.delete(bucket, key);
    return { status: 204 };
  }

  private list(request: ApiRequest, bucket: string): ApiResponse {
    refuseUnknownQuery(request, [
      'list-type',
      'prefix',
      'delimiter',
      'continuation-token',
      'start-after',
      'max-keys',
      'x-id',
    ]);
    const prefix = request.query.get('prefix') ?? '';
    const delimiter = request.query.get('delimiter') ?? '';
    this.props.authorizer.require(
      request.caller,
      {
        action: 's3:ListBucket',
        resource: `arn:aws:s3:::${bucket}`,
        context: { 's3:prefix': prefix, ...(delimiter === '' ? {} : { 's3:delimiter': delimiter }) },
      },
      this.props.bucketPolicy(bucket),
    );
    if (!this.props.objects.hasBucket(bucket)) {
      throw new ServiceError('NoSuchBucket', `The specified bucket does not exist: ${bucket}`, 404);
    }
    const page = pageOf(this.props.objects.list(bucket, prefix), { prefix, delimiter, query: request.query });
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: listXml(bucket, prefix, page) };
  }
}

/** One entry of a list: an object, or the common prefix of several. */
interface ListEntry {
  readonly name: string;
  readonly object?: StoredObject;
}

interface Page {
  readonly entries: ListEntry[];
  readonly maximum: number;
  /** name of the last entry, when more follow */
  readonly next?: string;
}

function pageOf(
  objects: StoredObject[],
  { prefix, delimiter, query }: { prefix: string; delimiter: string; query: URLSearchParams },
): Page {
  const token = query.get('continuation-token');
  const after = token === null ? (query.get('start-after') ?? '') : Buffer.from(token, 'base64url').toString('utf8');
  const maximum = Math.min(Number(query.get('max-keys') ?? PAGE_SIZE), PAGE_SIZE);
  const entries = new Map<string, ListEntry>();
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const name = end === -1 ? object.key : object.key.slice(0, end + delimiter.length);
    if (Buffer.compare(Buffer.from(name), Buffer.from(after)) > 0) {
      entries.set(name, end === -1 ? { name, object } : { name });
    }
  }
  const all = [...entries.values()];
  const page = all.slice(0, maximum);
  const last = page.at(-1);
  return { entries: page, maximum, ...(all.length > page.length && last ? { next: last.name } : {}) };
}

function listXml(bucket: string, prefix: string, { entries, maximum, next }: Page): string {
  const contents = entries.map(({ name, object }) =>
    object === undefined
      ? `<CommonPrefixes><Prefix>${xmlText(name)}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${xmlText(name)}</Key><LastModified>${object.lastModified.toISOString()}</LastModified>` +
        `<ETag>${xmlText(object.etag)}</ETag><Size>${object.size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const token =
    next === undefined
      ? ''
      : `<NextContinuationToken>${Buffer.from(next).toString('base64url')}</NextContinuationToken>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
    `<Name>${xmlText(bucket)}</Name><Prefix>${xmlText(prefix)}</Prefix><KeyCount>${entries.length}</KeyCount>` +
    `<MaxKeys>${maximum}</MaxKeys><IsTruncated>${next !== undefined}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`
  );
}

/** What of a request the service judges before anything else. */
function putInput({ headers }: ApiRequest, { bucket, key }: ObjectAddress): Members {
  return {
    Bucket: bucket,
    Key: key,
    IfNoneMatch: headers['if-none-match'],
    ServerSideEncryption: headers['x-amz-server-side-encryption'],
    Tagging: headers['x-amz-tagging'],
  };
}

function location(request: ApiRequest): { bucket: string; key: string } {
  const [, bucket = '', ...key] = request.path.split('/');
  return { bucket: decodeURIComponent(bucket), key: key.map(decodeURIComponent).join('/') };
}

/** Refuses a write whose conditions do not hold: the object is there, or is not the one that the caller has seen, or not there at all. */
function requireConditions({ headers }: ApiRequest, object: StoredObject | undefined): void {
  const expected = headers['if-match'];
  if (expected !== undefined && object === undefined) {
    throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
  }
  const isRefused =
    (headers['if-none-match'] === '*' && object !== undefined) || (expected !== undefined && expected !== object?.etag);
  if (!isRefused) return;
  throw new ServiceError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412);
}

/** Refuses a request that expects another owner of its bucket than it has. */
function requireOwner({ headers }: ApiRequest, owner: string | undefined): void {
  const expected = headers['x-amz-expected-bucket-owner'];
  if (expected === undefined || owner === undefined || expected === owner) return;
  throw new ServiceError('AccessDenied', 'Access Denied', 403);
}

function refuseUnknownHeaders(request: ApiRequest): void {
  const asks = (name: string) => name.startsWith('x-amz-') || name.startsWith('if-') || name === 'range';
  const known = (name: string) =>
    KNOWN_HEADERS.includes(name) ||
    (request.method === 'PUT' && (name === 'if-match' || (name === 'if-none-match' && request.headers[name] === '*')));
  const unknown = Object.keys(request.headers).find((name) => asks(name) && !known(name));
  if (unknown !== undefined) {
    throw new ServiceError(
      'NotImplemented',
      `the stand-in does not know header '${unknown}' of S3 ${request.method}`,
      501,
    );
  }
}

function refuseUnknownQuery(request: ApiRequest, known: string[]): void {
  const unknown = [...request.query.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ServiceError(
      'NotImplemented',
      `the stand-in does not know query '${unknown}' of S3 ${request.method}`,
      501,
    );
  }
}

/**
 * The object's bytes: a streamed body comes in chunks, `<size in hexadecimal>[;signature]\r\n<bytes>\r\n`, up to one of size 0.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
function payload(request: ApiRequest): Buffer {
  if (!(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')) {
    return request.body;
  }
  const chunks: Buffer[] = [];
  for (let at = 0; at < request.body.length; ) {
    const lineEnd = request.body.indexOf('\r\n', at);
    const size = Number.parseInt(request.body.subarray(at, lineEnd).toString('latin1'), 16);
    if (lineEnd === -1 || Number.isNaN(size)) {
      throw new ServiceError('IncompleteBody', 'the body is not in chunks, though its header says so');
    }
    if (size === 0) {
      break;
    }
    chunks.push(request.body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(chunks);
}
