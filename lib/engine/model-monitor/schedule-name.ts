import { createHash } from 'node:crypto';
import { Fn, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** SageMaker's limit of 63 characters, less twice a hyphen and eight characters: of the path's hash, and of the stack's id. */
const MAX_SLUG = 63 - 2 * 9;

/**
 * Name of a monitoring schedule, which CloudFormation demands: from the construct's path, its hash and a fragment of the stack's id.
 *
 * It changes only with the path; the hash keeps paths apart that are alike in the characters that a name may have. Lower case, because SageMaker writes names in lower case into some ARNs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateMonitoringSchedule.html
 * @internal
 */
export function monitoringScheduleName(scope: Construct): string {
  const stack = Stack.of(scope);
  const path = scope.node.scopes.slice(scope.node.scopes.indexOf(stack) + 1).map((part) => part.node.id);
  const slug = path
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-MAX_SLUG)
    .replace(/^-+|-+$/g, '');
  const hash = createHash('sha256').update(path.join('/')).digest('hex').slice(0, 8);
  const name = slug === '' ? hash : `${slug}-${hash}`;
  const stackUuid = Fn.select(2, Fn.split('/', stack.stackId));
  return Fn.join('-', [name, Fn.select(0, Fn.split('-', stackUuid))]);
}
