import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import {
  Baseline,
  BiasAnalysis,
  DataCapture,
  Endpoint,
  Facet,
  GroundTruth,
  InstanceType,
  Model,
  ModelData,
  ModelImage,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  MonitoringEngine,
  PositiveOutcome,
  Predictor,
  ProductionVariant,
  ShapAnalysis,
} from '../../lib';

const FEATURES = ['age', 'sex', 'tenure'];

/** What the endpoints of a stack share. */
export interface SharedData {
  readonly bucket: s3.IBucket;
  readonly repository: ecr.IRepository;
}

/** Refers to what is there already. */
export function sharedData(stack: Stack): SharedData {
  return {
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'churn-data'),
    repository: ecr.Repository.fromRepositoryName(stack, 'Repository', 'churn'),
  };
}

/** One endpoint of many: four monitors with given files, eight alarms, a topic and the rule of its messages. */
export class MonitoredEndpoint extends Construct {
  private readonly bucket: s3.IBucket;

  constructor(scope: Stack, id: string, { bucket, repository }: SharedData) {
    super(scope, id);
    this.bucket = bucket;
    const model = new Model(this, 'Model', {
      image: ModelImage.fromEcrRepository(repository, '1'),
      modelData: ModelData.fromBucket(this.bucket, 'models/churn.tar.gz'),
    });
    const endpoint = new Endpoint(this, 'Endpoint', {
      variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
      dataCapture: DataCapture.toBucket(this.bucket, { prefix: 'capture' }),
    });
    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint),
      engine: MonitoringEngine.modelMonitor(),
      reportsBucket: this.bucket,
      notificationTopic: new sns.Topic(this, 'Topic'),
    });
    this.addMonitors(monitoring, model);
  }

  private addMonitors(monitoring: ModelMonitoring, model: Model): void {
    const groundTruth = GroundTruth.fromBucket(this.bucket, 'labels');
    monitoring.addDataQualityMonitor('DataQuality', { baseline: this.files('constraints.json') });
    monitoring.addModelQualityMonitor('ModelQuality', {
      baseline: this.files('quality.json'),
      groundTruth,
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
    });
    monitoring.addModelBiasMonitor('ModelBias', {
      baseline: this.files('bias.json'),
      groundTruth,
      analysis: BiasAnalysis.of({
        headers: [...FEATURES, 'churned'],
        label: 'churned',
        positiveOutcome: PositiveOutcome.ofValues([0]),
        facets: [Facet.categorical('sex', [0])],
        probability: '0',
        threshold: 0.5,
      }),
    });
    monitoring.addModelExplainabilityMonitor('ModelExplainability', {
      baseline: this.files('attribution.json'),
      analysis: ShapAnalysis.of({ headers: FEATURES, predictor: Predictor.fromModel(model) }),
    });
  }

  private files(constraints: string): Baseline {
    return Baseline.fromFiles({
      bucket: this.bucket,
      statisticsKey: 'baselines/statistics.json',
      constraintsKey: `baselines/${constraints}`,
    });
  }
}
