import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as api from '../../lib';
import { exported } from './exports';

const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } });
const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'churn');
const endpoint = api.Endpoint.fromEndpointName(stack, 'Endpoint', 'churn');
const capturedData = api.CapturedData.at(bucket, 'captured');
const groundTruth = api.GroundTruth.fromBucket(bucket, 'labels');
const written = new api.WrittenData({ name: 'churn', bucket, prefix: 'written' });
const place = { bucket, prefix: 'batch' };
const transforms = { captured: place, transformInput: place, transformOutput: place, format: api.DatasetFormat.csv() };
const rules = [api.DebuggerRule.builtIn(api.BuiltInRule.OVERFIT)];
const debugging = new api.TrainingDebugger(stack, 'Debugging', { bucket, rules });
const ownEndpoint = new api.Endpoint(stack, 'Own', {
  variants: [
    api.ProductionVariant.instances('live', {
      model: api.Model.fromModelName(stack, 'Model', 'churn'),
      instanceType: api.InstanceType.of('ml.m5.large'),
    }),
  ],
});
const baseline = api.Baseline.fromFiles({ bucket, statisticsKey: 's.json', constraintsKey: 'c.json' });
const analysis = api.BiasAnalysis.of({
  headers: ['sex', 'churned'],
  label: 'churned',
  positiveOutcome: api.PositiveOutcome.ofValues([1]),
  facets: [api.Facet.categorical('sex', [1])],
  prediction: '0',
});
const attributions = { baseline, analysis: api.ShapAnalysis.of({ predictor: api.Predictor.fromModelName('churn') }) };
const problem = api.ModelProblem.regression({ prediction: '0' });
const bias = { metric: api.BiasMetric.CI, facet: 'sex', facetValue: '1', label: 'churned', labelValue: '1' };
const serviceMetrics = api.ServiceMetrics.published();

const monitoring = new api.ModelMonitoring(stack, 'Monitoring', {
  data: api.MonitoredData.endpoint(endpoint, { capturedData }),
  engine: api.MonitoringEngine.modelMonitor({ serviceMetrics }),
});
const quality = monitoring.addModelQualityMonitor('Quality', { baseline, groundTruth, problem });
const fairness = monitoring.addModelBiasMonitor('Bias', { baseline, groundTruth, analysis });
const explained = monitoring.addModelExplainabilityMonitor('Attributions', attributions);
const monitor = monitoring.addDataQualityMonitor('Data', { baseline });
const apart = new api.DataQualityMonitor(stack, 'Apart', {
  data: api.MonitoredData.endpoint(endpoint, { capturedData }),
  engine: api.MonitoringEngine.modelMonitor(),
  baseline,
});

/** Stands for an id that nothing has yet: what is refused stays in the tree. */
const NEW_ID = Symbol('id');
let ids = 0;

/** Of a method, whose it is and arguments that it takes. */
type Call = readonly [receiver: object, ...call: unknown[]];

const CALLS: { readonly [method: string]: Call } = {
  'Baseline.withOverrides': [baseline, { metricThresholds: { auc: 0.8 } }],
  'BatchTransformData.grantRead': [new api.BatchTransformData(transforms), role],
  'CapturedData.grantGet': [capturedData, role, 'churn'],
  'CapturedData.grantList': [capturedData, role, 'churn'],
  'CapturedData.grantRead': [capturedData, role, 'churn'],
  'CapturedData.grantWrite': [capturedData, role],
  'DataCapture.applyTo': [
    api.DataCapture.toBucket(bucket),
    new sagemaker.CfnEndpointConfig(stack, 'Config', { productionVariants: [] }),
    { grantee: role },
  ],
  'DataQualityMonitor.metricFeatureData': [monitor, 'age'],
  'DataQualityMonitor.metricFeatureNonNull': [monitor, 'age'],
  'Endpoint.grantInvoke': [endpoint, role],
  'Endpoint.metric': [ownEndpoint, 'OverheadLatency'],
  'EndpointOperations.metric': [api.EndpointOperations.of(ownEndpoint), api.OperationsMetric.INVOCATIONS],
  'EngineMonitor.grantTriage': [monitor, role],
  'EngineMonitor.metric': [monitor, 'Violations'],
  'EngineMonitor.metricFeatureDrift': [monitor, 'age'],
  'GroundTruth.grantGet': [groundTruth, role],
  'GroundTruth.grantList': [groundTruth, role],
  'GroundTruth.grantRead': [groundTruth, role],
  'GroundTruth.grantWrite': [groundTruth, role],
  'ModelBiasMonitor.metricBias': [fairness, bias],
  'ModelExplainabilityMonitor.metricFeatureAttribution': [explained, 'age'],
  'ModelMonitoring.addDataQualityMonitor': [monitoring, NEW_ID, { baseline }],
  'ModelMonitoring.addModelBiasMonitor': [monitoring, NEW_ID, { baseline, groundTruth, analysis }],
  'ModelMonitoring.addModelExplainabilityMonitor': [monitoring, NEW_ID, attributions],
  'ModelMonitoring.addModelQualityMonitor': [monitoring, NEW_ID, { baseline, groundTruth, problem }],
  'ModelMonitoring.addOperationsAlarms': [monitoring, NEW_ID, api.EndpointOperations.of(ownEndpoint)],
  'ModelMonitoring.addMonitor': [monitoring, apart],
  'ModelMonitoring.alarmsOf': [monitoring, monitor],
  'ModelQualityMetric.isPublishedFor': [api.ModelQualityMetric.RMSE, problem],
  'ModelQualityMonitor.metricModelQuality': [quality, api.ModelQualityMetric.RMSE],
  'Monitor.metric': [monitor, 'Violations'],
  'Monitor.metricFeatureDrift': [monitor, 'age'],
  'ServiceMetrics.metricOf': [
    serviceMetrics,
    { monitoringScheduleName: 'churn' },
    api.ServiceMetric.featureData('age'),
  ],
  'TrainingDebugger.grantOutput': [debugging, role],
  'WrittenData.grantRead': [written, role],
  'WrittenData.grantWrite': [written, role],
};

/** What the CDK or an engine calls, and what the CDK refuses by itself: an id that lacks. */
const OTHERS = /\.(bind|onEnd|onIssue|onOutcome|onViolations)$/;

test('every public method that needs an argument has a correct call here, and nothing else has one', () => {
  expect(Object.keys(CALLS).sort()).toEqual(METHODS.filter((name) => !OTHERS.test(name)).sort());
});

const METHODS = exported().flatMap(({ kind, name, methods = [] }) =>
  methods
    .filter((method) => kind === 'class' && !method.static)
    .filter(({ parameters = [] }) => parameters.some(({ optional, variadic }) => !optional && !variadic))
    .map((method) => `${name}.${method.name}`),
);

describe.each(Object.entries(CALLS))('%s', (name, [receiver, ...call]) => {
  const method = name.split('.')[1];

  test('names what is missing', () => {
    for (const at of call.keys()) {
      const missing = call.map((one, index) => (index === at ? undefined : one));
      expect(outcomeOf(receiver, method, missing)).toBe('ValidationError');
    }
  });

  test('takes a correct call', () => {
    expect(outcomeOf(receiver, method, call)).toBe('taken');
  });
});

/** Calls without types, as JavaScript does. */
function outcomeOf(receiver: object, method: string, call: readonly unknown[]): string {
  const given = call.map((one) => (one === NEW_ID ? `Monitor${ids++}` : one));
  try {
    Reflect.apply(Reflect.get(receiver, method) as () => unknown, receiver, given);
    return 'taken';
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'ValidationError' ? name : `${name}: ${message}`;
  }
}
