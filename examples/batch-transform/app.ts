import { App, Duration, Stack } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AnalysisWindow,
  Baseline,
  BatchTransformData,
  BiasAnalysis,
  Dataset,
  DatasetFormat,
  Facet,
  GroundTruth,
  type IMonitoringEngine,
  Model,
  ModelData,
  ModelImage,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  PositiveOutcome,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from 'cdk-sagemaker-monitoring';
import type { Construct } from 'constructs';

const FEATURES = ['amount', 'term_months', 'income', 'years_employed', 'purpose', 'under_25'];

/** Where the probability stands in a row that a job writes: behind the features, which it joins to its answer. */
const PROBABILITY = `${FEATURES.length}`;

const COLUMNS = { label: 'paid', prediction: 'predicted', probability: 'probability' };

/** Whether the young get loans as often as others. */
const FAIRNESS = BiasAnalysis.of({
  headers: [...FEATURES, COLUMNS.label],
  label: COLUMNS.label,
  positiveOutcome: PositiveOutcome.ofValues([1]),
  facets: [Facet.categorical('under_25', [1])],
  probability: PROBABILITY,
  threshold: 0.5,
});

/** What the two ways to run this app differ in. */
export interface NightlyScoresProps {
  /** where the analyses run: nothing else of the app says it */
  readonly engine: IMonitoringEngine;
}

/** A model that scores all loans every night by batch transform; no endpoint is watched, the jobs' files are. */
export class NightlyScores extends Stack {
  constructor(scope: Construct, id: string, { engine }: NightlyScoresProps) {
    super(scope, id);
    const data = new s3.Bucket(this, 'Data', { enforceSSL: true });
    const model = new Model(this, 'Model', {
      image: ModelImage.fromEcrRepository(ecr.Repository.fromRepositoryName(this, 'Image', 'credit-risk'), '1.0'),
      modelData: ModelData.fromBucket(data, 'models/credit-risk/model.tar.gz'),
    });

    const monitoring = new ModelMonitoring(this, 'Monitoring', {
      data: MonitoredData.batchTransform(
        new BatchTransformData({
          captured: { bucket: data, prefix: 'scoring/captured' },
          transformInput: { bucket: data, prefix: 'scoring/loans' },
          transformOutput: { bucket: data, prefix: 'scoring/scores' },
          format: DatasetFormat.csv({ header: false }),
          generateInferenceId: true,
        }),
      ),
      engine,
      reportsBucket: data,
      notificationTopic: new sns.Topic(this, 'Alerts', { enforceSSL: true }),
    });
    this.addMonitors(monitoring, data, model);
  }

  private addMonitors(monitoring: ModelMonitoring, data: s3.IBucket, model: Model): void {
    // the jobs start at 01:00 UTC and are done by 03:00: what the monitors read at 04:00 is theirs
    const frequency = MonitoringFrequency.dailyAt(4);
    const labelled = Baseline.fromDataset(Dataset.csv(data, 'training/labelled.csv', { columns: COLUMNS }));
    const groundTruth = GroundTruth.fromBucket(data, 'labels');
    const window = AnalysisWindow.delayedBy(Duration.days(31));

    monitoring.addDataQualityMonitor('DataQuality', {
      baseline: Baseline.fromDataset(Dataset.csv(data, 'training/features.csv')),
      frequency,
    });
    monitoring.addModelQualityMonitor('ModelQuality', {
      problem: ModelProblem.binaryClassification({ probability: PROBABILITY, threshold: 0.5 }),
      baseline: labelled,
      groundTruth,
      window,
      frequency,
    });
    monitoring.addModelBiasMonitor('Bias', {
      analysis: FAIRNESS,
      baseline: labelled,
      groundTruth,
      window,
      frequency,
    });
    monitoring.addModelExplainabilityMonitor('Explainability', {
      analysis: ShapAnalysis.of({
        headers: FEATURES,
        predictor: Predictor.fromModel(model),
        baseline: ShapBaseline.rows([[5000, 36, 42_000, 4, 'car', 0]]),
      }),
      baseline: labelled,
      frequency,
    });
  }
}

// in an account that has Model Monitor, MonitoringEngine.modelMonitor() as well
if (require.main === module) new NightlyScores(new App(), 'NightlyScores', { engine: MonitoringEngine.serverless() });
