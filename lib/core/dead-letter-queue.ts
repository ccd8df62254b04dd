import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgement';
import { allow } from './allow';
import { localArn } from './local-arn';
import { sharedKey } from './stack-resources';
import { stackSingleton } from './stack-singleton';

/** The id of the queue below its stack. */
export const DEAD_LETTERS = 'DeadLetters';

/**
 * Keeps for two weeks what could not be delivered, encrypted and taken over TLS alone: one queue per stack, so that one alarm watches all of it.
 *
 * It is open to every rule of this account and region. The names of rules are CloudFormation's, so a narrower pattern would have to guess them; one
 * statement per rule would reach the 20 statements that a queue's policy may have.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 * @internal
 */
export function deadLetterQueue(scope: Construct): sqs.Queue {
  return stackSingleton(scope, DEAD_LETTERS, (stack, id) => {
    const key = sharedKey(stack);
    const queue = new sqs.Queue(stack, id, {
      ...(key ? { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: key } : MANAGED),
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    queue.addToResourcePolicy(fromRules(queue));
    const reason = 'this queue is itself the place for what could not be delivered, by EventBridge or by Lambda';
    acknowledge(queue, () => [{ rule: 'SQS3', reason }]);
    return queue;
  });
}

const MANAGED = { encryption: sqs.QueueEncryption.SQS_MANAGED };

/**
 * Lets a role leave there what it could not deliver.
 *
 * @internal
 */
export function allowDeadLetters(role: iam.IRole, queue: sqs.IQueue): void {
  allow(role, { actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
  const { encryptionMasterKey: key } = queue;
  if (key) allow(role, { actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [key.keyArn] });
}

function fromRules(queue: sqs.Queue): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnLike: { 'aws:SourceArn': localArn(Stack.of(queue), 'events', 'rule/*') } },
  });
}
