import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const MAX_LENGTH = 200;

/**
 * The identity of a monitor: its path from its stack on, as CloudWatch and S3 can carry it.
 *
 * It is a plain string at synthesis, so alarms and triggers in other stacks need no export.
 * Characters that are not safe in S3 keys, or a length over 200, are replaced by a hash of the whole path at the end.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 * @internal
 */
export function monitorIdOf(scope: Construct): string {
  const stack = Stack.of(scope);
  const within = scope.node.scopes.slice(scope.node.scopes.indexOf(stack) + 1).map((part) => part.node.id);
  const path = [reconcilerIdOf(stack), ...within].join('/');
  const safe = path.replace(/[^A-Za-z0-9/_.-]/g, '-');
  if (safe === path && path.length <= MAX_LENGTH) return path;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return `${safe.slice(0, MAX_LENGTH - hash.length - 1)}-${hash}`;
}

/** Says to the constructs below one what the health of their runs counts for. */
const MONITORING_CONTEXT = 'cdk-sagemaker-monitoring:monitoringId';

/**
 * Lets the health of all monitors below a construct count for it, under the identity that is returned.
 *
 * @internal
 */
export function shareHealth(scope: Construct): string {
  const id = monitorIdOf(scope);
  scope.node.setContext(MONITORING_CONTEXT, id);
  return id;
}

/**
 * What the health of a monitor's runs counts for beside others; undefined where it stands alone.
 *
 * @internal
 */
export function monitoringIdOf(scope: Construct): string | undefined {
  return scope.node.tryGetContext(MONITORING_CONTEXT);
}

/**
 * The identity of the watcher of a stack's monitors: the stack's name, or what stands for it where the deployment chooses it.
 *
 * @internal
 */
export function reconcilerIdOf(scope: Construct): string {
  const { stackName, artifactId } = Stack.of(scope);
  return Token.isUnresolved(stackName) ? artifactId : stackName;
}

/**
 * The stack that a monitor's id begins with.
 *
 * @internal
 */
export function stackNameOf(monitorId: string): string {
  return monitorId.split('/', 1)[0];
}
