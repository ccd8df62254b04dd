import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  Dataset,
  GroundTruth,
  type IMonitoringEngine,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
} from '../../../lib';
import { ENV, newEndpoint } from '../../monitor/fixtures';
import { resourcesOf } from '../../monitor/readable-template';
import { biasAnalysis } from '../model-monitor/clarify';

/** An app with a monitor of bias: nothing but a line of it knows the engine. */
function app(engine: IMonitoringEngine): Stack {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  const bucket = s3.Bucket.fromBucketName(stack, 'Own', 'own');
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    notificationTopic: new sns.Topic(stack, 'Alerts'),
    engine,
  });
  monitoring.addModelBiasMonitor('Bias', {
    analysis: biasAnalysis(),
    groundTruth: GroundTruth.fromBucket(bucket, 'truth'),
    baseline: Baseline.fromDataset(
      Dataset.csv(bucket, 'validation.csv', { columns: { label: 'income', prediction: 'said' } }),
    ),
    frequency: MonitoringFrequency.dailyAt(4),
  });
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

test('where a run is analysed is what differs', () => {
  const types = (stack: Stack, type: string) => Object.keys(resourcesOf(stack, type)).length;
  expect(types(stacks.serverless, 'AWS::SageMaker::ModelBiasJobDefinition')).toBe(0);
  expect(types(stacks.modelMonitor, 'AWS::SageMaker::ModelBiasJobDefinition')).toBe(1);
});
