import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { InlineRole } from './inline-role';
import { localArn } from './local-arn';
import { serviceOfThisAccount } from './service-principal';

/**
 * A role that schedules of this account, of the default group, start something with; below the scope as `SchedulerRole`.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 * @internal
 */
export function schedulerRole(scope: Construct, description: string): InlineRole {
  const group = localArn(Stack.of(scope), 'scheduler', 'schedule-group/default');
  const service = serviceOfThisAccount(scope, 'scheduler.amazonaws.com', group);
  return new InlineRole(scope, 'SchedulerRole', { ...service, description });
}
