import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  Baseline,
  Dataset,
  GroundTruth,
  type IMonitoringEngine,
  type ModelBiasMonitor,
  MonitoringEngine,
  MonitoringFrequency,
  RetrainingTrigger,
} from '../../../lib';
import { resourcesOf } from '../../monitor/readable-template';
import { biasAnalysis } from '../model-monitor/clarify';
import { frontDoorOn } from './either-engine';

/** What a team adds to its monitor: a rule of its own, and an alarm on a metric. */
function ownCode(stack: Stack, monitor: ModelBiasMonitor): void {
  const rule = monitor.onOutcome('Audit');
  rule.addTarget(new targets.SqsQueue(new sqs.Queue(stack, 'Audits')));
  new cloudwatch.Alarm(stack, 'Weekly', {
    metric: monitor.metricViolations({ period: Duration.days(7) }),
    threshold: 1,
    evaluationPeriods: 1,
  });
}

/** An app with a monitor of bias: nothing but a line of it knows the engine. */
function app(engine: IMonitoringEngine): Stack {
  const { stack, bucket, monitoring } = frontDoorOn(engine);
  const monitor = monitoring.addModelBiasMonitor('Bias', {
    analysis: biasAnalysis(),
    groundTruth: GroundTruth.fromBucket(bucket, 'truth'),
    baseline: Baseline.fromDataset(
      Dataset.csv(bucket, 'validation.csv', { columns: { label: 'income', prediction: 'said' } }),
    ),
    frequency: MonitoringFrequency.dailyAt(4),
  });
  new RetrainingTrigger(stack, 'Training', {
    monitors: monitoring,
    pipeline: sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'income'),
  });
  ownCode(stack, monitor);
  return stack;
}

const stacks = { serverless: app(MonitoringEngine.serverless()), modelMonitor: app(MonitoringEngine.modelMonitor()) };

test.each(['AWS::CloudWatch::Alarm', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'])(
  'what is an %s is the same on either engine',
  (type) => {
    const [one, other] = [stacks.serverless, stacks.modelMonitor].map((stack) => resourcesOf(stack, type));
    expect(Object.keys(one).length).toBeGreaterThan(0);
    expect(one).toEqual(other);
  },
);

test('messages are about the same events on either engine', () => {
  const rules = (stack: Stack) =>
    Object.entries(resourcesOf(stack, 'AWS::Events::Rule'))
      .filter(([, { Properties }]) =>
        JSON.stringify(Properties.EventPattern).includes('Model Monitoring Execution Completed'),
      )
      .map(([id, { Properties }]) => [id, Properties.EventPattern]);
  expect(rules(stacks.serverless).length).toBeGreaterThan(0);
  expect(rules(stacks.serverless)).toEqual(rules(stacks.modelMonitor));
});

/** Resources that both apps have: those that are the same, and those that are not. */
function common(): { readonly same: string[]; readonly different: string[] } {
  const [one, other] = [stacks.serverless, stacks.modelMonitor].map(resourcesByTitle);
  const both = [...one.keys()].filter((title) => other.has(title));
  const isSame = (title: string) => one.get(title) === other.get(title);
  return { same: both.filter(isSame), different: both.filter((title) => !isSame(title)) };
}

function resourcesByTitle(stack: Stack): Map<string, string> {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: { [id: string]: { Type: string } } };
  return new Map(
    Object.entries(Resources).map(([id, resource]) => [`${resource.Type} ${id}`, JSON.stringify(resource)]),
  );
}

test.each([
  ['the digest', 'AWS::Lambda::Function SageMakerMonitoringDigest'],
  ['the gate of the trigger', 'AWS::Lambda::Function TrainingGate'],
  ['what the trigger remembers', 'AWS::DynamoDB::'],
  ['the rule of the trigger', 'AWS::Events::Rule Training'],
  ["a team's own rule", 'AWS::Events::Rule MonitoringBiasAudit'],
  ["a team's own queue", 'AWS::SQS::Queue Audits'],
  ["a team's own alarm", 'AWS::CloudWatch::Alarm Weekly'],
])('%s is the same on either engine', (_, title) => {
  expect(common().same.filter((each) => each.startsWith(title))).not.toEqual([]);
});

test('of what both have, baselines, what expects runs, and how long records with labels are kept know the engine, and nothing else', () => {
  const names = common().different.map((title) => title.replace(/[0-9A-F]{8}$/, ''));
  expect(names).toEqual([
    'AWS::S3::Bucket SageMakerMonitoringReports', // where the service merges them, they expire
    'AWS::IAM::Role SageMakerMonitoringBaselinesRole',
    'AWS::Lambda::Function SageMakerMonitoringBaselines',
    'AWS::IAM::Role SageMakerMonitoringReconcilerReconcileRole',
    'AWS::Scheduler::Schedule SageMakerMonitoringReconcilerSchedule',
    'Custom::SageMakerMonitoringTurns SageMakerMonitoringReconcilerTurns',
  ]);
});

test('where a run is analysed is what differs', () => {
  const types = (stack: Stack, type: string) => Object.keys(resourcesOf(stack, type)).length;
  expect(types(stacks.serverless, 'AWS::SageMaker::ModelBiasJobDefinition')).toBe(0);
  expect(types(stacks.modelMonitor, 'AWS::SageMaker::ModelBiasJobDefinition')).toBe(1);
});
