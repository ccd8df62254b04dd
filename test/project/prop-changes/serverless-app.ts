import { CfnOutput, Duration, Size, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AsyncInference,
  Baseline,
  BatchTransformData,
  BuiltInRule,
  CapacitySize,
  CaptureDiskAlarm,
  CapturedData,
  DataCapture,
  DataQualityMonitor,
  Dataset,
  DatasetFormat,
  DebuggerRule,
  Endpoint,
  EndpointOperations,
  type EndpointProps,
  FeatureMetrics,
  InstanceType,
  Model,
  ModelData,
  ModelExplainabilityMonitor,
  ModelImage,
  ModelMonitoring,
  ModelPackage,
  Monitor,
  MonitorAlarms,
  MonitoredData,
  type MonitoredRecordsOptions,
  MonitoringDashboard,
  MonitoringEngine,
  MonitoringFrequency,
  MonitorKind,
  OperationsAlarm,
  OperationsAlarms,
  OperationsMetric,
  Predictor,
  ProductionVariant,
  RecordFormat,
  RetrainingTrigger,
  type RollingRolloutOptions,
  Rollout,
  type RowPaths,
  SageMakerPipelineTarget,
  ShapAnalysis,
  ShapBaseline,
  StackResources,
  type StackResourcesProps,
  TrainingCheck,
  TrainingDebugger,
  TrainingWatch,
  TransformRows,
  VariantComparison,
  type VariantComparisonOptions,
  ViolationDigest,
  WatchedTraining,
  WrittenData,
} from '../../../lib';
import { TRAINING_DATA } from '../apps';
import type { Settings } from './settings';
import { classes, testedVariants } from './tested-variants';

/** An endpoint of this library with the front door on the serverless engine, and every piece that does not need Model Monitor. */
export function serverlessApp(stack: Stack, settings: Settings): void {
  new StackResources(stack, 'Shared', settings.of('StackResourcesProps', network(stack)));
  const data = s3.Bucket.fromBucketName(stack, 'Data', 'credit-data');
  const topic = new sns.Topic(stack, 'Alerts');
  const endpoint = hosted(stack, settings, data);
  const monitoring = new ModelMonitoring(
    stack,
    'Monitoring',
    settings.of('ModelMonitoringProps', {
      ...settings.of('MonitorPlacement', {
        data: MonitoredData.endpoint(endpoint, settings.of('MonitoredEndpointOptions', recordsOptions(settings))),
        reportsBucket: data,
      }),
      engine: MonitoringEngine.serverless(
        settings.of('ServerlessEngineOptions', { limits: settings.of('MonitoringLimits', {}) }),
      ),
      notificationTopic: topic,
    }),
  );
  monitoring.addDataQualityMonitor('Computed', monitorOptions(settings));
  pieces(stack, settings, { endpoint, monitoring });
  single(stack, settings, data);
  listed(stack, settings, data);
  transformed(stack, settings, data);
  explained(stack, settings, { data, endpoint });
  asking(stack, settings, data);
  testedVariants(stack, settings, data);
  new MonitoringDashboard(stack, 'Models', settings.of('MonitoringDashboardProps', { dashboardName: 'models' }));
  const rules = [DebuggerRule.builtIn(BuiltInRule.LOSS_NOT_DECREASING, settings.of('BuiltInRuleOptions', {}))];
  const debugging = new TrainingDebugger(
    stack,
    'Debugging',
    settings.of('TrainingDebuggerProps', { rules, bucket: data }),
  );
  new CfnOutput(stack, 'Rules', { value: stack.toJsonString(debugging.trainingArguments()) });
  classes(stack, settings, data);
  new TrainingWatch(
    stack,
    'Training',
    settings.of('TrainingWatchProps', {
      training: WatchedTraining.jobs('churn-'),
      reportsBucket: data,
      checks: [
        TrainingCheck.falling('loss', settings.of('FallingCheckOptions', {})),
        TrainingCheck.together('loss', 'held', settings.of('TogetherCheckOptions', {})),
      ],
    }),
  );
}

/** A monitor that asks a model, of files as its baseline: no model answers in an app that is only deployed. */
function explained(
  stack: Stack,
  settings: Settings,
  { data, endpoint }: { readonly data: s3.IBucket; readonly endpoint: Endpoint },
): void {
  const asked = settings.of('EndpointPredictorOptions', {});
  new ModelExplainabilityMonitor(stack, 'Attributions', {
    data: MonitoredData.endpoint(endpoint),
    engine: MonitoringEngine.serverless(),
    reportsBucket: data,
    baseline: Baseline.fromFiles({ bucket: data, constraintsKey: 'given/analysis.json' }),
    analysis: ShapAnalysis.of(
      settings.of('ShapAnalysisOptions', {
        headers: ['amount', 'term'],
        predictor: Predictor.fromModelName('asked', settings.of('PredictorOptions', asked)),
        baseline: ShapBaseline.rows([[5000, 36]]),
      }),
    ),
  });
}

/** A monitor that asks the endpoint which it watches. */
function asking(stack: Stack, settings: Settings, data: s3.IBucket): void {
  new ModelExplainabilityMonitor(stack, 'OwnAttributions', {
    data: MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'AskedEndpoint', 'Asked-Live'), {
      capturedData: CapturedData.at(data, 'captured'),
    }),
    engine: MonitoringEngine.serverless(),
    reportsBucket: data,
    baseline: Baseline.fromFiles({ bucket: data, constraintsKey: 'given/analysis.json' }),
    analysis: ShapAnalysis.of({
      headers: ['amount', 'term'],
      predictor: Predictor.monitoredEndpoint(
        settings.of('MonitoredEndpointPredictorOptions', { variantName: 'live', trafficShare: 0.05 }),
      ),
      baseline: ShapBaseline.rows([[5000, 36]]),
    }),
  });
}

/** What is compared is judged apart. */
function recordsOptions(settings: Settings): MonitoredRecordsOptions {
  const rows = settings.of<MonitoredRecordsOptions>('MonitoredRowsOptions', {});
  const { comparison, ...options } = settings.of<MonitoredRecordsOptions>('MonitoredRecordsOptions', rows);
  const compared = comparison ?? comparisonWith(settings.of<VariantComparisonOptions>('VariantComparisonOptions', {}));
  return compared ? { perVariant: true, comparison: compared, ...options } : options;
}

/** None unless more is made of it. */
const comparisonWith = (options: VariantComparisonOptions) =>
  options.metric ? VariantComparison.between('live', 'spare', options) : undefined;

function hosted(stack: Stack, settings: Settings, data: s3.IBucket): Endpoint {
  const model = new Model(
    stack,
    'Model',
    settings.of('ModelProps', {
      image: ModelImage.fromUri(IMAGE),
      modelData: ModelData.fromBucket(data, 'model.tar.gz'),
      ...hosting(stack),
    }),
  );
  registered(stack, settings);
  const { variants, dataCapture, ...rest } = settings.of('EndpointProps', UNSET, [
    'variants',
    'dataCapture',
    'endpointName',
    'encryptionKey',
  ]);
  const instanceType = InstanceType.of('ml.m5.large');
  const common = settings.of('VariantOptions', { model });
  const live = ProductionVariant.instances('live', settings.of('InstanceVariantOptions', { ...common, instanceType }));
  const spare = ProductionVariant.instances('spare', { model, instanceType });
  otherwiseServed(stack, settings, { data, model });
  return new Endpoint(stack, 'Endpoint', {
    variants: variants ?? [live, spare],
    dataCapture:
      dataCapture ?? DataCapture.toBucket(data, settings.of('BucketCaptureOptions', { samplingPercentage: 100 })),
    ...rest,
  });
}

/** Endpoints that scale, that have no instances, and that answer into a bucket. */
function otherwiseServed(
  stack: Stack,
  settings: Settings,
  { data, model }: { readonly data: s3.IBucket; readonly model: Model },
): void {
  const instanceType = InstanceType.of('ml.m5.large');
  const scaling = settings.of('InstanceScaling', { maxCapacity: 4, invocationsPerInstance: 600 });
  const { shadowVariant, asyncInference, rollout } = settings.of('EndpointProps', UNSET, [
    'shadowVariant',
    'asyncInference',
    'rollout',
  ]);
  const scaled = ProductionVariant.instances('live', { model, instanceType, scaling });
  new Endpoint(stack, 'ScaledEndpoint', { variants: [scaled], shadowVariant });
  new Endpoint(stack, 'RolledEndpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType })],
    endpointName: 'rolled',
    rollout: rollout ?? Rollout.rolling(CapacitySize.percent(50), rolling(settings)),
  });
  const capacity = settings.of('ServerlessVariantOptions', { memorySize: Size.gibibytes(2), maxConcurrency: 5 });
  const inNoVpc = new Model(stack, 'ServerlessModel', { image: ModelImage.fromUri(IMAGE) });
  const serverless = ProductionVariant.serverless('live', { model: inNoVpc, ...capacity });
  new Endpoint(stack, 'ServerlessEndpoint', { variants: [serverless] });
  new Endpoint(stack, 'AsynchronousEndpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType })],
    asyncInference: asyncInference ?? AsyncInference.toBucket(data, settings.of('AsyncInferenceOptions', {})),
  });
}

/** How an endpoint is updated; it has a name of its own, which counts before that of the rollout. */
function rolling(settings: Settings): RollingRolloutOptions {
  return settings.of('RollingRolloutOptions', settings.of('RolloutOptions', {}));
}

const UNSET: Partial<EndpointProps> = {};

/** Another endpoint, of a model that is registered, with a bucket of its own for what it captures. */
function registered(stack: Stack, settings: Settings): void {
  const modelPackage = ModelPackage.fromArn(PACKAGE, settings.of('ModelPackageOptions', {}));
  const model = new Model(stack, 'RegisteredModel', { modelPackage });
  const capture = settings.of('NewBucketCaptureOptions', { samplingPercentage: 50 });
  new Endpoint(stack, 'RegisteredEndpoint', {
    variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
    dataCapture: DataCapture.toNewBucket(stack, 'Captured', capture),
  });
}

function monitorOptions(settings: Settings) {
  const dataset = Dataset.csvFile(TRAINING_DATA, {
    ...settings.of('CsvDatasetOptions', {}),
    ...settings.of('DatasetOptions', {}),
  });
  const overrides = settings.of('ConstraintOverrides', {
    ...settings.of('MonitoringOverrides', { domainContentThreshold: 0.95 }),
    features: { speed_knots: settings.of('FeatureOverrides', { domains: ['1'] }) },
  });
  return settings.of('DataQualityMonitorOptions', {
    ...settings.of('MonitorOptions', {
      baseline: Baseline.fromDataset(dataset, settings.of('BaselineDatasetOptions', {})).withOverrides(overrides),
      frequency: MonitoringFrequency.hourly(),
    }),
    featureMetrics: FeatureMetrics.none(),
    excludedFeatures: [],
  });
}

interface Made {
  readonly endpoint: Endpoint;
  readonly monitoring: ModelMonitoring;
}

function pieces(stack: Stack, settings: Settings, { endpoint, monitoring }: Made): void {
  const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'training');
  new RetrainingTrigger(
    stack,
    'Retraining',
    settings.of('RetrainingTriggerProps', { monitors: monitoring, pipeline, cooldown: Duration.days(1) }),
  );
  const rule = new events.Rule(stack, 'Rule', { eventPattern: { source: ['mine'] } });
  rule.addTarget(new SageMakerPipelineTarget(pipeline, settings.of('SageMakerPipelineTargetProps', {})));
  new CaptureDiskAlarm(stack, 'CaptureDisk', settings.of('CaptureDiskAlarmProps', { endpoint, variantName: 'live' }));
  operated(stack, settings, endpoint);
  const reportsBucket = s3.Bucket.fromBucketName(stack, 'TheirReports', 'their-reports');
  const { DATA_QUALITY: monitorKind } = MonitorKind;
  const attributes = { monitorId: 'elsewhere', monitorKind, endpointName: 'Theirs', reportsBucket };
  const monitor = Monitor.fromMonitorAttributes(stack, 'Theirs', settings.of('MonitorAttributes', attributes));
  new MonitorAlarms(stack, 'TheirAlarms', settings.of('MonitorAlarmsProps', { monitor }));
  const theirs = new sns.Topic(stack, 'TheirAlerts');
  const digest = settings.of('ViolationDigestProps', { monitors: monitor, topic: theirs });
  new ViolationDigest(stack, 'TheirDigest', { ...digest, ...settings.of('MessageOptions', {}) });
}

/** Alarms on how an endpoint does its work. */
function operated(stack: Stack, settings: Settings, endpoint: Endpoint): void {
  const operations = EndpointOperations.of(endpoint, settings.of('EndpointOperationsOptions', { variantName: 'live' }));
  const periods = settings.of('AlarmPeriods', { evaluationPeriods: 3 });
  const alarms = [
    OperationsAlarm.modelLatency(Duration.millis(200), settings.of('LatencyAlarmOptions', periods)),
    OperationsAlarm.serverErrors(settings.of('ErrorAlarmOptions', {})),
    OperationsAlarm.utilization(OperationsMetric.CPU_UTILIZATION, 90, settings.of('UtilizationAlarmOptions', {})),
    OperationsAlarm.trafficAnomaly(settings.of('AnomalyAlarmOptions', {})),
    OperationsAlarm.noTraffic(),
  ];
  new OperationsAlarms(stack, 'Operations', settings.of('OperationsAlarmsProps', { operations, alarms }));
}

const PATHS: RowPaths = {
  request: 'instances[*]',
  response: 'predictions[*]',
  requestNames: ['speed_knots', 'phase'],
  responseNames: ['score'],
};

/** A monitor without the front door, with files as its baseline. */
function single(stack: Stack, settings: Settings, bucket: s3.IBucket): void {
  const files = { bucket, statisticsKey: 'given/statistics.json', constraintsKey: 'given/constraints.json' };
  new DataQualityMonitor(
    stack,
    'Single',
    settings.of('DataQualityMonitorProps', {
      data: MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'Live', 'Credit-Live'), {
        capturedData: CapturedData.at(bucket, 'captured', settings.of('CapturedDataOptions', {})),
        format: RecordFormat.rowsAt(settings.of('RowPaths', PATHS)),
      }),
      engine: MonitoringEngine.serverless(),
      reportsBucket: bucket,
      baseline: Baseline.fromFiles(settings.of('BaselineFiles', files)),
    }),
  );
}

/** A daily monitor of what an application writes, whose dataset is JSON. */
function listed(stack: Stack, settings: Settings, bucket: s3.IBucket): void {
  const options = settings.of('JsonDatasetOptions', {});
  new DataQualityMonitor(stack, 'Listed', {
    data: MonitoredData.written(
      new WrittenData(settings.of('WrittenDataProps', { name: 'vectors', bucket, prefix: 'written' })),
    ),
    engine: MonitoringEngine.serverless(),
    reportsBucket: bucket,
    baseline: Baseline.fromDataset(Dataset.jsonLines(bucket, 'training/vectors.jsonl', options)),
    frequency: MonitoringFrequency.dailyAt(2, settings.of('ClockOptions', {})),
  });
}

/** A monitor of transform jobs. */
function transformed(stack: Stack, settings: Settings, bucket: s3.IBucket): void {
  const jobs = {
    captured: { bucket, prefix: 'captured-jobs' },
    transformInput: { bucket, prefix: 'loans' },
    transformOutput: { bucket, prefix: 'scores' },
    format: DatasetFormat.csv({ header: false }),
    rows: TransformRows.OUTPUT,
  };
  const data = new BatchTransformData(settings.of('BatchTransformDataProps', jobs, ['rows', 'generateInferenceId']));
  const files = { bucket, statisticsKey: 'given/statistics.json', constraintsKey: 'given/constraints.json' };
  new DataQualityMonitor(stack, 'Transformed', {
    data: MonitoredData.batchTransform(data, settings.of('MonitoredRowsOptions', {}, ['filter', 'transformations'])),
    engine: MonitoringEngine.serverless(),
    reportsBucket: bucket,
    baseline: Baseline.fromFiles(files),
  });
}

const IMAGE = '123456789012.dkr.ecr.us-east-1.amazonaws.com/model:1.0';
/** A registered model. */
export const PACKAGE = 'arn:aws:sagemaker:us-east-1:123456789012:model-package/credit/3';

/** Where containers are, as for functions. */
function hosting(stack: Stack) {
  return {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Hosting', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-1', 'subnet-2'],
    }),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Containers', 'sg-1')],
  };
}

/** Where functions are: without a VPC, nothing could be said of its subnets and groups. */
function network(stack: Stack): StackResourcesProps {
  return {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      isolatedSubnetIds: ['subnet-1'],
    }),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Functions', 'sg-1')],
  };
}
