import * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { allow } from './allow';
import { requireGrantee } from './grantee';
import { explain } from './inline-role';

/** Why objects are named by a prefix. */
const KEYS_MADE_LATER =
  'keys are made at run time, by hour, by execution or by the hash of the content: this prefix is all that is known of them before';

/**
 * Allows reading exactly the objects whose keys match, and using the bucket's key for it.
 *
 * (`Bucket.grantRead` also grants `s3:GetBucket*` and listing of the whole bucket.)
 *
 * @internal
 */
export function grantGetObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allowObjects(grantee, ['s3:GetObject'], objectArns(bucket, keyPatterns));
  bucket.encryptionKey?.grantDecrypt(grantee);
}

/**
 * Allows writing exactly the objects whose keys match, and using the bucket's key for it.
 *
 * @internal
 */
export function grantPutObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allowObjects(grantee, ['s3:PutObject'], objectArns(bucket, keyPatterns));
  bucket.encryptionKey?.grantEncrypt(grantee);
}

/**
 * Allows writing exactly the objects whose keys match, and reading them again, and using the bucket's key for both: of objects that only the grantee writes.
 *
 * @internal
 */
export function grantKeepObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allowObjects(grantee, ['s3:GetObject', 's3:PutObject'], objectArns(bucket, keyPatterns));
  bucket.encryptionKey?.grantEncryptDecrypt(grantee);
}

/**
 * Allows writing exactly the objects whose keys match, with tags, and using the bucket's key for it.
 *
 * @internal
 */
export function grantPutTaggedObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allowObjects(grantee, ['s3:PutObject', 's3:PutObjectTagging'], objectArns(bucket, keyPatterns));
  bucket.encryptionKey?.grantEncrypt(grantee);
}

/**
 * Allows deleting exactly the objects whose keys match.
 *
 * @internal
 */
export function grantDeleteObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allowObjects(grantee, ['s3:DeleteObject'], objectArns(bucket, keyPatterns));
}

function allowObjects(grantee: iam.IGrantable, actions: string[], resources: string[]): void {
  allow(grantee, { actions, resources, because: KEYS_MADE_LATER });
}

function objectArns(bucket: IBucket, keyPatterns: string[]): string[] {
  return keyPatterns.map((pattern) => bucket.arnForObjects(pattern));
}

/**
 * Allows something about the objects below a prefix; the bucket's policy allows it, too, where the grantee is of another account.
 *
 * @internal
 */
export function grantObjectsFromAnywhere(
  grantee: iam.IGrantable,
  resource: IBucket,
  { actions, keyPattern }: { readonly actions: string[]; readonly keyPattern: string },
): iam.Grant {
  requireGrantee(grantee);
  const resourceArns = [resource.arnForObjects(keyPattern)];
  explain(grantee, resourceArns, KEYS_MADE_LATER);
  return iam.Grant.addToPrincipalOrResource({ grantee, actions, resourceArns, resource });
}

/**
 * Allows listing exactly below these prefixes.
 *
 * @internal
 */
export function grantListPrefixes(grantee: iam.IGrantable, bucket: IBucket, ...prefixPatterns: string[]): void {
  listing(grantee, { bucket, prefixPatterns }, (statement) => iam.Grant.addToPrincipal(statement));
}

/**
 * Allows listing exactly below one prefix, in a bucket of which the grantee lists nothing else: buckets with the same prefix are one statement, so that who reads in
 * many of them has a short policy.
 *
 * @internal
 */
export function grantListPrefix(grantee: iam.IGrantable, bucket: IBucket, prefixPattern: string): void {
  const conditions = { StringLike: { 's3:prefix': prefixPattern } };
  allow(grantee, { actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions });
}

/**
 * As `grantListPrefixes`; the bucket's policy allows it, too, where the grantee is of another account.
 *
 * @internal
 */
export function grantListFromAnywhere(grantee: iam.IGrantable, bucket: IBucket, prefixPattern: string): iam.Grant {
  requireGrantee(grantee);
  return listing(grantee, { bucket, prefixPatterns: [prefixPattern] }, (statement) =>
    iam.Grant.addToPrincipalOrResource({ ...statement, resource: bucket }),
  );
}

/** What a grantee may list in a bucket. */
interface Listing {
  readonly grant: iam.Grant;
  /** of the statement's condition: what is added here later stands there, too */
  readonly prefixPatterns: string[];
}

/** By ARN of the bucket. */
const LISTINGS = new WeakMap<iam.IPrincipal, Map<string, Listing>>();

/**
 * One statement for all prefixes of a bucket: a role that reads for many endpoints would soon be too long otherwise. The condition sees the
 * `prefix` parameter of the request.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 */
function listing(
  grantee: iam.IGrantable,
  { bucket, prefixPatterns }: { readonly bucket: IBucket; readonly prefixPatterns: string[] },
  add: (statement: iam.GrantOnPrincipalOptions) => iam.Grant,
): iam.Grant {
  const ofGrantee = LISTINGS.get(grantee.grantPrincipal) ?? new Map<string, Listing>();
  LISTINGS.set(grantee.grantPrincipal, ofGrantee);
  const known = ofGrantee.get(bucket.bucketArn);
  if (known) {
    known.prefixPatterns.push(...prefixPatterns.filter((pattern) => !known.prefixPatterns.includes(pattern)));
    return known.grant;
  }
  const conditions = { StringLike: { 's3:prefix': prefixPatterns } };
  const grant = add({ grantee, actions: ['s3:ListBucket'], resourceArns: [bucket.bucketArn], conditions });
  ofGrantee.set(bucket.bucketArn, { grant, prefixPatterns });
  return grant;
}

/**
 * Allows listing and reading exactly what lies below a prefix, and using the bucket's key for it: for grantees of the user's, by the policy of the
 * bucket where they are of another account.
 *
 * @internal
 */
export function grantReadBelow(grantee: iam.IGrantable, bucket: IBucket, prefix: string): iam.Grant {
  requireGrantee(grantee);
  const list = iam.Grant.addToPrincipalOrResource({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [bucket.bucketArn],
    resource: bucket,
    conditions: { StringLike: { 's3:prefix': [`${prefix}/*`] } },
  });
  const get = grantObjectsFromAnywhere(grantee, bucket, { actions: ['s3:GetObject'], keyPattern: `${prefix}/*` });
  const decrypt = bucket.encryptionKey?.grantDecrypt(grantee);
  return decrypt ? list.combine(get).combine(decrypt) : list.combine(get);
}
