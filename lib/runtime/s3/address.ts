import { ACCOUNT_VARIABLE, type BucketLocation, type ObjectLocation } from '../../core/contract';
import { environment } from '../environment';

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
export function inBucket(location: BucketLocation) {
  return { Bucket: location.bucket, ExpectedBucketOwner: ownerOf(location) };
}

/** The same, with the key of an object. */
export function atAddress(address: ObjectLocation) {
  return { ...inBucket(address), Key: address.key };
}
