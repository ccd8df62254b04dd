import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { hashFragment, stackFragment } from '../../../core/stack-fragment';

/** SageMaker's limit of 63 characters, less twice a hyphen and eight characters: of the path's hash, and of the stack's fragment. */
const MAX_SLUG = 63 - 2 * 9;

/**
 * Name of a monitoring schedule, which CloudFormation demands: from the construct's path, its hash and a fragment that stands for the stack.
 *
 * It changes only with the path and the stack; the hash keeps paths apart that are alike in the characters that a name may have. Lower case,
 * because SageMaker writes names in lower case into some ARNs.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateMonitoringSchedule.html
 * @internal
 */
export function monitoringScheduleName(scope: Construct): string {
  const path = pathOf(scope);
  const slug = slugOf(path, MAX_SLUG);
  const hash = hashFragment(path.join('/'));
  const name = slug === '' ? hash : `${slug}-${hash}`;
  return `${name}-${stackFragment(Stack.of(scope))}`;
}

/**
 * The end of a construct's path in its stack, in the characters of a name: at most so many lower-case letters, digits and hyphens in
 * between. Empty for a path that has none of them.
 *
 * @internal
 */
export function pathSlug(scope: Construct, maximum: number): string {
  return slugOf(pathOf(scope), maximum);
}

function slugOf(path: readonly string[], maximum: number): string {
  return path
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-maximum)
    .replace(/^-+|-+$/g, '');
}

/**
 * What the names of all monitoring schedules of a stack match, and hardly any other: `*-{fragment of the stack}`.
 *
 * @internal
 */
export function scheduleNamePattern(stack: Stack): string {
  return `*-${stackFragment(stack)}`;
}

function pathOf(scope: Construct): string[] {
  const { scopes } = scope.node;
  return scopes.slice(scopes.indexOf(Stack.of(scope)) + 1).map((part) => part.node.id);
}
