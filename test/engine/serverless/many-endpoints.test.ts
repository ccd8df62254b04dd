import type { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { Dataset } from '../../../lib/baseline/dataset';
import { DataCapture } from '../../../lib/endpoint/data-capture';
import { Endpoint } from '../../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { ModelMonitoring } from '../../../lib/model-monitoring';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { newVariant } from '../../endpoint/fixtures';
import { newStack } from '../../monitor/fixtures';
import { statementsOfRole } from '../../monitor/readable-template';

// All monitors of a stack share the roles of the analyzer: what each of them reads stands there.

interface Fleet {
  /** whether each endpoint captures to a bucket of its own, or all to prefixes of one */
  readonly buckets: 'one' | 'own';
  readonly baselines: 'datasets' | 'files';
}

/** A stack with so many endpoints, each with a monitor of data quality and what that is compared with. */
function stackWith(count: number, { buckets, baselines }: Fleet): Stack {
  const stack = newStack();
  const shared = new s3.Bucket(stack, 'Capture');
  const training = new s3.Bucket(stack, 'Training');
  for (let index = 0; index < count; index += 1) {
    const id = `Churn${index}`;
    const bucket = buckets === 'one' ? shared : new s3.Bucket(stack, `Capture${id}`);
    const dataCapture = DataCapture.toBucket(bucket, { prefix: `data-capture/${id}` });
    const endpoint = new Endpoint(stack, id, { variants: [newVariant(stack, `Variant${id}`)], dataCapture });
    const baseline =
      baselines === 'datasets'
        ? Baseline.fromDataset(Dataset.csv(training, `training/${id}/train.csv`))
        : Baseline.fromFiles({
            bucket: training,
            statisticsKey: `baselines/${id}/statistics.json`,
            constraintsKey: `baselines/${id}/constraints.json`,
          });
    const monitoring = new ModelMonitoring(stack, `Monitoring${id}`, {
      data: MonitoredData.endpoint(endpoint),
      engine: MonitoringEngine.serverless(),
    });
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
  }
  return stack;
}

const synth = (stack: Stack) => (stack.node.root as App).synth();

test.each<Fleet>([
  { buckets: 'one', baselines: 'datasets' },
  { buckets: 'one', baselines: 'files' },
  { buckets: 'own', baselines: 'datasets' },
  { buckets: 'own', baselines: 'files' },
])('thirty endpoints with a monitor each fit into one stack: %j', (fleet) => {
  expect(() => synth(stackWith(30, fleet))).not.toThrow();
});

test('the captured data of one bucket are listed by one statement, however many endpoints capture to it', () => {
  const stack = stackWith(3, { buckets: 'one', baselines: 'files' });
  const listings = statementsOfRole(stack, 'PlanRole').filter(({ Action }) => Action === 's3:ListBucket');
  expect(listings).toMatchObject([
    {
      Condition: {
        StringLike: { 's3:prefix': [0, 1, 2].map((n) => `data-capture/Churn${n}/\${Churn${n}.EndpointName}/*`) },
      },
      Resource: `\${Capture.Arn}`,
    },
  ]);
});

test('more than fit fail the synthesis, with what was not done yet', () => {
  expect(() => synth(stackWith(60, { buckets: 'one', baselines: 'datasets' }))).toThrow(
    /PolicyTooLarge at Stack\/SageMakerMonitoringAnalysis\/ProfileRole: .*\(put some of the endpoints, with their monitors, into another stack\)/,
  );
  expect(() => synth(stackWith(45, { buckets: 'own', baselines: 'datasets' }))).toThrow(
    /PolicyTooLarge at .* \(it lists \d+ buckets: let endpoints capture to one and monitors report to one, or put some of the endpoints, with their monitors, into another stack, or the messages about them\)/,
  );
});
