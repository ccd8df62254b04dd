import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListMonitoringExecutionsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import type { ReconcileEvent } from '../../../lib/engine/reconciler/contract';
import { handler as reconcile } from '../../../lib/engine/reconciler/handler/reconcile.lambda';
import { ModelMonitoring } from '../../../lib/model-monitoring';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { invoked } from '../../handlers/invocation';
import { S3Store } from '../../handlers/s3-store';
import { givenBaseline, newEndpoint, newStack } from '../../monitor/fixtures';
import { resourceOf } from '../../monitor/readable-template';
import { givenLabels } from './quality';

const handler = invoked(reconcile);

/**
 * What the service says of an hour without an object.
 *
 * @see https://github.com/aws/amazon-sagemaker-examples/issues/1938
 */
const NO_LABELS =
  'No S3 objects found under S3 URL "s3://labels/truth/2026/03/04/08" given in input data source. Please ensure that the bucket exists in the ' +
  'selected region (eu-west-1), that objects exist under that S3 prefix, and that the role has "s3:ListBucket" permissions on bucket "labels"';

const store = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const sageMaker = mockClient(SageMakerClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

function qualityStack() {
  const stack = newStack();
  new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.modelMonitor(),
    reportsBucket: s3.Bucket.fromBucketName(stack, 'Output', 'reports'),
  }).addModelQualityMonitor('Quality', {
    baseline: givenBaseline(stack),
    problem: ModelProblem.regression({ prediction: '0' }),
    groundTruth: givenLabels(stack),
  });
  return stack;
}

/** What the schedule of the stack's reconciler sends at a time of the day; `token` stands for what is known at deployment only. */
function reconciliation(stack: ReturnType<typeof newStack>, time: string): ReconcileEvent {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule'));
  const parts: unknown[] = Properties.Target.Input['Fn::Join'][1];
  const input = parts.map((part) => (typeof part === 'string' ? part : 'token')).join('');
  return { ...JSON.parse(input), scheduledTime: `2026-03-04T${time}:00Z` };
}

test('[B21] a run whose labels are missing is Failed with the words of the service, names ground truth, and is not NoData', async () => {
  store.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  sageMaker.on(ListMonitoringExecutionsCommand).resolves({ MonitoringExecutionSummaries: [] });
  const stack = qualityStack();
  await handler(reconciliation(stack, '08:37')); // the monitor is known from now on
  const execution = { ScheduledTime: new Date('2026-03-04T09:00:00Z'), MonitoringExecutionStatus: 'Failed' } as const;
  sageMaker.on(ListMonitoringExecutionsCommand).resolves({
    MonitoringExecutionSummaries: [
      {
        ...execution,
        FailureReason: NO_LABELS,
        MonitoringScheduleName: 'schedule',
        CreationTime: execution.ScheduledTime,
        LastModifiedTime: execution.ScheduledTime,
      },
    ],
  });
  await handler(reconciliation(stack, '10:37'));
  const details = eventBridge
    .commandCalls(PutEventsCommand)
    .flatMap(({ args }) => args[0].input.Entries ?? [])
    .map(({ Detail }) => JSON.parse(String(Detail)));
  expect(details).toMatchObject([
    {
      monitorId: 'Stack/Monitoring/Quality',
      monitorKind: 'ModelQuality',
      status: 'Failed',
      failureReason: `GroundTruthNotFound: no labels (ground truth) lie where this run looks for them. ${NO_LABELS}`,
    },
  ]);
  const metrics = cloudWatch
    .commandCalls(PutMetricDataCommand)
    .flatMap(({ args }) => args[0].input.MetricData ?? [])
    .map(({ MetricName, Value }) => [MetricName, Value]);
  expect(metrics).toContainEqual(['Health', 2]);
});

test('[B21] the alarm on health watches that metric', () => {
  const { Properties } = resourceOf(qualityStack(), 'AWS::CloudWatch::Alarm', 'Health');
  expect(Properties).toMatchObject({
    Namespace: 'SageMakerMonitoring',
    MetricName: 'Health',
    Dimensions: [{ Name: 'MonitoringId', Value: 'Stack/Monitoring' }],
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 0,
  });
});
