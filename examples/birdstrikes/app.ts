import * as path from 'node:path';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  InstanceType,
  Model,
  ModelData,
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  ProductionVariant,
  RetrainingTrigger,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';

/** What differs between the runs of the demo. */
export interface BirdStrikesProps {
  /** CSV file of the training data: the model's score first, then its features. */
  readonly trainingData: string;
}

/** A model that predicts whether a bird strike damages the aircraft; watched, and trained anew when its data drift. */
export class BirdStrikes extends Stack {
  constructor(scope: Construct, id: string, props: BirdStrikesProps) {
    super(scope, id);
    const data = new s3.Bucket(this, 'Data', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const alerts = new sns.Topic(this, 'Alerts', { enforceSSL: true });
    const model = new Model(this, 'Model', {
      image: ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'bird-strikes'), '1.0'),
      modelData: ModelData.fromBucket(data, 'models/bird-strikes/model.tar.gz'),
    });
    const endpoint = new Endpoint(this, 'Endpoint', {
      variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
      dataCapture: DataCapture.toBucket(data, { samplingPercentage: 100 }),
    });

    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint),
      engine: MonitoringEngine.serverless(),
      reportsBucket: data,
      notificationTopic: alerts,
    });
    monitoring.addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromDataset(Dataset.csvFile(props.trainingData)).withOverrides({
        // by Model Monitor's rule the suggested 1.0 lets one new airline, species or phase of flight violate; see the README
        domainContentThreshold: 0.95,
        // speeds are missing in a fifth of the records, and a few more or less in any hour mean nothing
        features: { speed_knots: { completenessTolerance: 0.1 } },
      }),
    });

    new RetrainingTrigger(this, 'Retraining', {
      monitors: monitoring,
      pipeline: sagemaker.CfnPipeline.fromPipelineName(this, 'TrainingPipeline', 'bird-strikes-training'),
    });
  }
}

if (require.main === module) {
  const app = new App();
  const trainingData = app.node.tryGetContext('trainingData') ?? path.join(__dirname, 'training.csv');
  new BirdStrikes(app, 'BirdStrikes', { trainingData });
}
