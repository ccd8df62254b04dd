import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AbTest,
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  GroundTruth,
  InstanceType,
  Model,
  ModelImage,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  ProductionVariant,
  VariantComparison,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';

const CHAMPION = 'champion';
const CHALLENGER = 'challenger';

/** Of what the champion is known by. */
export interface TwoVariantsProps {
  /** CSV file of what it answered and was asked: `score`, then the features. */
  readonly trainingData: string;
  /** CSV file of the same with what came of it: `left`. */
  readonly labelledData: string;
  /** How long the challenger is tested at least before it may be found to be better; a week by default. */
  readonly testedFor?: Duration;
}

/** A model that may take the place of another gets a quarter of the traffic; each window says how the two differ, and a test of all windows which is better. */
export class TwoVariants extends Stack {
  constructor(scope: Construct, id: string, { trainingData, labelledData, testedFor }: TwoVariantsProps) {
    super(scope, id);
    const data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    const endpoint = new Endpoint(this, 'Endpoint', {
      variants: [this.variant(CHAMPION), this.variant(CHALLENGER)],
      dataCapture: DataCapture.toBucket(data, { prefix: 'captured', samplingPercentage: 100 }),
    });
    const alerts = new sns.Topic(this, 'Alerts', { enforceSSL: true });
    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint, {
        perVariant: true,
        comparison: VariantComparison.between(CHAMPION, CHALLENGER),
      }),
      notificationTopic: alerts,
    });
    monitoring.addDataQualityMonitor('DataQuality', { baseline: Baseline.fromDataset(Dataset.csvFile(trainingData)) });
    const columns = { label: 'left', probability: 'score' };
    const quality = monitoring.addModelQualityMonitor('ModelQuality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      baseline: Baseline.fromDataset(Dataset.csvFile(labelledData, { columns })),
      groundTruth: GroundTruth.fromBucket(data, 'labels'),
    });
    new AbTest(this, 'Test', {
      monitor: quality,
      reference: CHAMPION,
      candidate: CHALLENGER,
      leastEffect: 0.05, // of accuracy: five answers in a hundred
      leastDuration: testedFor ?? Duration.days(7),
      notificationTopic: alerts,
      backToReference: true, // the test has the weights: the challenger starts with a quarter
      candidateShare: 0.25,
    });
  }

  private variant(name: string): ProductionVariant {
    const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, `${name}-image`, name), '1.0');
    const model = new Model(this, name, { image });
    const instanceType = InstanceType.of('ml.m5.large');
    return ProductionVariant.instances(name, { model, instanceType });
  }
}

if (require.main === module) {
  const app = new App();
  const fileOf = (name: string): string => {
    const file = app.node.tryGetContext(`${name}Data`);
    if (!file) throw new Error(`say which CSV file to use: -c ${name}Data=your.csv`);
    return file;
  };
  new TwoVariants(app, 'TwoVariants', { trainingData: fileOf('training'), labelledData: fileOf('labelled') });
}
