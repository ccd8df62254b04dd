import { App, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AbTest,
  Baseline,
  CapacitySize,
  DataCapture,
  Endpoint,
  GroundTruth,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  ProductionVariant,
  Rollout,
  ShadowTest,
  ShadowVariant,
} from '../../lib';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import type { StackOutcome } from '../../lib/cloud/deployment/stack';
import type { KeptTest } from '../../lib/outcome/tested/contract';
import type { TestEndedDetail } from '../../lib/variant-test/contract';
import { random } from '../analysis/data-quality/detectors/traffic';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { temporaryFolder } from '../project/synthesis';

// An endpoint whose two variants are tested, deployed on the stand-in while hours of traffic pass: created, updated, taken back in both readings, and deleted. The test goes on whatever
// becomes of the endpoint.

const PAIR = { reference: 'live', candidate: 'spare' };
type Sort = 'AbTest' | 'ShadowTest';

let cloud: Cloud;
beforeEach(async () => {
  cloud = await Cloud.open({ workshop: WARM_WORKSHOP, duplicateEvents: true });
  const constraints = { accuracy: { threshold: 0.1, comparison_operator: 'LessThanThreshold' } };
  const given = { version: 0, binary_classification_constraints: constraints };
  cloud.put('s3://given/constraints.json', JSON.stringify(given));
  for (const bucket of ['data', 'reports']) cloud.account.objects.createBucket(bucket);
});
afterEach(async () => {
  expect(cloud.account.recorder.denied).toEqual([]);
  await cloud.close();
});

/** The endpoint with the models of a version, its monitor, and the test of its variants. */
function deploy(sort: Sort, version: number): Promise<StackOutcome> {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'Stack');
  const [given, data, reports] = ['given', 'data', 'reports'].map((name) =>
    s3.Bucket.fromBucketName(stack, name, name),
  );
  const instanceType = InstanceType.of('ml.m5.large');
  const served = (name: string) => {
    const image = ModelImage.fromUri(`123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:${name}-${version}`);
    return { model: new Model(stack, name, { image }), instanceType };
  };
  const live = ProductionVariant.instances(PAIR.reference, served(PAIR.reference));
  const spare = served(PAIR.candidate);
  const variants =
    sort === 'AbTest'
      ? { variants: [live, ProductionVariant.instances(PAIR.candidate, spare)] }
      : { variants: [live], shadowVariant: ShadowVariant.instances(PAIR.candidate, spare) };
  const endpoint = new Endpoint(stack, 'Endpoint', {
    ...variants,
    endpointName: 'churn',
    dataCapture: DataCapture.toBucket(data, { prefix: 'captured', samplingPercentage: 100 }),
    rollout: Rollout.canary(CapacitySize.percent(10)),
  });
  const topic = new sns.Topic(stack, 'Topic');
  const monitored = MonitoredData.endpoint(endpoint, { variants: Object.values(PAIR), perVariant: true });
  const monitoring = { data: monitored, reportsBucket: reports, notificationTopic: topic };
  const monitor = new ModelMonitoring(stack, 'Monitoring', monitoring).addModelQualityMonitor('Quality', {
    problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
    baseline: Baseline.fromFiles({ bucket: given, constraintsKey: 'constraints.json' }),
    groundTruth: GroundTruth.fromBucket(data, 'labels'),
  });
  const options = { monitor, ...PAIR, leastEffect: 0.1, leastDuration: Duration.hours(48), notificationTopic: topic };
  if (sort === 'AbTest') new AbTest(stack, 'Test', { ...options, backToReference: true });
  else new ShadowTest(stack, 'Test', options);
  return cloud.deploy(app.synth().directory);
}

const next = random(14);
const side = (mode: string, data: string) => ({ observedContentType: 'text/csv', mode, data, encoding: 'CSV' });

/** Lets an hour of requests pass: each variant is right as often as is said. Of a shadow both answer the same. */
async function pass(sort: Sort, right: { readonly live: number; readonly spare: number }): Promise<void> {
  const hour = new Date(Math.ceil(cloud.now.getTime() / 3_600_000) * 3_600_000);
  const path = hour.toISOString().slice(0, 13).replace(/[-T]/g, '/');
  const labels: string[] = [];
  for (const variant of ['live', 'spare'] as const) {
    const lines = Array.from({ length: 300 }, (_, index) => {
      const id = `${sort === 'AbTest' ? variant : 'request'}-${path}-${index}`;
      const label = index % 2;
      const score = next() < right[variant] ? label : 1 - label;
      labels.push(
        JSON.stringify({ groundTruthData: { data: `${label}`, encoding: 'CSV' }, eventMetadata: { eventId: id } }),
      );
      const captureData = { endpointInput: side('INPUT', '1,2'), endpointOutput: side('OUTPUT', `${score}`) };
      const inferenceTime = new Date(hour.getTime() + index * 10_000).toISOString();
      const eventMetadata = { eventId: `${variant}-e-${id}`, inferenceId: id, inferenceTime };
      return JSON.stringify({ captureData, eventMetadata, eventVersion: '0' });
    });
    cloud.put(`s3://data/captured/churn/${variant}/${path}/00-00-000-a.jsonl`, `${lines.join('\n')}\n`);
  }
  cloud.put(`s3://data/labels/${path}/a.jsonl`, `${labels.join('\n')}\n`);
  await cloud.pass({ seconds: (hour.getTime() - cloud.now.getTime()) / 1000 + 3600 });
}

const SAME = { live: 0.8, spare: 0.8 };
const WORSE = { live: 0.9, spare: 0.3 };

const kept = (): KeptTest[] =>
  cloud
    .keys('s3://reports/')
    .filter((key) => key.endsWith('/variant-test.json'))
    .map((key) => JSON.parse(cloud.text(`s3://reports/${key}`) ?? '{}') as KeptTest);
const windows = () => kept().at(-1)?.windows ?? 0;
const inventory = () => cloud.account.sageMaker.inventory;
const running = () => inventory().endpoints.get('churn')?.configName ?? '';
const wanted = () => cloud.resource({ type: 'AWS::SageMaker::EndpointConfig' }).attributes.EndpointConfigName;
const weights = () => inventory().endpoints.get('churn')?.weights;
const told = () =>
  cloud.account.recorder.events
    .filter((event) => event['detail-type'] === 'Model Variant Test Ended')
    .map(({ detail }) => detail as TestEndedDetail);
/** How many pages of runs say something. */
const pages = (words: RegExp) =>
  cloud
    .keys('s3://reports/')
    .filter((key) => key.endsWith('/report.html'))
    .filter((key) => words.test(cloud.text(`s3://reports/${key}`) ?? '')).length;

/** Hours pass until the test has counted a window more. */
async function counts(sort: Sort, right = SAME): Promise<void> {
  const before = windows();
  for (let hours = 0; windows() === before; hours += 1) {
    expect(hours).toBeLessThan(4);
    await pass(sort, right);
  }
}

describe.each<Sort>(['AbTest', 'ShadowTest'])('%s', (sort) => {
  test('goes on over an update and over one that is taken back, in both readings, and is deleted', async () => {
    expect((await deploy(sort, 1)).status).toBe('CREATE_COMPLETE');
    await counts(sort);
    expect((await deploy(sort, 2)).status).toBe('UPDATE_COMPLETE');
    expect(running()).toBe(wanted());
    await counts(sort);
    const stays = running();
    for (const reading of ['update fails', 'update succeeds'] as const) {
      inventory().takenBack.push(reading);
      expect((await deploy(sort, 3)).status).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect([running(), wanted()]).toEqual([stays, stays]);
      await counts(sort);
    }
    expect((await deploy(sort, 4)).status).toBe('UPDATE_COMPLETE');
    expect(running()).toBe(wanted());
    await counts(sort);
    const [first] = kept();
    expect(new Set(kept().map(({ test, since }) => `${test} ${since}`))).toEqual(
      new Set([`${first.test} ${first.since}`]),
    );
    expect(told()).toEqual([]);
    expect(pages(/accuracy: difference over \d windows?/)).toBeGreaterThan(3);
    expect((await cloud.destroy('Stack')).status).toBe('DELETE_COMPLETE');
    expect(inventory().endpoints.size).toBe(0);
  });

  test('that ends while an update is taken back is told once, and stays so', async () => {
    await deploy(sort, 1);
    await counts(sort, WORSE);
    for (let hours = 0; told().length === 0 && hours < 4; hours += 1) await pass(sort, WORSE);
    const ended = new Set(told().map(({ outcome, traffic }) => `${outcome} ${traffic}`));
    expect(ended).toEqual(new Set([`Worse ${sort === 'AbTest' ? 'TakenBack' : 'AsItWas'}`]));
    expect(pages(/; the test has ended\./)).toBe(1); // drawn once more, with the end
    const count = told().length;
    const left = JSON.stringify(weights());
    for (const reading of ['update fails', 'update succeeds', undefined] as const) {
      if (reading) inventory().takenBack.push(reading);
      const { status } = await deploy(sort, 2);
      expect(status).toBe(reading ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_COMPLETE');
      await pass(sort, SAME);
      if (sort === 'AbTest') expect(JSON.stringify(weights())).toBe(left); // those that the test has set
    }
    expect(told()).toHaveLength(count);
    expect(kept().at(-1)).toMatchObject({ outcome: 'Worse' });
    expect((await cloud.destroy('Stack')).status).toBe('DELETE_COMPLETE');
  });
});
