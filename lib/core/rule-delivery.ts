import { Duration, Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import { deadLetterQueue } from './dead-letter-queue';
import type { HandlerFunction } from './handler-function';
import { localArn } from './local-arn';

/**
 * Lets the rules of this account and region call a function, and keeps in the stack's dead-letter queue what it could not do: EventBridge only hands over, so that
 * when the function itself fails, it is Lambda that tries again and gives up.
 *
 * The names of rules are CloudFormation's, so a narrower pattern would have to guess them.
 *
 * @internal
 */
export function serveRules(handler: HandlerFunction): void {
  handler.configureAsyncInvoke({ onFailure: new destinations.SqsDestination(deadLetterQueue(handler)) });
  const principal = new iam.ServicePrincipal('events.amazonaws.com');
  handler.addPermission('Rules', { principal, sourceArn: localArn(Stack.of(handler), 'events', 'rule/*') });
}

/**
 * The target by which a rule calls a function that serves rules. What cannot be handed over within two hours is kept in the stack's dead-letter queue.
 *
 * @internal
 */
export function servedTarget(handler: HandlerFunction, input: events.RuleTargetInput): events.IRuleTarget {
  const config: events.RuleTargetConfig = {
    arn: handler.functionArn,
    input,
    deadLetterConfig: { arn: deadLetterQueue(handler).queueArn },
    retryPolicy: { maximumEventAgeInSeconds: Duration.hours(2).toSeconds(), maximumRetryAttempts: 10 },
  };
  return { bind: () => config };
}
