import type { ContainerEnd, ContainerStart } from '../../../lib/cloud/account/sagemaker/container';
import type { ExecutionPlan } from '../../../lib/cloud/account/sagemaker/monitoring-executions';
import { ALLOW_ALL, Fixture, JOB_ROLE, NOW } from '../fixtures/client';

let fixture: Fixture;

const ENDPOINT = 'churn';
const DEFINITION = {
  JobDefinitionName: 'definition',
  RoleArn: JOB_ROLE,
  DataQualityAppSpecification: { ImageUri: 'image' },
  DataQualityJobInput: { EndpointInput: { EndpointName: ENDPOINT, LocalPath: '/opt/ml/processing/input' } },
  DataQualityJobOutputConfig: {
    MonitoringOutputs: [{ S3Output: { S3Uri: 's3://bucket/reports/', LocalPath: '/opt/ml/out' } }],
  },
  JobResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 20 } },
};
const SCHEDULE = {
  MonitoringScheduleName: 'hourly',
  MonitoringScheduleConfig: {
    MonitoringJobDefinitionName: 'definition',
    MonitoringType: 'DataQuality',
    ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
  },
};
const NAME = { MonitoringScheduleName: 'hourly' };

beforeEach(async () => {
  fixture = await Fixture.open([ENDPOINT]);
  fixture.account.sageMaker.inventory.jobDefinitions.set('definition', DEFINITION);
});

afterEach(() => fixture.close());

/** A schedule that has settled. */
async function scheduled(): Promise<void> {
  fixture.account.sageMaker.schedules.create(SCHEDULE);
  await fixture.pass(30);
}

const execute = (plan: ExecutionPlan) => fixture.account.sageMaker.schedules.execute('hourly', plan);
const status = async () => (await fixture.sageMaker('DescribeMonitoringSchedule', NAME)).MonitoringScheduleStatus;
type Summary = Record<string, unknown>;
const list = async (input: object = NAME) =>
  (await fixture.sageMaker('ListMonitoringExecutions', input)).MonitoringExecutionSummaries as Summary[];

test('a schedule is Pending, then Scheduled, and so after every change', async () => {
  fixture.account.sageMaker.schedules.create(SCHEDULE);
  expect(await status()).toBe('Pending');
  expect(await fixture.sageMaker('StopMonitoringSchedule', NAME)).toMatchObject({ failed: 'ValidationException' });
  await fixture.pass(30);
  expect(await status()).toBe('Scheduled');
  await fixture.sageMaker('StopMonitoringSchedule', NAME);
  expect(await status()).toBe('Pending');
  await fixture.pass(30);
  expect(await status()).toBe('Stopped');
  await fixture.sageMaker('StartMonitoringSchedule', NAME);
  await fixture.pass(30);
  expect(await fixture.sageMaker('DescribeMonitoringSchedule', NAME)).toMatchObject({
    MonitoringScheduleStatus: 'Scheduled',
    MonitoringScheduleArn: 'arn:aws:sagemaker:us-east-1:123456789012:monitoring-schedule/hourly',
    EndpointName: ENDPOINT,
    MonitoringType: 'DataQuality',
    MonitoringScheduleConfig: SCHEDULE.MonitoringScheduleConfig,
  });
});

test('an execution is Pending, then has a processing job that ends with it, and leaves its report', async () => {
  await scheduled();
  const scheduledTime = new Date('2026-01-05T10:00:00Z');
  execute({
    outcome: 'CompletedWithViolations',
    scheduledTime,
    files: { 'constraint_violations.json': '{"violations":[]}' },
  });
  expect(await list()).toMatchObject([
    { MonitoringExecutionStatus: 'Pending', ScheduledTime: '2026-01-05T10:00:00.000Z' },
  ]);
  await fixture.pass(100);
  const [running] = await list();
  expect(running).toMatchObject({
    MonitoringExecutionStatus: 'InProgress',
    EndpointName: ENDPOINT,
    MonitoringType: 'DataQuality',
  });
  const ProcessingJobName = String(running.ProcessingJobArn).split('/')[1];
  expect(await fixture.sageMaker('DescribeProcessingJob', { ProcessingJobName })).toMatchObject({
    ProcessingJobStatus: 'InProgress',
    MonitoringScheduleArn: expect.stringMatching(/:monitoring-schedule\/hourly$/),
  });
  await fixture.pass(600);
  expect(await list()).toMatchObject([{ MonitoringExecutionStatus: 'CompletedWithViolations' }]);
  expect(await fixture.sageMaker('DescribeProcessingJob', { ProcessingJobName })).toMatchObject({
    ProcessingJobStatus: 'Completed',
    ExitMessage: expect.stringMatching(/^CompletedWithViolations: /),
  });
  const key = 'reports/churn/hourly/2026/01/05/10/constraint_violations.json';
  expect(fixture.account.objects.get('bucket', key)?.toString()).toBe('{"violations":[]}');
});

test.each<[string, ExecutionPlan, Summary]>([
  ['completes', { outcome: 'Completed' }, { MonitoringExecutionStatus: 'Completed' }],
  [
    'fails',
    { outcome: 'Failed', failureReason: 'AlgorithmError' },
    { MonitoringExecutionStatus: 'Failed', FailureReason: 'AlgorithmError' },
  ],
  ['is stopped', { outcome: 'Stopped' }, { MonitoringExecutionStatus: 'Stopped' }],
  ['stays in progress', { outcome: 'InProgress' }, { MonitoringExecutionStatus: 'InProgress' }],
  ['stays pending', { outcome: 'Pending' }, { MonitoringExecutionStatus: 'Pending' }],
])('an execution %s as planned', async (_what, plan, expected) => {
  await scheduled();
  execute(plan);
  await fixture.pass(3600);
  expect(await list()).toMatchObject([expected]);
});

test('an execution without data fails without a processing job', async () => {
  await scheduled();
  execute({ outcome: 'Failed', withoutJob: true, failureReason: 'Job inputs had no data' });
  await fixture.pass(3600);
  const [summary] = await list();
  expect(summary).toMatchObject({ MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data' });
  expect(summary).not.toHaveProperty('ProcessingJobArn');
});

test('stopping its processing job ends an execution, through Stopping', async () => {
  await scheduled();
  const execution = execute({ outcome: 'Completed', files: { 'x.json': '{}' } });
  await fixture.pass(100);
  await fixture.sageMaker('StopProcessingJob', { ProcessingJobName: execution.processingJobName });
  expect(await list()).toMatchObject([{ MonitoringExecutionStatus: 'Stopping' }]);
  await fixture.pass(100);
  expect(await list()).toMatchObject([{ MonitoringExecutionStatus: 'Stopped' }]);
  expect(fixture.account.objects.list('bucket', 'reports')).toEqual([]);
});

test('a stopped schedule goes on with what it has begun, and begins nothing new', async () => {
  await scheduled();
  const start = NOW + 3_600_000;
  fixture.account.sageMaker.schedules.plan({
    name: 'hourly',
    start: NOW + 60_000,
    end: start + 3 * 3_600_000,
    planOf: () => ({ outcome: 'Completed' }),
  });
  await fixture.pass(3600);
  expect(await list()).toMatchObject([
    { MonitoringExecutionStatus: 'Pending', ScheduledTime: '2026-01-05T11:00:00.000Z' },
  ]);
  await fixture.sageMaker('StopMonitoringSchedule', NAME);
  await fixture.pass(4 * 3600);
  expect(await list()).toMatchObject([{ MonitoringExecutionStatus: 'Completed' }]);
});

test('a schedule is deleted only when no execution is left, and its history stays', async () => {
  const remove = () => fixture.sageMaker('DeleteMonitoringSchedule', NAME);
  await scheduled();
  execute({ outcome: 'Completed' });
  expect(await remove()).toMatchObject({
    failed: 'ValidationException',
    message: expect.stringContaining('in-progress executions'),
  });
  await fixture.pass(3600);
  expect(await remove()).toEqual({});
  expect(await fixture.sageMaker('DescribeMonitoringSchedule', NAME)).toMatchObject({ failed: 'ResourceNotFound' });
  expect(await list()).toHaveLength(1);
});

test('executions are filtered, sorted and paged, ten a page', async () => {
  await scheduled();
  for (let hour = 0; hour < 12; hour++) {
    execute({ outcome: hour % 3 === 0 ? 'Failed' : 'Completed', scheduledTime: new Date(NOW + hour * 3_600_000) });
  }
  await fixture.pass(3600);
  const first = await fixture.sageMaker('ListMonitoringExecutions', {
    ...NAME,
    SortBy: 'ScheduledTime',
    SortOrder: 'Ascending',
  });
  expect((first.MonitoringExecutionSummaries as Summary[]).map(({ ScheduledTime }) => ScheduledTime)[9]).toBe(
    '2026-01-05T19:00:00.000Z',
  );
  expect(await list({ ...NAME, NextToken: first.NextToken })).toHaveLength(2);
  expect(await list({ StatusEquals: 'Failed', EndpointName: ENDPOINT })).toHaveLength(4);
  expect(await list({ ...NAME, ScheduledTimeAfter: { $date: '2026-01-05T20:00:00Z' } })).toHaveLength(1);
  expect(await list({ MonitoringScheduleName: 'another' })).toEqual([]);
  expect(await list({ ...NAME, MonitoringTypeEquals: 'ModelBias' })).toEqual([]);
});

test('schedules are listed', async () => {
  await scheduled();
  const listed = await fixture.sageMaker('ListMonitoringSchedules', {
    EndpointName: ENDPOINT,
    StatusEquals: 'Scheduled',
  });
  expect(listed.MonitoringScheduleSummaries).toMatchObject([
    { MonitoringScheduleName: 'hourly', MonitoringJobDefinitionName: 'definition' },
  ]);
  expect(
    (await fixture.sageMaker('ListMonitoringSchedules', { StatusEquals: 'Stopped' })).MonitoringScheduleSummaries,
  ).toEqual([]);
});

test('a schedule needs its definition, its endpoint, and capture on it', () => {
  const { schedules, inventory } = fixture.account.sageMaker;
  inventory.jobDefinitions.clear();
  expect(() => schedules.create(SCHEDULE)).toThrow(/job definition "definition"/);
  const EndpointInput = { EndpointName: 'other', LocalPath: '/opt/ml/in' };
  inventory.jobDefinitions.set('definition', { ...DEFINITION, DataQualityJobInput: { EndpointInput } });
  expect(() => schedules.create(SCHEDULE)).toThrow(/Could not find endpoint "other"/);
  inventory.endpoints.set('other', { name: 'other', configName: 'config' });
  inventory.endpointConfigs.set('config', {});
  expect(() => schedules.create(SCHEDULE)).toThrow(/no data capture/);
  inventory.endpointConfigs.set('config', { DataCaptureConfig: { EnableCapture: true } });
  expect(schedules.create(SCHEDULE).status).toBe('Pending');
  expect(() => schedules.create(SCHEDULE)).toThrow(/already exists/);
});

test('lists need no resource, all else the schedule', async () => {
  await scheduled();
  const arn = 'arn:aws:sagemaker:us-east-1:123456789012:monitoring-schedule/hourly';
  fixture.statements.splice(0, 1, { ...ALLOW_ALL, Resource: arn });
  expect(await fixture.sageMaker('ListMonitoringExecutions', NAME)).toMatchObject({ failed: 'AccessDeniedException' });
  expect(await fixture.sageMaker('ListMonitoringSchedules')).toMatchObject({ failed: 'AccessDeniedException' });
  expect(await status()).toBe('Scheduled');
  fixture.statements.splice(0, 1, { ...ALLOW_ALL, Resource: `${arn}-other` });
  expect(await fixture.sageMaker('StopMonitoringSchedule', NAME)).toMatchObject({ failed: 'AccessDeniedException' });
});

describe('an execution that ends as its job does', () => {
  const HOUR = new Date(Math.floor(new Date(NOW).getTime() / 3_600_000) * 3_600_000);
  const hourPath = (time: Date) => time.toISOString().slice(0, 13).replace(/[-T]/g, '/');
  const before = new Date(HOUR.getTime() - 3_600_000);

  /** The endpoint is one of the account's, and has captured a record of an hour. */
  function captured(hour: Date): void {
    const { inventory } = fixture.account.sageMaker;
    inventory.endpoints.set(ENDPOINT, { name: ENDPOINT, configName: 'config' });
    const capture = { EnableCapture: true, DestinationS3Uri: 's3://bucket/captured/' };
    inventory.endpointConfigs.set('config', { DataCaptureConfig: capture });
    fixture.account.objects.put({ bucket: 'bucket', key: `captured/${ENDPOINT}/live/${hourPath(hour)}/a.jsonl` }, '{}');
  }

  async function executed(): Promise<Summary> {
    await scheduled();
    execute({ outcome: 'AsItsJob', scheduledTime: HOUR });
    await fixture.pass(600);
    return (await list())[0];
  }

  test('gives the container the hours since the execution before, and its variables', async () => {
    captured(before);
    const starts: ContainerStart[] = [];
    const container = async (start: ContainerStart): Promise<ContainerEnd> => {
      starts.push(start);
      const files = { '/opt/ml/out/constraint_violations.json': '{}' };
      return { status: 'Completed', exitMessage: 'CompletedWithViolations: Job completed with 1 violations.', files };
    };
    fixture.account.sageMaker.jobs.script(() => ({ status: 'Completed', container }));
    expect(await executed()).toMatchObject({ MonitoringExecutionStatus: 'CompletedWithViolations' });
    const [{ files, environment }] = starts;
    expect(files.map(({ path }) => path)).toEqual([
      `/opt/ml/processing/input/${ENDPOINT}/live/${hourPath(before)}/a.jsonl`,
    ]);
    expect(environment).toMatchObject({
      dataset_source: '/opt/ml/processing/input',
      output_path: '/opt/ml/out',
      sagemaker_endpoint_name: ENDPOINT,
      sagemaker_monitoring_schedule_name: 'hourly',
      start_time: before.toISOString().replace('.000Z', 'Z'),
      end_time: HOUR.toISOString().replace('.000Z', 'Z'),
    });
    const report = `reports/${ENDPOINT}/hourly/${hourPath(HOUR)}/constraint_violations.json`;
    expect(fixture.account.objects.get('bucket', report)?.toString()).toBe('{}');
  });

  test.each([
    ['has captured nothing in these hours', HOUR],
    ['captures where nobody knows', undefined],
  ])('has no job where the endpoint %s', async (_, hour) => {
    if (hour !== undefined) captured(hour);
    const summary = await executed();
    expect(summary).toMatchObject({ MonitoringExecutionStatus: 'Failed', FailureReason: 'Job inputs had no data' });
    expect(summary.ProcessingJobArn).toBeUndefined();
  });
});
