import { Lazy, type Stack, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { CapturedData } from '../../lib/endpoint/captured-data';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { WrittenData } from '../../lib/endpoint/written-data';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { Checks } from '../../lib/engine/serverless/checks';
import { DriftMethod } from '../../lib/engine/serverless/drift-method';
import { GroundTruth } from '../../lib/monitor/ground-truth';
import { ModelExplainabilityMonitor } from '../../lib/monitor/model-explainability-monitor';
import { ModelProblem } from '../../lib/monitor/model-problem';
import { ModelQualityMonitor } from '../../lib/monitor/model-quality-monitor';
import { MonitoredData, type MonitoredEndpointOptions } from '../../lib/monitor/monitored-data';
import { Predictor } from '../../lib/monitor/predictor';
import { ShapAnalysis } from '../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../lib/monitor/shap-baseline';
import { VariantComparison } from '../../lib/monitor/variant-comparison';
import { givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';
import { resourceOf } from './readable-template';

/** What the handlers are told of variants. */
function toldOf(data: MonitoredData, stack = newStack()) {
  newMonitor(stack, { data });
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties;
  return typeof Target.Input === 'string' ? JSON.parse(Target.Input).variants : Target.Input;
}

const qualityMonitor = (stack: Stack, data: MonitoredData) =>
  new ModelQualityMonitor(stack, 'Quality', {
    data,
    engine: MonitoringEngine.serverless(),
    baseline: givenBaseline(stack),
    problem: ModelProblem.regression({ prediction: '0' }),
    groundTruth: GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'labels'),
  });

type Config = sagemaker.CfnEndpointConfigProps;

/** An endpoint by L1, with a shadow variant. */
function byHand(stack = newStack(), change: Partial<Config> = {}) {
  const variant = (variantName: string) => ({ variantName, modelName: 'model', instanceType: 'ml.m5.large' });
  const config = new sagemaker.CfnEndpointConfig(stack, 'Config', {
    productionVariants: [variant('blue'), variant('green')],
    shadowProductionVariants: [variant('shadow')],
    dataCaptureConfig: {
      destinationS3Uri: 's3://captured/data',
      initialSamplingPercentage: 100,
      captureContentTypeHeader: { csvContentTypes: ['text/csv'] },
      captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
    },
    ...change,
  });
  const endpoint = new sagemaker.CfnEndpoint(stack, 'Live', { endpointConfigName: config.attrEndpointConfigName });
  const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Captured', 'captured'), 'data');
  return {
    stack,
    endpoint,
    of: (options: MonitoredEndpointOptions = {}) =>
      MonitoredData.endpoint(endpoint, { endpointName: 'live', capturedData, ...options }),
  };
}

test('production variants are read, and shadow ones are known beside them', () => {
  const { stack, of } = byHand();
  expect(toldOf(of(), stack)).toEqual({ read: ['blue', 'green'], others: ['shadow'] });
});

test('variants of an Endpoint of this library are known', () => {
  const stack = newStack();
  expect(toldOf(MonitoredData.endpoint(newEndpoint(stack)), stack)).toEqual({ read: ['live'], others: [] });
});

test('a shadow variant is read where it is named', () => {
  const { stack, of } = byHand();
  expect(toldOf(of({ variants: ['shadow'] }), stack)).toEqual({ read: ['shadow'], others: ['blue', 'green'] });
});

test('of an endpoint without shadow variants, all are production variants', () => {
  const { stack, of } = byHand(newStack(), { shadowProductionVariants: undefined });
  expect(toldOf(of(), stack)).toEqual({ read: ['blue', 'green'], others: [] });
});

test.each<[string, Partial<Config>]>([
  ['production', { productionVariants: Lazy.any({ produce: () => [] }) }],
  ['shadow', { shadowProductionVariants: Lazy.any({ produce: () => [] }) }],
  [
    'one of the',
    { shadowProductionVariants: [Lazy.any({ produce: () => ({ variantName: 'later', modelName: 'model' }) })] },
  ],
])('nothing is told where %s variants are known at deployment only', (_, change) => {
  const { stack, of } = byHand(newStack(), change);
  expect(toldOf(of(), stack)).toBeUndefined();
});

function elsewhere(options: MonitoredEndpointOptions, stack = newStack()) {
  const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Captured', 'captured'), 'data');
  const endpoint = Endpoint.fromEndpointName(stack, 'Elsewhere', 'Live');
  return { stack, data: MonitoredData.endpoint(endpoint, { capturedData, ...options }) };
}

test('of an endpoint elsewhere, all folders are read, or those that are named', () => {
  const all = elsewhere({});
  expect(toldOf(all.data, all.stack)).toBeUndefined();
  const named = elsewhere({ variants: ['blue'] });
  expect(toldOf(named.data, named.stack)).toEqual({ read: ['blue'] });
});

test('of written data as well', () => {
  const stack = newStack();
  const data = new WrittenData({
    name: 'churn',
    bucket: s3.Bucket.fromBucketName(stack, 'Records', 'records'),
    prefix: 'p',
  });
  expect(toldOf(MonitoredData.written(data, { variants: ['canary'] }), stack)).toEqual({ read: ['canary'] });
  expect(() => MonitoredData.written(data, { variants: [] })).toThrow(/InvalidMonitoredData[\s\S]*'variants'/);
});

test.each([
  [[], 'at least one name'],
  [['purple'], 'variants of the endpoint: blue, green, shadow'],
  [['blue', 'blue'], 'once'],
])('variants %j of an endpoint that is known are refused', (variants, words) => {
  const { of } = byHand();
  expect(() => of({ variants })).toThrow(/InvalidMonitoredData/);
  expect(() => of({ variants })).toThrow(words);
});

test.each(['a/b', '', '-a', 'n'.repeat(64)])('the name %j is no variant', (name) => {
  expect(() => elsewhere({ variants: [name] })).toThrow(/InvalidMonitoredData[\s\S]*'variants'/);
});

test('a name that is known at deployment only is not judged', () => {
  expect(() => byHand().of({ variants: [Token.asString({ Ref: 'Variant' })] })).not.toThrow();
});

test.each([
  [['blue', 'shadow'], true],
  [['shadow'], false],
  [['blue', 'green'], false],
])(
  'where predictions meet labels, variants %j are refused: %s, as a shadow variant answers once more',
  (variants, refused) => {
    const { stack, of } = byHand();
    const make = () => qualityMonitor(stack, of({ variants }));
    if (refused) expect(make).toThrow(/UnsupportedOnServerless[\s\S]*'data\.variants'[\s\S]*perVariant/);
    else expect(make).not.toThrow();
  },
);

test('each variant is judged apart where that is asked for', () => {
  const { stack, of } = byHand();
  expect(toldOf(of({ perVariant: true }), stack)).toEqual({ read: ['blue', 'green'], others: ['shadow'], apart: true });
  const named = elsewhere({ variants: ['blue', 'grey'], perVariant: true });
  expect(toldOf(named.data, named.stack)).toEqual({ read: ['blue', 'grey'], apart: true });
  const merged = elsewhere({ variants: ['blue'], perVariant: false });
  expect(toldOf(merged.data, merged.stack)).toEqual({ read: ['blue'] });
});

test('what is judged apart has to be known by name', () => {
  expect(() => elsewhere({ perVariant: true })).toThrow(
    /InvalidMonitoredData[\s\S]*'perVariant'[\s\S]*name the variants/,
  );
  expect(() => elsewhere({ perVariant: 'yes' as never })).toThrow(
    /InvalidProps[\s\S]*perVariant' is "yes", allowed is true or false/,
  );
});

test.each([{ checks: Checks.MODEL_MONITOR }, { driftMethod: DriftMethod.MODEL_MONITOR }])(
  "the container's rules judge no variant apart: %j",
  (options) => {
    const { stack, of } = byHand();
    const engine = MonitoringEngine.serverless(options);
    expect(() => newMonitor(stack, { data: of({ perVariant: true }), engine })).toThrow(
      /UnsupportedOnServerless[\s\S]*'data\.perVariant'[\s\S]*Checks\.BY_MEANING/,
    );
  },
);

test('two of the variants are compared', () => {
  const comparison = VariantComparison.between('blue', 'shadow');
  const { stack, of } = byHand();
  expect(toldOf(of({ variants: ['blue', 'shadow'], perVariant: true, comparison }), stack)).toEqual({
    read: ['blue', 'shadow'],
    others: ['green'],
    apart: true,
    comparison: { reference: 'blue', candidate: 'shadow' },
  });
});

test('the number of differences becomes a metric where that is asked for', () => {
  const comparison = VariantComparison.between('blue', 'green', { metric: true });
  const { stack, of } = byHand();
  const data = of({ perVariant: true, comparison });
  expect(toldOf(data, stack)).toMatchObject({ comparison: { reference: 'blue', candidate: 'green', metric: true } });
});

test('the metric of differences is there where the comparison asks for it, and is refused elsewhere', () => {
  const { stack, of } = byHand();
  const between = (metric?: boolean) =>
    of({ perVariant: true, comparison: VariantComparison.between('blue', 'green', { metric }) });
  const asked = newMonitor(stack, { data: between(true) });
  expect(stack.resolve(asked.metricVariantDifferences().toMetricConfig().metricStat)).toMatchObject({
    namespace: 'SageMakerMonitoring',
    metricName: 'VariantDifferences',
    statistic: 'Maximum',
    dimensions: [{ name: 'MonitorId', value: asked.monitorId }],
  });
  expect(asked.metricVariantDifferences({ statistic: 'Sum' }).statistic).toBe('Sum');
  const elsewhereStack = byHand();
  const silent = newMonitor(elsewhereStack.stack, {
    data: elsewhereStack.of({ perVariant: true, comparison: VariantComparison.between('blue', 'green') }),
  });
  expect(() => silent.metricVariantDifferences()).toThrow(/VariantMetricNotPublished[\s\S]*metric: true/);
});

test('whether there is a metric is true or false', () => {
  expect(() => VariantComparison.between('blue', 'green', { metric: 1 as never })).toThrow(/InvalidProps[\s\S]*metric/);
});

test('a comparison names two variants, and no one twice', () => {
  expect(() => VariantComparison.between('blue', 'blue')).toThrow(/InvalidMonitoredData[\s\S]*'candidate'/);
  expect(() => VariantComparison.between('blue', 3 as never)).toThrow(/InvalidProps[\s\S]*candidate/);
});

test('what is compared is judged apart, and read', () => {
  const { of } = byHand();
  const comparison = VariantComparison.between('blue', 'shadow');
  expect(() => of({ comparison })).toThrow(/InvalidMonitoredData[\s\S]*'comparison'[\s\S]*perVariant: true/);
  expect(() => of({ perVariant: true, comparison })).toThrow(
    /'comparison' is "shadow"[\s\S]*blue, green[\s\S]*variants/,
  );
  const named = { variants: ['blue', Token.asString({ Ref: 'Variant' })], perVariant: true };
  expect(() => elsewhere({ ...named, comparison })).not.toThrow();
});

test('where predictions meet labels, production and shadow variants are judged apart', () => {
  const { stack, of } = byHand();
  expect(() => qualityMonitor(stack, of({ variants: ['blue', 'shadow'], perVariant: true }))).not.toThrow();
});

test('Model Monitor merges the records of all variants, and judges none apart', () => {
  const { stack, of } = byHand();
  const engine = MonitoringEngine.modelMonitor();
  expect(() => newMonitor(stack, { data: of({ perVariant: true }), engine })).toThrow(
    /UnsupportedOnModelMonitor[\s\S]*'perVariant'/,
  );
});

test('data quality merges shadow and production variants where both are named', () => {
  const { stack, of } = byHand();
  expect(toldOf(of({ variants: ['blue', 'shadow'] }), stack).read).toEqual(['blue', 'shadow']);
});

test('Model Monitor reads all variants of an endpoint, and refuses a choice', () => {
  const { stack, data } = elsewhere({ variants: ['blue'] });
  expect(() => newMonitor(stack, { data, engine: MonitoringEngine.modelMonitor() })).toThrow(
    /UnsupportedOnModelMonitor[\s\S]*'variants'/,
  );
});

test.each<[string, MonitoredEndpointOptions, readonly string[]]>([
  ['of all production variants', { perVariant: true }, ['blue', 'green']],
  ['and not once more of a shadow', { variants: ['blue', 'shadow'], perVariant: true }, ['blue']],
  ['or of a shadow alone', { variants: ['shadow'], perVariant: true }, ['shadow']],
])('attributions are of one model, about requests %s, where others judge each variant apart', (_, options, read) => {
  const { stack, of } = byHand();
  const comparison = VariantComparison.between('blue', 'green');
  const data = of(options.variants ? options : { ...options, comparison });
  new ModelExplainabilityMonitor(stack, 'Reasons', {
    data,
    engine: MonitoringEngine.serverless(),
    baseline: givenBaseline(stack, 'Given'),
    analysis: ShapAnalysis.of({
      predictor: Predictor.fromModelName('churn-v1'),
      baseline: ShapBaseline.rows([[37, 1]]),
      headers: ['age', 'sex'],
    }),
  });
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ReasonsServerlessSchedule').Properties;
  const { variants } = JSON.parse(Target.Input);
  expect(variants).toEqual({ read, others: ['blue', 'green', 'shadow'].filter((name) => !read.includes(name)) });
  const other = byHand();
  expect(toldOf(other.of(options), other.stack)).toMatchObject({ apart: true }); // of a monitor of another kind
});
