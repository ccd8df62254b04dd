import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  MonitoringDashboard,
  MonitoringEngine,
  ProductionVariant,
  RetrainingTrigger,
  TrainingCheck,
  TrainingIssue,
  TrainingWatch,
  type TrainingWatchProps,
  WatchedTraining,
} from '../../lib';
import { applyHouseRules, type Foundation } from '../../tools/rules/blueprint';

/** How an app is made that a platform team did something to before. */
export interface HouseOptions {
  readonly outdir: string;
  readonly prepare?: (app: App) => void;
  /** @default - those of docs/rules.md */
  readonly rules?: typeof applyHouseRules;
}

/** Both engines and retraining, with every key and bucket that a prop takes. */
export function houseApp({
  outdir,
  prepare,
  rules = applyHouseRules,
}: HouseOptions): Readonly<{ app: App; stack: Stack }> {
  const app = new App({ outdir });
  prepare?.(app);
  const env = { account: '111122223333', region: 'eu-west-1' };
  const platform = new Stack(app, 'Platform', { env });
  const stack = new Stack(app, 'Stack', { env });
  const key = new kms.Key(platform, 'Data', { enableKeyRotation: true });
  const foundation: Foundation = {
    key,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    }),
    failures: sqs.Queue.fromQueueArn(stack, 'Failures', 'arn:aws:sqs:eu-west-1:111122223333:failures'),
  };
  rules(stack, foundation);
  addMonitoring(stack, key);
  return { app, stack };
}

const MODEL_PACKAGE = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/credit/1';

function addMonitoring(stack: Stack, encryptionKey: kms.IKey): void {
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Data', { bucketName: 'credit-data', encryptionKey });
  const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(stack, 'Image', 'model'), '1.0');
  const model = new Model(stack, 'Model', { image });
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(bucket),
    encryptionKey,
  });
  const data = MonitoredData.endpoint(endpoint);
  const notificationTopic = sns.Topic.fromTopicArn(stack, 'Alerts', 'arn:aws:sns:eu-west-1:111122223333:alerts');
  const engines = {
    Serverless: MonitoringEngine.serverless({ extractsBucket: bucket }),
    ModelMonitor: MonitoringEngine.modelMonitor(),
  };
  const monitors: ModelMonitoring[] = [];
  for (const [id, engine] of Object.entries(engines)) {
    const monitoring = new ModelMonitoring(stack, id, { data, engine, reportsBucket: bucket, notificationTopic });
    monitors.push(monitoring);
    const baseline = Baseline.fromDataset(Dataset.csv(bucket, 'training/data.csv'));
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    monitoring.addDataQualityMonitor('Registered', { baseline: Baseline.fromModelPackage(MODEL_PACKAGE, { bucket }) });
    const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, `${id}Pipeline`, 'training');
    new RetrainingTrigger(stack, `${id}Retraining`, { monitors: monitoring, pipeline });
  }
  new MonitoringDashboard(stack, 'Models', { monitors });
  watchTraining(stack, { reportsBucket: bucket, notificationTopic });
}

/** Jobs and a pipeline, which may be stopped. */
function watchTraining(stack: Stack, told: Pick<TrainingWatchProps, 'reportsBucket' | 'notificationTopic'>): void {
  const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, 'WatchedPipeline', 'training');
  const longest = Duration.hours(6);
  const stopOn = [TrainingIssue.OVER_LONG];
  const checks = [TrainingCheck.falling('validation:loss')];
  new TrainingWatch(stack, 'Jobs', { training: WatchedTraining.jobs('credit-'), longest, stopOn, checks, ...told });
  new TrainingWatch(stack, 'Executions', { training: WatchedTraining.pipeline(pipeline), longest, stopOn, ...told });
}
