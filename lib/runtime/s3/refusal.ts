import type { ObjectLocation } from '../../core/contract';
import { Failure, mayPass, nameOf, wordsOf } from '../failure';
import { ownerOf, s3Uri } from './address';

/**
 * What to throw of what S3 answered: the object, and what to do.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function explained(address: ObjectLocation, cause: unknown): unknown {
  const uri = s3Uri(address);
  switch (nameOf(cause)) {
    case 'NoSuchKey':
      return new Failure('ObjectNotFound', `there is no object ${uri}; put it there, or name the one that is meant`, {
        cause,
      });
    case 'NoSuchBucket':
      return new Failure(
        'BucketNotFound',
        `there is no bucket '${address.bucket}' (for ${uri}); name the one that is meant`,
        { cause },
      );
    case 'AccessDenied':
      return new Failure(
        'AccessDenied',
        `no access to ${uri}; it may be missing, or its bucket not belong to the account ${ownerOf(address)}, as is expected (the 'account' of Bucket.fromBucketAttributes says another), or the function's role, the bucket's policy or its key's policy does not allow it (${wordsOf(cause)})`,
        { cause },
      );
    default:
      return unserved(address, cause);
  }
}

/** What has no better words than the service's: a refusal is the same the next time, and anything else may pass. */
function unserved({ bucket, key }: ObjectLocation, cause: unknown): Failure {
  const uri = s3Uri({ bucket, key });
  if (isElsewhere(cause)) {
    return new Failure(
      'BucketElsewhere',
      `the bucket '${bucket}' (for ${uri}) is in another region than it is read from (${wordsOf(cause)}); take one of the stack's region, or give a command the bucket's as AWS_REGION`,
      { cause },
    );
  }
  const words = `${uri}: ${nameOf(cause)} (${wordsOf(cause)})`;
  const isRefusal = statusOf(cause) >= 400 && !mayPass(cause);
  return isRefusal
    ? new Failure('ObjectRefused', `S3 refuses ${words}; put that right, or move the object away`, { cause })
    : new Failure('ObjectNotServed', `S3 did not serve ${words}; try again`, { cause });
}

/** 0 where nothing was answered. */
const statusOf = (cause: unknown) =>
  (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;

/** A bucket of another region answers with where it is. */
const isElsewhere = (cause: unknown) => statusOf(cause) === 301;
