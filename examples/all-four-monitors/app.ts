import { App, Duration, Stack } from 'aws-cdk-lib';
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
  type IMonitoringEngine,
  InstanceType,
  Model,
  ModelData,
  ModelImage,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  ProductionVariant,
  RetrainingTrigger,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';
import { COLUMNS, fairness, reasons } from './analyses';

/** What the two ways to run this app differ in. */
export interface CreditRiskProps {
  /** where the analyses run: nothing else of the app says it */
  readonly engine: IMonitoringEngine;
}

/** Decides on loans; watched in four ways, and trained anew when one of them finds something. */
export class CreditRisk extends Stack {
  constructor(scope: Construct, id: string, { engine }: CreditRiskProps) {
    super(scope, id);
    const data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    const model = new Model(this, 'Model', {
      image: ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'credit-risk'), '1.0'),
      modelData: ModelData.fromBucket(data, 'models/credit-risk/model.tar.gz'),
    });
    const endpoint = new Endpoint(this, 'Endpoint', {
      variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
      dataCapture: DataCapture.toBucket(data, { prefix: 'captured', samplingPercentage: 100 }),
    });

    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.endpoint(endpoint),
      engine,
      reportsBucket: data,
      notificationTopic: new sns.Topic(this, 'Alerts', { enforceSSL: true }),
    });
    this.addMonitors(monitoring, data, model);

    new RetrainingTrigger(this, 'Retraining', {
      monitors: monitoring,
      pipeline: sagemaker.CfnPipeline.fromPipelineName(this, 'TrainingPipeline', 'credit-risk-training'),
      cooldown: Duration.days(7),
    });
  }

  private addMonitors(monitoring: ModelMonitoring, data: s3.IBucket, model: Model): void {
    // what the model gets and answers: no label is needed, so hour by hour
    monitoring.addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromDataset(Dataset.csv(data, 'training/captured.csv')).withOverrides({
        domainContentThreshold: 0.95,
      }),
    });

    // whether a loan's first instalment is paid is known a month after the decision
    const labelled = Baseline.fromDataset(Dataset.csv(data, 'training/labelled.csv', { columns: COLUMNS }));
    const late = {
      groundTruth: GroundTruth.fromBucket(data, 'labels'),
      window: AnalysisWindow.delayedBy(Duration.days(31)),
      frequency: MonitoringFrequency.dailyAt(4),
    };
    monitoring.addModelQualityMonitor('ModelQuality', {
      ...late,
      problem: ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 }),
      baseline: labelled.withOverrides({ metricThresholds: { auc: 0.75 } }),
    });
    monitoring.addModelBiasMonitor('Bias', { ...late, analysis: fairness(), baseline: labelled });

    // attributions ask the model, by an endpoint of their own: once a day is enough
    monitoring.addModelExplainabilityMonitor('Explainability', {
      analysis: reasons(model),
      baseline: labelled,
      frequency: MonitoringFrequency.dailyAt(5),
    });
  }
}

// in an account that has Model Monitor, MonitoringEngine.modelMonitor() as well
if (require.main === module) new CreditRisk(new App(), 'CreditRisk', { engine: MonitoringEngine.serverless() });
