import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DatasetFormat } from '../../lib/core/dataset-format';
import { BatchTransformData, type BatchTransformDataProps } from '../../lib/endpoint/batch-transform-data';
import { TransformRows } from '../../lib/endpoint/transform-rows';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { MonitoringFrequency } from '../../lib/monitor/monitoring-frequency';
import { newMonitor, newStack } from './fixtures';
import { permissionsOfRole, resourceOf } from './readable-template';

function given(props: Partial<BatchTransformDataProps> = {}, stack = newStack()) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Transforms', 'transforms');
  const data = new BatchTransformData({
    captured: { bucket, prefix: 'jobs/captured' },
    transformInput: { bucket, prefix: 'jobs/in' },
    transformOutput: { bucket: s3.Bucket.fromBucketName(stack, 'Scores', 'scores'), prefix: 'out' },
    format: DatasetFormat.csv({ header: false }),
    ...props,
  });
  return { stack, data };
}

function monitored(props: Partial<BatchTransformDataProps> = {}, stack = newStack()) {
  const { data } = given(props, stack);
  const monitor = newMonitor(stack, { data: MonitoredData.batchTransform(data) });
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties;
  return { stack, monitor, request: JSON.parse(Target.Input) };
}

test('a monitor of transform jobs is told where lists and objects lie, and knows no endpoint', () => {
  const { request, monitor } = monitored();
  expect(request.monitor).toEqual({ id: monitor.monitorId, kind: 'DataQuality' });
  expect(request.capture).toEqual({ bucket: 'transforms', prefix: 'jobs/captured' });
  expect(request.transforms).toEqual({
    side: 'input',
    data: { bucket: 'transforms', prefix: 'jobs/in' },
    format: { csv: { header: false } },
  });
});

test('a bucket of another account is named with its account', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Theirs', { bucketName: 'theirs', account: '999988887777' });
  const { transforms } = monitored({ transformInput: { bucket, prefix: 'in' } }, stack).request;
  expect(transforms.data).toEqual({ bucket: 'theirs', bucketOwner: '999988887777', prefix: 'in' });
});

test.each([
  [DatasetFormat.csv(), { csv: { header: true } }],
  [DatasetFormat.JSON, { json: { lines: false } }],
  [DatasetFormat.JSON_LINES, { json: { lines: true } }],
  [DatasetFormat.PARQUET, { parquet: {} }],
])('objects are read in their format', (format, told) => {
  expect(monitored({ format }).request.transforms.format).toEqual(told);
});

test.each([
  [TransformRows.INPUT, false, 'input', 'in', undefined],
  [TransformRows.INPUT, true, 'input', 'in', undefined],
  [TransformRows.OUTPUT, false, 'output', 'out', undefined],
  [TransformRows.OUTPUT, true, 'output', 'out', true],
])('of %s, with generated ids: %s', (rows, generateInferenceId, side, prefix, generatedIds) => {
  const { transforms } = monitored({ rows, generateInferenceId }).request;
  expect(transforms).toMatchObject({ side });
  expect(transforms.data.prefix.endsWith(prefix)).toBe(true);
  expect(transforms.generatedIds).toBe(generatedIds);
});

const TRANSFORMS = `arn:\${AWS::Partition}:s3:::transforms`;
const SCORES = `arn:\${AWS::Partition}:s3:::scores`;

/** What a role may do in the buckets of the jobs. */
function grantsOf(stack: ReturnType<typeof newStack>, role: string) {
  const found = permissionsOfRole(stack, role).filter(({ Resource }) => /:::(transforms|scores)/.test(Resource));
  return found.map(({ Action, Resource, Condition }) => {
    const { StringLike } = (Condition ?? {}) as { StringLike?: { 's3:prefix': string[] } };
    return [Action, Resource, StringLike?.['s3:prefix']];
  });
}

test('the plan lists and reads lists, and lists objects; the profile reads these: of the input alone', () => {
  const { stack } = monitored();
  expect(grantsOf(stack, 'PlanRole')).toEqual([
    ['s3:ListBucket', TRANSFORMS, ['jobs/captured/input/*', 'jobs/in/*']],
    ['s3:GetObject', `${TRANSFORMS}/jobs/captured/input/*`, undefined],
  ]);
  expect(grantsOf(stack, 'ProfileRole')).toEqual([['s3:GetObject', `${TRANSFORMS}/jobs/in/*`, undefined]]);
});

test('or of the output alone', () => {
  const { stack } = monitored({ rows: TransformRows.OUTPUT });
  expect(grantsOf(stack, 'PlanRole')).toEqual([
    ['s3:ListBucket', TRANSFORMS, ['jobs/captured/output/*']],
    ['s3:GetObject', `${TRANSFORMS}/jobs/captured/output/*`, undefined],
    ['s3:ListBucket', SCORES, ['out/*']],
  ]);
  expect(grantsOf(stack, 'ProfileRole')).toEqual([['s3:GetObject', `${SCORES}/out/*`, undefined]]);
});

test('the key of the jobs decrypts lists, that of the bucket the objects', () => {
  const stack = newStack();
  const encryptionKey = new kms.Key(stack, 'ListsKey');
  const bucket = new s3.Bucket(stack, 'Loans', { encryptionKey: new kms.Key(stack, 'LoansKey') });
  monitored({ encryptionKey, transformInput: { bucket, prefix: 'in' } }, stack);
  const keysOf = (role: string) =>
    permissionsOfRole(stack, role).flatMap(({ Action, Resource }) => (Action === 'kms:Decrypt' ? [Resource] : []));
  expect(keysOf('PlanRole')).toEqual([`\${ListsKey.Arn}`]);
  expect(keysOf('ProfileRole')).toEqual([`\${LoansKey.Arn}`]);
});

test('parts of an hour are refused: lists lie by the hour', () => {
  const { stack, data } = given();
  const frequency = MonitoringFrequency.everyMinutes(30);
  expect(() => newMonitor(stack, { data: MonitoredData.batchTransform(data), frequency })).toThrow(
    /UnsupportedOnServerless[\s\S]*'frequency' is "everyMinutes\(30\)"[\s\S]*hourly\(\)/,
  );
});

test('generated ids below a header are refused for the output, where nobody says what they are called', () => {
  const asked = { format: DatasetFormat.csv(), generateInferenceId: true };
  expect(() => monitored({ ...asked, rows: TransformRows.OUTPUT })).toThrow(
    /UnsupportedOnServerless[\s\S]*'data\.format'[\s\S]*TransformRows\.INPUT/,
  );
  expect(monitored(asked).request.transforms.side).toBe('input');
});

test('generated ids in Parquet are refused: the service writes none', () => {
  expect(() => given({ format: DatasetFormat.PARQUET, generateInferenceId: true })).toThrow(
    /InvalidBatchTransformData[\s\S]*'generateInferenceId'/,
  );
});

test('Model Monitor reads what it reads: rows are refused there', () => {
  const { stack, data } = given({ rows: TransformRows.OUTPUT });
  const make = () =>
    newMonitor(stack, { data: MonitoredData.batchTransform(data), engine: MonitoringEngine.modelMonitor() });
  expect(make).toThrow(/UnsupportedOnModelMonitor[\s\S]*'data\.rows' is "TransformRows\.OUTPUT"/);
});
