import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DatasetFormat } from '../../../lib/core/dataset-format';
import { BatchTransformData } from '../../../lib/endpoint/batch-transform-data';
import { DataDistribution } from '../../../lib/engine/model-monitor/job/data-distribution';
import { InputMode } from '../../../lib/engine/model-monitor/job/input-mode';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { DataQualityMonitor, type DataQualityMonitorProps } from '../../../lib/monitor/data-quality-monitor';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newStack } from '../../monitor/fixtures';
import { permissionsOfRole, resourceOf, resourcesOf, statementsOfRole } from '../../monitor/readable-template';
import { givenTransforms, qualityStackWith } from './quality';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';
const BUCKET = `arn:\${AWS::Partition}:s3:::transforms`;

/** A stack with a monitor `DataQuality` of transform jobs, on Model Monitor. */
function dataStackWith(props: Partial<DataQualityMonitorProps> = {}, stack = newStack()) {
  new DataQualityMonitor(stack, 'DataQuality', {
    engine: MonitoringEngine.modelMonitor(),
    baseline: givenBaseline(stack),
    data: props.data ?? MonitoredData.batchTransform(givenTransforms(stack)),
    ...props,
  });
  return stack;
}

const dataInputOf = (...args: Parameters<typeof dataStackWith>) =>
  resourceOf(dataStackWith(...args), 'AWS::SageMaker::DataQualityJobDefinition').Properties.DataQualityJobInput;

describe('the input of transform jobs', () => {
  test('[B2][B7] is what data quality reads, in place of an endpoint', () => {
    expect(dataInputOf()).toEqual({
      BatchTransformInput: {
        DataCapturedDestinationS3Uri: 's3://transforms/jobs/captured',
        DatasetFormat: { Csv: { Header: true } },
        LocalPath: '/opt/ml/processing/input/batch-transform',
        S3InputMode: 'File',
        S3DataDistributionType: 'FullyReplicated',
      },
    });
  });

  test('is named to the reconciler, which tells when nothing comes to a place that was changed', () => {
    const { Properties } = resourceOf(dataStackWith(), 'AWS::Scheduler::Schedule', 'ReconcilerSchedule');
    expect(JSON.parse(Properties.Target.Input).monitors).toMatchObject([{ dataAt: 's3://transforms/jobs/captured/' }]);
  });

  test('[B3][B10][B13] is what model quality reads, with the hours and the attributes', () => {
    const stack = newStack();
    const problem = ModelProblem.binaryClassification({ probability: 'SageMakerOutput.score', threshold: 0.5 });
    const batchTransform = givenTransforms(stack, DatasetFormat.JSON_LINES);
    qualityStackWith({}, { data: MonitoredData.batchTransform(batchTransform), problem }, stack);
    const { Properties } = resourceOf(stack, 'AWS::SageMaker::ModelQualityJobDefinition');
    expect(Properties.ModelQualityJobInput).toEqual({
      BatchTransformInput: {
        DataCapturedDestinationS3Uri: 's3://transforms/jobs/captured',
        DatasetFormat: { Json: { Line: true } },
        LocalPath: '/opt/ml/processing/input/batch-transform',
        S3InputMode: 'File',
        S3DataDistributionType: 'FullyReplicated',
        StartTimeOffset: '-PT1H',
        EndTimeOffset: '-PT0H',
        ProbabilityAttribute: 'SageMakerOutput.score',
        ProbabilityThresholdAttribute: 0.5,
      },
      GroundTruthS3Input: { S3Uri: 's3://labels/truth' },
    });
  });

  test.each([
    [DatasetFormat.csv(), { Csv: { Header: true } }],
    [DatasetFormat.csv({ header: false }), { Csv: { Header: false } }],
    [DatasetFormat.JSON, { Json: { Line: false } }],
    [DatasetFormat.JSON_LINES, { Json: { Line: true } }],
    [DatasetFormat.PARQUET, { Parquet: true }],
  ])('[B2][B7] may be written as %j', (format, expected) => {
    const stack = newStack();
    const { BatchTransformInput } = dataInputOf(
      { data: MonitoredData.batchTransform(givenTransforms(stack, format)) },
      stack,
    );
    expect(BatchTransformInput.DatasetFormat).toEqual(expected);
  });

  test('[B2][B14][B15] may lack features, come as a stream, and be shared out', () => {
    const engine = MonitoringEngine.modelMonitor({
      inputMode: InputMode.PIPE,
      dataDistribution: DataDistribution.SHARDED_BY_S3_KEY,
    });
    expect(dataInputOf({ engine, excludedFeatures: ['id', 'time'] }).BatchTransformInput).toMatchObject({
      S3InputMode: 'Pipe',
      S3DataDistributionType: 'ShardedByS3Key',
      ExcludeFeaturesAttribute: 'id,time',
    });
  });

  test('[B2] cannot be known by a prefix that Model Monitor would not find', () => {
    const bucket = s3.Bucket.fromBucketName(newStack(), 'Bucket', 'transforms');
    const place = (prefix: string) => ({ bucket, prefix });
    const wrong = { captured: place('a//b'), transformInput: place('/in'), transformOutput: place('out/') };
    expect(() => new BatchTransformData({ ...wrong, format: DatasetFormat.csv() })).toThrow(
      /^InvalidBatchTransformData: 'captured.prefix' is .*; 'transformInput.prefix' is .*; 'transformOutput.prefix' is /,
    );
  });
});

describe('a monitor of transform jobs', () => {
  test.each([
    ['data quality', () => dataStackWith()],
    ['model quality', () => qualityStackWithTransforms()],
  ])('[B2][B3] of %s needs no endpoint, and waits for none', (_, make) => {
    const stack = make();
    const [{ DependsOn = [] }] = resourcesOf(stack, SCHEDULE);
    expect(DependsOn.filter((id: string) => id.startsWith('Endpoint'))).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::SageMaker::Endpoint', 0);
  });

  test.each([
    ['data quality', () => dataStackWith(), 'DataQualityRole'],
    ['model quality', () => qualityStackWithTransforms(), 'ModelQualityRole'],
  ])('[B2][B3][E6] of %s may read the lists, and the objects that they name', (_, make, role) => {
    const found = permissionsOfRole(make(), role).filter(({ Resource }) => Resource.startsWith(BUCKET));
    const prefixes = found.flatMap(({ Condition }) => JSON.stringify(Condition ?? {}).match(/jobs\/\w+\/\*/g) ?? []);
    const objects = found.filter(({ Action }) => Action === 's3:GetObject').map(({ Resource }) => Resource);
    expect(prefixes).toEqual(['jobs/captured/*', 'jobs/in/*', 'jobs/out/*']);
    expect(objects).toEqual([`${BUCKET}/jobs/captured/*`, `${BUCKET}/jobs/in/*`, `${BUCKET}/jobs/out/*`]);
  });

  test('[B2][E1] may decrypt the lists with the key of the transform jobs', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Transforms', 'transforms');
    const place = { bucket, prefix: 'jobs' };
    const batchTransform = new BatchTransformData({
      captured: place,
      transformInput: place,
      transformOutput: place,
      format: DatasetFormat.csv(),
      encryptionKey: new kms.Key(stack, 'Key'),
    });
    expect(
      statementsOfRole(dataStackWith({ data: MonitoredData.batchTransform(batchTransform) }, stack), 'DataQualityRole'),
    ).toContainEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });

  test('[B2] has no endpoint in its outcome', () => {
    const stack = dataStackWith();
    const monitor = stack.node.findChild('DataQuality') as DataQualityMonitor;
    expect(monitor.endpointName).toBeUndefined();
    const inputs = resourcesOf(stack, 'AWS::Scheduler::Schedule').map(({ Properties }) =>
      String(Properties.Target.Input),
    );
    expect(inputs.join()).not.toContain('endpointName');
  });
});

describe('what a monitor watches', () => {
  test('[B1][B2] has to be said', () => {
    const stack = newStack();
    const props = { engine: MonitoringEngine.modelMonitor(), baseline: givenBaseline(stack) };
    expect(() => new DataQualityMonitor(stack, 'DataQuality', props as DataQualityMonitorProps)).toThrow(
      "InvalidProps at Stack/DataQuality: 'data' is undefined, allowed is an object of MonitoredData " +
        '(make one with MonitoredData.endpoint(...), MonitoredData.batchTransform(...), MonitoredData.written(...))',
    );
  });
});

function qualityStackWithTransforms() {
  const stack = newStack();
  return qualityStackWith({}, { data: MonitoredData.batchTransform(givenTransforms(stack)) }, stack);
}
