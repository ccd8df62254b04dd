import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { DataCapture } from '../../lib/endpoint/data-capture';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { Concern } from '../../lib/monitor/concern';
import { GATE_ENV, GATE_TABLE } from '../../lib/retraining/contract';
import { RetrainingSignal } from '../../lib/retraining/retraining-signal';
import { RetrainingTrigger, type RetrainingTriggerProps } from '../../lib/retraining/retraining-trigger';
import { newVariant, statementsOf } from '../endpoint/fixtures';
import { believingEvents, givenReports, groupOf } from '../monitor/fixtures';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] });
const newStack = () => new Stack(new App(), 'Stack', { env: ENV });

function make(props: Partial<RetrainingTriggerProps> = {}, stack = newStack(), id = 'Retraining') {
  const trigger = new RetrainingTrigger(stack, id, {
    monitors: groupOf(['Stack/DataQuality']),
    pipeline: sagemaker.CfnPipeline.fromPipelineName(stack, `Pipeline-${id}`, 'churn'),
    ...props,
  });
  believingEvents(trigger);
  return { stack, trigger };
}

const settingsOf = (template: Template) =>
  JSON.parse(
    Object.values(template.findResources('AWS::Lambda::Function'))[0].Properties.Environment.Variables[
      GATE_ENV.settings
    ],
  );

describe('the rule', () => {
  test('matches violations of the monitors, and hands them to the gate', () => {
    const { stack, trigger } = make();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Events::Rule', {
      Description: 'Starts the pipeline churn when a monitor finds violations',
      State: 'ENABLED',
      EventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        'detail-type': ['Model Monitoring Execution Completed'],
        detail: { status: ['CompletedWithViolations'], monitorId: ['Stack/DataQuality'] },
      },
      Targets: [
        {
          Id: 'Target0',
          Arn: stack.resolve(trigger.gate.functionArn),
          DeadLetterConfig: { Arn: stack.resolve(trigger.deadLetterQueue.queueArn) },
          InputTransformer: {
            InputPathsMap: { id: '$.id', account: '$.account', region: '$.region', detail: '$.detail' },
            InputTemplate:
              '{"id":<id>,"account":<account>,"region":<region>,"detail":<detail>,"reports":[{"monitorIds":["Stack/DataQuality"]}],"concerns":["Drift","Quality"]}',
          },
          RetryPolicy: { MaximumEventAgeInSeconds: 7200, MaximumRetryAttempts: 10 },
        },
      ],
    });
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      FunctionName: stack.resolve(trigger.gate.functionArn),
      SourceArn: stack.resolve(trigger.rule.ruleArn),
    });
  });

  test('includes monitors that joined the group after the trigger was made', () => {
    const monitorIds = ['b'];
    const { stack } = make({ monitors: groupOf(monitorIds) });
    monitorIds.push('c', 'a', 'c');
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { monitorId: ['a', 'b', 'c'] } },
    });
    expect(monitorIds).toEqual(['b', 'c', 'a', 'c']);
  });

  test('can be described', () => {
    const { stack } = make({ description: 'Trains churn anew' });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { Description: 'Trains churn anew' });
  });
});

describe('the gate', () => {
  test('knows table, pipeline and its settings', () => {
    const { stack, trigger } = make();
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Timeout: 60,
      MemorySize: 256,
      Environment: {
        Variables: {
          [GATE_ENV.tableName]: stack.resolve(trigger.table.tableName),
          [GATE_ENV.pipelineName]: 'churn',
          [GATE_ENV.settings]: Match.anyValue(),
        },
      },
    });
    expect(settingsOf(template)).toEqual({ triggerId: 'Stack/Retraining', cooldownSeconds: 86_400, parameters: {} });
  });

  test('has the cool-down and the parameters that the user chose', () => {
    const { stack } = make({ cooldown: Duration.days(7), parameters: { Reason: 'drift' } });
    expect(settingsOf(Template.fromStack(stack))).toMatchObject({
      cooldownSeconds: 604_800,
      parameters: { Reason: 'drift' },
    });
  });

  test('may have no cool-down', () => {
    const { stack } = make({ cooldown: Duration.seconds(0) });
    expect(settingsOf(Template.fromStack(stack)).cooldownSeconds).toBe(0);
  });

  test('resolves a parameter that is only known at deployment', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Bucket');
    make({ parameters: { Bucket: bucket.bucketName } }, stack);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          [GATE_ENV.settings]: {
            'Fn::Join': ['', Match.arrayWith([stack.resolve(bucket.bucketName)])],
          },
        },
      },
    });
  });

  test('may write its log and its lease, look at and start the pipeline, tell what it decided, and send dead letters', () => {
    const { stack, trigger } = make();
    expect(statementsOf(stack)).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: expect.anything() },
      { Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: stack.resolve(trigger.table.tableArn) },
      {
        Effect: 'Allow',
        Action: ['sagemaker:ListPipelineExecutions', 'sagemaker:StartPipelineExecution'],
        Resource: arn('sagemaker:eu-west-1:111122223333:pipeline/churn'),
      },
      {
        Effect: 'Allow',
        Action: 'events:PutEvents',
        Resource: arn('events:eu-west-1:111122223333:event-bus/default'),
        Condition: {
          StringEquals: {
            'events:source': 'cdk-sagemaker-monitoring',
            'events:detail-type': 'Model Retraining Decided',
          },
        },
      },
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
        Resource: stack.resolve(trigger.deadLetterQueue.queueArn),
      },
    ]);
  });

  test('is told of what violations have to be a sign, and what the pipeline calls that', () => {
    const { CONCEPT_DRIFT, MODEL_DECAY } = RetrainingSignal;
    const { stack } = make({ signals: [MODEL_DECAY, CONCEPT_DRIFT, MODEL_DECAY], signalParameter: 'Reason' });
    const template = Template.fromStack(stack);
    const [{ InputTransformer }] = Object.values(template.findResources('AWS::Events::Rule'))[0].Properties.Targets;
    expect(JSON.parse(InputTransformer.InputTemplate.replace(/<\w+>/g, '0')).signals).toEqual([
      'ConceptDrift',
      'ModelDecay',
    ]);
    expect(settingsOf(template).signalParameter).toBe('Reason');
  });

  test('is told which concerns are meant, and where the reports of monitors lie, which it may read, and beside which it keeps what it decided', () => {
    const stack = newStack();
    const monitors = groupOf(['Stack/Monitor'], undefined, { 'Stack/Monitor': givenReports(stack) });
    make({ monitors, concerns: [Concern.QUALITY, Concern.QUALITY] }, stack);
    const [{ InputTransformer }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'))[0]
      .Properties.Targets;
    expect(JSON.parse(InputTransformer.InputTemplate.replace(/<\w+>/g, '0'))).toMatchObject({
      reports: [{ bucket: 'reports', prefix: 'reports', monitorIds: ['Stack/Monitor'] }],
      concerns: ['Quality'],
    });
    const bucket = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::reports']] };
    const object = {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::reports/reports/Stack/*/report.json']],
    };
    const notes = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::reports/reports/Stack/*.message']] };
    expect(statementsOf(stack).filter(({ Action }) => String(Action).startsWith('s3:'))).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: object },
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: bucket,
        Condition: { StringLike: { 's3:prefix': 'reports/Stack/*/report.json' } },
      },
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: notes },
    ]);
  });

  test('tells what it decided on the bus of the monitors', () => {
    const stack = newStack();
    const bus = new events.EventBus(stack, 'Bus');
    make({ monitors: groupOf(['Stack/Monitor'], bus) }, stack);
    const eventBus = stack.resolve(bus.eventBusArn);
    expect(statementsOf(stack).filter(({ Action }) => Action === 'events:PutEvents')).toMatchObject([
      { Resource: eventBus },
    ]);
    const [{ InputTransformer }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'))[0]
      .Properties.Targets;
    expect(JSON.stringify(InputTransformer.InputTemplate)).toContain(
      `,\\"eventBus\\":\\"",${JSON.stringify(eventBus)}`,
    );
  });

  test('is tried again twice when it fails, and the event then goes to the dead-letter queue', () => {
    const { stack, trigger } = make();
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: stack.resolve(trigger.gate.functionName),
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: stack.resolve(trigger.deadLetterQueue.queueArn) } },
    });
  });
});

describe('the dead-letter queue', () => {
  test('is encrypted and keeps events for 14 days', () => {
    const { stack } = make();
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3600,
    });
  });

  test('is one for all triggers of a stack, which says nothing of each rule', () => {
    const { stack, trigger } = make();
    const { trigger: other } = make({}, stack, 'Other');
    expect(other.deadLetterQueue).toBe(trigger.deadLetterQueue);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SQS::Queue', 1);
    const [policy] = Object.values(template.findResources('AWS::SQS::QueuePolicy'));
    expect(policy.Properties.PolicyDocument.Statement).toHaveLength(2);
  });

  test('takes events of rules of this account and region alone, and over TLS alone', () => {
    const { stack, trigger } = make();
    const queue = stack.resolve(trigger.deadLetterQueue.queueArn);
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Resource: queue, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queue,
            Condition: {
              ArnLike: {
                'aws:SourceArn': stack.resolve(`arn:${stack.partition}:events:${stack.region}:${stack.account}:rule/*`),
              },
            },
          },
        ],
      },
    });
  });
});

describe('the table of leases', () => {
  test('is paid by request, recoverable, and deleted with the stack', () => {
    const { stack } = make();
    Template.fromStack(stack).hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Delete',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: Match.absent(),
        KeySchema: [{ AttributeName: GATE_TABLE.partitionKey, KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: GATE_TABLE.partitionKey, AttributeType: 'S' }],
      },
    });
  });

  test('is shared by the triggers of a stack, each with a row of its own', () => {
    const { stack, trigger } = make();
    const { trigger: second } = make({}, stack, 'Second');
    expect(second.table).toBe(trigger.table);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    const ids = Object.values(template.findResources('AWS::Lambda::Function')).map(
      (gate) => JSON.parse(gate.Properties.Environment.Variables[GATE_ENV.settings]).triggerId,
    );
    expect(ids).toEqual(['Stack/Retraining', 'Stack/Second']);
  });
});

test('the rule is on the bus of the monitors', () => {
  const stack = newStack();
  make({ monitors: groupOf(['Stack/DataQuality'], new events.EventBus(stack, 'Bus')) }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventBusName: { Ref: Match.stringLikeRegexp('^Bus') },
  });
});

describe('a trigger fails', () => {
  test('at synthesis when its group stays empty', () => {
    const { stack } = make({ monitors: groupOf([]) });
    expect(() => Template.fromStack(stack)).toThrow(
      "EmptyMonitorGroup at Stack/Retraining/Rule: 'monitors' is [], allowed is 1 monitor or more (add one to the group)",
    );
  });

  test('at synthesis when the names of its monitors do not fit into a rule', () => {
    const fixed = JSON.stringify({
      source: ['cdk-sagemaker-monitoring'],
      'detail-type': ['Model Monitoring Execution Completed'],
      account: [ENV.account],
      region: [ENV.region],
      detail: { status: ['CompletedWithViolations'], concerns: ['Drift', 'Quality'], monitorId: [''] },
    });
    const synth = (size: number) => {
      const { stack } = make({ monitors: groupOf(['x'.repeat(size - fixed.length)]) });
      return () => Template.fromStack(stack);
    };
    expect(synth(2048)).not.toThrow();
    expect(synth(2049)).toThrow(
      "TooManyMonitors at Stack/Retraining/Rule: 'monitors' is \"2049 characters\", allowed is a rule's pattern",
    );
  });

  test.each([
    [{ account: '444455556666', region: ENV.region }, 'a pipeline of account 111122223333'],
    [{ account: ENV.account, region: 'us-east-1' }, 'a pipeline of region eu-west-1'],
  ])('for a pipeline of %j', (env, allowed) => {
    const stack = newStack();
    const elsewhere = new Stack(stack.node.root as App, 'Elsewhere', { env });
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(elsewhere, 'Pipeline', 'churn');
    expect(() => make({ pipeline }, stack)).toThrow(
      new RegExp(`^InvalidRetrainingTrigger at Stack/Retraining: 'pipeline' is .*, allowed is ${allowed}`),
    );
  });

  test.each<[Partial<RetrainingTriggerProps>, string]>([
    [{ cooldown: Duration.millis(1500) }, '\'cooldown\' is "Duration.millis(1500)", allowed is whole seconds'],
    [{ parameters: { '': 'x' } }, '\'parameters\' is "", allowed is names of 1 to 256 letters, digits, - and _'],
    [
      { parameters: { P: 'x'.repeat(1025) } },
      '\'parameters.P\' is "1025 characters", allowed is at most 1024 characters',
    ],
    [{ signals: [] }, "'signals' is [], allowed is 1 signal or more"],
    [{ signals: [RetrainingSignal.DATA_FORM] }, '\'signals\' is "DataForm", allowed is signs of Drift, Quality'],
    [
      { signals: [RetrainingSignal.MODEL_DECAY], concerns: [Concern.DRIFT] },
      '\'signals\' is "ModelDecay", allowed is signs of Drift',
    ],
    [{ signalParameter: 'a b' }, '\'signalParameter\' is "a b", allowed is names of 1 to 256 letters, digits, - and _'],
    [
      { signalParameter: 'P', parameters: { P: 'x' } },
      "'signalParameter' is \"P\", allowed is a parameter that 'parameters' gives no value",
    ],
    [{ description: 'x'.repeat(513) }, '\'description\' is "513 characters", allowed is at most 512 characters'],
  ])('for %j', (props, message) => {
    expect(() => make(props)).toThrow(message);
  });
});

test('a trigger takes what the services take', () => {
  const { stack } = make({ description: 'x'.repeat(512), parameters: { ['P'.repeat(256)]: 'x'.repeat(1024) } });
  expect(() => Template.fromStack(stack)).not.toThrow();
});

test('parameters that the environment of the gate cannot hold fail at synthesis', () => {
  const parameters = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`Parameter${i}`, 'x'.repeat(80)]));
  const { stack } = make({ parameters });
  expect(() => Template.fromStack(stack)).toThrow(
    /EnvironmentTooLarge at Stack\/Retraining\/Gate: .*most are of SETTINGS, .*which may keep their defaults/,
  );
});

test('endpoint, monitor and retraining in three stacks have no cycle, and retraining imports nothing', () => {
  const app = new App();
  const [serving, monitoring, training] = ['Serving', 'Monitoring', 'Training'].map(
    (id) => new Stack(app, id, { env: ENV }),
  );
  const bucket = new s3.Bucket(serving, 'Bucket');
  const dataCapture = DataCapture.toBucket(bucket);
  const endpoint = new Endpoint(serving, 'Endpoint', { variants: [newVariant(serving)], dataCapture });
  const reader = new iam.Role(monitoring, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  endpoint.capturedData?.grantRead(reader, endpoint.endpointName);
  make({ monitors: groupOf(['Monitoring/DataQuality']) }, training);
  app.synth();
  expect(monitoring.dependencies).toEqual([serving]);
  expect(training.dependencies).toEqual([]);
});

test('a trigger synthesizes to the same template twice', () => {
  const json = () => JSON.stringify(Template.fromStack(make().stack).toJSON());
  expect(json()).toBe(json());
});
