import type { Stack } from 'aws-cdk-lib';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AbTest,
  Baseline,
  CapturedData,
  DataCapture,
  Dataset,
  Endpoint,
  GroundTruth,
  InstanceType,
  Model,
  ModelImage,
  ModelProblem,
  ModelQualityMonitor,
  MonitoredData,
  MonitoringEngine,
  ProductionVariant,
} from '../../../lib';
import { Settings } from './settings';

const PAIR = { reference: 'live', candidate: 'spare' };

/** Tests of two variants: of an endpoint that was made elsewhere, and of one that leaves its weights to the test. */
export function testedVariants(stack: Stack, settings: Settings, data: s3.IBucket): void {
  const options = { monitor: judging(stack, 'Judged', data), ...PAIR, leastEffect: 0.05 };
  const told = settings.of('AbTestProps', settings.of('VariantTestOptions', options), ['backToReference']);
  new AbTest(stack, 'Test', told);
  weighed(stack, settings, data);
}

function weighed(stack: Stack, settings: Settings, data: s3.IBucket): void {
  const model = new Model(stack, 'WeighedModel', {
    image: ModelImage.fromUri('123456789012.dkr.ecr.us-east-1.amazonaws.com/served:1.0'),
  });
  const instanceType = InstanceType.of('ml.m5.large');
  const endpoint = new Endpoint(stack, 'Weighed', {
    variants: Object.values(PAIR).map((name) => ProductionVariant.instances(name, { model, instanceType })),
    dataCapture: DataCapture.toBucket(data, { prefix: 'weighed' }),
  });
  const monitor = judgingOf(stack, 'WeighedJudged', {
    data,
    read: MonitoredData.endpoint(endpoint, { perVariant: true }),
    settings,
  });
  const options = { monitor, ...PAIR, leastEffect: 0.05, backToReference: true };
  new AbTest(stack, 'WeighedTest', settings.of('AbTestProps', options, ['candidateShare']));
}

/** A monitor of several labels, each with its probability, whose baseline is made of a dataset. */
export function classes(stack: Stack, settings: Settings, data: s3.IBucket): void {
  const columns = settings.of(
    'DatasetColumns',
    { label: 'paid', prediction: 'predicted', probabilities: { 0: 'probability', 1: 'probability' } },
    ['probabilities'],
  );
  const options = { prediction: '0', probabilities: { 0: '1', 1: '2' } };
  new ModelQualityMonitor(stack, 'Classes', {
    data: MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'ClassesEndpoint', 'Classes-Live'), {
      capturedData: CapturedData.at(data, 'captured'),
    }),
    engine: MonitoringEngine.serverless(),
    reportsBucket: data,
    problem: ModelProblem.multiclassClassification(
      settings.of('MulticlassClassificationOptions', options, ['probabilities']),
    ),
    baseline: Baseline.fromDataset(Dataset.csv(data, 'training/labelled.csv', { columns })),
    groundTruth: GroundTruth.fromBucket(data, 'labels'),
  });
}

/** A monitor that judges variants of an endpoint elsewhere by labels. */
export function judging(stack: Stack, id: string, data: s3.IBucket): ModelQualityMonitor {
  const read = MonitoredData.endpoint(Endpoint.fromEndpointName(stack, `${id}Endpoint`, `${id}-Live`), {
    capturedData: CapturedData.at(data, 'captured'),
    variants: ['live', 'spare', 'third'],
    perVariant: true,
  });
  return judgingOf(stack, id, { data, read });
}

/** What is judged, and how. */
interface Judged {
  readonly data: s3.IBucket;
  readonly read: MonitoredData;
  readonly settings?: Settings;
}

/** A monitor that judges variants by labels, of files as its baseline. */
function judgingOf(
  stack: Stack,
  id: string,
  { data, read, settings = new Settings(stack, {}) }: Judged,
): ModelQualityMonitor {
  return new ModelQualityMonitor(stack, id, {
    ...settings.of('ModelQualityMonitorOptions', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
    }),
    data: read,
    engine: MonitoringEngine.serverless(),
    reportsBucket: data,
    baseline: Baseline.fromFiles({ bucket: data, constraintsKey: 'given/quality.json' }),
    groundTruth: GroundTruth.fromBucket(data, 'labels'),
  });
}
