import { App, Stack } from 'aws-cdk-lib';
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
  ModelImage,
  ModelMonitoring,
  MonitoredData,
  MonitoringEngine,
  ProductionVariant,
  RetrainingTrigger,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';

/** What a user says of their own data. */
export interface YourCsvProps {
  /** CSV file of the training data: the model's output first, then its input. */
  readonly trainingData: string;
}

/** The least that monitors an endpoint and retrains its model: nothing in it knows a column. */
export class YourCsv extends Stack {
  constructor(scope: Construct, id: string, props: YourCsvProps) {
    super(scope, id);
    const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'your-model'), '1.0');
    const endpoint = new Endpoint(this, 'Endpoint', {
      variants: [
        ProductionVariant.instances('live', {
          model: new Model(this, 'Model', { image }),
          instanceType: InstanceType.of('ml.m5.large'),
        }),
      ],
      dataCapture: DataCapture.toBucket(new s3.Bucket(this, 'Captured', { enforceSSL: true }), {
        samplingPercentage: 100,
      }),
    });
    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint),
      engine: MonitoringEngine.serverless(),
      notificationTopic: new sns.Topic(this, 'Alerts', { enforceSSL: true }),
    });
    monitoring.addDataQualityMonitor('DataQuality', {
      // a new category or a few more missing values are usual: see the bird strikes example for how to choose
      baseline: Baseline.fromDataset(Dataset.csvFile(props.trainingData)).withOverrides({
        domainContentThreshold: 0.95,
      }),
    });
    new RetrainingTrigger(this, 'Retraining', {
      monitors: monitoring,
      pipeline: sagemaker.CfnPipeline.fromPipelineName(this, 'TrainingPipeline', 'your-training'),
    });
  }
}

if (require.main === module) {
  const app = new App();
  const trainingData = app.node.tryGetContext('trainingData');
  if (!trainingData) throw new Error('say which CSV file to use: -c trainingData=your.csv');
  new YourCsv(app, 'YourCsv', { trainingData });
}
