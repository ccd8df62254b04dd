import { Duration, RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { HandlerFunction } from '../../lib/core/handler-function';
import { StackResources } from '../../lib/core/stack-resources';
import { RetrainingTrigger } from '../../lib/retraining/retraining-trigger';
import { groupOf, newMonitor, newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf, statementsOfRole } from '../monitor/readable-template';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const logGroups = (stack: Stack) => resourcesOf(stack, LOG_GROUP);

/** A stack with everything that is shared: logs of functions and of a machine, a queue, a table. */
function whole(stack: Stack) {
  newMonitor(stack);
  new RetrainingTrigger(stack, 'Retraining', {
    monitors: groupOf(['Stack/DataQuality']),
    pipeline: sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'churn'),
  });
  return stack;
}

describe('the resources that monitors of a stack share', () => {
  test('are by default on keys that AWS owns, keep logs for three months, and go with the stack', () => {
    const stack = whole(newStack());
    expect(logGroups(stack)).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of logGroups(stack)) {
      expect(Properties).toEqual({ RetentionInDays: 90 });
      expect(DeletionPolicy).toBe('Delete');
    }
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toMatchObject({ SqsManagedSseEnabled: true });
    expect(resourceOf(stack, 'AWS::DynamoDB::Table').Properties.SSESpecification).toBeUndefined();
  });

  test('take a key, and a time for which logs are kept', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', {
      encryptionKey: new kms.Key(stack, 'Key'),
      logRetention: logs.RetentionDays.ONE_YEAR,
      logRemovalPolicy: RemovalPolicy.RETAIN,
    });
    whole(stack);
    expect(logGroups(stack)).toHaveLength(2);
    for (const { Properties, DeletionPolicy } of logGroups(stack)) {
      expect(Properties).toEqual({ RetentionInDays: 365, KmsKeyId: `\${Key.Arn}` });
      expect(DeletionPolicy).toBe('Retain');
    }
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toMatchObject({ KmsMasterKeyId: `\${Key.Arn}` });
    expect(resourceOf(stack, 'AWS::DynamoDB::Table').Properties.SSESpecification).toEqual({
      KMSMasterKeyId: `\${Key.Arn}`,
      SSEEnabled: true,
      SSEType: 'KMS',
    });
  });

  test('let services and roles use the key, as far as they need it', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', { encryptionKey: new kms.Key(stack, 'Key') });
    whole(stack);
    const [, ...added] = resourceOf(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    expect(added).toEqual([
      {
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:\${AWS::Partition}:logs:eu-west-1:111122223333:log-group:*`,
          },
        },
        Effect: 'Allow',
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Resource: '*',
      },
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Resource: '*',
      },
    ]);
    const onKey = (role: string) => statementsOfRole(stack, role).filter(({ Resource }) => Resource === `\${Key.Arn}`);
    expect(onKey('AnalysisSchedulerRole').map(({ Action }) => Action)).toEqual([
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(onKey('RetrainingGateRole').flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*']),
    );
  });

  test("warn of a key whose policy is not the app's, with what it has to have", () => {
    const stack = newStack();
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    new StackResources(stack, 'Shared', { encryptionKey });
    for (const service of ['logs.eu-west-1', 'events'])
      Annotations.fromStack(stack).hasWarning(
        '*',
        Match.stringLikeRegexp(`see to it that it has .*${service}.amazonaws.com`),
      );
  });

  test('are said once, and before the first of them is made', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared');
    expect(() => new StackResources(stack, 'Again')).toThrow('StackResourcesTooLate at Stack/Again');
    const other = newStack();
    new HandlerFunction(other, 'Plan', {
      handler: 'plan',
      description: '',
      timeout: Duration.minutes(1),
      memorySize: 128,
    });
    expect(() => new StackResources(other, 'Shared')).toThrow(
      'allowed is one StackResources in a stack, before its first monitor',
    );
  });
});
