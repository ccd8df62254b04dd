import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import type { Cloud } from '../../lib/cloud/deployment/cloud';
import { GroundTruth } from '../../lib/monitor/ground-truth';
import { ModelBiasMonitor } from '../../lib/monitor/model-bias-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { newEndpoint } from '../monitor/fixtures';
import { ENGINES, type EngineName } from './engine-switch-trial';
import { accountForEach } from './lifecycle';
import { biasAnalysis } from './model-monitor/clarify';

// A monitor of bias on the stand-in, whose engine changes with one line of the app.

let cloud: Cloud;
const synthesized = accountForEach((opened) => {
  cloud = opened;
});

const GIVEN = 's3://given/analysis.json';
const METRICS = [{ name: 'CI', description: 'Class Imbalance (CI)', value: 0.3 }];
const ANALYSIS = {
  version: '1.0',
  pre_training_bias_metrics: {
    label: 'income',
    facets: { sex: [{ value_or_threshold: '0', metrics: METRICS }] },
    label_value_or_threshold: '1',
  },
};

/** An app with a monitor of bias, whose baseline is a file, or is made of a dataset. */
function assemblyOf(engine: EngineName, isMade = false): string {
  return synthesized((stack) => {
    const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
    const columns = { label: 'income', prediction: 'said' };
    new ModelBiasMonitor(stack, 'Bias', {
      data: MonitoredData.endpoint(newEndpoint(stack)),
      engine: ENGINES[engine](),
      baseline: isMade
        ? Baseline.fromDataset(Dataset.csv(bucket, 'validation.csv', { columns }))
        : Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' }),
      analysis: biasAnalysis(),
      groundTruth: GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'truth'),
    });
  });
}

/** Between two runs. */
async function deployed(assembly: string): Promise<string> {
  await cloud.pass({ minutes: (100 - cloud.now.getUTCMinutes()) % 60 });
  const { status, reason } = await cloud.deploy(assembly);
  return reason === undefined ? status : `${status}: ${reason}`;
}

/** The reconciler has a schedule of its own. */
const SERVERLESS = { type: 'AWS::Scheduler::Schedule', name: 'BiasServerlessSchedule' };
const SERVICE = { type: 'AWS::SageMaker::MonitoringSchedule' };

test.each([
  ['serverless', 'model-monitor'],
  ['model-monitor', 'serverless'],
] as const)('from %s to %s and back, the stack updates and has one schedule', async (first, second) => {
  cloud.put(GIVEN, JSON.stringify(ANALYSIS));
  expect(await deployed(assemblyOf(first))).toBe('CREATE_COMPLETE');
  for (const engine of [second, first]) {
    expect(await deployed(assemblyOf(engine))).toBe('UPDATE_COMPLETE');
    const counts = [SERVERLESS, SERVICE].map((query) => cloud.resources(query).length);
    expect(counts).toEqual(engine === 'serverless' ? [1, 0] : [0, 1]);
  }
});

/** A dataset in which so many of 300 are women, and every second row earns much. */
function putDataset(women: number): void {
  const rows = Array.from({ length: 300 }, (_, n) => {
    const sex = n < women ? 0 : 1;
    return `${20 + (n % 50)},${sex},${n % 5},${n % 2},${n % 2}`;
  });
  cloud.put('s3://given/validation.csv', `${['age,sex,job,income,said', ...rows].join('\n')}\n`);
}

test('a deployment waits for the analysis of a dataset, which lies where runs look for it', async () => {
  putDataset(100);
  expect(await deployed(assemblyOf('serverless', true))).toBe('CREATE_COMPLETE');
  const { properties } = cloud.resource(SERVERLESS);
  const { baseline } = JSON.parse((properties.Target as { Input: string }).Input);
  expect(Object.keys(baseline)).toEqual(['constraints']);
  const { bucket, key } = baseline.constraints;
  expect(JSON.parse(cloud.text(`s3://${bucket}/${key}`) ?? '')).toMatchObject({
    pre_training_bias_metrics: { facets: { sex: [{ value_or_threshold: '0' }], age: [{}] } },
  });
});

test('a deployment fails for a dataset in which a group is missing', async () => {
  putDataset(0);
  expect(await deployed(assemblyOf('serverless', true))).toMatch(
    /^ROLLBACK_COMPLETE: .*NotAnalysed: column "sex": no row is in the group that is named/,
  );
});
