import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { CONSTRAINTS_CHECK_TYPE } from '../../../lib/baseline/contract';
import { CsvDelimiter, Dataset } from '../../../lib/baseline/dataset';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import { GroundTruth } from '../../../lib/monitor/ground-truth';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { ModelQualityMetric } from '../../../lib/monitor/model-quality-metric';
import { ModelQualityMonitor, type ModelQualityMonitorProps } from '../../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { RecordFilter } from '../../../lib/monitor/record-filter';
import { RecordFormat } from '../../../lib/monitor/record-format';
import { RecordTransformation } from '../../../lib/monitor/record-transformation';
import { newEndpoint, newStack } from '../../monitor/fixtures';
import { awaitedBy, resourceOf, statementsOfRole } from '../../monitor/readable-template';

const PROBLEM = ModelProblem.binaryClassification({ prediction: '1', probability: '0', threshold: 0.5 });

function make(props: Partial<ModelQualityMonitorProps> = {}, stack = newStack()) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Own', 'own');
  const columns = { label: 'left', prediction: 'said', probability: 'score' };
  const monitor = new ModelQualityMonitor(stack, 'Quality', {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.serverless(),
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'validation.csv', { columns })),
    problem: PROBLEM,
    groundTruth: GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'truth'),
    ...props,
  });
  return { stack, monitor };
}

const requestOf = ({ stack }: ReturnType<typeof make>) =>
  JSON.parse(resourceOf(stack, 'AWS::Scheduler::Schedule', 'QualityServerlessSchedule').Properties.Target.Input);

test('a run is told where labels lie, what the model predicts, and which hours it is about', () => {
  const request = requestOf(make({ window: AnalysisWindow.delayedBy(Duration.days(1)) }));
  expect(request).toMatchObject({
    monitor: { id: 'Stack/Quality', kind: 'ModelQuality' },
    labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 25, endHours: 24 },
    problem: {
      type: 'BinaryClassification',
      inferenceAttribute: '1',
      probabilityAttribute: '0',
      probabilityThreshold: 0.5,
    },
    windowHours: 1,
    featureMetrics: [],
  });
  expect(Object.keys(request.baseline)).toEqual(['constraints']);
});

test('a run that lacked labels may be started once more by the reconciler, as its schedule does', () => {
  const { stack } = make();
  const { Input } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ReconcilerSchedule').Properties.Target;
  const [{ start }] = JSON.parse(Input).monitors;
  expect(start).toEqual({
    stateMachineArn: `\${Analysis}`,
    minute: 5,
    request: requestOf({ stack } as never),
    needsLabels: true,
  });
  expect(statementsOfRole(stack, 'ReconcilerReconcileRole')).toContainEqual(
    expect.objectContaining({ Action: 'states:StartExecution', Resource: `\${Analysis}` }),
  );
});

test('a baseline is made of the columns that the dataset names', () => {
  const { stack } = make();
  const { Spec } = resourceOf(stack, 'Custom::SageMakerMonitoringBaseline', 'QualityServerlessBaseline').Properties;
  expect(JSON.stringify(Spec)).toContain(
    JSON.stringify(
      JSON.stringify({
        predictions: {
          problem: {
            type: 'BinaryClassification',
            inferenceAttribute: 'said',
            probabilityAttribute: 'score',
            probabilityThreshold: 0.5,
          },
          label: 'left',
        },
      }).slice(1, -1),
    ).slice(1, -1),
  );
});

test('the machine may list and read the labels, and no more of their bucket', () => {
  const { stack } = make();
  const about = (role: string) =>
    statementsOfRole(stack, role)
      .map((statement) => JSON.stringify(statement))
      .filter((statement) => statement.includes(':labels'));
  expect(about('PlanRole')).toEqual([expect.stringContaining('s3:ListBucket')]);
  expect(about('PlanRole')[0]).toContain('truth/*');
  expect(about('ProfileRole')).toEqual([expect.stringContaining(':labels/truth/*')]);
  expect(about('ProfileRole')[0]).toContain('s3:GetObject');
  expect(about('ConcludeRole')).toEqual([]);
});

test('of data with a format and transformations, attributes name columns', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack), {
    format: RecordFormat.rowsAt({ request: 'instances[*]', response: 'predictions[*]' }),
    transformations: [RecordTransformation.rename({ p: 'score.first' })],
  });
  const problem = ModelProblem.binaryClassification({ probability: 'score.first', threshold: 0.5 });
  expect(requestOf(make({ data, problem }, stack))).toMatchObject({
    problem: { probabilityAttribute: 'score.first' },
    recordFormat: { request: { path: { keys: ['instances'], itemKeys: [] } } },
    transformations: [{ rename: { p: 'score.first' } }],
  });
});

test.each([
  ['problem.prediction', { prediction: '$.label', probability: '0' }],
  ['problem.probability', { probability: 'predictions[0].score', threshold: 0.5 }],
])('%s that is a path is refused of data with columns, and taken of others', (prop, attributes) => {
  const stack = newStack();
  const problem = ModelProblem.binaryClassification(attributes);
  const transformations = [RecordTransformation.drop('a')];
  const data = MonitoredData.endpoint(newEndpoint(stack), { transformations });
  expect(() => make({ data, problem }, stack)).toThrow(
    new RegExp(`^UnsupportedOnServerless at Stack/Quality: '${prop}' is .*the name of a column`),
  );
  expect(requestOf(make({ problem })).problem).toBeDefined();
});

test('a filter of the data says which records are compared, as it does for every kind', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack), { filter: RecordFilter.customAttributes('canary') });
  expect(requestOf(make({ data }, stack)).filter).toEqual({ customAttributes: ['canary'] });
});

test.each([
  ['columns.label', { columns: { prediction: 'said', probability: 'score' } }, 'IncompleteDataset'],
  ['columns.prediction', { columns: { label: 'left', probability: 'score' } }, 'IncompleteDataset'],
  ['columns.probability', { columns: { label: 'left', prediction: 'said' } }, 'IncompleteDataset'],
  ['delimiter', { delimiter: CsvDelimiter.SEMICOLON }, 'UnsupportedDataset'],
])('a dataset of which nothing can be compared is refused by its %s', (prop, options, code) => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
  const columns = { label: 'left', prediction: 'said', probability: 'score' };
  const baseline = Baseline.fromDataset(Dataset.csv(bucket, 'a.csv', { columns, ...options }));
  expect(() => make({ baseline }, stack)).toThrow(new RegExp(`^${code} at Stack/Quality.*: '${prop}' is `));
});

test('a dataset that is no CSV is refused', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
  const baseline = Baseline.fromDataset(Dataset.parquet(bucket, 'a.parquet', { columns: { label: 'left' } }));
  expect(() => make({ baseline }, stack)).toThrow(/^UnsupportedDataset at Stack\/Quality.*: 'format' is "parquet"/);
});

test('a measure that is not published is refused', () => {
  const { monitor } = make();
  expect(() => monitor.metricModelQuality(ModelQualityMetric.AUC)).toThrow(
    /^ServiceMetricNotPublished at Stack\/Quality/,
  );
});

test('given constraints are judged at deployment as runs judge them, before there is a schedule', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Given', 'given');
  make({ baseline: Baseline.fromFiles({ bucket, constraintsKey: 'constraints.json' }) }, stack);
  expect(resourceOf(stack, CONSTRAINTS_CHECK_TYPE).Properties.Files).toEqual([
    expect.objectContaining({ Kind: 'ModelQuality', Rigour: 'Meaning', Bucket: 'given', Key: 'constraints.json' }),
  ]);
  expect(awaitedBy(stack, 'AWS::Scheduler::Schedule', 'QualityServerlessSchedule')).toContain('Constraints');
});
