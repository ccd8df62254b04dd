import { Token } from 'aws-cdk-lib';
import { addressFaults, leadingSlashFaults, type S3Fault } from './s3-fault';
import type { Problem } from './validation-error';

/** In bytes of UTF-8. */
const LIMIT = 1024;

/**
 * Says what is wrong with the key of an S3 object, which policies are to name.
 *
 * Answers an empty list for a key without fault. Of a token, only the text before and after it is judged.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @internal
 */
export function validateKey(prop: string, key: string): Problem[] {
  const faults: S3Fault[] = key.endsWith('/')
    ? [['the key of one object, without trailing slash', 'name the object itself, not its folder']]
    : [];
  return problemsOf(prop, key, faults);
}

/**
 * Says what is wrong with the key of an S3 object, or of a folder, which ends with a slash and stands for all objects below it.
 *
 * Answers as `validateKey` does.
 *
 * @internal
 */
export function validateKeyOrFolder(prop: string, key: string): Problem[] {
  return problemsOf(prop, key, []);
}

function problemsOf(prop: string, key: string, endFaults: readonly S3Fault[]): Problem[] {
  const address = addressFaults(key, 'key');
  const faults = address.length > 0 ? address : [...leadingSlashFaults(key), ...endFaults, ...textFaults(key)];
  return faults.map(([allowed, advice]) => ({ prop, got: key, allowed, advice }));
}

function textFaults(key: string): S3Fault[] {
  if (key === '') return [['a key of at least one character', 'name the object']];
  if (Token.isUnresolved(key)) return [];
  const faults: S3Fault[] = [];
  if (/[*?]|\$\{/.test(key))
    faults.push(['a key without *, ? and ${', 'name the object itself: policies take them for patterns']);
  if (Buffer.byteLength(key) > LIMIT) faults.push([`at most ${LIMIT} bytes`, 'S3 takes no longer ones']);
  return faults;
}
