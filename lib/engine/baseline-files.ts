import { Token } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ReportsPlace } from '../outcome/reports-place';

/**
 * Whether a file of a baseline is made by the deployment: it lies with the reports then, and nobody knows its key before.
 *
 * @internal
 */
export function isMadeAtDeployment({ bucket }: Pick<ReportsPlace, 'bucket'>, holder: IBucket, key: string): boolean {
  return holder === bucket && Token.isUnresolved(key);
}
