import * as path from 'node:path';
import { App, type AppProps, Duration, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { MonitoredEndpoint, sharedData } from '../../bench/synthesis/monitored-endpoint';
import { CreditRisk } from '../../examples/all-four-monitors/app';
import { NightlyScores } from '../../examples/batch-transform/app';
import { BirdStrikes } from '../../examples/birdstrikes/app';
import { MonitoredByHand, MonitoredByName } from '../../examples/existing-endpoint/app';
import { Migrated } from '../../examples/migrate-from-l1/app';
import type { IMonitoringEngine, ModelMonitorEngineOptions } from '../../lib';
import {
  AnalysisScript,
  Baseline,
  CapturedData,
  DataCapture,
  DataDistribution,
  Dataset,
  Endpoint,
  FeatureMetrics,
  InputMode,
  InstanceType,
  Model,
  ModelData,
  ModelImage,
  ModelMonitoring,
  Monitor,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  MonitorKind,
  Predictor,
  ProductionVariant,
  RetrainingTrigger,
  ShapAnalysis,
  ShapBaseline,
} from '../../lib';
import { believingEvents } from '../monitor/fixtures';
import { ROOT } from './source-files';

/** A few rows that stand for the training data, so that no template depends on the real ones. */
export const TRAINING_DATA = path.join(ROOT, 'test/examples/fixtures/training.csv');
/** The same rows with what came of them. */
export const LABELLED_DATA = path.join(ROOT, 'test/examples/fixtures/labelled.csv');

const PREPROCESSOR = path.join(ROOT, 'test/engine/model-monitor/fixtures/preprocessor.py');

/** The example; without an environment, as it stands in its folder. */
export function birdStrikes(props?: AppProps): App {
  const app = new App(props);
  new BirdStrikes(app, 'BirdStrikes', { trainingData: TRAINING_DATA, labelledData: LABELLED_DATA });
  return app;
}

/** All kinds of monitor of one endpoint, on Model Monitor unless told otherwise; without an environment. */
export function allFourMonitors(props?: AppProps, engine = MonitoringEngine.modelMonitor()): App {
  const app = new App(props);
  new CreditRisk(app, 'CreditRisk', { engine });
  return app;
}

/** A monitor of feature attributions, whose model has an endpoint of its own; without an environment. */
export function attributions(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Attributions');
  const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'credit-data');
  const endpoint = Endpoint.fromEndpointName(stack, 'Endpoint', 'credit');
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(bucket, 'captured') }),
  });
  monitoring.addModelExplainabilityMonitor('Attributions', {
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training.csv')),
    analysis: ShapAnalysis.of({
      predictor: Predictor.fromModelName('credit'),
      baseline: ShapBaseline.rows([[5000, 36]]),
      headers: ['amount', 'term'],
    }),
  });
  return app;
}

/** All kinds of monitor of batch transform jobs, on Model Monitor unless told otherwise; without an environment. */
export function batchTransform(props?: AppProps, engine = MonitoringEngine.modelMonitor()): App {
  const app = new App(props);
  new NightlyScores(app, 'NightlyScores', { engine });
  return app;
}

/** Endpoints that this library did not make, in two stacks; without an environment. */
export function existingEndpoint(props?: AppProps): App {
  const app = new App(props);
  new MonitoredByHand(app, 'MonitoredByHand');
  new MonitoredByName(app, 'MonitoredByName');
  return app;
}

/** What became of a hand-written stack; without an environment. */
export function migrated(props?: AppProps): App {
  const app = new App(props);
  new Migrated(app, 'Credit');
  return app;
}

/** One stack on Model Monitor with all its options, whose baseline's constraints are overridden. */
export function modelMonitor(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'ModelMonitor', { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new s3.Bucket(stack, 'Data', { enforceSSL: true });
  const engine = MonitoringEngine.modelMonitor(modelMonitorOptions(stack));
  const files = { bucket, statisticsKey: 'baseline/statistics.json', constraintsKey: 'baseline/constraints.json' };
  monitoringOf(stack, { bucket, engine }).addDataQualityMonitor('DataQuality', {
    baseline: Baseline.fromFiles(files).withOverrides({ domainContentThreshold: 0.9 }),
    frequency: MonitoringFrequency.everyHours(24),
    excludedFeatures: ['id'],
  });
  return app;
}

/** Everything that SageMaker's own analyzer can be told. */
function modelMonitorOptions(stack: Stack): ModelMonitorEngineOptions {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  });
  return {
    instanceType: InstanceType.of('ml.m5.2xlarge'),
    instanceCount: 2,
    volumeSize: Size.gibibytes(50),
    volumeEncryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
    maxRuntime: Duration.hours(3),
    vpc,
    networkIsolation: true,
    interContainerTrafficEncryption: true,
    dataQuality: {
      environment: { LOCALE: 'en' },
      recordPreprocessor: AnalysisScript.fromAsset(PREPROCESSOR),
      postAnalytics: AnalysisScript.fromBucket(s3.Bucket.fromBucketName(stack, 'Scripts', 'scripts'), 'post.py'),
    },
    inputMode: InputMode.FILE,
    dataDistribution: DataDistribution.SHARDED_BY_S3_KEY,
    tags: { Team: 'Risk' },
  };
}

/** Endpoint, monitors and retraining in stacks of their own; the monitors are all that one stack holds of this library. */
export function threeStacks(props?: AppProps): App {
  const app = new App(props);
  const serving = new Stack(app, 'Serving');
  const bucket = new s3.Bucket(serving, 'Data', { enforceSSL: true, encryption: s3.BucketEncryption.KMS });
  const endpoint = endpointOf(serving, bucket);
  const monitoring = new ModelMonitoring(new Stack(app, 'Watching'), 'Monitoring', {
    data: MonitoredData.endpoint(endpoint),
    engine: MonitoringEngine.serverless(),
  });
  const monitor = monitoring.addDataQualityMonitor('DataQuality', {
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training/')),
    featureMetrics: FeatureMetrics.of('speed_knots'),
  });
  const training = new Stack(app, 'Training');
  const { monitorId, endpointName } = monitor;
  believingEvents(training);
  new RetrainingTrigger(training, 'Retraining', {
    monitors: Monitor.fromMonitorAttributes(training, 'Monitor', {
      monitorId,
      endpointName,
      monitorKind: MonitorKind.DATA_QUALITY,
    }),
    pipeline: sagemaker.CfnPipeline.fromPipelineName(training, 'Pipeline', 'training'),
    cooldown: Duration.days(1),
  });
  return app;
}

/** Ten endpoints on one stack, each with a bucket and a key of its own: what the roles are promised to have room for. */
export function largest(props?: AppProps): App {
  const app = new App(props);
  const stack = new Stack(app, 'Largest');
  for (let index = 0; index < 10; index += 1) {
    const bucket = new s3.Bucket(stack, `Data${index}`, { enforceSSL: true, encryption: s3.BucketEncryption.KMS });
    const engine = MonitoringEngine.serverless();
    monitoringOf(stack, { bucket, engine, id: String(index) }).addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromDataset(Dataset.csv(bucket, 'training/data.csv')),
    });
  }
  return app;
}

/** Endpoints on one stack with all kinds of monitor on Model Monitor, which share a bucket; 15 are what a stack is promised to have room for. */
export function largestOnModelMonitor(props?: AppProps, endpoints = 15): App {
  const app = new App(props);
  const stack = new Stack(app, 'LargestOnModelMonitor');
  const data = sharedData(stack);
  for (let index = 0; index < endpoints; index += 1) new MonitoredEndpoint(stack, `Endpoint${index}`, data);
  return app;
}

interface MonitoringParts {
  readonly bucket: s3.IBucket;
  readonly engine: IMonitoringEngine;
  readonly id?: string;
}

function monitoringOf(stack: Stack, { bucket, engine, id = '' }: MonitoringParts): ModelMonitoring {
  return new ModelMonitoring(stack, `Monitoring${id}`, {
    data: MonitoredData.endpoint(endpointOf(stack, bucket, id)),
    engine,
    notificationTopic: new sns.Topic(stack, `Alerts${id}`, { enforceSSL: true }),
  });
}

function endpointOf(stack: Stack, bucket: s3.IBucket, id = ''): Endpoint {
  const image = ecr.Repository.fromRepositoryName(stack, `Image${id}`, 'model');
  const model = new Model(stack, `Model${id}`, {
    image: ModelImage.fromEcrRepository(image, '1.0'),
    modelData: ModelData.fromBucket(bucket, 'model.tar.gz'),
  });
  return new Endpoint(stack, `Endpoint${id}`, {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(bucket, { samplingPercentage: 100 }),
  });
}

/** What users are shown. */
export const EXAMPLES = { birdStrikes, allFourMonitors, batchTransform, existingEndpoint, migrated };

/** Every app that the checks of the project synthesize, but the largest. */
export const APPS = { ...EXAMPLES, modelMonitor, threeStacks };

/** Their names. */
export const APP_NAMES = Object.keys(APPS) as (keyof typeof APPS)[];
