import { Duration, RemovalPolicy, Size, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AlertPolicy,
  AsyncInference,
  Baseline,
  BatchTransformData,
  CapacitySize,
  CapturedData,
  CaptureMode,
  CategoricalDriftMethod,
  Checks,
  ColumnType,
  ComparisonMethod,
  Concern,
  CsvDelimiter,
  DataCapture,
  DatasetEncoding,
  DatasetFormat,
  DriftMethod,
  Endpoint,
  EndpointOperations,
  FeatureMetrics,
  InstanceType,
  MessageFormat,
  Model,
  ModelData,
  ModelDecay,
  ModelImage,
  Monitor,
  MonitoredData,
  MonitoringEngine,
  MonitoringFrequency,
  MonitorKind,
  OperationsAlarm,
  ProductionVariant,
  RecordFilter,
  RecordFormat,
  RecordTransformation,
  RetrainingSignal,
  Rollout,
  ShadowVariant,
  TextValues,
  TopicAlarmAction,
  TrainingIssue,
  TransformRows,
  VariantComparison,
  VariantMeasure,
  WatchedTraining,
} from '../../../lib';
import type { Changes, Recipe } from './settings';
import { judging } from './tested-variants';

const IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/other:2.0';

const to =
  (value: unknown): Recipe =>
  () =>
    value;
const data = (stack: Stack) => stack.node.findChild('Data') as s3.IBucket;
const other = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Other', 'other-data');
const key = (stack: Stack) => new kms.Key(stack, 'OtherKey');
const group = (stack: Stack, id: string) => ec2.SecurityGroup.fromSecurityGroupId(stack, id, id);
const vpc = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'OtherVpc', {
    vpcId: 'vpc-2',
    availabilityZones: ['eu-west-1a'],
    isolatedSubnetIds: ['subnet-2'],
  });
const zones = (stack: Stack) =>
  ec2.Vpc.fromVpcAttributes(stack, 'OtherZones', {
    vpcId: 'vpc-3',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-5', 'subnet-6'],
  });
const topic = (stack: Stack) => new sns.Topic(stack, 'OtherTopic');
const bus = (stack: Stack) => new events.EventBus(stack, 'OtherBus');
const role = (stack: Stack) => {
  const made = new iam.Role(stack, 'OtherRole', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  data(stack).grantReadWrite(made);
  return made;
};
const files = (bucket: s3.IBucket) =>
  Baseline.fromFiles({ bucket, statisticsKey: 'given/statistics.json', constraintsKey: 'given/constraints.json' });
const theirs = (stack: Stack) => Endpoint.fromEndpointName(stack, 'Elsewhere', 'Credit-Live');
const elsewhere = (stack: Stack) =>
  Monitor.fromMonitorAttributes(stack, 'OtherMonitor', {
    monitorId: 'other',
    monitorKind: MonitorKind.MODEL_BIAS,
    reportsBucket: data(stack),
  });
const model = (stack: Stack) =>
  new Model(stack, 'OtherModel', {
    image: ModelImage.fromUri(IMAGE),
    modelData: ModelData.fromBucket(data(stack), 'other.tar.gz'),
  });
const another = (stack: Stack) =>
  new Endpoint(stack, 'OtherEndpoint', {
    variants: [
      ProductionVariant.instances('live', { model: model(stack), instanceType: InstanceType.of('ml.m5.large') }),
    ],
    dataCapture: DataCapture.toBucket(data(stack), { prefix: 'another' }),
  });
/** Of the app on the serverless engine. */
export const SERVERLESS_RECIPES: Changes = {
  'TrainingWatchProps.training': () => WatchedTraining.jobs('other-'),
  'TrainingWatchProps.notificationTopic': topic,
  'TrainingWatchProps.longest': () => Duration.hours(3),
  'TrainingWatchProps.stuckAfter': () => Duration.hours(2),
  'TrainingWatchProps.stopOn': to([TrainingIssue.STUCK]),
  'TrainingWatchProps.reportsBucket': other,
  'TrainingWatchProps.eventBus': bus,
  'EndpointPredictorOptions.maxConcurrency': to(9),
  'EndpointPredictorOptions.recordsPerRequest': to(50),
  'PredictorOptions.memorySize': () => Size.gibibytes(6),
  'ShapAnalysisOptions.recordCount': to(250),
  'ServerlessEngineOptions.driftMethod': to(DriftMethod.POPULATION_STABILITY),
  'ServerlessEngineOptions.falseAlarmRate': to(0.01),
  'ServerlessEngineOptions.maxConcurrency': to(7),
  'ServerlessEngineOptions.settleTime': () => Duration.minutes(10),
  'ServerlessEngineOptions.extractsBucket': other,
  'ServerlessEngineOptions.checks': to(Checks.MODEL_MONITOR),
  'ServerlessEngineOptions.limits': to({ unreadableRecords: 0.05 }),
  'MonitoringLimits.unreadableRecords': to(0.05),
  'MonitoringLimits.lateObjects': to(0.05),
  'MonitoringLimits.unknownColumns': to(0.05),
  'MonitoringLimits.missingLabels': to(0.2),
  'MonitoringLimits.labelCoverage': to(0.5),
  'MonitoringLimits.baselineAge': () => Duration.days(365),
  'MonitoringLimits.timeWithoutData': () => Duration.days(7),
  'ModelMonitoringProps.alarmActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'ModelMonitoringProps.alarms': to({ drift: { evaluationPeriods: 2 } }),
  'ModelMonitoringProps.okActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'ModelMonitoringProps.documentationUrl': to('https://wiki.example.com/ml'),
  'ModelMonitoringProps.messages': to({ format: MessageFormat.JSON }),
  'ModelMonitoringProps.notificationTopic': topic,
  'MessageOptions.format': to(MessageFormat.AMAZON_Q),
  'MessageOptions.consoleSignIn': to('https://sso.example.com/#/console?destination='),
  'MessageOptions.dashboardName': to('models'),
  'ModelMonitoringProps.engine': () => MonitoringEngine.modelMonitor(),
  'MonitorPlacement.data': (stack) => MonitoredData.endpoint(another(stack)),
  'MonitoredEndpointOptions.endpointName': to('Credit-Live'),
  'MonitoredEndpointOptions.capturedData': (stack) => CapturedData.at(data(stack), 'elsewhere'),
  'MonitoredRowsOptions.filter': () => RecordFilter.noneOf(RecordFilter.column('2', 'test')),
  'MonitoredRecordsOptions.variants': to(['live']),
  'MonitoredRecordsOptions.perVariant': to(true),
  'MonitoredRecordsOptions.comparison': () => VariantComparison.between('live', 'spare'),
  'MonitoredRecordsOptions.maxBytesPerRun': to(2 ** 30),
  'VariantTestOptions.monitor': (stack) => judging(stack, 'OtherJudged', data(stack)),
  'VariantTestOptions.reference': to('third'),
  'VariantTestOptions.candidate': to('third'),
  'VariantTestOptions.notificationTopic': topic,
  'AbTestProps.backToReference': to(true),
  'AbTestProps.candidateShare': to(0.25),
  'VariantTestOptions.leastEffect': to(0.2),
  'VariantTestOptions.measures': () => [VariantMeasure.serverErrors(0.001)],
  'VariantTestOptions.leastDuration': () => Duration.hours(2),
  'VariantTestOptions.largestDuration': () => Duration.days(90),
  'VariantTestOptions.falseDecisionRate': to(0.01),
  'MonitoredRowsOptions.format': () => RecordFormat.rowsAt({ request: 'instances[*]' }),
  'MonitoredRowsOptions.transformations': () => [RecordTransformation.drop('2')],
  'WrittenDataProps.name': to('other-vectors'),
  'WrittenDataProps.bucket': other,
  'WrittenDataProps.prefix': to('moved'),
  'WrittenDataProps.encryptionKey': key,
  'BatchTransformDataProps.rows': to(TransformRows.INPUT),
  'BatchTransformDataProps.generateInferenceId': to(true),
  'RowPaths.request': to('rows[*]'),
  'RowPaths.response': to('answers[*]'),
  'RowPaths.requestNames': to(['speed_knots', 'phase_of_flight']),
  'RowPaths.responseNames': to(['cost']),
  'MonitorPlacement.reportsBucket': other,
  'MonitorPlacement.reportsPrefix': to('elsewhere'),
  'MonitorPlacement.eventBus': bus,
  'MonitorPlacement.runMetrics': to(true),
  'ModelProps.contentTypes': to(['application/json']),
  'ModelProps.environment': to({ LEVEL: 'debug' }),
  'ModelProps.image': () => ModelImage.fromUri(IMAGE),
  'ModelProps.modelData': (stack) => ModelData.fromBucket(data(stack), 'other.tar.gz'),
  'ModelProps.role': role,
  'ModelProps.securityGroups': (stack) => [group(stack, 'sg-3')],
  'ModelProps.vpc': zones,
  'ModelProps.vpcSubnets': (stack) => ({
    subnets: ['subnet-7', 'subnet-8'].map((id) => ec2.Subnet.fromSubnetId(stack, id, id)),
  }),
  'ModelPackageOptions.images': () => [ModelImage.fromUri(IMAGE)],
  'ModelPackageOptions.modelData': (stack) => [ModelData.fromBucket(data(stack), 'registered.tar.gz')],
  'EndpointProps.variants': (stack) => {
    const shared = model(stack);
    return ['live', 'spare'].map((name) =>
      ProductionVariant.instances(name, { model: shared, instanceType: InstanceType.of('ml.m5.large') }),
    );
  },
  'EndpointProps.dataCapture': (stack) => DataCapture.toBucket(data(stack), { prefix: 'moved' }),
  'EndpointProps.shadowVariant': (stack) =>
    ShadowVariant.instances('candidate', { model: model(stack), instanceType: InstanceType.of('ml.m5.large') }),
  'EndpointProps.asyncInference': (stack) => AsyncInference.toBucket(data(stack), { prefix: 'elsewhere' }),
  'EndpointProps.rollout': () => Rollout.canary(CapacitySize.percent(10)),
  'RolloutOptions.baking': to(Duration.minutes(20)),
  'RolloutOptions.alarms': () => [OperationsAlarm.clientErrors({ period: Duration.minutes(1) })],
  'RolloutOptions.maxExecutionTimeout': to(Duration.hours(3)),
  'RolloutOptions.endpointName': to('another'),
  'RolloutOptions.leastRequests': to(500),
  'RolloutOptions.notificationTopic': topic,
  'RollingRolloutOptions.rollbackBatchSize': () => CapacitySize.percent(20),
  'EndpointProps.endpointName': to('mine'),
  'EndpointProps.encryptionKey': key,
  'InstanceVariantOptions.instanceType': () => InstanceType.of('ml.m5.xlarge'),
  'InstanceVariantOptions.initialInstanceCount': to(2),
  'InstanceVariantOptions.scaling': to({ maxCapacity: 2, invocationsPerInstance: 60 }),
  'VariantOptions.model': model,
  'VariantOptions.initialVariantWeight': to(3),
  'InstanceScaling.minCapacity': to(2),
  'InstanceScaling.maxCapacity': to(5),
  'InstanceScaling.invocationsPerInstance': to(60),
  'ServerlessVariantOptions.memorySize': to(Size.gibibytes(3)),
  'ServerlessVariantOptions.maxConcurrency': to(6),
  'ServerlessVariantOptions.provisionedConcurrency': to(1),
  'AsyncInferenceOptions.prefix': to('answers'),
  'AsyncInferenceOptions.failurePrefix': to('failed'),
  'AsyncInferenceOptions.maxConcurrentInvocationsPerInstance': to(4),
  'AsyncInferenceOptions.successTopic': topic,
  'AsyncInferenceOptions.errorTopic': topic,
  'AsyncInferenceOptions.encryptionKey': key,
  'BucketCaptureOptions.csvContentTypes': to(['text/plain']),
  'BucketCaptureOptions.jsonContentTypes': to(['application/x-json']),
  'BucketCaptureOptions.encryptionKey': key,
  'BucketCaptureOptions.mode': to(CaptureMode.INPUT),
  'BucketCaptureOptions.prefix': to('moved'),
  'BucketCaptureOptions.samplingPercentage': to(10),
  'NewBucketCaptureOptions.expiration': to(Duration.days(9)),
  'CapturedDataOptions.encryptionKey': key,
  'MonitorOptions.baseline': (stack) => files(data(stack)),
  'MonitorOptions.alertPolicy': () => AlertPolicy.everyWindow(),
  'ModelQualityMonitorOptions.decay': () => ModelDecay.overWindows(14),
  'ClockOptions.timeZone': to('Europe/Berlin'),
  'MonitorOptions.frequency': () => MonitoringFrequency.dailyAt(3),
  'DataQualityMonitorOptions.excludedFeatures': to(['speed_knots']),
  'DataQualityMonitorOptions.featureMetrics': () => FeatureMetrics.of('speed_knots'),
  'BaselineDatasetOptions.revision': to('2'),
  'DatasetOptions.columnTypes': to({ operator: ColumnType.TEXT }),
  'DatasetOptions.textValues': to(TextValues.IN_CLEAR),
  'JsonDatasetOptions.listLengths': to({ vector: 2 }),
  'JsonDatasetOptions.encoding': to(DatasetEncoding.WINDOWS_1252),
  'CsvDatasetOptions.encoding': to(DatasetEncoding.WINDOWS_1252),
  'CsvDatasetOptions.delimiter': to(CsvDelimiter.COMMA),
  'BaselineFiles.bucket': other,
  'BaselineFiles.checkedAtDeployment': to(false),
  'BaselineFiles.constraintsKey': to('other/constraints.json'),
  'BaselineFiles.statisticsKey': to('other/statistics.json'),
  'ConstraintOverrides.features': to({ speed_knots: { completeness: 0.5 } }),
  'MonitoringOverrides.categoricalComparisonThreshold': to(0.3),
  'MonitoringOverrides.categoricalDriftMethod': to(CategoricalDriftMethod.L_INFINITY),
  'MonitoringOverrides.comparisonMethod': to(ComparisonMethod.SIMPLE),
  'MonitoringOverrides.comparisonThreshold': to(0.3),
  'MonitoringOverrides.datatypeCheckThreshold': to(0.8),
  'MonitoringOverrides.domainContentThreshold': to(0.8),
  'MonitoringOverrides.emitMetrics': to(false),
  'MonitoringOverrides.evaluateConstraints': to(false),
  'MonitoringOverrides.performComparison': to(false),
  'FeatureOverrides.completeness': to(0.5),
  'FeatureOverrides.completenessTolerance': to(0.2),
  'FeatureOverrides.domains': to(['100']),
  'RetrainingTriggerProps.monitors': elsewhere,
  'RetrainingTriggerProps.pipeline': (stack) =>
    sagemaker.CfnPipeline.fromPipelineName(stack, 'OtherPipeline', 'other-training'),
  'RetrainingTriggerProps.concerns': to([Concern.FORM]),
  'RetrainingTriggerProps.signals': to([RetrainingSignal.CONCEPT_DRIFT]),
  'RetrainingTriggerProps.signalParameter': to('Reason'),
  'RetrainingTriggerProps.cooldown': to(Duration.days(2)),
  'RetrainingTriggerProps.description': to('why'),
  'RetrainingTriggerProps.parameters': to({ Rows: '10' }),
  'SageMakerPipelineTargetProps.deadLetterQueue': (stack) => new sqs.Queue(stack, 'Queue'),
  'SageMakerPipelineTargetProps.maxEventAge': to(Duration.hours(2)),
  'SageMakerPipelineTargetProps.parameters': to({ Rows: '10' }),
  'SageMakerPipelineTargetProps.retryAttempts': to(3),
  'SageMakerPipelineTargetProps.role': (stack) =>
    new iam.Role(stack, 'RuleRole', { assumedBy: new iam.ServicePrincipal('events.amazonaws.com') }),
  'CaptureDiskAlarmProps.endpoint': theirs,
  'CaptureDiskAlarmProps.alarmActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'CaptureDiskAlarmProps.endpointName': to('other'),
  'CaptureDiskAlarmProps.variantName': to('spare'),
  'OperationsAlarmsProps.operations': to(EndpointOperations.inferenceComponent('other')),
  'OperationsAlarmsProps.alarms': () => [OperationsAlarm.clientErrors()],
  'OperationsAlarmsProps.alarmActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'OperationsAlarmsProps.okActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'EndpointOperationsOptions.endpointName': to('other'),
  'EndpointOperationsOptions.variantName': to('spare'),
  'AlarmPeriods.period': () => Duration.minutes(1),
  'AlarmPeriods.evaluationPeriods': to(4),
  'AlarmPeriods.datapointsToAlarm': to(2),
  'LatencyAlarmOptions.statistic': to('p90'),
  'ErrorAlarmOptions.percent': to(5),
  'ErrorAlarmOptions.leastRequests': to(100),
  'UtilizationAlarmOptions.unitCount': to(2),
  'AnomalyAlarmOptions.standardDeviations': to(4),
  'MonitorAttributes.monitorId': to('another'),
  'MonitorAttributes.monitoringId': to('another'),
  'MonitorAttributes.monitorKind': to(MonitorKind.MODEL_BIAS),
  'MonitorAttributes.endpointName': to('Another'),
  'MonitorAttributes.interval': to(Duration.days(1)),
  'MonitorAttributes.eventBus': bus,
  'MonitorAttributes.account': to('444455556666'),
  'MonitorAttributes.region': to('eu-west-1'),
  'MonitorAttributes.reportsBucket': other,
  'MonitorAttributes.reportsPrefix': to('moved'),
  'MonitorAlarmsProps.monitor': elsewhere,
  'MonitorAlarmsProps.alarmActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'MonitorAlarmsProps.okActions': (stack) => [new TopicAlarmAction(topic(stack))],
  'ViolationDigestProps.monitors': elsewhere,
  'ViolationDigestProps.topic': topic,
  'StackResourcesProps.architecture': to(lambda.Architecture.ARM_64),
  'StackResourcesProps.encryptionKey': key,
  'StackResourcesProps.logRemovalPolicy': to(RemovalPolicy.RETAIN),
  'StackResourcesProps.logRetention': to(logs.RetentionDays.ONE_YEAR),
  'StackResourcesProps.securityGroups': (stack) => [group(stack, 'sg-2')],
  'StackResourcesProps.maxConcurrency': to(7),
  'StackResourcesProps.runPages': to(false),
  'StackResourcesProps.vendedLogs': to(true),
  'StackResourcesProps.vpc': vpc,
  'StackResourcesProps.vpcSubnets': (stack) => ({ subnets: [ec2.Subnet.fromSubnetId(stack, 'Other', 'subnet-9')] }),
};

/** Of the app that monitors batch transform jobs. */
export const BATCH_RECIPES: Changes = {
  'CsvDatasetOptions.header': to(false),
  'MonitorPlacement.data': (stack) =>
    MonitoredData.batchTransform(
      new BatchTransformData({
        captured: { bucket: data(stack), prefix: 'all' },
        transformInput: { bucket: data(stack), prefix: 'other-loans' },
        transformOutput: { bucket: data(stack), prefix: 'other-scores' },
        format: DatasetFormat.csv({ header: true }),
      }),
    ),
  'BatchTransformDataProps.captured': (stack) => ({ bucket: data(stack), prefix: 'moved' }),
  'BatchTransformDataProps.format': () => DatasetFormat.csv({ header: true }),
  'BatchTransformDataProps.transformInput': (stack) => ({ bucket: data(stack), prefix: 'other-loans' }),
  'BatchTransformDataProps.transformOutput': (stack) => ({ bucket: data(stack), prefix: 'other-scores' }),
  'BatchTransformDataProps.encryptionKey': key,
  'BucketPrefix.bucket': other,
  'BucketPrefix.prefix': to('moved'),
  'CsvFormatOptions.header': to(true),
  'ServiceMetricsOptions.batchNamespaces': to({ dataQuality: '/aws/sagemaker/ModelMonitoring/data-metrics' }),
};
