import * as path from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AnalysisWindow,
  Baseline,
  DataCapture,
  Dataset,
  Endpoint,
  GroundTruth,
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
import { COLUMNS, nightAndDay, reasons, warnings } from './analyses';

/** What differs between the runs of the demo. */
export interface BirdStrikesProps {
  /** CSV file of the training data: the model's score first, then its features. */
  readonly trainingData: string;
  /** CSV file of the same rows with what came of them: whether there was damage, the model's score, its features. */
  readonly labelledData: string;
}

/** What the monitors beside that of the data need. */
interface OtherMonitors extends BirdStrikesProps {
  readonly data: s3.IBucket;
  readonly model: Model;
}

/** A model that predicts whether a bird strike damages the aircraft; watched in four ways, and trained anew when one of them finds something. */
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
    this.addOtherMonitors(monitoring, { ...props, data, model });

    new RetrainingTrigger(this, 'Retraining', {
      monitors: monitoring,
      pipeline: sagemaker.CfnPipeline.fromPipelineName(this, 'TrainingPipeline', 'bird-strikes-training'),
    });
  }

  /** Whether there was damage is known an hour later, when the aircraft was inspected. Attributions need no labels, but the model. */
  private addOtherMonitors(monitoring: ModelMonitoring, { labelledData, data, model }: OtherMonitors): void {
    const baseline = Baseline.fromDataset(Dataset.csvFile(labelledData, { columns: COLUMNS }));
    const late = {
      baseline,
      groundTruth: GroundTruth.fromBucket(data, 'damages'),
      window: AnalysisWindow.delayedBy(Duration.hours(1)),
    };
    monitoring.addModelQualityMonitor('ModelQuality', { ...late, problem: warnings() });
    monitoring.addModelBiasMonitor('Bias', { ...late, analysis: nightAndDay() });
    monitoring.addModelExplainabilityMonitor('Explainability', { baseline, analysis: reasons(model) });
  }
}

if (require.main === module) {
  const app = new App();
  const fileOf = (name: string) => app.node.tryGetContext(`${name}Data`) ?? path.join(__dirname, `${name}.csv`);
  new BirdStrikes(app, 'BirdStrikes', { trainingData: fileOf('training'), labelledData: fileOf('labelled') });
}
