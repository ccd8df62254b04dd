import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { DIGEST_ENV } from '../../lib/notification/contract';
import { ViolationDigest } from '../../lib/notification/violation-digest';
import { newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf, statementsOfRole } from '../monitor/readable-template';

function make(monitorIds = ['Stack/DataQuality'], topicProps?: sns.TopicProps, stack = newStack()) {
  const topic = new sns.Topic(stack, 'Topic', topicProps);
  return { stack, digest: new ViolationDigest(stack, 'Digest', { monitors: { monitorIds }, topic }) };
}

describe('a violation digest', () => {
  test('is told of runs with violations and of failed ones, and retries for two hours', () => {
    const { stack } = make();
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties).toEqual({
      Description: 'Runs of model monitors that found violations or failed',
      State: 'ENABLED',
      EventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        'detail-type': ['Model Monitoring Execution Completed'],
        detail: { status: ['CompletedWithViolations', 'Failed'], monitorId: ['Stack/DataQuality'] },
      },
      Targets: [
        {
          Id: 'Target0',
          Arn: `\${Digest.Arn}`,
          DeadLetterConfig: { Arn: `\${DigestDeadLetters.Arn}` },
          RetryPolicy: { MaximumEventAgeInSeconds: 7200, MaximumRetryAttempts: 10 },
        },
      ],
    });
  });

  test('lets its rule, and no other, call its function', () => {
    const { stack } = make();
    expect(resourceOf(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: `\${Digest.Arn}`,
      Principal: 'events.amazonaws.com',
      SourceArn: `\${DigestRule.Arn}`,
    });
  });

  test('includes monitors that join the group later', () => {
    const monitorIds = ['Stack/A'];
    const { stack } = make(monitorIds);
    monitorIds.push('Stack/B');
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties.EventPattern.detail.monitorId).toEqual([
      'Stack/A',
      'Stack/B',
    ]);
  });

  test('fails at synthesis when no monitor joins', () => {
    const { stack } = make([]);
    expect(() => resourceOf(stack, 'AWS::Events::Rule')).toThrow('EmptyMonitorGroup at Stack/Digest/Rule');
  });

  test('writes to the topic', () => {
    const { stack } = make();
    expect(resourceOf(stack, 'AWS::Lambda::Function').Properties).toMatchObject({
      Environment: { Variables: { [DIGEST_ENV.topicArn]: `\${Topic}` } },
      Timeout: 30,
      MemorySize: 256,
    });
    expect(statementsOfRole(stack, 'DigestRole').slice(1)).toEqual([
      { Action: 'sns:Publish', Effect: 'Allow', Resource: `\${Topic}` },
      {
        Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
        Effect: 'Allow',
        Resource: `\${DigestDeadLetters.Arn}`,
      },
    ]);
  });

  test('keeps outcomes that could not be told, in one queue for all digests of a stack', () => {
    const { stack, digest } = make();
    const topic = new sns.Topic(stack, 'SecondTopic');
    const second = new ViolationDigest(stack, 'Second', { monitors: { monitorIds: ['Stack/Other'] }, topic });
    expect(second.deadLetterQueue).toBe(digest.deadLetterQueue);
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toEqual({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(resourcesOf(stack, 'AWS::Lambda::EventInvokeConfig')).toHaveLength(2);
  });

  test('writes to a topic that is encrypted', () => {
    const stack = newStack();
    make(undefined, { masterKey: new kms.Key(stack, 'Key') }, stack);
    expect(statementsOfRole(stack, 'DigestRole')).toContainEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });

  test('has its rule and its function at hand', () => {
    const { digest } = make();
    expect(digest.rule.node.path).toBe('Stack/Digest/Rule');
    expect(digest.handler.node.path).toBe('Stack/Digest/Digest');
  });
});
