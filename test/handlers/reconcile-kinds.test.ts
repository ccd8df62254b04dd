import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ListMonitoringExecutionsCommand,
  type MonitoringExecutionSummary,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { mockClient } from 'aws-sdk-client-mock';
import type { ExpectedMonitor } from '../../lib/engine/reconciler/contract';
import { handler as reconcile } from '../../lib/engine/reconciler/handler/reconcile.lambda';
import type { MonitorKindName } from '../../lib/kind/kind-sheet';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../lib/outcome/contract';
import { invoked } from './invocation';
import { REPORT_FILES } from './report-files';
import { S3Store } from './s3-store';

const handler = invoked(reconcile);

// What the reconciler makes of executions of each kind of monitor, on endpoints and batch transform jobs.

const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const sageMaker = mockClient(SageMakerClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  s3.reset();
  for (const client of [cloudWatch, eventBridge, sageMaker]) client.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
});

const KINDS = Object.keys(REPORT_FILES) as MonitorKindName[];

const monitorOf = (kind: MonitorKindName, props: Partial<ExpectedMonitor> = {}): ExpectedMonitor => ({
  id: `Stack/${kind}`,
  kind,
  endpointName: 'Churn-Prod',
  engine: 'model-monitor',
  everyHours: 1,
  startHour: 0,
  graceMinutes: 110,
  runMetrics: true,
  alert: { windows: 1, lastWindows: 1 },
  output: { bucket: 'out', prefix: `reports/Stack/${kind}` },
  monitoringScheduleName: 'schedule',
  scheduleIdentity: '2026-03-01T00:00:00Z',
  ...props,
});

const batch = (kind: MonitorKindName) => monitorOf(kind, { endpointName: undefined });
const folderOf = ({ kind, endpointName }: ExpectedMonitor) =>
  `reports/Stack/${kind}/${endpointName === undefined ? '' : `${endpointName}/`}schedule/2026/03/04/09`;

/** Puts the files of a run that found violations where its container puts them. */
function givenFiles(monitor: ExpectedMonitor): void {
  const { violations, statistics } = REPORT_FILES[monitor.kind];
  s3.set('out', `${folderOf(monitor)}/constraint_violations.json`, violations);
  if (statistics) s3.set('out', `${folderOf(monitor)}/statistics.json`, statistics);
}

interface Concluded {
  readonly detail: ExecutionCompletedDetail;
  readonly metrics: { readonly [name: string]: number };
}

/** Reconciles twice: at 08:37, so that the monitor is known, and at 11:37, when the run of 09:00 has ended so. */
async function concluded(monitor: ExpectedMonitor, status: string, reason?: string): Promise<Concluded> {
  const execution = {
    ScheduledTime: new Date('2026-03-04T09:00:00Z'),
    MonitoringExecutionStatus: status,
    FailureReason: reason,
    ProcessingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/job-1',
  } as MonitoringExecutionSummary;
  for (const [hour, executions] of [['08', []] as const, ['11', [execution]] as const]) {
    sageMaker.on(ListMonitoringExecutionsCommand).resolves({ MonitoringExecutionSummaries: [...executions] });
    await handler({ scheduledTime: `2026-03-04T${hour}:37:00Z`, reconcilerId: 'Stack', monitors: [monitor] });
  }
  const [detail, ...others] = eventBridge
    .commandCalls(PutEventsCommand)
    .flatMap(({ args }) => args[0].input.Entries ?? [])
    .map(({ Detail }) => JSON.parse(String(Detail)) as ExecutionCompletedDetail);
  expect(others).toEqual([]);
  const ofMonitor = cloudWatch
    .commandCalls(PutMetricDataCommand)
    .flatMap(({ args }) => args[0].input.MetricData ?? [])
    .filter(({ Dimensions }) => Dimensions?.[0].Value === monitor.id);
  return {
    detail,
    metrics: Object.fromEntries(ofMonitor.map(({ MetricName, Value }) => [MetricName, Value ?? Number.NaN])),
  };
}

const COUNTS: { readonly [kind in MonitorKindName]: number } = {
  DataQuality: 420,
  ModelQuality: 317,
  ModelBias: 0,
  ModelExplainability: 0,
};
const NAMED: { readonly [kind in MonitorKindName]: string[] } = {
  DataQuality: ['tenure', 'charge', 'Extra columns'],
  ModelQuality: ['auc', 'falsePositiveRate'],
  ModelBias: ['Sex=0 (CDDPL)', 'Age=(40.0, 90.0] (DCA)'],
  ModelExplainability: ['label0'],
};

describe.each(KINDS)('a run of %s', (kind) => {
  const inputs = [
    ['an endpoint', monitorOf(kind)],
    ['batch transform jobs', batch(kind)],
  ] as const;

  it.each(inputs)('with violations, on %s, becomes report, metrics and event', async (_, monitor) => {
    givenFiles(monitor);
    const { detail, metrics } = await concluded(monitor, 'CompletedWithViolations');
    const { length } = NAMED[kind];
    const Health = detail.leftOutCount > 0 ? 1 : 0;
    expect(metrics).toEqual({ Violations: length, Health, Completed: 1, Failed: 0, NoData: 0, Missed: 0 });
    expect(Health).toBe(kind === 'DataQuality' ? 1 : 0);
    expect(detail).toMatchObject({
      executionId: 'job-1',
      monitorId: `Stack/${kind}`,
      monitorKind: kind,
      engine: 'model-monitor',
      status: 'CompletedWithViolations',
      windowStart: '2026-03-04T08:00:00.000Z',
      windowEnd: '2026-03-04T09:00:00.000Z',
      recordCount: COUNTS[kind],
      violationCount: length,
      reportUri: `s3://out/${folderOf(monitor)}/`,
    });
    expect(detail.endpointName).toBe(monitor.endpointName);
    expect(detail.violations.map(({ feature }) => feature)).toEqual(NAMED[kind]);
    const { outcome, published } = s3.json<ExecutionReport>('out', `${folderOf(monitor)}/report.json`);
    expect(outcome).toEqual(detail);
    expect(published).toEqual(['metrics', 'event', 'featureMetrics']);
  });

  it.each([
    ['an empty list', { violations: [] }],
    ['no file, which not every kind is known to write', undefined],
  ])('without violations has %s', async (_, file) => {
    const monitor = monitorOf(kind);
    if (file) s3.set('out', `${folderOf(monitor)}/constraint_violations.json`, file);
    const { detail, metrics } = await concluded(monitor, 'Completed');
    expect(metrics).toEqual({ Violations: 0, Health: 0, Completed: 1, Failed: 0, NoData: 0, Missed: 0 });
    expect(detail).toMatchObject({ status: 'Completed', violations: [] });
  });

  it.each([
    ['no file that lists them', undefined],
    ['a file that lists nothing', { version: '1.0' }],
  ])('with violations and %s is Failed, once, and does not keep the heartbeat back', async (_, file) => {
    const monitor = monitorOf(kind);
    if (file) s3.set('out', `${folderOf(monitor)}/constraint_violations.json`, file);
    const { detail, metrics } = await concluded(monitor, 'CompletedWithViolations');
    expect(metrics).toEqual({ Health: 2, Completed: 0, Failed: 1, NoData: 0, Missed: 0 });
    expect(detail.failureReason).toBe(
      `ViolationsNotFound: the execution ended CompletedWithViolations, but s3://out/${folderOf(monitor)}/ has no constraint_violations.json that lists them`,
    );
  });

  it('without captured data has no data, and is not Failed', async () => {
    const { detail, metrics } = await concluded(monitorOf(kind), 'Failed', 'Job inputs had no data');
    expect(metrics).toEqual({ Health: 0, Completed: 1, Failed: 0, NoData: 1, Missed: 0 });
    expect(detail.status).toBe('NoData');
  });

  it.each([
    ['Stopped', undefined, expect.stringContaining('the execution was stopped, ')],
    ['Failed', 'ClientError: Stopping condition reached', 'ClientError: Stopping condition reached'],
  ])('that ended %s is Failed', async (status, reason, words) => {
    const { detail, metrics } = await concluded(monitorOf(kind), status, reason);
    expect(metrics).toEqual({ Health: 2, Completed: 0, Failed: 1, NoData: 0, Missed: 0 });
    expect(detail).toMatchObject({ status: 'Failed', failureReason: words, violationCount: 0 });
  });
});

describe.each(['ModelQuality', 'ModelBias'] as const)('a run of %s that finds no object in S3', (kind) => {
  const monitor = monitorOf(kind, { groundTruthUri: 's3://labels/truth' });
  const reason = (prefix: string) =>
    `No S3 objects found under S3 URL "s3://${prefix}/2026/03/04/08" given in input data source.`;

  it('[B21] is Failed, and its reason names ground truth', async () => {
    const { detail } = await concluded(monitor, 'Failed', reason('labels/truth'));
    const words = 'GroundTruthNotFound: no labels (ground truth) lie where this run looks for them.';
    expect(detail).toMatchObject({ status: 'Failed', failureReason: `${words} ${reason('labels/truth')}` });
  });

  it.each(['data/capture', 'labels/truth-of-others'])(
    'of others (%s) has the words of the service alone',
    async (prefix) => {
      const { detail } = await concluded(monitor, 'Failed', reason(prefix));
      expect(detail).toMatchObject({ status: 'Failed', failureReason: reason(prefix) });
    },
  );
});

it('[B10] a run of a monitor whose labels come late is told with the window that it analysed', async () => {
  const monitor = monitorOf('ModelQuality', { window: { startHours: 192, endHours: 24 } });
  const { detail } = await concluded(monitor, 'Completed');
  expect(detail).toMatchObject({ windowStart: '2026-02-24T09:00:00.000Z', windowEnd: '2026-03-03T09:00:00.000Z' });
  expect(detail.reportUri).toBe(`s3://out/${folderOf(monitor)}/`);
});
