import { Duration, Size, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AnalysisScript,
  AnalysisWindow,
  BiasAnalysis,
  DataDistribution,
  Facet,
  GroundTruth,
  InputMode,
  InstanceType,
  JobDefinitionNameSource,
  ModelPackage,
  ModelProblem,
  MonitoringEngine,
  PositiveOutcome,
  Predictor,
  PredictorRequest,
  PredictorResponse,
  ServiceMetrics,
  ShapAggregation,
  ShapAnalysis,
  ShapBaseline,
  StackAlarms,
  TopicAlarmAction,
} from '../../../lib';
import type { Changes, Recipe } from './settings';

const to =
  (value: unknown): Recipe =>
  () =>
    value;
const data = (stack: Stack) => stack.node.findChild('Data') as s3.IBucket;
const key = (stack: Stack) => new kms.Key(stack, 'OtherKey');
const actions: Recipe = (stack) => [new TopicAlarmAction(new sns.Topic(stack, 'OtherTopic'))];
const script = (stack: Stack) => AnalysisScript.fromBucket(data(stack), 'scripts/script.py');
const otherPackage = 'arn:aws:sagemaker:us-east-1:123456789012:model-package/credit/4';

const vpc = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'OtherVpc', {
    vpcId: 'vpc-2',
    availabilityZones: ['us-east-1a'],
    privateSubnetIds: ['subnet-3'],
  });

const jobRole = (stack: Stack) => {
  const role = new iam.Role(stack, 'JobRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  data(stack).grantReadWrite(role);
  return role;
};

const METRICS = [
  ...['accuracy', 'f05', 'f1', 'f2', 'falseNegativeRate', 'falsePositiveRate', 'mae', 'mse', 'precision', 'r2'],
  ...['recall', 'rmse', 'trueNegativeRate', 'truePositiveRate', 'weightedF05', 'weightedF1', 'weightedF2'],
  ...['weightedPrecision', 'weightedRecall', 'auc'],
];

const CLARIFY: Changes = {
  'BiasAnalysisOptions.facets': () => [Facet.categorical('young', [1]), Facet.continuous('amount', 5000)],
  'BiasAnalysisOptions.groupVariable': to('term'),
  'BiasAnalysisOptions.headers': to(['amount', 'term', 'young', 'paid', 'more']),
  'BiasAnalysisOptions.label': to('term'),
  'BiasAnalysisOptions.positiveOutcome': () => PositiveOutcome.above(0),
  'BiasAnalysisOptions.prediction': to('2'),
  'BiasAnalysisOptions.predictor': () => Predictor.fromModelName('asked-next'),
  'BiasAnalysisOptions.probability': to('1'),
  'BiasAnalysisOptions.threshold': to(0.7),
  'BiasAnalysisOptions.features': to('features'),
  'ModelBiasMonitorOptions.analysis': () =>
    BiasAnalysis.of({
      headers: ['amount', 'term', 'young', 'paid'],
      label: 'paid',
      positiveOutcome: PositiveOutcome.ofValues([1]),
      facets: [Facet.categorical('term')],
      predictor: Predictor.fromModelName('asked'),
    }),
  'ShapAnalysisOptions.aggregation': to(ShapAggregation.MEDIAN),
  'ShapAnalysisOptions.baseline': () => ShapBaseline.rows([[6000, 24, 1]]),
  'ShapAnalysisOptions.features': to('features'),
  'ShapAnalysisOptions.headers': to(['amount', 'term', 'old']),
  'ShapAnalysisOptions.prediction': to('1'),
  'ShapAnalysisOptions.predictor': () => Predictor.fromModelName('asked'),
  'ShapAnalysisOptions.probability': to('1'),
  'ShapAnalysisOptions.sampleCount': to(50),
  'ShapAnalysisOptions.saveLocalValues': to(true),
  'ShapAnalysisOptions.seed': to(3),
  'ShapAnalysisOptions.useLogit': to(true),
  'ModelExplainabilityMonitorOptions.analysis': () =>
    ShapAnalysis.of({ predictor: Predictor.fromModelName('asked'), headers: ['amount', 'term', 'young'] }),
  'EndpointPredictorOptions.customAttributes': to('tenant=1'),
  'PredictorOptions.instanceCount': to(2),
  'PredictorOptions.instanceType': () => InstanceType.of('ml.m5.4xlarge'),
  'EndpointPredictorOptions.labelHeaders': to(['paid']),
  'EndpointPredictorOptions.request': () => PredictorRequest.jsonLines('{"features":$features}'),
  'EndpointPredictorOptions.response': to(PredictorResponse.CSV),
  'ClarifyOptions.environment': to({ LEVEL: 'debug' }),
  'ClarifyOptions.imageUri': to('123456789012.dkr.ecr.us-east-1.amazonaws.com/clarify:2.0'),
  'ClarifyOptions.maxRuntime': () => Duration.minutes(20),
};

const ENGINE: Changes = {
  'ModelMonitorEngineOptions.baselineAge': () => Duration.days(365),
  'ModelMonitorEngineOptions.timeWithoutData': () => Duration.days(7),
  'ModelMonitorEngineOptions.dataDistribution': to(DataDistribution.SHARDED_BY_S3_KEY),
  'ModelMonitorEngineOptions.dataQuality': to({ environment: { LEVEL: 'debug' } }),
  'ModelMonitorEngineOptions.inputMode': to(InputMode.PIPE),
  'ModelMonitorEngineOptions.instanceCount': to(2),
  'ModelMonitorEngineOptions.instanceType': () => InstanceType.of('ml.m5.2xlarge'),
  'ModelMonitorEngineOptions.interContainerTrafficEncryption': to(true),
  'ModelMonitorEngineOptions.jobDefinitionNameFrom': to(JobDefinitionNameSource.ARN),
  'ModelMonitorEngineOptions.maxRuntime': () => Duration.minutes(20),
  'ModelMonitorEngineOptions.modelBias': to({ environment: { LEVEL: 'debug' } }),
  'ModelMonitorEngineOptions.modelExplainability': to({ environment: { LEVEL: 'debug' } }),
  'ModelMonitorEngineOptions.modelQuality': to({ environment: { LEVEL: 'debug' } }),
  'ModelMonitorEngineOptions.networkIsolation': to(true),
  'ModelMonitorEngineOptions.role': jobRole,
  'ModelMonitorEngineOptions.securityGroups': (stack) => [
    ec2.SecurityGroup.fromSecurityGroupId(stack, 'OtherGroup', 'sg-2', { mutable: false }),
  ],
  'ModelMonitorEngineOptions.serviceMetrics': () => ServiceMetrics.none(),
  'ModelMonitorEngineOptions.tags': to({ Team: 'risk' }),
  'ModelMonitorEngineOptions.volumeEncryptionKey': key,
  'ModelMonitorEngineOptions.volumeSize': () => Size.gibibytes(50),
  'ModelMonitorEngineOptions.vpc': vpc,
  'ModelMonitorEngineOptions.vpcSubnets': (stack) => ({
    subnets: [ec2.Subnet.fromSubnetId(stack, 'OtherSubnet', 'subnet-2')],
  }),
  'AnalyzerOptions.containerArguments': to(['--fast']),
  'AnalyzerOptions.containerEntrypoint': to(['/bin/analyze']),
  'AnalyzerOptions.datasetPostAnalytics': script,
  'AnalyzerOptions.datasetPreprocessor': script,
  'AnalyzerOptions.environment': to({ LEVEL: 'debug' }),
  'AnalyzerOptions.imageUri': to('123456789012.dkr.ecr.us-east-1.amazonaws.com/analyzer:2.0'),
  'AnalyzerOptions.maxRuntime': () => Duration.minutes(20),
  'AnalyzerOptions.postAnalytics': script,
  'AnalyzerOptions.recordPreprocessor': script,
  'ServiceMetricsOptions.endpointDimension': to('EndpointName'),
  'ServiceMetricsOptions.endpointNamespaces': to({ dataQuality: '/aws/sagemaker/Endpoints/data-metrics' }),
  'ServiceMetricsOptions.scheduleDimension': to('Schedule'),
  'ServiceNamespaces.dataQuality': to('/aws/sagemaker/Endpoints/data-metrics'),
  'ServiceNamespaces.modelBias': to('/aws/sagemaker/Endpoints/bias-metrics'),
  'ServiceNamespaces.modelExplainability': to('/aws/sagemaker/Endpoints/explainability-metrics'),
  'ServiceNamespaces.modelQuality': to('/aws/sagemaker/Endpoints/model-metrics'),
};

const ALARMS: Changes = {
  'AlarmOptions.datapointsToAlarm': to(1),
  'AlarmOptions.enabled': to(false),
  'AlarmOptions.evaluationPeriods': to(3),
  'AlarmOptions.threshold': to(2),
  'MonitorAlarmOptions.drift': to({ threshold: 3 }),
  'MonitorAlarmOptions.health': to({ enabled: false }),
  'AddMonitorOptions.alarms': to({ drift: { evaluationPeriods: 4 } }),
  'AddMonitorOptions.engine': () => MonitoringEngine.serverless(),
  'ModelMonitoringProps.stackAlarms': (stack) => new StackAlarms(stack, 'OtherAlarms'),
  'StackAlarmsProps.alarmActions': actions,
  'StackAlarmsProps.heartbeat': to({ enabled: false }),
  'StackAlarmsProps.okActions': actions,
  'StackAlarmsProps.undelivered': to({ threshold: 3 }),
};

/** Of the app on Model Monitor. */
export const MODEL_MONITOR_RECIPES: Changes = {
  ...ENGINE,
  ...CLARIFY,
  ...ALARMS,
  ...Object.fromEntries(METRICS.map((metric) => [`MetricThresholds.${metric}`, to(0.3)])),
  'ConstraintOverrides.metricThresholds': to({ recall: 0.4 }),
  'BaselineDatasetOptions.timeout': () => Duration.hours(3),
  'DataQualityMonitorOptions.excludedFeatures': to(['term']),
  'ModelPackageBaselineOptions.bucket': (stack) =>
    s3.Bucket.fromBucketAttributes(stack, 'Same', { bucketName: 'credit-data', encryptionKey: key(stack) }),
  'ModelPackageBaselineOptions.prefix': to('given'),
  'ModelProps.modelPackage': () => ModelPackage.fromArn(otherPackage),
  'DatasetOptions.columns': to({ label: 'paid', prediction: 'predicted', probability: 'other' }),
  'DatasetColumns.label': to('young'),
  'DatasetColumns.prediction': to('other'),
  'DatasetColumns.probability': to('other'),
  'GroundTruthOptions.encryptionKey': key,
  'LabelledMonitorOptions.groundTruth': (stack) => GroundTruth.fromBucket(data(stack), 'other-labels'),
  'LabelledMonitorOptions.window': () => AnalysisWindow.delayedBy(Duration.days(2)),
  'ModelQualityMonitorOptions.problem': () => ModelProblem.binaryClassification({ prediction: '2', probability: '0' }),
  'BinaryClassificationOptions.prediction': to('2'),
  'BinaryClassificationOptions.probability': to('2'),
  'BinaryClassificationOptions.threshold': to(0.7),
  'RegressionOptions.prediction': to('1'),
  'MulticlassClassificationOptions.prediction': to('1'),
  'MulticlassClassificationOptions.probability': to('1'),
  'EndpointAttributes.endpointName': to('Credit-Next'),
  'EndpointAttributes.endpointArn': to('arn:aws:sagemaker:us-east-1:123456789012:endpoint/credit-live'),
  'ModelAttributes.modelName': to('others'),
  'ModelAttributes.contentTypes': to(['application/json']),
  'ModelAttributes.role': (stack) => iam.Role.fromRoleName(stack, 'OthersRole', 'others'),
  'ApplyDataCaptureOptions.grantee': (stack) =>
    new iam.Role(stack, 'OtherHandRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }),
};
