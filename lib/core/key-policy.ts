import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { localArn } from './local-arn';

/** A service that uses a key, and under which conditions. */
export interface KeyUse {
  /** Without its domain, as `events`; of CloudWatch Logs with the region. */
  readonly service: string;
  readonly actions: readonly string[];
  readonly conditions: { readonly [operator: string]: object };
}

/**
 * Lets a service use a key by the key's own policy. Of a key whose policy is not the app's, synthesis warns with the statement.
 *
 * @internal
 */
export function allowKeyUse(scope: Construct, key: kms.IKey, { service, actions, conditions }: KeyUse): void {
  const statement = new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`${service}.amazonaws.com`)],
    actions: [...actions],
    resources: ['*'], // in a key's own policy: this key
    conditions,
  });
  const { statementAdded } = key.addToResourcePolicy(statement);
  if (statementAdded) return;
  Annotations.of(scope).addWarningV2(
    `cdk-sagemaker-monitoring:keyPolicy:${service.split('.')[0]}`,
    advice(scope, key, statement),
  );
}

/** A key of AWS's own is told by its alias: its policy cannot be changed. */
const OWNED_BY_AWS = 'alias/aws/';

function advice(scope: Construct, { keyArn }: kms.IKey, statement: iam.PolicyStatement): string {
  const stack = Stack.of(scope);
  const [service] = Object.values(statement.toStatementJson().Principal);
  if (keyArn.includes(OWNED_BY_AWS)) {
    return `the policy of ${keyArn} is AWS's, and does not let ${service} use it, so that nothing arrives: take a key of yours`;
  }
  const text = JSON.stringify(stack.resolve(statement.toStatementJson()));
  return `the policy of ${keyArn} is not the app's: see to it that it has ${text}`;
}

/**
 * Lets the services use a key that encrypts what a stack shares: CloudWatch Logs its groups, EventBridge its dead-letter queue.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @internal
 */
export function allowServices(scope: Construct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  allowKeyUse(scope, key, {
    service: `logs.${stack.region}`,
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': localArn(stack, 'logs', 'log-group:*') } },
  });
  allowKeyUse(scope, key, {
    service: 'events',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  });
}
