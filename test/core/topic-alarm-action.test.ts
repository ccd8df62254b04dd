import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { TopicAlarmAction } from '../../lib/core/topic-alarm-action';
import { ENV, newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf } from '../monitor/readable-template';

function newAlarm(stack: Stack, id = 'Alarm') {
  const metric = new cloudwatch.Metric({ namespace: 'Test', metricName: 'Test' });
  return new cloudwatch.Alarm(stack, id, { metric, threshold: 0, evaluationPeriods: 1 });
}

const policyOf = (stack: Stack) => resourceOf(stack, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument.Statement;
const PERMISSION = {
  Action: 'sns:Publish',
  Condition: {
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': `arn:\${AWS::Partition}:cloudwatch:eu-west-1:111122223333:alarm:*` },
  },
  Effect: 'Allow',
  Principal: { Service: 'cloudwatch.amazonaws.com' },
  Resource: `\${Topic}`,
};

describe('an alarm action on a topic', () => {
  test('is the topic, and lets the alarms of this account and region publish', () => {
    const stack = newStack();
    newAlarm(stack).addAlarmAction(new TopicAlarmAction(new sns.Topic(stack, 'Topic')));
    expect(resourceOf(stack, 'AWS::CloudWatch::Alarm').Properties.AlarmActions).toEqual([`\${Topic}`]);
    expect(policyOf(stack)).toEqual([expect.objectContaining(PERMISSION)]);
  });

  test('permits once, whatever the number of alarms', () => {
    const stack = newStack();
    const action = new TopicAlarmAction(new sns.Topic(stack, 'Topic'));
    for (const id of ['One', 'Two', 'Three']) newAlarm(stack, id).addAlarmAction(action);
    expect(policyOf(stack)).toHaveLength(1);
  });

  test('keeps what the policy of the topic says already', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'Topic', { enforceSSL: true });
    newAlarm(stack).addAlarmAction(new TopicAlarmAction(topic));
    expect(policyOf(stack).map(({ Effect }: { Effect: string }) => Effect)).toEqual(['Deny', 'Allow']);
  });

  test('lets CloudWatch use the key of the topic, for this account', () => {
    const stack = newStack();
    const masterKey = new kms.Key(stack, 'Key');
    const action = new TopicAlarmAction(new sns.Topic(stack, 'Topic', { masterKey }));
    for (const id of ['One', 'Two']) newAlarm(stack, id).addAlarmAction(action);
    const [, ...added] = resourceOf(stack, 'AWS::KMS::Key').Properties.KeyPolicy.Statement;
    expect(added).toEqual([
      {
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Resource: '*',
      },
    ]);
  });

  test.each([
    [
      'not made here',
      'key/1',
      'not the app.s: see to it that it has \\{"Action":\\["kms:Decrypt","kms:GenerateDataKey\\*"\\]',
    ],
    [
      "AWS's own",
      'alias/aws/sns',
      "the policy of .*alias/aws/sns is AWS's, and does not let .*cloudwatch.amazonaws.com.* use it",
    ],
  ])('warns of a key that is %s', (_, name, words) => {
    const stack = newStack();
    const masterKey = kms.Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:111122223333:${name}`);
    newAlarm(stack).addAlarmAction(new TopicAlarmAction(new sns.Topic(stack, 'Topic', { masterKey })));
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(words));
  });

  test("warns of the alias of AWS's own key", () => {
    const stack = newStack();
    const masterKey = kms.Alias.fromAliasName(stack, 'Key', 'alias/aws/sns');
    newAlarm(stack).addAlarmAction(new TopicAlarmAction(new sns.Topic(stack, 'Topic', { masterKey })));
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp("is AWS's"));
  });

  test('says that the policy of a topic that is not made here has to permit it', () => {
    const stack = newStack();
    const topic = sns.Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:eu-west-1:111122223333:ops');
    newAlarm(stack).addAlarmAction(new TopicAlarmAction(topic));
    expect(resourceOf(stack, 'AWS::CloudWatch::Alarm').Properties.AlarmActions).toEqual([topic.topicArn]);
    Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp('topicPolicyNotOurs'));
    expect(resourcesOf(stack, 'AWS::SNS::TopicPolicy')).toEqual([]);
  });

  test('says nothing of the kind for a topic that is made here', () => {
    const stack = newStack();
    newAlarm(stack).addAlarmAction(new TopicAlarmAction(new sns.Topic(stack, 'Topic')));
    expect(Annotations.fromStack(stack).findInfo('*', Match.anyValue())).toEqual([]);
  });

  test('may be in another stack than the topic, without a cycle', () => {
    const app = new App();
    const topicStack = new Stack(app, 'Topics', { env: ENV });
    const masterKey = new kms.Key(topicStack, 'Key');
    const topic = new sns.Topic(topicStack, 'Topic', { masterKey });
    const alarmStack = new Stack(app, 'Alarms', { env: ENV });
    newAlarm(alarmStack).addAlarmAction(new TopicAlarmAction(topic));
    expect(policyOf(topicStack)).toEqual([expect.objectContaining(PERMISSION)]);
    expect(alarmStack.dependencies).toEqual([topicStack]);
    expect(topicStack.dependencies).toEqual([]);
  });
});
