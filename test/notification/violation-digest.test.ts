import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { StackResources } from '../../lib/core/stack-resources';
import { MessageFormat } from '../../lib/notification/message-options';
import { ViolationDigest, type ViolationDigestProps } from '../../lib/notification/violation-digest';
import { believingEvents, ENV, groupOf, newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf, statementsOfRole } from '../monitor/readable-template';

function make(monitorIds = ['Stack/DataQuality'], topicProps?: sns.TopicProps, stack = newStack()) {
  const topic = new sns.Topic(stack, 'Topic', topicProps);
  believingEvents(stack);
  return { stack, digest: new ViolationDigest(stack, 'Digest', { monitors: groupOf(monitorIds), topic }) };
}

describe('a violation digest', () => {
  test('listens to the bus of the monitors', () => {
    const stack = newStack();
    const monitors = groupOf(['Stack/DataQuality'], new events.EventBus(stack, 'Bus'));
    believingEvents(new ViolationDigest(stack, 'Digest', { monitors, topic: new sns.Topic(stack, 'Topic') }));
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties.EventBusName).toBe(`\${Bus}`);
  });

  test('is told of runs with violations, of failed ones, and of those that end an incident, and retries for two hours', () => {
    const { stack } = make();
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties).toEqual({
      Description:
        'Runs of model monitors that found violations or failed, those that end an incident, and what was done about one',
      State: 'ENABLED',
      EventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        'detail-type': ['Model Monitoring Execution Completed', 'Model Retraining Decided'],
        account: [ENV.account],
        region: [ENV.region],
        detail: {
          $or: [
            { status: ['CompletedWithViolations', 'Failed'] },
            { incidents: { changes: ['Ended', 'Accepted', 'FailuresEnded'] } },
          ],
          monitorId: ['Stack/DataQuality'],
        },
      },
      Targets: [
        {
          Id: 'Target0',
          Arn: `\${DigestFunction.Arn}`,
          InputTransformer: {
            InputPathsMap: { id: '$.id', account: '$.account', region: '$.region', detail: '$.detail' },
            InputTemplate: `{"topicArn":"\${Topic}","eventId":<id>,"account":<account>,"region":<region>,"detail":<detail>,"reports":[{"monitorIds":["Stack/DataQuality"]}],"message":{"hasPages":true}}`,
          },
          DeadLetterConfig: { Arn: `\${DeadLetters.Arn}` },
          RetryPolicy: { MaximumEventAgeInSeconds: 7200, MaximumRetryAttempts: 10 },
        },
      ],
    });
  });

  test('lets the rules of this account and region call its function, and leave what they could not tell', () => {
    const { stack } = make();
    const rules = `arn:\${AWS::Partition}:events:eu-west-1:111122223333:rule/*`;
    expect(resourceOf(stack, 'AWS::Lambda::Permission').Properties).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: `\${DigestFunction.Arn}`,
      Principal: 'events.amazonaws.com',
      SourceArn: rules,
    });
    const [, left] = resourceOf(stack, 'AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement;
    expect(left).toEqual({
      Action: 'sqs:SendMessage',
      Condition: { ArnLike: { 'aws:SourceArn': rules } },
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Resource: `\${DeadLetters.Arn}`,
    });
  });

  test.each<[string, Partial<ViolationDigestProps>, string[], string]>([
    [
      'what is said of form and links',
      { format: MessageFormat.JSON, dashboardName: 'models', consoleSignIn: 'https://sso/?d=' },
      ['Stack/A'],
      '{"format":"Json","consoleSignIn":"https://sso/?d=","dashboardName":"models","hasPages":true}',
    ],
    ['no page of monitors of another stack', {}, ['Stack/A', 'Other/B'], '{}'],
  ])('tells its function %s', (_, options, monitorIds, told) => {
    const stack = newStack();
    believingEvents(stack);
    new ViolationDigest(stack, 'Digest', {
      ...options,
      monitors: groupOf(monitorIds),
      topic: new sns.Topic(stack, 'Topic'),
    });
    const [{ InputTransformer }] = resourceOf(stack, 'AWS::Events::Rule').Properties.Targets;
    expect(InputTransformer.InputTemplate).toContain(`,"message":${told}}`);
  });

  test('says no page where runs are not drawn', () => {
    const stack = newStack();
    new StackResources(stack, 'Shared', { runPages: false });
    make(['Stack/A'], undefined, stack);
    const [{ InputTransformer }] = resourceOf(stack, 'AWS::Events::Rule').Properties.Targets;
    expect(InputTransformer.InputTemplate).toContain(',"message":{}}');
  });

  test('sends a topic messages of one form', () => {
    const { stack } = make();
    const topic = new sns.Topic(stack, 'Chat');
    const add = (id: string, format?: MessageFormat) =>
      new ViolationDigest(stack, id, { monitors: groupOf(['Stack/A']), topic, format });
    add('One', MessageFormat.AMAZON_Q);
    add('Two', MessageFormat.AMAZON_Q);
    expect(() => add('Three')).toThrow('TopicOfTwoForms at Stack/Three');
  });

  test.each<[keyof ViolationDigestProps, string]>([
    ['consoleSignIn', 'http://sso.example.com/'],
    ['consoleSignIn', `https://${'s'.repeat(293)}`],
    ['dashboardName', 'our models'],
  ])('refuses as %s: %s', (prop, got) => {
    const stack = newStack();
    const props = { monitors: groupOf(['Stack/A']), topic: new sns.Topic(stack, 'Topic'), [prop]: got };
    expect(() => new ViolationDigest(stack, 'Digest', props)).toThrow(prop);
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
    const { Properties } = resourceOf(stack, 'AWS::Lambda::Function');
    expect(Properties).toMatchObject({ Timeout: 30, MemorySize: 256 });
    expect(Properties.Environment.Variables).toEqual({ STACK_ACCOUNT: `\${AWS::AccountId}` });
    expect(statementsOfRole(stack, 'DigestFunctionRole').slice(1)).toEqual([
      {
        Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
        Effect: 'Allow',
        Resource: `\${DeadLetters.Arn}`,
      },
      { Action: 'sns:Publish', Effect: 'Allow', Resource: `\${Topic}` },
    ]);
  });

  test('costs a stack one rule, and the role of all digests one topic in one statement', () => {
    const { stack, digest } = make();
    const others = ['Stack/Second', 'Stack/Third'].map((monitorId) => [monitorId]);
    const topic = new sns.Topic(stack, 'SecondTopic');
    const { stack: small } = make();
    new sns.Topic(small, 'SecondTopic');
    const before = Object.keys(Template.fromStack(small).toJSON().Resources).length;
    const more = others.map(
      (monitorIds, index) => new ViolationDigest(stack, `More${index}`, { monitors: groupOf(monitorIds), topic }),
    );
    expect(more.map(({ handler }) => handler)).toEqual([digest.handler, digest.handler]);
    expect(more.map(({ deadLetterQueue }) => deadLetterQueue)).toEqual([
      digest.deadLetterQueue,
      digest.deadLetterQueue,
    ]);
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toHaveLength(before + 2);
    expect(resourcesOf(stack, 'AWS::Events::Rule')).toHaveLength(3);
    const publish = statementsOfRole(stack, 'DigestFunctionRole').filter(({ Action }) => Action === 'sns:Publish');
    expect(publish.map(({ Resource }) => Resource)).toEqual([[`\${Topic}`, `\${SecondTopic}`]]);
  });

  test('keeps outcomes that could not be told, in one queue for all digests of a stack', () => {
    const { stack } = make();
    expect(resourceOf(stack, 'AWS::SQS::Queue').Properties).toEqual({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(resourcesOf(stack, 'AWS::Lambda::EventInvokeConfig')).toHaveLength(1);
  });

  test('writes to a topic that is encrypted', () => {
    const stack = newStack();
    make(undefined, { masterKey: new kms.Key(stack, 'Key') }, stack);
    expect(statementsOfRole(stack, 'DigestFunctionRole')).toContainEqual({
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });

  test('has its rule and its function at hand', () => {
    const { digest } = make();
    expect(digest.rule.node.path).toBe('Stack/Digest/Rule');
    expect(digest.handler.node.path).toBe('Stack/SageMakerMonitoringDigest/Function');
  });
});
