import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
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
  ShadowTest,
  ShadowVariant,
  VariantMeasure,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';

const LIVE = 'live';
const SHADOW = 'shadow';

/** Of what the model in use is known by. */
export interface ShadowedProps {
  /** CSV file of what it answered and was asked, and of what came of it: `score`, `left`, then the features. */
  readonly labelledData: string;
  /** How long the shadow is tested at least before it may be found to be better; a week by default. */
  readonly testedFor?: Duration;
  /** After which the test ends undecided; four weeks by default. */
  readonly atMost?: Duration;
}

/** Before a model takes the place of another one it is sent copies of all requests, and answers nobody; a test of all windows says whether it is better. */
export class Shadowed extends Stack {
  constructor(scope: Construct, id: string, { labelledData, testedFor, atMost }: ShadowedProps) {
    super(scope, id);
    const data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    const alerts = new sns.Topic(this, 'Alerts', { enforceSSL: true });
    const endpoint = new Endpoint(this, 'Endpoint', {
      variants: [ProductionVariant.instances(LIVE, this.served(LIVE))],
      shadowVariant: ShadowVariant.instances(SHADOW, this.served(SHADOW)),
      dataCapture: DataCapture.toBucket(data, { prefix: 'captured', samplingPercentage: 100 }),
    });
    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint, { variants: [LIVE, SHADOW], perVariant: true }),
      notificationTopic: alerts,
    });
    const columns = { label: 'left', probability: 'score' };
    const monitor = monitoring.addModelQualityMonitor('ModelQuality', {
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      baseline: Baseline.fromDataset(Dataset.csvFile(labelledData, { columns })),
      groundTruth: GroundTruth.fromBucket(data, 'labels'),
    });
    new ShadowTest(this, 'Test', {
      monitor,
      reference: LIVE,
      candidate: SHADOW,
      leastEffect: 0.05, // of accuracy: five answers in a hundred
      leastDuration: testedFor ?? Duration.days(7),
      largestDuration: atMost,
      measures: [VariantMeasure.disagreement(0.3)], // an answer in three may be another one
      notificationTopic: alerts,
    });
  }

  private served(name: string) {
    const image = ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, `${name}-image`, name), '1.0');
    return { model: new Model(this, name, { image }), instanceType: InstanceType.of('ml.m5.large') };
  }
}

if (require.main === module) {
  const app = new App();
  const labelledData = app.node.tryGetContext('labelledData');
  if (!labelledData) throw new Error('say which CSV file to use: -c labelledData=your.csv');
  new Shadowed(app, 'Shadowed', { labelledData });
}
