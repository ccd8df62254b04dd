import type * as iam from 'aws-cdk-lib/aws-iam';
import { GRANTEE } from './cdk-shapes';
import { requireProps } from './prop-shapes';

/**
 * Throws where what permissions are asked for can have none: languages without types pass anything.
 *
 * @internal
 */
export function requireGrantee(grantee: iam.IGrantable): void {
  requireProps({ grantee }, { grantee: GRANTEE });
}
