import { Token } from 'aws-cdk-lib';
import { addressFaults, leadingSlashFaults, type S3Fault } from './s3-fault';
import type { Problem } from './validation-error';

/** S3's "safe characters" without `*`, which would turn a grant on the prefix into a pattern, and the slash. */
const ALLOWED = /^[A-Za-z0-9!_.'()/-]+$/;

/**
 * Says what is wrong with an S3 prefix: what the services and the library's handlers put together as
 * `{prefix}/{name}/...` must hold neither an empty part (`//` hides the objects from Model Monitor) nor a pattern.
 * Answers an empty list for a prefix without fault. Of a token, only the text before and after it is judged.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 * @see https://github.com/aws/amazon-sagemaker-examples/issues/1938
 *
 * @internal
 */
export function validatePrefix(prop: string, prefix: string): Problem[] {
  return faultsOf(prefix).map(([allowed, advice]) => ({ prop, got: prefix, allowed, advice }));
}

function faultsOf(prefix: string): S3Fault[] {
  const address = addressFaults(prefix, 'prefix');
  if (address.length > 0) return address;
  if (prefix === '') return [['a prefix of at least one character', "name a folder, such as 'monitoring'"]];
  return [...leadingSlashFaults(prefix), ...trailingSlashFaults(prefix), ...textFaults(prefix)];
}

function trailingSlashFaults(prefix: string): S3Fault[] {
  return prefix.endsWith('/') ? [['no trailing slash', 'remove the slash at the end']] : [];
}

function textFaults(prefix: string): S3Fault[] {
  if (Token.isUnresolved(prefix)) return [];
  const segments = prefix.split('/');
  const faults: S3Fault[] = [];
  if (segments.slice(1, -1).includes('')) faults.push(["no '//'", 'use one slash between two parts']);
  if (segments.includes('.') || segments.includes('..')) {
    faults.push(["no part that is '.' or '..'", 'name the folder itself']);
  }
  if (!ALLOWED.test(prefix)) {
    faults.push(["letters, digits, / and the characters !-_.'()", 'replace the other characters']);
  }
  return faults;
}
