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
import { measuredFile, REPORT_FILES } from './report-files';
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
  const { violations, measured } = REPORT_FILES[monitor.kind];
  given(monitor, 'constraint_violations.json', violations);
  given(monitor, measuredFile(monitor.kind), measured);
}

/** Puts a file of a run where its container puts it. */
const given = (monitor: ExpectedMonitor, name: string, content: unknown) =>
  s3.set('out', `${folderOf(monitor)}/${name}`, content);

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

/** The same content with null in the place of each number. */
const withoutFigures = (content: object): object =>
  JSON.parse(JSON.stringify(content), (name, value) =>
    typeof value === 'number' && name !== 'item_count' ? null : value,
  );

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
    expect(published).toEqual(['metrics', 'featureMetrics', 'event']);
  });

  test('without violations has an empty list', async () => {
    const monitor = monitorOf(kind);
    givenFiles(monitor);
    given(monitor, 'constraint_violations.json', { violations: [] });
    const { detail, metrics } = await concluded(monitor, 'Completed');
    expect(metrics).toEqual({ Violations: 0, Health: 0, Completed: 1, Failed: 0, NoData: 0, Missed: 0 });
    expect(detail).toMatchObject({ status: 'Completed', evaluated: 'Whole', violations: [] });
  });

  it.each([
    ['no file that lists them', undefined],
    ['a file that is empty', ''],
    ['a file that lists nothing', { version: '1.0' }],
    ['a list of none', { violations: [] }],
  ])('with violations and %s is Failed, once, and does not keep the heartbeat back', async (_, file) => {
    const monitor = monitorOf(kind);
    given(monitor, measuredFile(kind), REPORT_FILES[kind].measured);
    if (file !== undefined) given(monitor, 'constraint_violations.json', file);
    const { detail, metrics } = await concluded(monitor, 'CompletedWithViolations');
    expect(metrics).toEqual({ Health: 2, Completed: 0, Failed: 1, NoData: 0, Missed: 0 });
    expect(detail.failureReason).toBe(
      `ViolationsNotFound: the execution ended CompletedWithViolations, but there is no list of them at s3://out/${folderOf(monitor)}/constraint_violations.json`,
    );
  });

  it.each([
    ['lacks', undefined, 'is not there'],
    ['has emptied', '', 'is no JSON'],
    ['has cut off', '{"version":0,"dat', 'is no JSON'],
    ['has as a list', [], expect.stringMatching(/^has no /)],
    ['has as null', 'null', expect.stringMatching(/^has no /)],
    ['has from somebody else', { version: 0, rows: 17 }, expect.stringMatching(/^has no /)],
    ['has as its list of violations', REPORT_FILES[kind].violations, expect.stringMatching(/^has no /)],
  ])('that %s the file of what was measured is Failed, whatever the service says', async (_, file, why) => {
    const monitor = monitorOf(kind);
    givenFiles(monitor);
    given(monitor, 'constraint_violations.json', { violations: [] });
    const name = measuredFile(kind);
    if (file === undefined) s3.objects.delete(`out/${folderOf(monitor)}/${name}`);
    else given(monitor, name, file);
    const { detail, metrics } = await concluded(monitor, 'Completed');
    expect(metrics).toEqual({ Health: 2, Completed: 0, Failed: 1, NoData: 0, Missed: 0 });
    const [before, after] = String(detail.failureReason).split(`s3://out/${folderOf(monitor)}/${name} `);
    expect(before).toBe('AnalysisNotFound: nothing says what was analysed: ');
    expect(after).toEqual(why);
  });

  test('whose file has sections without a figure checked nothing, and is Failed', async () => {
    const monitor = monitorOf(kind);
    givenFiles(monitor);
    given(monitor, 'constraint_violations.json', { violations: [] });
    given(monitor, measuredFile(kind), withoutFigures(REPORT_FILES[kind].measured));
    const { detail, metrics } = await concluded(monitor, 'Completed');
    expect(metrics).toMatchObject({ Health: 2, Failed: 1 });
    expect(detail.failureReason).toMatch(/^NothingEvaluated: no check was made: \w+ of s3:.* has no figure$/);
  });

  test('tells the violations that are listed where the file of what was measured is missing, and is not whole', async () => {
    const monitor = monitorOf(kind);
    given(monitor, 'constraint_violations.json', REPORT_FILES[kind].violations);
    const { detail, metrics } = await concluded(monitor, 'CompletedWithViolations');
    expect(metrics).toMatchObject({ Violations: NAMED[kind].length, Health: 1, Failed: 0 });
    expect(detail.evaluated).toBe('Part');
    expect(detail.leftOut.map(({ reason }) => reason)).toContainEqual(expect.stringMatching(/^AnalysisNotFound: /));
  });

  test('counts violations of a list with strange entries, each of them, whatever they are', async () => {
    const monitor = monitorOf(kind);
    givenFiles(monitor);
    const entries = [
      null,
      7,
      'tenure',
      [],
      {},
      { feature_name: { name: 'x' }, description: ['y'] },
      { metric_name: 5 },
    ];
    given(monitor, 'constraint_violations.json', { violations: entries });
    const { detail, metrics } = await concluded(monitor, 'CompletedWithViolations');
    expect(metrics).toMatchObject({ Violations: entries.length, Failed: 0 });
    const unnamed = 'the list of violations does not say what this one is about';
    expect(detail.violations.filter(({ description }) => description === unnamed)).toHaveLength(entries.length - 1);
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
  givenFiles(monitor);
  const { detail } = await concluded(monitor, 'CompletedWithViolations');
  expect(detail).toMatchObject({ windowStart: '2026-02-24T09:00:00.000Z', windowEnd: '2026-03-03T09:00:00.000Z' });
  expect(detail.reportUri).toBe(`s3://out/${folderOf(monitor)}/`);
});

describe.each(['DataQuality', 'ModelQuality'] as const)('a run of %s, whose container lists none, too,', (kind) => {
  const monitor = monitorOf(kind);

  test('that Completed without records has no data', async () => {
    given(monitor, 'statistics.json', { version: 0, dataset: { item_count: 0 } });
    given(monitor, 'constraint_violations.json', { violations: [] });
    const { detail, metrics } = await concluded(monitor, 'Completed');
    expect(metrics).toEqual({ Health: 0, Completed: 1, Failed: 0, NoData: 1, Missed: 0 });
    expect(detail).toMatchObject({ status: 'NoData', recordCount: 0 });
  });

  it.each([-1, '420', null, undefined])('that counts %p records is Failed', async (count) => {
    givenFiles(monitor);
    given(monitor, 'constraint_violations.json', { violations: [] });
    given(monitor, 'statistics.json', { ...REPORT_FILES[kind].measured, dataset: { item_count: count } });
    const { detail } = await concluded(monitor, 'Completed');
    expect(detail).toMatchObject({
      status: 'Failed',
      failureReason: expect.stringContaining('has no number of records'),
    });
  });

  it.each([
    ['no list', undefined],
    ['a list that is none', { violations: 'none' }],
  ])('that Completed with %s is not whole', async (_, file) => {
    given(monitor, 'statistics.json', REPORT_FILES[kind].measured);
    if (file) given(monitor, 'constraint_violations.json', file);
    const { detail, metrics } = await concluded(monitor, 'Completed');
    expect(metrics).toMatchObject({ Violations: 0, Health: 1 });
    expect(detail.leftOut).toEqual([
      {
        feature: '',
        check: 'all',
        reason: `the execution ended Completed, but no list of violations, not even an empty one, is at s3://out/${folderOf(monitor)}/constraint_violations.json`,
      },
    ]);
  });
});

describe.each(['ModelBias', 'ModelExplainability'] as const)(
  'a run of %s, whose container lists violations alone,',
  (kind) => {
    const monitor = monitorOf(kind);

    test('that Completed without a list is whole', async () => {
      given(monitor, 'analysis.json', REPORT_FILES[kind].measured);
      const { detail, metrics } = await concluded(monitor, 'Completed');
      expect(metrics).toEqual({ Violations: 0, Health: 0, Completed: 1, Failed: 0, NoData: 0, Missed: 0 });
      expect(detail).toMatchObject({ status: 'Completed', evaluated: 'Whole' });
    });

    test('that Completed with a list that is none is not whole', async () => {
      given(monitor, 'analysis.json', REPORT_FILES[kind].measured);
      given(monitor, 'constraint_violations.json', {});
      expect((await concluded(monitor, 'Completed')).metrics).toMatchObject({ Violations: 0, Health: 1 });
    });
  },
);

it('a bias that is infinite is a figure', async () => {
  const monitor = monitorOf('ModelBias');
  const metrics = [{ name: 'DI', description: 'DI', value: '-Infinity' }];
  const section = { label: 'Target', facets: { Sex: [{ value_or_threshold: '0', metrics }] } };
  given(monitor, 'analysis.json', { version: '1.0', pre_training_bias_metrics: section });
  expect((await concluded(monitor, 'Completed')).detail.status).toBe('Completed');
});
