import type { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  AnalysisWindow,
  Baseline,
  BiasAnalysis,
  BiasMetric,
  DataCapture,
  DataQualityMonitor,
  Dataset,
  Endpoint,
  Facet,
  GroundTruth,
  type IMonitoringEngine,
  InstanceType,
  Model,
  ModelMonitoring,
  ModelPackage,
  ModelProblem,
  ModelQualityMetric,
  MonitoredData,
  MonitoringEngine,
  PositiveOutcome,
  Predictor,
  PredictorRequest,
  ProductionVariant,
  ServiceMetrics,
  ShapAnalysis,
  ShapBaseline,
  StackAlarms,
} from '../../../lib';
import { handWritten, imported } from './imported-pieces';
import { PACKAGE } from './serverless-app';
import type { Settings } from './settings';

/** An image of the user's, in place of SageMaker's analyzer. */
export const OWN_ANALYZER = '123456789012.dkr.ecr.us-east-1.amazonaws.com/analyzer:1.0';

const FEATURES = ['amount', 'term', 'young'];
const COLUMNS = { label: 'paid', prediction: 'predicted', probability: 'probability' };

/** All kinds of monitor of one endpoint on Model Monitor, and every piece that this engine takes. */
export function modelMonitorApp(stack: Stack, settings: Settings): void {
  const data = s3.Bucket.fromBucketName(stack, 'Data', 'credit-data');
  const registered = { modelPackage: ModelPackage.fromArn(PACKAGE) };
  const model = new Model(stack, 'Model', settings.of('ModelProps', registered, ['modelPackage']));
  const endpoint = new Endpoint(stack, 'Endpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toBucket(data, { samplingPercentage: 100 }),
  });
  const metrics = serviceMetrics(settings);
  const stackAlarms = new StackAlarms(stack, 'TeamAlarms', settings.of('StackAlarmsProps', {}));
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(endpoint),
    engine: engine(stack, settings, metrics),
    reportsBucket: data,
    ...settings.of('ModelMonitoringProps', { stackAlarms }, ['stackAlarms']),
    alarms: settings.of('MonitorAlarmOptions', {}),
  });
  const shared = { labels: labelsOf(settings, data), labelled: labelledBy(settings, data) };
  const made = { stack, settings, data, monitoring, metrics, model, ...shared };
  dataQuality(made);
  modelQuality(made);
  clarify(made);
  ownImage(made, endpoint);
  imported(stack, settings, data);
  handWritten(stack, settings, data);
}

interface Made {
  readonly stack: Stack;
  readonly settings: Settings;
  readonly data: s3.IBucket;
  readonly monitoring: ModelMonitoring;
  readonly metrics: ServiceMetrics;
  readonly model: Model;
  readonly labels: ReturnType<typeof labelsOf>;
  readonly labelled: Baseline;
}

function serviceMetrics(settings: Settings): ServiceMetrics {
  const endpointNamespaces = settings.of('ServiceNamespaces', {});
  const options = settings.of('ServiceMetricsOptions', { endpointNamespaces }, [
    'endpointNamespaces',
    'endpointDimension',
    'scheduleDimension',
  ]);
  const { serviceMetrics: given } = settings.of(
    'ModelMonitorEngineOptions',
    { serviceMetrics: ServiceMetrics.published(options) },
    ['serviceMetrics'],
  );
  return given;
}

const SCRIPTS = ['datasetPostAnalytics', 'datasetPreprocessor', 'postAnalytics', 'recordPreprocessor'];

function engine(stack: Stack, settings: Settings, metrics: ServiceMetrics): IMonitoringEngine {
  const attributes = {
    vpcId: 'vpc-1',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  };
  const options = settings.of('ModelMonitorEngineOptions', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', attributes),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: false })],
    dataQuality: settings.of('AnalyzerOptions', {}, [...SCRIPTS, 'environment', 'maxRuntime']),
  });
  return MonitoringEngine.modelMonitor({ ...options, serviceMetrics: metrics });
}

function dataQuality({ stack, settings, data, monitoring, metrics }: Made): void {
  const dataset = Dataset.csv(data, 'training/captured.csv');
  const baseline = Baseline.fromDataset(dataset, settings.of('BaselineDatasetOptions', {}, ['timeout']));
  const computed = monitoring.addDataQualityMonitor('Computed', {
    baseline,
    ...settings.of('DataQualityMonitorOptions', {}, ['excludedFeatures']),
  });
  if (metrics.isPublished) alarm(stack, 'FeatureDrift', computed.metricFeatureDrift('amount'));
  const bucket = settings.of('ModelPackageBaselineOptions', { bucket: data });
  const drift = settings.of('AlarmOptions', { evaluationPeriods: 2 });
  monitoring.addDataQualityMonitor('Registered', {
    baseline: Baseline.fromModelPackage(PACKAGE, bucket),
    ...settings.of('AddMonitorOptions', { alarms: { drift } }),
  });
}

function alarm(stack: Stack, id: string, metric: cloudwatch.Metric): void {
  metric.createAlarm(stack, id, { threshold: 0.5, evaluationPeriods: 1 });
}

function labelledBy(settings: Settings, data: s3.IBucket): Baseline {
  const columns = settings.of('DatasetColumns', COLUMNS);
  return Baseline.fromDataset(Dataset.csv(data, 'training/labelled.csv', settings.of('DatasetOptions', { columns })));
}

function labelsOf(settings: Settings, data: s3.IBucket) {
  return settings.of('LabelledMonitorOptions', {
    groundTruth: GroundTruth.fromBucket(data, 'labels', settings.of('GroundTruthOptions', {})),
    window: AnalysisWindow.sinceLastRun(),
  });
}

function modelQuality(made: Made): void {
  const { stack, settings, monitoring, metrics, labels, labelled } = made;
  const metricThresholds = settings.of('MetricThresholds', { auc: 0.6 });
  const overrides = settings.of('ConstraintOverrides', { metricThresholds }, ['metricThresholds']);
  const binary = { prediction: '1', probability: '0', threshold: 0.5 };
  const problem = ModelProblem.binaryClassification(settings.of('BinaryClassificationOptions', binary));
  const quality = monitoring.addModelQualityMonitor('Binary', {
    ...labels,
    baseline: labelled.withOverrides(overrides),
    ...settings.of('ModelQualityMonitorOptions', { problem }),
  });
  if (metrics.isPublished) alarm(stack, 'Auc', quality.metricModelQuality(ModelQualityMetric.AUC));
  const others = {
    Regression: ModelProblem.regression(settings.of('RegressionOptions', { prediction: '0' })),
    Multiclass: ModelProblem.multiclassClassification(
      settings.of('MulticlassClassificationOptions', { prediction: '0' }),
    ),
  };
  for (const [id, other] of Object.entries(others)) {
    monitoring.addModelQualityMonitor(id, { ...labels, baseline: labelled, problem: other });
  }
}

/** Clarify's kinds, on an engine of their own: they take no isolation of the network. Of bias, the dataset has no predictions: the model is asked. */
function clarify({ stack, settings, data, monitoring, metrics, model, labels, labelled }: Made): void {
  const options = { modelBias: settings.of('ClarifyOptions', {}), serviceMetrics: metrics };
  const kinds = ['modelBias', 'modelExplainability'];
  const engine = MonitoringEngine.modelMonitor(settings.of('ModelMonitorEngineOptions', options, kinds));
  const { analysis } = settings.of('ModelBiasMonitorOptions', { analysis: biasAnalysis(settings) });
  const dataset = Dataset.csv(data, 'training/labelled.csv', { columns: { label: 'paid' } });
  const baseline = Baseline.fromDataset(dataset);
  const bias = monitoring.addModelBiasMonitor('Bias', { ...labels, analysis, baseline, engine });
  const attributions = settings.of('ModelExplainabilityMonitorOptions', { analysis: shapAnalysis(settings, model) });
  const explained = monitoring.addModelExplainabilityMonitor('Explainability', {
    ...attributions,
    baseline: labelled,
    engine,
  });
  if (!metrics.isPublished) return;
  const { label, facets } = analysis;
  const group = { label, labelValue: '1', facet: facets[0].name, facetValue: '1', metric: BiasMetric.DPPL };
  alarm(stack, 'Dppl', bias.metricBias(group));
  alarm(stack, 'Attribution', explained.metricFeatureAttribution('amount'));
}

function biasAnalysis(settings: Settings): BiasAnalysis {
  return BiasAnalysis.of(
    settings.of('BiasAnalysisOptions', {
      headers: [...FEATURES, 'paid'],
      label: 'paid',
      positiveOutcome: PositiveOutcome.ofValues([1]),
      facets: [Facet.categorical('young', [1])],
      prediction: '1',
      probability: '0',
      threshold: 0.5,
      predictor: Predictor.fromModelName('asked', { request: PredictorRequest.csv() }),
    }),
  );
}

function shapAnalysis(settings: Settings, model: Model): ShapAnalysis {
  const asked = settings.of('EndpointPredictorOptions', { request: PredictorRequest.csv() });
  return ShapAnalysis.of(
    settings.of('ShapAnalysisOptions', {
      headers: FEATURES,
      predictor: Predictor.fromModel(model, settings.of('PredictorOptions', asked)),
      baseline: ShapBaseline.rows([[5000, 36, 0]]),
      probability: '0',
    }),
  );
}

function ownImage({ stack, settings, data }: Made, endpoint: Endpoint): void {
  const options = ['imageUri', 'containerArguments', 'containerEntrypoint'];
  new DataQualityMonitor(stack, 'OwnImage', {
    data: MonitoredData.endpoint(endpoint),
    reportsBucket: data,
    baseline: Baseline.fromFiles({
      bucket: data,
      statisticsKey: 'given/statistics.json',
      constraintsKey: 'given/constraints.json',
    }),
    engine: MonitoringEngine.modelMonitor({
      dataQuality: settings.of('AnalyzerOptions', { imageUri: OWN_ANALYZER }, options),
    }),
  });
}
