import * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { allow } from './allow';

/**
 * Allows reading exactly the objects whose keys match, and using the bucket's key for it.
 *
 * (`Bucket.grantRead` also grants `s3:GetBucket*` and listing of the whole bucket.)
 *
 * @internal
 */
export function grantGetObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allow(grantee, { actions: ['s3:GetObject'], resources: keyPatterns.map((pattern) => bucket.arnForObjects(pattern)) });
  bucket.encryptionKey?.grantDecrypt(grantee);
}

/**
 * Allows writing exactly the objects whose keys match, and using the bucket's key for it.
 *
 * @internal
 */
export function grantPutObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  allow(grantee, { actions: ['s3:PutObject'], resources: keyPatterns.map((pattern) => bucket.arnForObjects(pattern)) });
  bucket.encryptionKey?.grantEncrypt(grantee);
}

/**
 * Allows writing exactly the objects whose keys match, with tags, and using the bucket's key for it.
 *
 * @internal
 */
export function grantPutTaggedObjects(grantee: iam.IGrantable, bucket: IBucket, ...keyPatterns: string[]): void {
  const actions = ['s3:PutObject', 's3:PutObjectTagging'];
  allow(grantee, { actions, resources: keyPatterns.map((pattern) => bucket.arnForObjects(pattern)) });
  bucket.encryptionKey?.grantEncrypt(grantee);
}

/**
 * Allows listing exactly below these prefixes. The condition sees the `prefix` parameter of the request.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
 * @internal
 */
export function grantListPrefixes(grantee: iam.IGrantable, bucket: IBucket, ...prefixPatterns: string[]): void {
  const conditions = { StringLike: { 's3:prefix': prefixPatterns } };
  allow(grantee, { actions: ['s3:ListBucket'], resources: [bucket.bucketArn], conditions });
}

/**
 * Allows listing and reading exactly what lies below a prefix, and using the bucket's key for it: for grantees of the user's, by the policy of the
 * bucket where they are of another account.
 *
 * @internal
 */
export function grantReadBelow(grantee: iam.IGrantable, bucket: IBucket, prefix: string): iam.Grant {
  const list = iam.Grant.addToPrincipalOrResource({
    grantee,
    actions: ['s3:ListBucket'],
    resourceArns: [bucket.bucketArn],
    resource: bucket,
    conditions: { StringLike: { 's3:prefix': [`${prefix}/*`] } },
  });
  const get = iam.Grant.addToPrincipalOrResource({
    grantee,
    actions: ['s3:GetObject'],
    resourceArns: [bucket.arnForObjects(`${prefix}/*`)],
    resource: bucket,
  });
  const decrypt = bucket.encryptionKey?.grantDecrypt(grantee);
  return decrypt ? list.combine(get).combine(decrypt) : list.combine(get);
}
