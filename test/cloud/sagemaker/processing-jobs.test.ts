import { THROTTLED } from '../../../lib/cloud/account/faults';
import type { Container, ContainerStart } from '../../../lib/cloud/account/sagemaker/container';
import type { JobOutcome } from '../../../lib/cloud/account/sagemaker/processing-jobs';
import { ALLOW_ALL, Fixture, JOB_ROLE } from '../fixtures/client';

let fixture: Fixture;

beforeEach(async () => {
  fixture = await Fixture.open();
  fixture.account.objects.put({ bucket: 'bucket', key: 'data/train.csv' }, 'a,b\n');
});

afterEach(() => fixture.close());

const ARN = 'arn:aws:sagemaker:us-east-1:123456789012:processing-job/baseline';

function job(changes: object = {}): object {
  return {
    ProcessingJobName: 'baseline',
    RoleArn: JOB_ROLE,
    AppSpecification: { ImageUri: 'image' },
    ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    ProcessingInputs: [
      { InputName: 'data', S3Input: { S3Uri: 's3://bucket/data', LocalPath: '/opt/ml/in', S3DataType: 'S3Prefix' } },
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: 'monitoring_output',
          S3Output: { S3Uri: 's3://bucket/baseline', LocalPath: '/opt/ml/out', S3UploadMode: 'EndOfJob' },
        },
      ],
    },
    ...changes,
  };
}

const create = (changes: object = {}) => fixture.sageMaker('CreateProcessingJob', job(changes));
const describeJob = () => fixture.sageMaker('DescribeProcessingJob', { ProcessingJobName: 'baseline' });
const goes = (outcome: JobOutcome) => fixture.account.sageMaker.jobs.script(() => outcome);

test('a job runs for its time and writes its files where its outputs say', async () => {
  goes({
    status: 'Completed',
    afterSeconds: 300,
    exitMessage: 'done',
    files: { 'monitoring_output/constraints.json': '{}' },
  });
  expect(await create({ Tags: [{ Key: 'a', Value: 'b' }] })).toEqual({ ProcessingJobArn: ARN });
  await fixture.pass(299);
  expect(await describeJob()).toMatchObject({
    ProcessingJobArn: ARN,
    ProcessingJobStatus: 'InProgress',
    RoleArn: JOB_ROLE,
  });
  expect(fixture.account.objects.list('bucket', 'baseline')).toEqual([]);
  await fixture.pass(2);
  expect(await describeJob()).toMatchObject({
    ProcessingJobStatus: 'Completed',
    ExitMessage: 'done',
    CreationTime: '2026-01-05T10:00:00.000Z',
    ProcessingEndTime: '2026-01-05T10:05:00.000Z',
  });
  expect(fixture.account.objects.get('bucket', 'baseline/constraints.json')?.toString()).toBe('{}');
});

test('every change of a job is an event', async () => {
  await create();
  await fixture.pass(600);
  const events = fixture.account.recorder.events.map(({ source, 'detail-type': type, detail }) => [
    source,
    type,
    detail,
  ]);
  expect(events).toEqual(
    ['InProgress', 'Completed'].map((status) => [
      'aws.sagemaker',
      'SageMaker Processing Job State Change',
      expect.objectContaining({ ProcessingJobName: 'baseline', ProcessingJobStatus: status }),
    ]),
  );
});

test('a name is used once, also by a job that has ended', async () => {
  await create();
  await fixture.pass(600);
  expect(await create()).toMatchObject({ failed: 'ResourceInUse' });
  expect(fixture.account.sageMaker.jobs.all()).toHaveLength(1);
});

test('a job that fails says why', async () => {
  goes({ status: 'Failed', failureReason: 'AlgorithmError: See job logs' });
  await create();
  await fixture.pass(600);
  expect(await describeJob()).toMatchObject({
    ProcessingJobStatus: 'Failed',
    FailureReason: 'AlgorithmError: See job logs',
  });
});

test('a job that runs into its time limit is Stopped', async () => {
  goes({ status: 'InProgress' });
  await create();
  await fixture.pass(3599);
  expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'InProgress' });
  await fixture.pass(2);
  expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'Stopped' });
});

test('a job is stopped through Stopping, once, and writes nothing', async () => {
  goes({ status: 'Completed', afterSeconds: 60, files: { 'monitoring_output/constraints.json': '{}' } });
  const stop = () => fixture.sageMaker('StopProcessingJob', { ProcessingJobName: 'baseline' });
  await create();
  expect(await stop()).toEqual({});
  expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'Stopping' });
  expect(await stop()).toMatchObject({
    failed: 'ValidationException',
    message: expect.stringContaining('in status Stopping'),
  });
  await fixture.pass(600);
  expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'Stopped' });
  expect(fixture.account.objects.list('bucket', 'baseline')).toEqual([]);
});

test('jobs are listed page by page, newest first', async () => {
  for (const name of ['base-a', 'other', 'base-b', 'base-c']) {
    await create({ ProcessingJobName: name });
    await fixture.pass(10);
  }
  const query = { NameContains: 'base', MaxResults: 2 };
  const first = await fixture.sageMaker('ListProcessingJobs', query);
  const second = await fixture.sageMaker('ListProcessingJobs', { ...query, NextToken: first.NextToken });
  const names = [first, second].map((page) =>
    (page.ProcessingJobSummaries as { ProcessingJobName: string }[]).map((s) => s.ProcessingJobName),
  );
  expect(names).toEqual([['base-c', 'base-b'], ['base-a']]);
  expect(second.NextToken).toBeUndefined();
});

test('a request against the figures is refused with all that is wrong, and starts nothing', async () => {
  const answer = await create({ ProcessingJobName: 'a_b', Environment: { k: 'x'.repeat(300) } });
  expect(answer).toMatchObject({
    failed: 'ValidationException',
    message: expect.stringMatching(/^2 validation errors detected: .*Environment\.k.*/),
  });
  expect(answer.message).toMatch(/'ProcessingJobName'/);
  expect(fixture.account.sageMaker.jobs.all()).toEqual([]);
});

test('two channels with one LocalPath are refused', async () => {
  const S3Input = { S3Uri: 's3://bucket/data', LocalPath: '/opt/ml/out', S3DataType: 'S3Prefix' };
  expect(await create({ ProcessingInputs: [{ InputName: 'data', S3Input }] })).toMatchObject({
    failed: 'ValidationException',
  });
});

test('a job that does not exist is not found', async () => {
  expect(await describeJob()).toMatchObject({ failed: 'ResourceNotFound' });
  expect(await fixture.sageMaker('StopProcessingJob', { ProcessingJobName: 'baseline' })).toMatchObject({
    failed: 'ResourceNotFound',
  });
});

describe('permissions of the caller', () => {
  const allow = (Action: string, Resource: string, Condition?: object) => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition && { Condition }),
  });
  const passed = { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } };

  test.each<[string, object[], string]>([
    ['the call itself', [], 'sagemaker:CreateProcessingJob'],
    [
      'the call on another name',
      [allow('sagemaker:CreateProcessingJob', `${ARN}-other*`)],
      'sagemaker:CreateProcessingJob',
    ],
    ['to pass the role', [allow('sagemaker:*', `${ARN}*`)], 'iam:PassRole'],
    [
      'to pass the role to SageMaker',
      [
        allow('sagemaker:*', ARN),
        allow('iam:PassRole', JOB_ROLE, { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }),
      ],
      'iam:PassRole',
    ],
    [
      'to tag the job',
      [allow('sagemaker:CreateProcessingJob', ARN), allow('iam:PassRole', JOB_ROLE, passed)],
      'sagemaker:AddTags',
    ],
  ])('a role that lacks %s is denied', async (_what, statements, action) => {
    fixture.statements.splice(0, 1, ...(statements as (typeof ALLOW_ALL)[]));
    expect(await create({ Tags: [{ Key: 'a', Value: 'b' }] })).toMatchObject({ failed: 'AccessDeniedException' });
    expect(fixture.account.recorder.denied.map((denied) => denied.action)).toEqual([action]);
  });

  test('a role with just these permissions creates, describes and stops', async () => {
    fixture.statements.splice(0, 1, allow('sagemaker:*ProcessingJob', ARN), allow('iam:PassRole', JOB_ROLE, passed));
    expect(await create()).toEqual({ ProcessingJobArn: ARN });
    expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'InProgress' });
    expect(await fixture.sageMaker('StopProcessingJob', { ProcessingJobName: 'baseline' })).toEqual({});
    expect(await fixture.sageMaker('ListProcessingJobs')).toMatchObject({ failed: 'AccessDeniedException' });
  });
});

describe('permissions of the job', () => {
  test('a role that SageMaker may not assume is refused at once', async () => {
    fixture.account.authorizer.roles.set(JOB_ROLE, { arn: JOB_ROLE, name: 'job', trust: [], statements: [ALLOW_ALL] });
    expect(await create()).toMatchObject({
      failed: 'ValidationException',
      message: expect.stringContaining('Could not assume role'),
    });
  });

  test.each([
    ['s3:ListBucket', /Data download failed/],
    ['s3:GetObject', /Data download failed/],
    ['s3:PutObject', /Failed to upload/],
  ])('a job without %s fails', async (action, reason) => {
    goes({ status: 'Completed', files: { 'monitoring_output/x.json': '{}' } });
    fixture.jobStatements.push({ Effect: 'Deny', Action: action, Resource: '*' });
    await create();
    await fixture.pass(600);
    expect(await describeJob()).toMatchObject({
      ProcessingJobStatus: 'Failed',
      FailureReason: expect.stringMatching(reason),
    });
  });

  test('a job without input data fails', async () => {
    const S3Input = { S3Uri: 's3://bucket/nothing', LocalPath: '/opt/ml/in', S3DataType: 'S3Prefix' };
    await create({ ProcessingInputs: [{ InputName: 'data', S3Input }] });
    await fixture.pass(600);
    expect(await describeJob()).toMatchObject({
      ProcessingJobStatus: 'Failed',
      FailureReason: expect.stringContaining('no S3 objects'),
    });
  });
});

describe('planned faults', () => {
  test('throttle as often as planned, and then no more', async () => {
    fixture.account.faults.next('SageMaker', 'CreateProcessingJob', { ...THROTTLED, times: 2 });
    expect([await create(), await create()]).toMatchObject([
      { failed: 'ThrottlingException' },
      { failed: 'ThrottlingException' },
    ]);
    expect(fixture.account.faults.pending()).toEqual([]);
    expect(await create()).toEqual({ ProcessingJobArn: ARN });
  });

  test('lose an answer after the call was done', async () => {
    fixture.account.faults.next('SageMaker', 'CreateProcessingJob', { answerLost: true });
    expect(await create()).toMatchObject({ failed: 'InternalFailure' });
    expect(await create()).toMatchObject({ failed: 'ResourceInUse' });
  });

  test('let a call arrive twice', async () => {
    fixture.account.faults.next('SageMaker', 'CreateProcessingJob', { twice: true });
    expect(await create()).toMatchObject({ failed: 'ResourceInUse' });
  });

  test('delay a call in virtual time', async () => {
    fixture.account.faults.next('SageMaker', 'CreateProcessingJob', { delaySeconds: 30 });
    await create();
    expect(await describeJob()).toMatchObject({ CreationTime: '2026-01-05T10:00:30.000Z' });
  });

  test('hit only the operation, and the inputs, that they are planned for', async () => {
    const when = (input: unknown) => (input as { ProcessingJobName: string }).ProcessingJobName === 'other';
    fixture.account.faults.next('SageMaker', 'CreateProcessingJob', { ...THROTTLED, when });
    fixture.account.faults.next('S3', 'GetObject', { error: { code: 'SlowDown', status: 503 } });
    expect(await create()).toEqual({ ProcessingJobArn: ARN });
    expect(fixture.account.faults.pending()).toEqual(['SageMaker CreateProcessingJob', 'S3 GetObject']);
    expect(await fixture.send('s3', 'GetObject', { Bucket: 'bucket', Key: 'data/train.csv' })).toMatchObject({
      failed: 'SlowDown',
    });
  });
});

test('a model package is described from given data', async () => {
  const arn = 'arn:aws:sagemaker:us-east-1:123456789012:model-package/group/3';
  fixture.account.sageMaker.inventory.modelPackages.set(arn, { ModelPackageStatus: 'Completed' });
  const described = (name: string) => fixture.sageMaker('DescribeModelPackage', { ModelPackageName: name });
  expect(await described(arn)).toEqual({ ModelPackageArn: arn, ModelPackageStatus: 'Completed' });
  expect(await described(`${arn}0`)).toMatchObject({ failed: 'ValidationException' });
});

describe('a container of a job', () => {
  const contained = (container: Container) => goes({ status: 'Completed', container });

  test('finds what the inputs hold and the environment, and its files go where the outputs say', async () => {
    const starts: ContainerStart[] = [];
    contained(async (start) => {
      starts.push(start);
      return {
        status: 'Completed',
        exitMessage: 'done',
        files: { '/opt/ml/out/deep/one.json': '{}', '/tmp/lost': '' },
        by: 'somebody',
      };
    });
    await create({ Environment: { mode: 'fast' } });
    await fixture.pass(300);
    expect(starts).toEqual([
      {
        imageUri: 'image',
        environment: { mode: 'fast' },
        files: [{ path: '/opt/ml/in/train.csv', uri: 's3://bucket/data/train.csv', content: Buffer.from('a,b\n') }],
      },
    ]);
    expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'Completed', ExitMessage: 'done' });
    expect(fixture.account.objects.list('bucket', 'baseline').map(({ key }) => key)).toEqual([
      'baseline/deep/one.json',
    ]);
    const titles = fixture.account.recorder.timeline.map(({ title }) => title);
    expect(titles).toContain("processing job baseline: its container's work is done by somebody");
  });

  test('may fail, and does not begin where the inputs cannot be read', async () => {
    contained(async () => ({ status: 'Failed', failureReason: 'AlgorithmError: no' }));
    await create();
    await fixture.pass(300);
    expect(await describeJob()).toMatchObject({ ProcessingJobStatus: 'Failed', FailureReason: 'AlgorithmError: no' });
    contained(() => {
      throw new Error('it began');
    });
    const input = { S3Uri: 's3://nowhere/data', LocalPath: '/opt/ml/in', S3DataType: 'S3Prefix' };
    await create({ ProcessingJobName: 'other', ProcessingInputs: [{ InputName: 'data', S3Input: input }] });
    await fixture.pass(300);
    const { FailureReason } = await fixture.sageMaker('DescribeProcessingJob', { ProcessingJobName: 'other' });
    expect(FailureReason).toContain('no such bucket: nowhere');
  });
});
