import { App, Aws, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  SageMakerPipelineTarget,
  type SageMakerPipelineTargetProps,
} from '../../lib/retraining/sagemaker-pipeline-target';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const arn = (rest: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${rest}`]] });
const PIPELINE_ARN = arn('sagemaker:eu-west-1:111122223333:pipeline/churn');

function newRule(stack = new Stack(new App(), 'Stack', { env: ENV })) {
  const rule = new events.Rule(stack, 'Rule', { eventPattern: { source: ['any'] } });
  const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'churn');
  return { stack, rule, pipeline };
}

function add(props?: SageMakerPipelineTargetProps, made = newRule()) {
  made.rule.addTarget(new SageMakerPipelineTarget(made.pipeline, props));
  return { ...made, template: Template.fromStack(made.stack) };
}

const targetsOf = (template: Template) =>
  Object.values(template.findResources('AWS::Events::Rule'))[0].Properties.Targets;

describe('a pipeline as target', () => {
  test('is named with the role that starts it, and nothing more, by default', () => {
    const { template } = add();
    const [role] = Object.keys(template.findResources('AWS::IAM::Role'));
    expect(targetsOf(template)).toEqual([
      { Id: 'Target0', Arn: PIPELINE_ARN, RoleArn: { 'Fn::GetAtt': [role, 'Arn'] } },
    ]);
  });

  test('gets its parameters as the third of three targets, in an array without holes', () => {
    const made = newRule();
    const topic = new sns.Topic(made.stack, 'Topic');
    made.rule.addTarget(new targets.SnsTopic(topic));
    made.rule.addTarget(new targets.SqsQueue(new sqs.Queue(made.stack, 'Queue')));
    const { template } = add({ parameters: { Reason: 'drift', Monitor: '$.detail.monitorId' } }, made);
    const all = targetsOf(template);
    expect(all).toHaveLength(3);
    expect(all.slice(0, 2)).toEqual([
      { Id: 'Target0', Arn: made.stack.resolve(topic.topicArn) },
      { Id: 'Target1', Arn: expect.anything() },
    ]);
    expect(all[2]).toMatchObject({
      Id: 'Target2',
      Arn: PIPELINE_ARN,
      SageMakerPipelineParameters: {
        PipelineParameterList: [
          { Name: 'Reason', Value: 'drift' },
          { Name: 'Monitor', Value: '$.detail.monitorId' },
        ],
      },
    });
  });

  test('may stand beside another pipeline, each with its parameters and role', () => {
    const made = newRule();
    made.rule.addTarget(new SageMakerPipelineTarget(made.pipeline, { parameters: { A: '1' } }));
    const { template } = add({ parameters: { B: '2' } }, made);
    expect(
      targetsOf(template).map((target: { SageMakerPipelineParameters: unknown }) => target.SageMakerPipelineParameters),
    ).toEqual([
      { PipelineParameterList: [{ Name: 'A', Value: '1' }] },
      { PipelineParameterList: [{ Name: 'B', Value: '2' }] },
    ]);
    template.resourceCountIs('AWS::IAM::Role', 2);
  });

  test('takes tokens as parameter values', () => {
    const { template } = add({ parameters: { Stack: Aws.STACK_NAME } });
    expect(targetsOf(template)[0].SageMakerPipelineParameters.PipelineParameterList).toEqual([
      { Name: 'Stack', Value: { Ref: 'AWS::StackName' } },
    ]);
  });

  test('may be a pipeline of the same app', () => {
    const made = newRule();
    const pipeline = new sagemaker.CfnPipeline(made.stack, 'L1', {
      pipelineName: 'churn',
      pipelineDefinition: { PipelineDefinitionBody: '{}' },
      roleArn: `arn:aws:iam::${ENV.account}:role/pipeline`,
    });
    made.rule.addTarget(new SageMakerPipelineTarget(pipeline));
    expect(JSON.stringify(targetsOf(Template.fromStack(made.stack))[0].Arn)).toContain('{"Ref":"L1"}');
  });

  test('makes no second rule when the pipeline is imported from another stack', () => {
    const made = newRule();
    const other = new Stack(made.stack.node.root as App, 'Other', { env: ENV });
    made.rule.addTarget(
      new SageMakerPipelineTarget(sagemaker.CfnPipeline.fromPipelineName(other, 'Pipeline', 'churn')),
    );
    Template.fromStack(other).resourceCountIs('AWS::Events::Rule', 0);
  });
});

describe('the role of the target', () => {
  test('is trusted for rules of this account and region, and may start this pipeline alone', () => {
    const { template } = add();
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'events.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': ENV.account },
              ArnLike: { 'aws:SourceArn': arn('events:eu-west-1:111122223333:rule/*') },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: PIPELINE_ARN }],
          },
        },
      ],
    });
  });

  test('may start a pipeline with capitals in its name in both spellings of the ARN', () => {
    const made = newRule();
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(made.stack, 'Capital', 'Churn');
    const { template } = add({}, { ...made, pipeline });
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Resource: [
                  arn('sagemaker:eu-west-1:111122223333:pipeline/Churn'),
                  arn('sagemaker:eu-west-1:111122223333:pipeline/churn'),
                ],
              },
            ],
          },
        },
      ],
    });
    expect(targetsOf(template)[0].Arn).toEqual(arn('sagemaker:eu-west-1:111122223333:pipeline/Churn'));
  });

  test('can be given, and is then permitted to start the pipeline', () => {
    const made = newRule();
    const role = new iam.Role(made.stack, 'Given', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') });
    const { template } = add({ role }, made);
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sagemaker:StartPipelineExecution', Resource: PIPELINE_ARN }],
      },
    });
  });
});

describe('failed starts', () => {
  test('go to the dead-letter queue, to which only this rule may send', () => {
    const made = newRule();
    const deadLetterQueue = new sqs.Queue(made.stack, 'Queue');
    const { template } = add({ deadLetterQueue }, made);
    const queue = made.stack.resolve(deadLetterQueue.queueArn);
    expect(targetsOf(template)[0].DeadLetterConfig).toEqual({ Arn: queue });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: [
          {
            Sid: Match.stringLikeRegexp('^[A-Za-z0-9]+$'),
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sqs:SendMessage',
            Resource: queue,
            Condition: { ArnEquals: { 'aws:SourceArn': made.stack.resolve(made.rule.ruleArn) } },
          },
        ],
      },
    });
  });

  test('warn when the policy of an imported queue cannot be changed', () => {
    const made = newRule();
    const deadLetterQueue = sqs.Queue.fromQueueArn(made.stack, 'Queue', 'arn:aws:sqs:eu-west-1:111122223333:letters');
    add({ deadLetterQueue }, made);
    Annotations.fromStack(made.stack).hasWarning(
      '/Stack/Rule',
      Match.stringLikeRegexp('queue letters cannot be changed: .*cdk-sagemaker-monitoring:deadLetterQueuePolicy'),
    );
  });

  test.each<[SageMakerPipelineTargetProps, object]>([
    [{ retryAttempts: 0 }, { MaximumRetryAttempts: 0 }],
    [{ retryAttempts: 185 }, { MaximumRetryAttempts: 185 }],
    [{ maxEventAge: Duration.minutes(1) }, { MaximumEventAgeInSeconds: 60 }],
    [{ maxEventAge: Duration.hours(24) }, { MaximumEventAgeInSeconds: 86_400 }],
    [
      { maxEventAge: Duration.hours(1), retryAttempts: 3 },
      { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 3 },
    ],
  ])('are tried again as %j says', (props, policy) => {
    expect(targetsOf(add(props).template)[0].RetryPolicy).toEqual(policy);
  });

  test('may be tried again as tokens say', () => {
    const props = { retryAttempts: Lazy.number({ produce: () => 4 }) };
    expect(targetsOf(add(props).template)[0].RetryPolicy).toEqual({ MaximumRetryAttempts: 4 });
  });
});

describe('the target fails', () => {
  test.each<[SageMakerPipelineTargetProps, string]>([
    [{ retryAttempts: -1 }, "'retryAttempts' is -1, allowed is a whole number from 0 to 185"],
    [{ retryAttempts: 186 }, "'retryAttempts' is 186"],
    [{ retryAttempts: 1.5 }, "'retryAttempts' is 1.5"],
    [{ maxEventAge: Duration.seconds(59) }, 'allowed is 60 seconds to 24 hours'],
    [{ maxEventAge: Duration.seconds(86_401) }, 'allowed is 60 seconds to 24 hours'],
    [{ maxEventAge: Duration.millis(60_500) }, 'in whole seconds'],
    [{ parameters: { '': 'x' } }, '\'parameters\' is "", allowed is names of 1 to 256 letters, digits, - and _'],
    [{ parameters: { 'a b': 'x' } }, '\'parameters\' is "a b", allowed is names of'],
    [{ parameters: { ['P'.repeat(257)]: 'x' } }, 'allowed is names of 1 to 256 letters'],
    [{ parameters: { P: 'x'.repeat(1025) } }, '\'parameters.P\' is "1025 characters"'],
    [
      { parameters: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`p${i}`, 'x'])) },
      "'parameters' is 201, allowed is at most 200 parameters",
    ],
  ])('for %j', (props, message) => {
    expect(() => add(props)).toThrow(message);
  });

  test.each([
    [{ account: '444455556666', region: ENV.region }, '\'pipeline\' is "account 444455556666"'],
    [{ account: ENV.account, region: 'us-east-1' }, '\'pipeline\' is "region us-east-1"'],
  ])('for a pipeline of %j', (env, message) => {
    const made = newRule();
    const elsewhere = new Stack(made.stack.node.root as App, 'Elsewhere', { env });
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(elsewhere, 'Pipeline', 'churn');
    expect(() => made.rule.addTarget(new SageMakerPipelineTarget(pipeline))).toThrow(
      `InvalidPipelineTarget at Stack/Rule: ${message}`,
    );
  });

  test('for an imported rule, whose targets cannot be changed', () => {
    const { stack, pipeline } = newRule();
    const rule = events.Rule.fromEventRuleArn(stack, 'Imported', 'arn:aws:events:eu-west-1:111122223333:rule/imported');
    expect(() => new SageMakerPipelineTarget(pipeline).bind(rule, 'Target0')).toThrow(
      `InvalidPipelineTarget at Stack/Imported: 'rule' is "Stack/Imported", allowed is a rule made with new Rule()`,
    );
  });

  test('when it is bound by hand, without the id that tells its index', () => {
    const { rule, pipeline } = newRule();
    expect(() => new SageMakerPipelineTarget(pipeline).bind(rule)).toThrow('which calls bind itself by addTarget()');
  });
});

test('a rule in a stack without account and region takes a pipeline of the same stack', () => {
  expect(() => add({}, newRule(new Stack(new App(), 'Agnostic')))).not.toThrow();
});
