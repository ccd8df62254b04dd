import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { CONSTRAINTS_CHECK_TYPE } from '../../../lib/baseline/contract';
import { CsvDelimiter, Dataset } from '../../../lib/baseline/dataset';
import { WrittenData } from '../../../lib/endpoint/written-data';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import { BiasMetric } from '../../../lib/monitor/bias-metric';
import { Facet } from '../../../lib/monitor/facet';
import { GroundTruth } from '../../../lib/monitor/ground-truth';
import { ModelBiasMonitor, type ModelBiasMonitorProps } from '../../../lib/monitor/model-bias-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { PositiveOutcome } from '../../../lib/monitor/positive-outcome';
import { Predictor } from '../../../lib/monitor/predictor';
import { RecordTransformation } from '../../../lib/monitor/record-transformation';
import { newEndpoint, newStack } from '../../monitor/fixtures';
import { awaitedBy, resourceOf, statementsOfRole } from '../../monitor/readable-template';
import { biasAnalysis } from '../model-monitor/clarify';

const COLUMNS = { label: 'income', prediction: 'said' };

function make(props: Partial<ModelBiasMonitorProps> = {}, stack = newStack()) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Own', 'own');
  const monitor = new ModelBiasMonitor(stack, 'Bias', {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.serverless(),
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'validation.csv', { columns: COLUMNS })),
    analysis: biasAnalysis(),
    groundTruth: GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'truth'),
    ...props,
  });
  return { stack, monitor };
}

const requestOf = ({ stack }: ReturnType<typeof make>) =>
  JSON.parse(resourceOf(stack, 'AWS::Scheduler::Schedule', 'BiasServerlessSchedule').Properties.Target.Input);

const baselineOf = ({ stack }: ReturnType<typeof make>) =>
  JSON.stringify(resourceOf(stack, 'Custom::SageMakerMonitoringBaseline', 'BiasServerlessBaseline').Properties.Spec);

const QUESTION = {
  facets: [
    { name: 'sex', by: { values: [0] } },
    { name: 'age', by: { threshold: 40 } },
  ],
  label: 'income',
  positive: { values: [1] },
  group: 'job',
};

test('a run is told where labels lie, which groups are compared, and where they are told apart', () => {
  const request = requestOf(make({ window: AnalysisWindow.delayedBy(Duration.days(1)) }));
  expect(request).toMatchObject({
    monitor: { id: 'Stack/Bias', kind: 'ModelBias' },
    labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 25, endHours: 24 },
    groups: { question: QUESTION, headers: ['age', 'sex', 'job', 'income'], predicted: { column: 0 } },
    featureMetrics: [],
  });
  expect(request.groups.threshold).toBeUndefined();
  expect(Object.keys(request.baseline)).toEqual(['constraints']);
});

test('a probability is compared with a threshold, and paths of JSON are taken apart', () => {
  const analysis = biasAnalysis({
    features: 'instances[*].features',
    prediction: undefined,
    probability: 'predictions[*].score',
    positiveOutcome: PositiveOutcome.above(50_000),
    facets: [Facet.categorical('job')],
    groupVariable: undefined,
  });
  expect(requestOf(make({ analysis })).groups).toEqual({
    question: { facets: [{ name: 'job' }], label: 'income', positive: { threshold: 50_000 } },
    features: { keys: ['instances'], itemKeys: ['features'] },
    headers: ['age', 'sex', 'job', 'income'],
    predicted: { path: { keys: ['predictions'], itemKeys: ['score'] } },
    threshold: 0.5,
  });
});

test('a baseline is the analysis of the columns that the dataset names', () => {
  const spec = baselineOf(make());
  const escaped = JSON.stringify(
    JSON.stringify({ groups: { question: QUESTION, places: { label: 'income', predicted: 'said' } } }).slice(1, -1),
  ).slice(1, -1);
  expect(spec).toContain(escaped);
  expect(spec).toContain('analysis.json');
});

test('the machine may list and read the labels, and no more of their bucket', () => {
  const { stack } = make();
  const about = (role: string) =>
    statementsOfRole(stack, role)
      .map((statement) => JSON.stringify(statement))
      .filter((statement) => statement.includes(':labels'));
  expect(about('PlanRole')).toEqual([expect.stringContaining('s3:ListBucket')]);
  expect(about('ProfileRole')).toEqual([expect.stringContaining(':labels/truth/*')]);
  expect(about('ConcludeRole')).toEqual([]);
});

test('records that somebody writes are compared by groups, too', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Written', 'written');
  const data = MonitoredData.written(new WrittenData({ name: 'churn', bucket, prefix: 'written' }));
  expect(requestOf(make({ data }, stack)).monitor).toMatchObject({ kind: 'ModelBias', dataName: 'churn' });
});

test.each([
  ['analysis.prediction', { prediction: undefined }, /serverless\(\) does not guess/],
  ['analysis.prediction', { prediction: 'predictions[?a].b' }, /allowed is an index of CSV, or keys/],
  ['analysis.probability', { prediction: undefined, probability: 'scores[0]' }, /allowed is an index of CSV/],
  ['analysis.probability', { prediction: undefined, probability: 'max(scores)' }, /allowed is an index of CSV/],
  ['analysis.features', { features: 'instances[0].features' }, /allowed is keys with dots/],
  ['analysis.predictor', { predictor: Predictor.fromModelName('churn') }, /asks no model/],
])('%s that this engine does not read is refused', (prop, options, reason) => {
  const analysis = biasAnalysis(options);
  expect(() => make({ analysis })).toThrow(new RegExp(`^UnsupportedOnServerless at Stack/Bias: '${prop}' is `));
  expect(() => make({ analysis })).toThrow(reason);
});

const COLUMNS_OF_DATA = { transformations: [RecordTransformation.rename({ p: 'said' })] };

test('of data with transformations, the prediction is a column', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack), COLUMNS_OF_DATA);
  const { groups } = requestOf(make({ data, analysis: biasAnalysis({ prediction: 'said' }) }, stack));
  expect(groups).toMatchObject({ predicted: { name: 'said' } });
  expect(groups.features).toBeUndefined();
});

test.each([
  ['analysis.prediction', { prediction: 'predictions[*].label' }, /allowed is the name of a column/],
  ['analysis.features', { features: 'instances[*]' }, /rows of these data have columns/],
])('%s that is a path is refused of such data', (prop, options, reason) => {
  const attempt = () => {
    const stack = newStack();
    const data = MonitoredData.endpoint(newEndpoint(stack), COLUMNS_OF_DATA);
    return make({ data, analysis: biasAnalysis(options) }, stack);
  };
  expect(attempt).toThrow(new RegExp(`^UnsupportedOnServerless at Stack/Bias: '${prop}' is `));
  expect(attempt).toThrow(reason);
});

test.each([
  ['columns.prediction', { columns: { label: 'income' } }, 'IncompleteDataset'],
  ['delimiter', { columns: COLUMNS, delimiter: CsvDelimiter.SEMICOLON }, 'UnsupportedDataset'],
  ['columns', { columns: COLUMNS, header: false }, 'IncompleteDataset'],
])('a dataset of which nothing can be compared is refused by its %s', (prop, options, code) => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
  const baseline = Baseline.fromDataset(Dataset.csv(bucket, 'a.csv', options));
  expect(() => make({ baseline }, stack)).toThrow(new RegExp(`^${code} at Stack/Bias.*: '${prop}' is `));
});

test('a dataset without a header has the names of the analysis, or the places of its columns', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
  const columns = { probability: '_c4' };
  const baseline = Baseline.fromDataset(Dataset.csv(bucket, 'a.csv', { columns, header: false }));
  const places = { label: 'income', predicted: '_c4', threshold: 0.5, headers: ['age', 'sex', 'job', 'income'] };
  expect(baselineOf(make({ baseline }, stack))).toContain(
    JSON.stringify(JSON.stringify({ places }).slice(1, -1)).slice(1, -1),
  );
});

test('overrides are refused: metrics of bias have no thresholds', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
  const files = Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' });
  expect(() => make({ baseline: files.withOverrides({ comparisonThreshold: 0.2 }) }, stack)).toThrow(
    /^UnsupportedOverrides at Stack\/Bias/,
  );
});

test('a metric that is not published is refused', () => {
  const { monitor } = make();
  const bias = { metric: BiasMetric.CI, facet: 'sex', facetValue: '0', label: 'income', labelValue: '1' };
  expect(() => monitor.metricBias(bias)).toThrow(/^ServiceMetricNotPublished at Stack\/Bias/);
});

test('given files are judged at deployment as runs judge them, before there is a schedule', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
  make({ baseline: Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' }) }, stack);
  expect(resourceOf(stack, CONSTRAINTS_CHECK_TYPE).Properties.Files).toEqual([
    expect.objectContaining({ Kind: 'ModelBias', Rigour: 'Meaning', Bucket: 'given', Key: 'analysis.json' }),
  ]);
  expect(awaitedBy(stack, 'AWS::Scheduler::Schedule', 'BiasServerlessSchedule')).toContain('Constraints');
});

test('the registered baseline of a model package is taken', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Registered', 'registered');
  const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';
  const spec = baselineOf(make({ baseline: Baseline.fromModelPackage(arn, { bucket, prefix: 'files' }) }, stack));
  expect(spec).toContain('ModelBias');
});
