import { App, Duration, Size, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as api from '../../lib';
import { type Entrance, publicEntrances } from './public-entrances';

const ENTRANCES = publicEntrances();
const PACKAGE = 'arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/1';

const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
const bucket = new s3.Bucket(stack, 'Bucket');
const key = new kms.Key(stack, 'Key');
const topic = new sns.Topic(stack, 'Topic');
const eventBus = new events.EventBus(stack, 'Bus');
const vpc = new ec2.Vpc(stack, 'Vpc');
const repository = new ecr.Repository(stack, 'Repository');
const pipeline = sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'retrain');
const endpoint = api.Endpoint.fromEndpointName(stack, 'Endpoint', 'churn');
const model = api.Model.fromModelName(stack, 'Model', 'churn');
const capturedData = api.CapturedData.at(bucket, 'captured');
const filter = api.RecordFilter.customAttributes('test=1');
const format = api.RecordFormat.flattened();
const contentTemplate = api.ContentTemplate.jsonLines('{"features": $features}');
const transformations = [api.RecordTransformation.drop('a')];
const baseline = api.Baseline.fromFiles({ bucket, statisticsKey: 's.json', constraintsKey: 'c.json' });
const engine = api.MonitoringEngine.modelMonitor();
const groundTruth = api.GroundTruth.fromBucket(bucket, 'labels');
const predictor = api.Predictor.fromModelName('churn');
const image = api.ModelImage.fromEcrRepository(repository);
const instanceType = api.InstanceType.of('ml.m5.large');
const positiveOutcome = api.PositiveOutcome.ofValues([1]);
const facets = [api.Facet.categorical('sex')];
const bias = api.BiasAnalysis.of({
  label: 'churned',
  positiveOutcome,
  facets,
  headers: ['sex', 'age'],
  prediction: '0',
});
const problem = api.ModelProblem.regression({ prediction: '0' });
const shap = api.ShapAnalysis.of({ predictor });
const imported = api.Monitor.fromMonitorAttributes(stack, 'Monitor', {
  monitorId: 'a',
  monitorKind: api.MonitorKind.DATA_QUALITY,
});
const monitoredData = api.MonitoredData.endpoint(endpoint, { capturedData });
const placement = { data: monitoredData, engine, reportsBucket: bucket, reportsPrefix: 'reports', eventBus };
const monitor = {
  ...placement,
  baseline,
  frequency: api.MonitoringFrequency.hourly(),
  alertPolicy: api.AlertPolicy.everyWindow(),
};
const labelled = { ...monitor, groundTruth, window: api.AnalysisWindow.sinceLastRun() };
const place = { bucket, prefix: 'batch' };
const dataset = [bucket, 'data.csv', { columns: { label: 'churned' } }];
const jsonDataset = [
  bucket,
  'data.json',
  { columns: { label: 'churned' }, listLengths: { embedding: 8 }, encoding: api.DatasetEncoding.UTF_8 },
];
const variant = api.ProductionVariant.instances('main', { model, instanceType });
const alarm = { enabled: true, threshold: 0, evaluationPeriods: 1, datapointsToAlarm: 1 };
const alarmActions = [new api.TopicAlarmAction(topic)];
const actions = { alarmActions, okActions: alarmActions };
const watched = new api.Endpoint(stack, 'Watched', {
  variants: [api.ProductionVariant.instances('live', { model, instanceType })],
});
const operations = api.EndpointOperations.of(watched);
const periods = { period: Duration.minutes(1), evaluationPeriods: 3, datapointsToAlarm: 2 };
const rollout = {
  baking: Duration.minutes(10),
  alarms: [api.OperationsAlarm.serverErrors({ period: Duration.minutes(1) })],
  maxExecutionTimeout: Duration.hours(6),
  endpointName: 'churn',
  leastRequests: 100,
  notificationTopic: topic,
};
const errors = { percent: 1, leastRequests: 20, ...periods };
const biasMetric = { metric: api.BiasMetric.CI, facet: 'sex', facetValue: '1', label: 'churned', labelValue: '1' };

const pair = { reference: 'live', candidate: 'spare' };
const judged = (id: string, of: sagemaker.IEndpointRef) =>
  new api.ModelQualityMonitor(stack, id, {
    ...labelled,
    baseline: api.Baseline.fromFiles({ bucket, constraintsKey: 'c.json' }),
    data: api.MonitoredData.endpoint(of, { capturedData, variants: Object.values(pair), perVariant: true }),
    engine: api.MonitoringEngine.serverless(),
    problem,
  });
const shared = new api.Endpoint(stack, 'Shared', {
  variants: Object.values(pair).map((name) => api.ProductionVariant.instances(name, { model, instanceType })),
  dataCapture: api.DataCapture.toBucket(bucket),
});
const compared = {
  ...pair,
  leastEffect: 0.1,
  falseDecisionRate: 0.01,
  notificationTopic: topic,
  leastDuration: Duration.hours(1),
  largestDuration: Duration.days(1),
  measures: [api.VariantMeasure.serverErrors(0.1)],
};

/** What a correct call of each entrance gives, without scope and id. */
const CALLS: { readonly [entrance: string]: readonly unknown[] } = {
  'new MonitorAlarms': [{ monitor: imported, drift: alarm, health: alarm, ...actions }],
  'new StackAlarms': [{ ...actions, heartbeat: { enabled: true }, undelivered: { enabled: true } }],
  'new OperationsAlarms': [{ operations, alarms: [api.OperationsAlarm.serverErrors()], ...actions }],
  'OperationsAlarm.defaults': [operations],
  'OperationsAlarm.modelLatency': [Duration.seconds(1), { statistic: 'p90', ...periods }],
  'OperationsAlarm.serverErrors': [errors],
  'OperationsAlarm.clientErrors': [errors],
  'OperationsAlarm.modelErrors': [errors],
  'OperationsAlarm.utilization': [api.OperationsMetric.CPU_UTILIZATION, 90, { unitCount: 2, ...periods }],
  'OperationsAlarm.backlog': [Duration.minutes(5), periods],
  'OperationsAlarm.trafficAnomaly': [{ standardDeviations: 3, ...periods }],
  'OperationsAlarm.latencyAnomaly': [{ standardDeviations: 3, ...periods }],
  'EndpointOperations.of': [watched, { endpointName: 'churn', variantName: 'live' }],
  'EndpointOperations.instances': [endpoint, { endpointName: 'churn', variantName: 'live' }],
  'EndpointOperations.serverless': [endpoint, { endpointName: 'churn', variantName: 'live' }],
  'EndpointOperations.asynchronous': [endpoint, { endpointName: 'churn', variantName: 'live' }],
  'EndpointOperations.inferenceComponent': ['summaries'],
  'new StackResources': [
    { encryptionKey: key, logRetention: 365, logRemovalPolicy: 'retain', vendedLogs: true, runPages: false },
  ],
  'AlertPolicy.confirmedIn': [2, 3],
  'ModelDecay.overWindows': [10],
  'Baseline.fromFiles': [{ bucket, statisticsKey: 's.json', constraintsKey: 'c.json' }],
  'Baseline.fromDataset': [api.Dataset.csv(bucket, 'data.csv'), { timeout: Duration.hours(1), revision: '1' }],
  'Baseline.fromModelPackage': [PACKAGE, { bucket, prefix: 'package' }],
  'Dataset.csv': [
    bucket,
    'data.csv',
    {
      header: true,
      delimiter: api.CsvDelimiter.TAB,
      encoding: api.DatasetEncoding.UTF_16LE,
      columnTypes: { zip: api.ColumnType.TEXT },
      textValues: api.TextValues.IN_CLEAR,
      columns: { label: 'churned' },
    },
  ],
  'Dataset.json': jsonDataset,
  'Dataset.jsonLines': jsonDataset,
  'Dataset.parquet': dataset,
  'Dataset.csvFile': [
    'data.csv',
    {
      header: true,
      delimiter: api.CsvDelimiter.TAB,
      encoding: api.DatasetEncoding.UTF_16LE,
      columnTypes: { zip: api.ColumnType.TEXT },
      textValues: api.TextValues.IN_CLEAR,
      columns: { label: 'churned' },
    },
  ],
  'DatasetFormat.csv': [{ header: true }],
  'new BatchTransformData': [
    {
      captured: place,
      transformInput: place,
      transformOutput: place,
      format: api.DatasetFormat.JSON,
      encryptionKey: key,
      generateInferenceId: true,
      rows: api.TransformRows.OUTPUT,
    },
  ],
  'new WrittenData': [{ name: 'churn', bucket, prefix: 'written', encryptionKey: key }],
  'new CaptureDiskAlarm': [{ endpoint, endpointName: 'churn', variantName: 'main', alarmActions }],
  'CapturedData.at': [bucket, 'captured', { encryptionKey: key }],
  'DataCapture.toBucket': [
    bucket,
    { prefix: 'captured', samplingPercentage: 20, mode: api.CaptureMode.INPUT, encryptionKey: key },
  ],
  'DataCapture.toNewBucket': [
    { expiration: Duration.days(1), csvContentTypes: ['text/csv'], jsonContentTypes: ['application/json'] },
  ],
  'Endpoint.fromEndpointName': ['churn'],
  'Endpoint.fromEndpointArn': ['arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn'],
  'Endpoint.fromEndpointAttributes': [{ endpointName: 'churn' }],
  'new Endpoint': [
    {
      variants: [variant],
      shadowVariant: api.ShadowVariant.instances('shadow', { model, instanceType }),
      dataCapture: api.DataCapture.toBucket(bucket),
      rollout: api.Rollout.canary(api.CapacitySize.percent(10)),
      endpointName: 'churn',
      encryptionKey: key,
    },
  ],
  'InstanceType.of': ['ml.m5.large'],
  'Model.fromModelName': ['churn'],
  'Model.fromModelArn': ['arn:aws:sagemaker:eu-west-1:123456789012:model/churn'],
  'Model.fromModelAttributes': [{ modelName: 'churn', contentTypes: ['text/csv'] }],
  'new Model': [
    {
      image,
      modelData: api.ModelData.fromBucket(bucket, 'm.tar.gz'),
      environment: { A: 'b' },
      contentTypes: ['text/csv'],
    },
  ],
  'ModelData.fromBucket': [bucket, 'm.tar.gz'],
  'ModelImage.fromUri': ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1'],
  'ModelImage.fromEcrRepository': [repository, '1'],
  'ModelPackage.fromArn': [PACKAGE, { images: [image], modelData: [] }],
  'ProductionVariant.instances': ['main', { model, instanceType, initialInstanceCount: 1, initialVariantWeight: 1 }],
  'ProductionVariant.serverless': [
    'main',
    { model, memorySize: Size.gibibytes(2), maxConcurrency: 5, provisionedConcurrency: 5, initialVariantWeight: 1 },
  ],
  'CapacitySize.percent': [10],
  'CapacitySize.instances': [1],
  'Rollout.allAtOnce': [rollout],
  'Rollout.canary': [api.CapacitySize.percent(10), rollout],
  'Rollout.linear': [api.CapacitySize.percent(10), rollout],
  'Rollout.rolling': [api.CapacitySize.percent(10), { ...rollout, rollbackBatchSize: api.CapacitySize.percent(100) }],
  'ShadowVariant.instances': [
    'shadow',
    { model, instanceType, scaling: { maxCapacity: 2, invocationsPerInstance: 60 } },
  ],
  'AsyncInference.toBucket': [
    bucket,
    {
      prefix: 'answers',
      failurePrefix: 'failures',
      maxConcurrentInvocationsPerInstance: 4,
      successTopic: topic,
      errorTopic: topic,
      encryptionKey: key,
    },
  ],
  'AnalysisScript.fromAsset': ['script.py'],
  'AnalysisScript.fromBucket': [bucket, 'script.py'],
  'ServiceMetric.featureBaselineDrift': ['age'],
  'ServiceMetric.featureNonNull': ['age'],
  'ServiceMetric.featureData': ['age'],
  'ServiceMetric.modelQuality': [api.ModelQualityMetric.F1],
  'ServiceMetric.bias': [biasMetric],
  'ServiceMetric.featureAttribution': ['age', 'label0'],
  'ServiceMetrics.published': [
    { endpointNamespaces: {}, batchNamespaces: {}, endpointDimension: 'A', scheduleDimension: 'B' },
  ],
  'MonitoringEngine.serverless': [
    {
      maxConcurrency: 10,
      driftMethod: api.DriftMethod.MASS_SHIFT,
      falseAlarmRate: 0.1,
      checks: api.Checks.BY_MEANING,
      limits: { unreadableRecords: 0.1, lateObjects: 0.1, unknownColumns: 0.1, timeWithoutData: Duration.days(7) },
      settleTime: Duration.minutes(4),
      extractsBucket: bucket,
    },
  ],
  'MonitoringEngine.modelMonitor': [
    {
      instanceType,
      instanceCount: 1,
      volumeSize: Size.gibibytes(20),
      volumeEncryptionKey: key,
      maxRuntime: Duration.minutes(30),
      vpc,
      vpcSubnets: {},
      securityGroups: [],
      networkIsolation: true,
      dataQuality: { maxRuntime: Duration.minutes(30) },
      modelBias: {},
      serviceMetrics: api.ServiceMetrics.none(),
      baselineAge: Duration.days(365),
      timeWithoutData: Duration.days(7),
      tags: { team: 'churn' },
    },
  ],
  'MonitoredData.endpoint': [
    endpoint,
    { endpointName: 'churn', capturedData, filter, format, transformations, variants: ['live'] },
  ],
  'MonitoredData.batchTransform': [
    new api.BatchTransformData({
      captured: place,
      transformInput: place,
      transformOutput: place,
      format: api.DatasetFormat.JSON,
    }),
    { filter: api.RecordFilter.column('tenant', 'live'), format, transformations },
  ],
  'MonitoredData.written': [
    new api.WrittenData({ name: 'churn', bucket, prefix: 'written' }),
    { filter, format, transformations, variants: ['live'] },
  ],
  'new ModelMonitoring': [{ ...placement, notificationTopic: topic, ...actions, alarms: { drift: alarm } }],
  'AnalysisWindow.delayedBy': [Duration.hours(1)],
  'AnalysisWindow.between': [Duration.hours(2), Duration.hours(1)],
  'BiasAnalysis.of': [{ label: 'churned', positiveOutcome, facets, headers: ['sex'], threshold: 0.5, predictor }],
  'new DataQualityMonitor': [{ ...monitor, featureMetrics: api.FeatureMetrics.none(), excludedFeatures: [] }],
  'new ModelQualityMonitor': [
    {
      ...{ ...labelled, engine: api.MonitoringEngine.serverless(), problem },
      ...{ decay: api.ModelDecay.overWindows(14), signalMetrics: true },
    },
  ],
  'new ModelBiasMonitor': [{ ...labelled, analysis: bias }],
  'new ModelExplainabilityMonitor': [{ ...monitor, analysis: shap }],
  'Facet.categorical': ['sex', [1]],
  'Facet.continuous': ['age', 40],
  'FeatureMetrics.of': ['age'],
  'GroundTruth.fromBucket': [bucket, 'labels', { encryptionKey: key }],
  'ModelProblem.regression': [{ prediction: '0' }],
  'ModelProblem.binaryClassification': [{ prediction: '0', probability: '1', threshold: 0.5 }],
  'ModelProblem.multiclassClassification': [{ prediction: '0', probabilities: { cat: '1', dog: '2' } }],
  'ModelQualityMetric.of': ['f1'],
  'Monitor.fromMonitorAttributes': [
    {
      monitorId: 'a',
      monitorKind: api.MonitorKind.MODEL_BIAS,
      interval: Duration.hours(1),
      eventBus,
      account: '444455556666',
      region: 'us-east-1',
      reportsBucket: bucket,
      reportsPrefix: 'reports',
    },
  ],
  'MonitoringFrequency.everyHours': [2],
  'MonitoringFrequency.everyMinutes': [15],
  'MonitoringFrequency.dailyAt': [2, { timeZone: 'Europe/Berlin' }],
  'MonitoringFrequency.weeklyAt': [api.Weekday.MONDAY, 2, { timeZone: 'Europe/Berlin' }],
  'PositiveOutcome.ofValues': [[1]],
  'PositiveOutcome.above': [1],
  'Predictor.fromModel': [
    model,
    {
      instanceType,
      instanceCount: 1,
      memorySize: Size.gibibytes(2),
      maxConcurrency: 2,
      recordsPerRequest: 10,
      request: api.PredictorRequest.csv(),
      labelHeaders: ['a'],
    },
  ],
  'Predictor.fromEndpoint': [endpoint, { maxConcurrency: 2, recordsPerRequest: 10, customAttributes: 'a' }],
  'Predictor.monitoredEndpoint': [
    { variantName: 'live', trafficShare: 0.1, maxCallsPerRun: 10, maxCallsPerSecond: 1, customAttributes: 'a' },
  ],
  'Predictor.fromModelName': ['churn', { response: api.PredictorResponse.CSV, customAttributes: 'a' }],
  'ContentTemplate.json': ['{"instances": $records}', '$features'],
  'ContentTemplate.jsonLines': ['{"features": $features}'],
  'PredictorRequest.contentTemplate': [contentTemplate],
  'PredictorRequest.jsonLines': ['{"features": $features}'],
  'PredictorRequest.json': ['{"instances": $records}', '$features'],
  'RecordFilter.customAttributes': ['test=1'],
  'RecordFilter.inferenceIds': ['canary'],
  'RecordFilter.inferenceIdPrefix': ['canary-'],
  'RecordFilter.column': ['country', 'XX'],
  'RecordFilter.anyOf': [filter],
  'RecordFilter.allOf': [filter],
  'RecordFilter.noneOf': [filter],
  'RecordFormat.contentTemplate': [
    contentTemplate,
    { response: '[*]', requestNames: ['age'], responseNames: ['score'] },
  ],
  'RecordFormat.rowsAt': [{ request: '[*]', response: '[*]', requestNames: ['age'], responseNames: ['score'] }],
  'RecordTransformation.rename': [{ a: 'b' }],
  'RecordTransformation.drop': ['a'],
  'RecordTransformation.cast': ['a', api.CastType.INTEGRAL],
  'RecordTransformation.unwrap': ['a'],
  'RecordTransformation.parseJson': ['a'],
  'RecordTransformation.parseCsv': ['a', 'b'],
  'RecordTransformation.spread': ['a', 8],
  'ShapAnalysis.of': [
    { predictor, baseline: api.ShapBaseline.rows([[1]]), sampleCount: 1, useLogit: true, headers: ['age'] },
  ],
  'ShapBaseline.rows': [[[1]]],
  'RequestUnit.customAttribute': ['user'],
  'RequestUnit.inferenceIdBefore': ['/'],
  'VariantComparison.between': ['champion', 'challenger', { metric: true }],
  'ShapBaseline.json': ['[{"age": 1}]'],
  'ShapBaseline.fromBucket': [bucket, 'rows.csv'],
  'ShapBaseline.clusters': [2],
  'new TopicAlarmAction': [topic],
  'new ViolationDigest': [{ monitors: imported, topic }],
  'new AbTest': [{ monitor: judged('Shares', shared), ...compared, backToReference: true, candidateShare: 0.25 }],
  'new ShadowTest': [{ monitor: judged('Copies', endpoint), ...compared }],
  'new MonitoringDashboard': [
    {
      monitors: [imported],
      dashboardName: 'models',
      alarms: [cloudwatch.Alarm.fromAlarmArn(stack, 'Alarm', 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a')],
      logGroups: [logs.LogGroup.fromLogGroupName(stack, 'Logs', 'handlers')],
      accounts: ['123456789012'],
    },
  ],
  'new TrainingWatch': [
    {
      training: api.WatchedTraining.jobs('churn-'),
      longest: Duration.hours(1),
      checks: [api.TrainingCheck.finite('loss:nan')],
      stopOn: [api.TrainingIssue.OVER_LONG],
      notificationTopic: topic,
      format: api.MessageFormat.JSON,
      consoleSignIn: 'https://sso.example.com/',
      dashboardName: 'models',
    },
  ],
  'DebuggerRule.builtIn': [
    api.BuiltInRule.OVERFIT,
    { configurationName: 'Overfit of validation', parameters: { patience: '3' } },
  ],
  'new TrainingDebugger': [
    { rules: [api.DebuggerRule.builtIn(api.BuiltInRule.OVERFIT)], bucket, prefix: 'tensors', saveIntervalSteps: 10 },
  ],
  'TrainingCheck.falling': ['loss', { patience: Duration.hours(1), leastPercentage: 1 }],
  'TrainingCheck.together': ['loss', 'held', { patience: Duration.hours(1), largestPercentage: 20 }],
  'TrainingCheck.finite': ['loss:nan'],
  'WatchedTraining.jobs': ['churn-'],
  'WatchedTraining.pipeline': [pipeline],
  'VariantMeasure.serverErrors': [0.1],
  'VariantMeasure.modelLatency': [Duration.millis(5)],
  'VariantMeasure.predictions': [0.1],
  'VariantMeasure.disagreement': [0.1],
  'new RetrainingTrigger': [
    {
      monitors: imported,
      pipeline,
      cooldown: Duration.hours(1),
      parameters: { a: 'b' },
      description: 'a',
      concerns: [api.Concern.DRIFT],
      signals: [api.RetrainingSignal.DATA_DRIFT],
      signalParameter: 'Reason',
    },
  ],
  'new SageMakerPipelineTarget': [
    pipeline,
    { deadLetterQueue: new sqs.Queue(stack, 'Queue'), maxEventAge: Duration.hours(1), retryAttempts: 1 },
  ],
};

test('every public constructor and factory has a correct call here, and nothing else has one', () => {
  expect(Object.keys(CALLS).sort()).toEqual(ENTRANCES.map(({ name }) => name).sort());
});

describe.each(ENTRANCES.map((entrance) => [entrance.name, entrance] as const))('%s', (name, entrance) => {
  const right = CALLS[name] ?? [];
  const given = entrance.parameters.filter((parameter) => !['scope', 'id'].includes(parameter.name));

  test('takes a correct call', () => {
    expect(() => enter(entrance, right)).not.toThrow();
  });

  test('names what is missing', () => {
    const missing = given.flatMap(({ isRequired, requiredProps }, at) => [
      ...(isRequired ? [put(right, at, undefined)] : []),
      ...requiredProps.map((prop) => put(right, at, { ...(right[at] as object), [prop]: undefined })),
    ]);
    expect(missing.map((call) => outcomeOf(entrance, call))).toEqual(missing.map(() => 'ValidationError'));
  });

  test('names what is of a wrong type', () => {
    const wrong = right.flatMap((one, at) => [
      put(right, at, wrongFor(one)),
      ...wrongProps(one).map((it) => put(right, at, it)),
    ]);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.map((call) => outcomeOf(entrance, call))).toEqual(wrong.map(() => 'ValidationError'));
  });
});

/** A call with another value at a position. */
function put(call: readonly unknown[], at: number, value: unknown): unknown[] {
  return call.map((one, index) => (index === at ? value : one));
}

/** A struct as often as it has props, each time with another one wrong. */
function wrongProps(struct: unknown): object[] {
  if (typeof struct !== 'object' || struct?.constructor !== Object) return [];
  return Object.entries(struct).map(([prop, value]) => ({ ...struct, [prop]: wrongFor(value) }));
}

function wrongFor(value: unknown): unknown {
  if (typeof value === 'string') return 7;
  if (typeof value === 'object' && value?.constructor !== Object && !Array.isArray(value)) return {};
  return 'text';
}

function outcomeOf(entrance: Entrance, call: readonly unknown[]): string {
  try {
    enter(entrance, call);
    return 'taken';
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'ValidationError' ? name : `${name}: ${message}`;
  }
}

/** Calls without types, as JavaScript does. */
function enter({ name, parameters }: Entrance, call: readonly unknown[]): void {
  const [type, factory] = name.replace('new ', '').split('.');
  const scope = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
  const all = parameters[0]?.name === 'scope' ? [scope, 'Id', ...call] : call;
  const target: unknown = Reflect.get(api, type);
  if (factory === undefined) Reflect.construct(target as never, all);
  else Reflect.apply(Reflect.get(target as object, factory), target, all);
}
