import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MonitoredData, MonitoringEngine, StackResources } from '../../../lib';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourcesOf, statementsOfRole } from '../../monitor/readable-template';

const RULE = 'AWS::Events::Rule';

const drawing = (stack: Stack, type: string) => resourcesOf(stack, type).filter(({ id }) => /Pages/.test(id));
const counts = (stack: Stack) =>
  [drawing(stack, RULE), drawing(stack, 'AWS::Lambda::Function')].map(({ length }) => length);
const ruleOf = (stack: Stack) => drawing(stack, RULE)[0].Properties;

test.each([
  ['serverless', MonitoringEngine.serverless()],
  ['modelMonitor', MonitoringEngine.modelMonitor()],
])('on %s the runs of a stack are drawn by one function, whichever of its monitors they are of', (_, engine) => {
  const stack = newStack();
  const baseline = givenBaseline(stack);
  const data = MonitoredData.endpoint(newEndpoint(stack));
  for (const id of ['One', 'Two']) newMonitor(stack, { baseline, data, engine }, id);
  expect(counts(stack)).toEqual([1, 1]);
  expect(ruleOf(stack).EventPattern).toEqual({
    source: ['cdk-sagemaker-monitoring'],
    'detail-type': ['Model Monitoring Execution Completed', 'Model Variant Test Ended'],
    account: ['111122223333'],
    region: ['eu-west-1'],
    detail: { monitorId: [{ prefix: 'Stack/' }] },
  });
});

test('what draws reads the reports of the stack and the files that they were compared with, and writes pages alone', () => {
  const stack = newStack();
  newMonitor(stack, { baseline: givenBaseline(stack) });
  const statements = statementsOfRole(stack, 'PagesFunctionRole');
  const onObjects = statements.filter(({ Action }) => String(Action).startsWith('s3:'));
  expect(onObjects).toEqual([
    {
      Action: 's3:GetObject',
      Effect: 'Allow',
      Resource: [
        `\${Reports.Arn}/model-monitoring/Stack/*`,
        `arn:\${AWS::Partition}:s3:::baselines/churn/statistics.json`,
        `arn:\${AWS::Partition}:s3:::baselines/churn/constraints.json`,
      ],
    },
    {
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': 'model-monitoring/Stack/*' } },
      Effect: 'Allow',
      Resource: `\${Reports.Arn}`,
    },
    { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*/report.html` },
  ]);
});

test('a bus of its own has a rule of its own', () => {
  const stack = newStack();
  const eventBus = new events.EventBus(stack, 'Bus');
  newMonitor(stack, { baseline: givenBaseline(stack), eventBus });
  expect(ruleOf(stack).EventBusName).toBe(`\${Bus}`);
});

test('runs that are told on a bus of another account are not drawn, which synthesis says', () => {
  const stack = newStack();
  const arn = 'arn:aws:events:eu-west-1:444455556666:event-bus/central';
  newMonitor(stack, { baseline: givenBaseline(stack), eventBus: events.EventBus.fromEventBusArn(stack, 'Bus', arn) });
  expect(counts(stack)).toEqual([0, 0]);
  Annotations.fromStack(stack).hasInfo('/Stack/DataQuality', Match.stringLikeRegexp('no report.html.*central'));
});

test('without runPages none are drawn', () => {
  const stack = newStack();
  new StackResources(stack, 'Shared', { runPages: false });
  newMonitor(stack, { baseline: givenBaseline(stack) });
  expect(counts(stack)).toEqual([0, 0]);
});

test('the function is told whose buckets the reports of the stack lie in', () => {
  const stack = newStack();
  const reportsBucket = s3.Bucket.fromBucketAttributes(stack, 'Central', {
    bucketName: 'central',
    account: '444455556666',
  });
  newMonitor(stack, { baseline: givenBaseline(stack), reportsBucket });
  const [{ InputTransformer }] = ruleOf(stack).Targets;
  expect(JSON.parse(InputTransformer.InputTemplate.replace(/<[^>]*>/g, '""'))).toMatchObject({
    buckets: [{ bucket: 'central', bucketOwner: '444455556666' }],
  });
});
