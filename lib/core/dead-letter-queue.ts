import { Duration } from 'aws-cdk-lib';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledgement';

/**
 * Keeps for two weeks what could not be delivered, encrypted and taken over TLS alone: `DeadLetters` below the scope.
 *
 * @internal
 */
export function deadLetterQueue(scope: Construct): sqs.Queue {
  const queue = new sqs.Queue(scope, 'DeadLetters', {
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  const reason = 'this queue is itself the place for what could not be delivered, by EventBridge or by Lambda';
  acknowledge(queue, () => [{ rule: 'SQS3', reason }]);
  return queue;
}
