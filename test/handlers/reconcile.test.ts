import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ListMonitoringExecutionsCommand,
  type MonitoringExecutionSummary,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { ExpectedMonitor, Reconciled, ReconcileEvent } from '../../lib/engine/reconciler/contract';
import { handler as reconcile } from '../../lib/engine/reconciler/handler/reconcile.lambda';
import { type ExecutionReport, PUBLICATION_STEPS, type ViolatedConstraint } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { reportDisposition } from '../../lib/outcome/report-disposition';
import { leftBy, RUN } from '../outcome/run';
import { HOME, invoked } from './invocation';
import { quietFiles } from './report-files';
import { EXPECTED_MONITOR } from './requests';
import { S3Store } from './s3-store';

const handler = invoked(reconcile);

const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const sageMaker = mockClient(SageMakerClient);
const stepFunctions = mockClient(SFNClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  s3.reset();
  cloudWatch.reset();
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  sageMaker.reset();
  stepFunctions.reset();
});

const SERVERLESS: ExpectedMonitor = {
  ...EXPECTED_MONITOR,
  id: 'Stack/Own',
  output: { bucket: 'out', prefix: 'reports/own' },
  scheduleIdentity: 'Stack-Schedule-1',
};
const MANAGED: ExpectedMonitor = {
  ...SERVERLESS,
  id: 'Stack/Managed',
  engine: 'model-monitor',
  output: { bucket: 'out', prefix: 'reports/managed' },
  monitoringScheduleName: 'schedule',
  scheduleIdentity: '2026-03-01T00:00:00Z',
};

const at = (time: string, ...monitors: ExpectedMonitor[]): ReconcileEvent => ({
  scheduledTime: `2026-03-04T${time}:00Z`,
  reconcilerId: 'Stack',
  monitors,
});

/** What was published since the last look: "monitor metric value", or "Stack Heartbeat 1" of the reconciler. */
function published(): string[] {
  const data = cloudWatch.commandCalls(PutMetricDataCommand).flatMap(({ args }) => args[0].input.MetricData ?? []);
  cloudWatch.resetHistory();
  return data.map(({ MetricName, Value, Dimensions }) => `${Dimensions?.[0].Value} ${MetricName} ${Value}`);
}

const details = () =>
  eventBridge
    .commandCalls(PutEventsCommand)
    .flatMap(({ args }) => args[0].input.Entries ?? [])
    .map(({ Detail }) => JSON.parse(String(Detail)));

test('a new monitor has missed nothing', async () => {
  await handler(at('10:37', SERVERLESS));
  expect(published()).toEqual(['Stack Heartbeat 1']);
});

test('each due run is judged once, after its time of grace', async () => {
  await handler(at('08:37', SERVERLESS));
  published();
  s3.set('out', 'reports/own/2026/03/04/09/report.json', leftBy({ monitorId: 'Stack/Own' }));
  await handler(at('09:37', SERVERLESS));
  expect(published()).toEqual(['Stack Heartbeat 1']);
  await handler(at('10:37', SERVERLESS));
  expect(published()).toEqual(['Stack/Own Missed 0', 'Stack Heartbeat 1']);
  await handler(at('11:37', SERVERLESS));
  expect(published()).toEqual(['Stack/Own Health 3', 'Stack/Own Missed 1', 'Stack Heartbeat 1']);
});

test('a reconciler that was away catches up, and a repeated one says nothing twice', async () => {
  await handler(at('08:37', SERVERLESS));
  published();
  await handler(at('12:37', SERVERLESS));
  expect(published().filter((line) => line === 'Stack/Own Missed 1')).toHaveLength(3); // due 09, 10 and 11
  await handler(at('12:37', SERVERLESS));
  expect(published()).toEqual(['Stack Heartbeat 1']);
});

test('a reconciliation that comes after a later one counts nothing again, and lets nothing be counted again', async () => {
  await handler(at('08:37', SERVERLESS));
  await handler(at('11:37', SERVERLESS)); // due 09 and 10
  published();
  await handler(at('10:37', SERVERLESS));
  expect(published()).toEqual(['Stack Heartbeat 1']);
  await handler(at('12:37', SERVERLESS));
  expect(published()).toEqual(['Stack/Own Health 3', 'Stack/Own Missed 1', 'Stack Heartbeat 1']); // due 11
});

test('a repeated reconciliation writes nothing', async () => {
  await handler(at('08:37', SERVERLESS));
  await handler(at('10:37', SERVERLESS));
  const before = s3.written.length;
  await handler(at('10:37', SERVERLESS));
  await handler(at('09:37', SERVERLESS));
  expect(s3.written.slice(before)).toEqual([]);
});

test('what is told is remembered as told, though another reconciliation has remembered something meanwhile', async () => {
  await handler(at('08:37', SERVERLESS));
  published();
  cloudWatch.on(PutMetricDataCommand).callsFakeOnce(async () => {
    await handler(at('11:37', SERVERLESS));
    return {};
  });
  await handler(at('10:37', SERVERLESS));
  expect(published().filter((line) => line === 'Stack/Own Missed 1')).toHaveLength(2); // due 09 and 10
  const { until, untold } = s3.json<Reconciled>('out', 'reports/own/reconciled.json');
  expect({ until, untold }).toEqual({ until: '2026-03-04T11:37:00Z', untold: undefined });
});

test('two reconciliations at once count each run once, of whatever hours they are', async () => {
  await handler(at('08:37', SERVERLESS));
  published();
  await Promise.all(['10:37', '10:37', '11:37'].map((time) => handler(at(time, SERVERLESS))));
  expect(published().filter((line) => line === 'Stack/Own Missed 1')).toHaveLength(2); // due 09 and 10
});

describe('missed runs whose telling failed', () => {
  const clock = jest.spyOn(Date, 'now');
  const later = (minutes: number) => clock.mockReturnValue(Date.parse('2026-03-04T10:37:00Z') + minutes * 60_000);
  afterAll(() => clock.mockRestore());
  beforeEach(async () => {
    later(-120);
    await handler(at('08:37', SERVERLESS));
    published();
    later(0);
    cloudWatch.on(PutMetricDataCommand).rejects(new Error('Throttling'));
    await expect(handler(at('10:37', SERVERLESS))).rejects.toThrow('Throttling');
    published(); // what was refused
    cloudWatch.on(PutMetricDataCommand).resolves({});
  });
  const missed = () => published().filter((line) => line === 'Stack/Own Missed 1').length;

  test('are not told by a repetition, which cannot know whether they are being told', async () => {
    later(1);
    await handler(at('10:37', SERVERLESS));
    expect(missed()).toBe(0);
  });

  test('are told when the function must have ended: by whoever comes next, once', async () => {
    later(60);
    await handler(at('11:37', SERVERLESS));
    expect(missed()).toBe(2); // due 09 and 10
    later(120);
    await handler(at('12:37', SERVERLESS));
    expect(missed()).toBe(1);
  });

  test('are told by a repetition that comes after that', async () => {
    later(10);
    await handler(at('10:37', SERVERLESS));
    expect(missed()).toBe(1); // due 09
    await handler(at('10:37', SERVERLESS));
    expect(missed()).toBe(0);
  });

  test('are remembered until they are told, whatever is remembered meanwhile', async () => {
    later(1);
    await handler(at('11:37', SERVERLESS));
    expect(missed()).toBe(1); // due 10: of 09 it is not known
    later(61);
    await handler(at('12:37', SERVERLESS));
    expect(missed()).toBe(2); // due 09 and 11
  });
});

test('a missed run is told as the health of the monitors that belong together, and alone where nothing else is asked for', async () => {
  const { runMetrics: _, ...quiet } = SERVERLESS;
  const monitors = ['One', 'Two', 'Three'].map((name) => ({
    ...quiet,
    id: `Stack/Monitoring/${name}`,
    monitoringId: 'Stack/Monitoring',
    output: { bucket: 'out', prefix: `reports/${name}` },
  }));
  await handler(at('08:37', ...monitors));
  published();
  s3.set('out', 'reports/Two/2026/03/04/09/report.json', leftBy({ monitorId: 'Stack/Monitoring/Two' }));
  await handler(at('10:37', ...monitors));
  expect(published()).toEqual(['Stack/Monitoring Health 3', 'Stack/Monitoring Health 3', 'Stack Heartbeat 1']);
});

describe('a run that is written and not told', () => {
  const REPORT = 'reports/own/2026/03/04/09/report.json';
  const RUN_OF_09 = { ...RUN, monitorId: 'Stack/Own', folder: { bucket: 'out', prefix: 'reports/own/2026/03/04/09' } };
  const publishing = {
    monitoringId: 'Stack',
    featureMetrics: ['tenure'],
    eventBus: 'arn:aws:events:eu-west-1:111122223333:event-bus/bus',
  };
  const distances = [{ feature: 'tenure', distance: 0.25, threshold: 0.1, method: 'MassShift' }];
  const written = (props: Partial<ExecutionReport>) => {
    const report = executionReport(RUN_OF_09, { status: 'Analysed', distances }, new Date());
    s3.set('out', REPORT, { ...report, publishing, ...props });
  };
  const judged = async () => {
    await handler(at('08:37', SERVERLESS));
    published();
    await handler(at('10:37', SERVERLESS));
    return published();
  };

  test('is told by the reconciler: as its request said, and what is left alone', async () => {
    written({ published: ['metrics'] });
    expect(await judged()).toEqual(['Stack/Own FeatureDrift 0.25', 'Stack/Own Missed 0', 'Stack Heartbeat 1']);
    expect(details()).toMatchObject([{ monitorId: 'Stack/Own', status: 'Completed' }]);
    const [{ Entries }] = eventBridge.commandCalls(PutEventsCommand).map(({ args }) => args[0].input);
    expect(Entries?.[0].EventBusName).toBe('arn:aws:events:eu-west-1:111122223333:event-bus/bus');
    expect(s3.json<ExecutionReport>('out', REPORT).published).toEqual([...PUBLICATION_STEPS]);
  });

  test('is told by the reconciler also where it was decided after it was told as missed, once, and is not missed again', async () => {
    expect(await judged()).toContain('Stack/Own Health 3');
    written({ published: ['metrics'] });
    await handler(at('11:37', SERVERLESS));
    expect(details()).toMatchObject([{ monitorId: 'Stack/Own', status: 'Completed' }]);
    expect(published().filter((line) => line.includes('Missed'))).toEqual(['Stack/Own Missed 1']); // due 10
    await handler(at('12:37', SERVERLESS));
    expect(details()).toHaveLength(1);
  });

  test('is told by the reconciler also where it came in place of a failed one that was told', async () => {
    const failed = executionReport(RUN_OF_09, { status: 'Failed' }, new Date());
    s3.set('out', REPORT, { ...failed, publishing, published: PUBLICATION_STEPS });
    expect(await judged()).toContain('Stack/Own Missed 0');
    written({ published: [] });
    await handler(at('11:37', SERVERLESS));
    expect(details()).toMatchObject([{ monitorId: 'Stack/Own', status: 'Completed' }]);
    await handler(at('12:37', SERVERLESS));
    expect(details()).toHaveLength(1);
    expect(s3.json<{ open: string[] }>('out', 'reports/own/reconciled.json').open).toEqual([
      '2026-03-04T10:00:00.000Z',
      '2026-03-04T11:00:00.000Z',
    ]);
  });

  test('is told as its monitor is where an earlier version wrote it', async () => {
    written({ published: [], publishing: undefined });
    expect(await judged()).toEqual(
      expect.arrayContaining(['Stack/Own Health 0', 'Stack/Own Violations 0', 'Stack/Own Completed 1']),
    );
  });

  test.each([
    ['an event that is denied', () => eventBridge.on(PutEventsCommand).rejects(new Error('AccessDenied'))],
    [
      'an entry that is refused',
      () => eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{}] }),
    ],
  ])('is heard as missed where it cannot be told: %s', async (_, refuse) => {
    written({ published: ['metrics'] });
    refuse();
    expect(await judged()).toEqual(expect.arrayContaining(['Stack/Own Health 3', 'Stack/Own Missed 1']));
    expect(s3.json<ExecutionReport>('out', REPORT).published).toEqual(['metrics', 'featureMetrics']);
  });

  test.each([
    ['none', '{}'],
    ['no JSON', 'x'],
    ['of another region', leftBy({ monitorId: 'Stack/Own' }, { region: 'us-east-1' })],
  ])('is heard as missed where its report is %s', async (_, content) => {
    s3.set('out', REPORT, content);
    expect(await judged()).toContain('Stack/Own Health 3');
  });
});

test('an execution that cannot be told is heard as missed, too, and no claim hides it', async () => {
  eventBridge.on(PutEventsCommand).rejects(new Error('AccessDenied'));
  await expect(reconciled(ended('Completed'))).rejects.toThrow('ExecutionsNotConcluded');
  expect(published()).toEqual(expect.arrayContaining(['Stack/Managed Health 3', 'Stack/Managed Missed 1']));
});

describe('a run whose start the clock went over', () => {
  const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Analysis';
  const request = { mode: 'monitor', scheduledTime: '2026-03-29T01:37:00Z', windowHours: 24 };
  const berlin: ExpectedMonitor = {
    ...SERVERLESS,
    everyHours: 24,
    startHour: 2,
    clock: { timeZone: 'Europe/Berlin', hour: 2 },
    graceMinutes: 124,
    start: { stateMachineArn: MACHINE, minute: 5, request },
  };
  const on = (time: string, ...monitors: ExpectedMonitor[]) => ({ ...at('00:00', ...monitors), scheduledTime: time });
  const started = () => stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);

  test('is started as its schedule would have done, under one name however often that is tried', async () => {
    await handler(on('2026-03-28T12:37:00Z', berlin));
    await handler(on('2026-03-29T01:37:00Z', berlin));
    stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'again', $metadata: {} }));
    await handler(on('2026-03-29T02:37:00Z', berlin));
    const [first, second] = started();
    expect(first).toMatchObject({
      stateMachineArn: MACHINE,
      name: expect.stringMatching(/^[0-9a-f]{32}-20260329010000000$/),
    });
    expect(JSON.parse(String(first.input))).toEqual({ ...request, scheduledTime: '2026-03-29T01:00:00.000Z' });
    expect(second).toEqual(first);
    await handler(on('2026-03-29T03:37:00Z', berlin));
    expect(started()).toHaveLength(2);
  });

  test('that cannot be started keeps no run from being judged, and the heartbeat back', async () => {
    const hourly = { ...SERVERLESS, id: 'Stack/Hourly', output: { bucket: 'out', prefix: 'reports/hourly' } };
    await handler(on('2026-03-28T23:37:00Z', berlin, hourly));
    published();
    stepFunctions.on(StartExecutionCommand).rejects(new Error('throttled'));
    await expect(handler(on('2026-03-29T01:37:00Z', berlin, hourly))).rejects.toThrow(
      'ReconciliationFailed: Stack/Own: RunNotStarted: a run that the clock went over could not be started: throttled',
    );
    expect(published()).toEqual(['Stack/Hourly Health 3', 'Stack/Hourly Missed 1']);
    await expect(handler(on('2026-03-29T03:37:00Z', berlin))).resolves.toBeUndefined();
    expect(published()).toEqual(['Stack/Own Health 3', 'Stack/Own Missed 1', 'Stack Heartbeat 1']);
  });
});

describe('a run that lacked labels', () => {
  const request = { mode: 'monitor', scheduledTime: '<aws.scheduler.scheduled-time>', windowHours: 1 };
  const labelled: ExpectedMonitor = {
    ...SERVERLESS,
    everyHours: 24,
    startHour: 9,
    start: {
      stateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:A',
      minute: 5,
      request,
      needsLabels: true,
    },
  };
  const started = () => stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
  const reported = (outcome: Partial<ExecutionReport['outcome']>) =>
    s3.set('out', 'reports/own/2026/03/04/09/report.json', leftBy({ monitorId: 'Stack/Own' }, outcome));

  /** Reconciles once an hour, from the one before the run on. */
  async function reconciledFor(hours: number, monitor = labelled): Promise<void> {
    for (let hour = 0; hour <= hours; hour++) {
      const time = new Date(Date.parse('2026-03-04T08:37:00Z') + hour * 3_600_000).toISOString();
      await handler({ ...at('00:00', monitor), scheduledTime: time });
    }
  }

  test.each([
    [{ status: 'LabelsMissing' }],
    [{ status: 'Failed', failureReason: 'LabelsMissing: none of 3 predictions has a label' }],
  ] as const)('is started once more when labels of a day have come, under one name: %j', async (outcome) => {
    reported(outcome);
    await reconciledFor(25);
    expect(started()).toEqual([]);
    await reconciledFor(30);
    const [first, ...others] = started();
    expect(first.name).toMatch(/^[0-9a-f]{32}-20260304090000000-labels$/);
    expect(JSON.parse(String(first.input))).toEqual({
      ...request,
      scheduledTime: '2026-03-04T09:00:00.000Z',
      lateLabelHours: 24,
    });
    expect(others.every((other) => other.name === first.name && other.input === first.input)).toBe(true);
    expect(others.length).toBeLessThan(3);
  });

  test('has another name in another account: what two make on the way in one bucket must not mix', async () => {
    reported({ status: 'LabelsMissing' });
    const start = { ...(labelled.start as Required<ExpectedMonitor>['start']) };
    const stateMachineArn = start.stateMachineArn.replace('111122223333', '444455556666');
    await reconciledFor(26);
    reported({ status: 'LabelsMissing' });
    s3.objects.delete('out/reports/own/reconciled.json');
    await reconciledFor(26, { ...labelled, start: { ...start, stateMachineArn } });
    expect(new Set(started().map(({ name }) => name)).size).toBe(2);
  });

  test.each([
    ['has been judged since', { status: 'Completed' }, labelled],
    ['failed for something else', { status: 'Failed', failureReason: 'AccessDenied: no' }, labelled],
    ['is of a monitor that needs none', { status: 'LabelsMissing' }, { ...labelled, start: undefined }],
  ] as const)('is left alone where it %s', async (_, outcome, monitor) => {
    reported({ status: 'LabelsMissing' });
    await reconciledFor(20, monitor);
    reported(outcome);
    await reconciledFor(30, monitor);
    expect(started()).toEqual([]);
  });

  test('that cannot be started is tried again an hour later, and is heard', async () => {
    reported({ status: 'LabelsMissing' });
    await reconciledFor(25);
    stepFunctions.on(StartExecutionCommand).rejectsOnce(new Error('throttled')).resolves({});
    await expect(handler({ ...at('00:00', labelled), scheduledTime: '2026-03-05T10:37:00Z' })).rejects.toThrow(
      'RunNotStarted: a run whose labels were missing could not be started: throttled',
    );
    await handler({ ...at('00:00', labelled), scheduledTime: '2026-03-05T11:37:00Z' });
    expect(started()).toHaveLength(2);
  });
});

test('a changed schedule is expected anew', async () => {
  await handler(at('08:37', { ...SERVERLESS, everyHours: 24, startHour: 23 }));
  await handler(at('11:37', SERVERLESS));
  published();
  await handler(at('12:37', SERVERLESS)); // due at 11, before the change was seen
  expect(published()).toEqual(['Stack Heartbeat 1']);
});

test('a schedule that was made anew is expected anew, though its hours are the same: while it was away, nothing was due', async () => {
  await handler(at('08:37', SERVERLESS));
  published();
  await handler(at('12:37', { ...SERVERLESS, scheduleIdentity: 'Stack-Schedule-2' }));
  expect(published()).toEqual(['Stack Heartbeat 1']);
});

test('a monitor that an earlier version remembered, without what tells its schedules apart, is no new one', async () => {
  const { engine, everyHours, startHour } = SERVERLESS;
  const remembered = { since: '2026-03-01T00:00:00Z', until: '2026-03-04T09:37:00Z', engine, everyHours, startHour };
  s3.set('out', 'reports/own/reconciled.json', remembered);
  await handler(at('10:37', SERVERLESS));
  expect(published()).toContain('Stack/Own Missed 1');
});

test('the failure of one monitor does not hide the others, and keeps the heartbeat back', async () => {
  const broken = { ...SERVERLESS, id: 'Stack/Broken', output: { bucket: 'out', prefix: 'denied' } };
  await handler(at('08:37', SERVERLESS));
  published();
  s3.denied.set('out/denied/reconciled.json', 'AccessDenied');
  const call = handler(at('10:37', broken, SERVERLESS));
  await expect(call).rejects.toThrow(
    'ReconciliationFailed: Stack/Broken: AccessDenied: no access to s3://out/denied/reconciled.json',
  );
  expect(published()).toEqual(['Stack/Own Health 3', 'Stack/Own Missed 1']); // what is known is not held back with the heartbeat
});

test.each([
  ['no monitors', { scheduledTime: '2026-03-04T10:00:00Z', reconcilerId: 'x' }],
  ['no time', { scheduledTime: 'soon', reconcilerId: 'x', monitors: [] }],
])('fails on an event with %s', async (_, event) => {
  await expect(handler(event as unknown as ReconcileEvent)).rejects.toThrow('MalformedEvent');
});

const FOLDER = 'reports/managed/churn/schedule/2026/03/04/09';
const ended = (MonitoringExecutionStatus: string, FailureReason?: string, hour = '09') =>
  ({
    ScheduledTime: new Date(`2026-03-04T${hour}:00:00Z`),
    MonitoringExecutionStatus,
    FailureReason,
    ProcessingJobArn: 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/job-1',
  }) as MonitoringExecutionSummary;

/** What the executions of two hours have left; neither has a violation. */
beforeEach(() => {
  for (const folder of [FOLDER, FOLDER.replace('/09', '/10')])
    for (const [name, text] of Object.entries(quietFiles('DataQuality'))) s3.set('out', `${folder}/${name}`, text);
});

/** The schedule's executions, one on each page. */
function executions(...summaries: MonitoringExecutionSummary[]): void {
  sageMaker.on(ListMonitoringExecutionsCommand).callsFake(({ NextToken }: { NextToken?: string }) => {
    const page = Number(NextToken ?? 0);
    return {
      MonitoringExecutionSummaries: summaries.slice(page, page + 1),
      NextToken: page + 1 < summaries.length ? String(page + 1) : undefined,
    };
  });
}

/** Reconciles at 08:37, so that the monitor is known, and at 10:37, when the schedule has these executions. */
async function reconciled(...summaries: MonitoringExecutionSummary[]): Promise<string[]> {
  executions();
  await handler(at('08:37', MANAGED));
  published();
  executions(...summaries);
  await handler(at('10:37', MANAGED));
  return published();
}

test('executions from before the first reconciliation are not asked for', async () => {
  executions();
  await handler(at('08:37', MANAGED));
  const { ScheduledTimeAfter, MonitoringScheduleName } = sageMaker.commandCalls(ListMonitoringExecutionsCommand)[0]
    .args[0].input;
  expect(MonitoringScheduleName).toBe('schedule');
  expect(ScheduledTimeAfter?.toISOString()).toBe('2026-03-04T08:36:59.999Z');
});

test('executions of a schedule whose hours were changed since are still concluded, and of one that was made anew not asked for', async () => {
  const since = () => sageMaker.commandCalls(ListMonitoringExecutionsCommand).at(-1)?.args[0].input.ScheduledTimeAfter;
  executions();
  await handler(at('08:37', MANAGED));
  await handler(at('10:37', { ...MANAGED, everyHours: 2 }));
  expect(since()?.toISOString()).toBe('2026-03-04T08:36:59.999Z');
  await handler(at('11:37', { ...MANAGED, everyHours: 2, scheduleIdentity: '2026-03-04T11:00:00Z' }));
  expect(since()?.toISOString()).toBe('2026-03-04T11:36:59.999Z');
});

test('a window that the other engine has told, while engines were switched, is not told again', async () => {
  s3.set('out', 'reports/managed/2026/03/04/09/report.json', leftBy({ monitorId: 'Stack/Managed' }));
  expect(await reconciled(ended('Completed'))).toEqual(['Stack/Managed Missed 0', 'Stack Heartbeat 1']);
  expect(details()).toEqual([]);
});

test('a window that is told leaves nothing to tell to the other engine', async () => {
  await reconciled(ended('Completed'));
  const report = s3.json<ExecutionReport>('out', 'reports/managed/2026/03/04/09/report.json');
  expect(reportDisposition(report, { executionId: 'e2', comesTo: undefined })).toBe('skip');
});

describe('files of a container that lie where an execution wrote', () => {
  const finished = { ...ended('Completed'), LastModifiedTime: new Date('2026-03-04T09:14:00Z') };
  const found = (written: string, file: string) => s3.modified.set(`out/${FOLDER}/${file}`, new Date(written));
  const FILES = ['constraint_violations.json', 'statistics.json'];

  test.each(FILES)('and were written until it ended are its own: %s', async (file) => {
    found('2026-03-04T09:15:00Z', file); // clocks differ by a minute at most
    expect(await reconciled(finished)).toEqual(expect.arrayContaining(['Stack/Managed Health 0']));
  });

  test.each(FILES)(
    'and were written later, as by a stack of another account, are not taken for its own: of %s, the run is heard as missed',
    async (file) => {
      found('2026-03-04T09:15:01Z', file);
      await expect(reconciled(finished)).rejects.toThrow(
        `FilesOfAnother: s3://out/${FOLDER}/${file} was written at 2026-03-04T09:15:01.000Z, and the execution that it lies there for had ended by 2026-03-04T09:14:00.000Z: somebody else writes there; give each deployment its own 'reportsBucket' or 'reportsPrefix'`,
      );
      expect(published()).toEqual(['Stack/Managed Health 3', 'Stack/Managed Missed 1']);
      expect(details()).toEqual([]);
    },
  );
});

describe('a place to which stacks of the same name in two accounts report', () => {
  const OTHER = 'arn:aws:lambda:eu-west-1:444455556666:function:f';
  const other = (event: ReconcileEvent) => reconcile(event, { invokedFunctionArn: OTHER });
  const finished = { ...ended('CompletedWithViolations'), LastModifiedTime: new Date('2026-03-04T09:14:00Z') };
  /** What the container of the other account wrote over the own one's, in the minute in which both ended. */
  const theirs = () => {
    s3.set('out', `${FOLDER}/constraint_violations.json`, { violations: [] });
    s3.modified.set(`out/${FOLDER}/constraint_violations.json`, new Date('2026-03-04T09:14:30Z'));
  };
  const shared = (account: string, at: string) =>
    `PlaceShared: s3://out/reports/managed/churn/schedule/reconciled.json is also written by the stack of account ${account} in eu-west-1, last at 2026-03-04T${at}:00Z: what lies there may be of either`;

  beforeEach(() => executions());

  test.each([
    ['Model Monitor', MANAGED],
    ['this library', { ...SERVERLESS, output: MANAGED.output }],
  ])('on the engine of %s is refused by both, and told as a health of runs that are missed', async (_, monitor) => {
    await handler(at('08:37', monitor));
    published();
    executions(finished);
    theirs();
    await expect(other(at('08:50', monitor))).rejects.toThrow(/PlaceShared: .* account 111122223333 in eu-west-1/);
    await expect(handler(at('09:37', monitor))).rejects.toThrow(/PlaceShared: .* account 444455556666 in eu-west-1/);
    await expect(other(at('09:50', monitor))).rejects.toThrow(/PlaceShared: .* account 111122223333 in eu-west-1/);
    expect(published()).toEqual(Array(3).fill(`${monitor.id} Health 3`));
    expect(details()).toEqual([]);
    expect([...s3.objects.keys()].filter((key) => key.endsWith('report.json'))).toEqual([]);
  });

  test('is said to be so, with what to do', async () => {
    await handler(at('08:37', MANAGED));
    await expect(other(at('08:50', { ...MANAGED, scheduleIdentity: 'theirs' }))).rejects.toThrow(
      `${shared('111122223333', '08:37')}; give each deployment its own 'reportsBucket' or 'reportsPrefix'`,
    );
  });

  test('is one’s own again when the other one has not come for three hours, and what was due since is told then', async () => {
    await handler(at('08:37', MANAGED));
    await expect(other(at('08:50', MANAGED))).rejects.toThrow(shared('111122223333', '08:37'));
    await expect(handler(at('11:50', MANAGED))).rejects.toThrow(shared('444455556666', '08:50'));
    published();
    executions({ ...finished, MonitoringExecutionStatus: 'Completed' });
    await handler(at('11:51', MANAGED));
    expect(published()).toEqual(expect.arrayContaining(['Stack/Managed Missed 0', 'Stack Heartbeat 1']));
    expect(details()).toHaveLength(1);
    expect(s3.json<Reconciled>('out', 'reports/managed/churn/schedule/reconciled.json').by).toEqual([
      { ...HOME, until: '2026-03-04T11:51:00Z' },
    ]);
  });

  test('is found to be shared by who was the first to remember something there, too', async () => {
    s3.client
      .on(PutObjectCommand)
      .callsFakeOnce(async (input) => {
        await other(at('08:37', MANAGED)); // first of both
        return s3.put(input);
      })
      .callsFake((input) => s3.put(input));
    await expect(handler(at('08:37', MANAGED))).rejects.toThrow(shared('444455556666', '08:37'));
  });
});

test('an execution is decided at the key of its window, and a copy is beside its files before and after it is told', async () => {
  eventBridge.on(PutEventsCommand).callsFake(() => {
    expect(s3.json<ExecutionReport>('out', `${FOLDER}/report.json`).published).toEqual([]);
    return { FailedEntryCount: 0 };
  });
  await reconciled(ended('Completed'));
  const decision = s3.json<ExecutionReport>('out', 'reports/managed/2026/03/04/09/report.json');
  expect([...decision.published].sort()).toEqual([...PUBLICATION_STEPS].sort());
  expect(s3.json<ExecutionReport>('out', `${FOLDER}/report.json`)).toEqual(decision);
  expect(details()).toEqual([decision.outcome]);
});

describe('an execution that an earlier version concluded', () => {
  const KEY = 'reports/managed/2026/03/04/09/report.json';
  const former = (others: Partial<ExecutionReport> = {}) =>
    leftBy(
      { monitorId: 'Stack/Managed', engine: 'model-monitor', folder: { bucket: 'out', prefix: FOLDER } },
      { accountId: undefined, region: undefined },
      others,
    );

  test('is told when the report beside its files says so', async () => {
    s3.set('out', KEY, former());
    s3.set('out', `${FOLDER}/report.json`, former());
    expect(await reconciled(ended('Completed'))).toEqual(['Stack/Managed Missed 0', 'Stack Heartbeat 1']);
    expect(details()).toEqual([]);
  });

  test('is told what is left to tell of it, once, where its claim said that all was told', async () => {
    s3.set('out', KEY, former());
    s3.set('out', `${FOLDER}/report.json`, former({ published: ['metrics'] }));
    await reconciled(ended('Completed'));
    expect(details()).toEqual([JSON.parse(JSON.stringify(former().outcome))]);
    expect(s3.json<ExecutionReport>('out', `${FOLDER}/report.json`).published).toEqual([...PUBLICATION_STEPS]);
    await handler(at('11:37', MANAGED));
    expect(details()).toHaveLength(1);
  });

  test.each([
    ['no report', undefined],
    ['that of another conclusion', former({ concludedAt: 'before' })],
  ])('is told whole where it ended between the claim and the report: beside the files is %s', async (_, beside) => {
    s3.set('out', KEY, former());
    if (beside) s3.set('out', `${FOLDER}/report.json`, beside);
    await reconciled(ended('Completed'));
    expect(details()).toHaveLength(1);
  });

  test('is told when that was before engines took turns, and there is no claim', async () => {
    s3.set('out', `${FOLDER}/report.json`, former());
    await reconciled(ended('Completed'));
    expect(details()).toEqual([]);
  });

  test('is told as it was concluded then where it was not told, and decided by that', async () => {
    s3.set('out', `${FOLDER}/report.json`, former({ published: [] }));
    await reconciled(ended('CompletedWithViolations'));
    expect(details()).toEqual([JSON.parse(JSON.stringify(former().outcome))]);
    expect(s3.json<ExecutionReport>('out', KEY)).toEqual(former({ published: ['metrics', 'featureMetrics', 'event'] }));
  });

  test('is told by whoever finds it not told, where its execution is gone', async () => {
    s3.set('out', KEY, former());
    s3.set('out', `${FOLDER}/report.json`, former({ published: ['metrics', 'featureMetrics'] }));
    expect(await reconciled()).toEqual(['Stack/Managed Missed 0', 'Stack Heartbeat 1']);
    expect(details()).toHaveLength(1);
  });
});

/** What the run of an hour, of any engine, violated. */
const earlierRun = (hour: string, ...violated: ViolatedConstraint[]) =>
  s3.set(
    'out',
    `reports/managed/2026/03/04/${hour}/report.json`,
    leftBy({ monitorId: 'Stack/Managed' }, { status: 'Watch' }, { violated }),
  );

test('a violation of the container is watched until another window has it, and both engines read the same windows', async () => {
  const violation = { feature_name: 'tenure', constraint_check_type: 'baseline_drift_check', description: '' };
  s3.set('out', `${FOLDER}/constraint_violations.json`, { violations: [violation] });
  s3.set('out', `${FOLDER.replace('/09', '/10')}/constraint_violations.json`, { violations: [violation] });
  await reconciled(ended('CompletedWithViolations'), ended('CompletedWithViolations', undefined, '10'));
  expect(details().map(({ status }) => status)).toEqual(['Watch', 'CompletedWithViolations']);
  const claim = s3.json<ExecutionReport>('out', 'reports/managed/2026/03/04/09/report.json');
  expect(claim.violated).toEqual([{ feature: 'tenure', check: 'baseline_drift_check' }]);
});

test('violations of the container become metrics, event and report', async () => {
  const description = 'Baseline drift distance: 0.28 exceeds threshold: 0.1';
  const violation = { feature_name: 'tenure', constraint_check_type: 'baseline_drift_check', description };
  s3.set('out', `${FOLDER}/constraint_violations.json`, { violations: [violation] });
  earlierRun('08', { feature: 'tenure', check: 'baseline_drift_check' });
  const lines = await reconciled(ended('CompletedWithViolations'));
  expect(lines).toEqual(
    expect.arrayContaining([
      'Stack/Managed Violations 1',
      'Stack/Managed Completed 1',
      'Stack/Managed Missed 0',
      'Stack Heartbeat 1',
    ]),
  );
  expect(details()).toMatchObject([
    {
      executionId: 'job-1',
      engine: 'model-monitor',
      status: 'CompletedWithViolations',
      windowStart: '2026-03-04T08:00:00.000Z',
      windowEnd: '2026-03-04T09:00:00.000Z',
      recordCount: 420,
      violations: [{ feature: 'tenure', check: 'baseline_drift_check', description, observed: 0.28, expected: 0.1 }],
      reportUri: `s3://out/${FOLDER}/`,
    },
  ]);
  expect(s3.json<ExecutionReport>('out', `${FOLDER}/report.json`).published).toEqual([
    'metrics',
    'featureMetrics',
    'event',
  ]);
});

describe('executions without data, hour after hour,', () => {
  const NONE = 'Job inputs had no data';

  /** Lets an execution end in each of so many hours, and says which were told to be short of something. */
  async function hours(count: number, monitor = MANAGED): Promise<{ [window: string]: string[] }> {
    executions();
    const time = (hour: number, minute: string) =>
      new Date(Date.parse('2026-03-04T00:00:00Z') + hour * 3_600_000)
        .toISOString()
        .replace('00:00.000', `${minute}:00`);
    await handler({ ...at('00:00', monitor), scheduledTime: time(8, '37') });
    for (let hour = 9; hour < 9 + count; hour++) {
      executions({ ...ended('Failed', NONE), ScheduledTime: new Date(time(hour, '00')) });
      await handler({ ...at('00:00', monitor), scheduledTime: time(hour, '37') });
    }
    const short = details().filter(({ health }) => health > 0);
    return Object.fromEntries(short.map(({ windowEnd, healthReasons }) => [windowEnd, healthReasons]));
  }

  test('of a monitor that never had any are told after a day', async () => {
    expect(await hours(25)).toEqual({
      '2026-03-05T09:00:00.000Z': [
        'no data for 25 h, and none since the monitor began: see whether requests come, and whether they are captured',
      ],
    });
  });

  test('of an endpoint that is quiet now are not told, unless that is asked for', async () => {
    earlierRun('08');
    expect(await hours(26)).toEqual({});
  });

  test.each([
    ['s3://jobs/captured/', []],
    [
      's3://jobs/captrued/',
      [
        'no data for 25 h, since they are looked for at s3://jobs/captrued/, and no longer at s3://jobs/captured/: see whether records are captured there now',
      ],
    ],
  ])(
    'of transform jobs whose lists were at s3://jobs/captured/, and are looked for at %s: %j',
    async (dataAt, told) => {
      const { endpointName: _, ...jobs } = MANAGED;
      const before = leftBy(
        { monitorId: 'Stack/Managed', endpointName: undefined },
        {},
        { dataAt: 's3://jobs/captured/' },
      );
      s3.set('out', 'reports/managed/2026/03/04/08/report.json', before);
      expect(Object.values(await hours(25, { ...jobs, dataAt })).flat()).toEqual(told);
    },
  );

  test('are told after the time that is asked for', async () => {
    earlierRun('08');
    expect(Object.keys(await hours(3, { ...MANAGED, hoursWithoutData: 2 }))).toEqual(['2026-03-04T11:00:00.000Z']);
  });
});

describe('the age of a baseline', () => {
  const limited: ExpectedMonitor = {
    ...MANAGED,
    baseline: { file: { bucket: 'given', key: 'statistics.json' }, ageHours: 48 },
  };

  test.each([
    ['2026-03-02T09:00:00Z', 48, 0],
    ['2026-03-02T08:00:00Z', 49, 1],
  ])(
    'that was written at %s is judged at the end of the window, beside a limit of two days',
    async (written, baselineAgeHours, health) => {
      s3.modified.set('given/statistics.json', new Date(written));
      s3.set('given', 'statistics.json', {});
      executions();
      await handler(at('08:37', limited));
      executions(ended('Completed'));
      await handler(at('10:37', limited));
      expect(details()).toMatchObject([{ status: 'Completed', health }]);
      expect(s3.json<ExecutionReport>('out', `${FOLDER}/report.json`)).toMatchObject({ baselineAgeHours });
    },
  );

  test('is judged where no data came, too: the next ones would be compared with it', async () => {
    s3.modified.set('given/statistics.json', new Date('2026-03-02T08:00:00Z'));
    s3.set('given', 'statistics.json', {});
    executions();
    await handler(at('08:37', limited));
    executions(ended('Failed', 'Job inputs had no data'));
    await handler(at('10:37', limited));
    expect(details()).toMatchObject([
      { status: 'NoData', health: 1, healthReasons: [expect.stringContaining('the baseline is 2 days old')] },
    ]);
  });

  test('is not looked at where the execution failed, which is told', async () => {
    s3.denied.set('given/statistics.json', 'AccessDenied');
    executions();
    await handler(at('08:37', limited));
    executions(ended('Failed', 'AlgorithmError'));
    await handler(at('10:37', limited));
    expect(details()).toMatchObject([{ status: 'Failed', health: 2 }]);
  });

  test('that cannot be seen leaves the execution to be concluded, and is heard', async () => {
    s3.denied.set('given/statistics.json', 'AccessDenied');
    executions();
    await handler(at('08:37', limited));
    executions(ended('Completed'));
    await expect(handler(at('10:37', limited))).rejects.toThrow('ExecutionsNotConcluded');
  });
});

test('an execution is concluded once', async () => {
  await reconciled(ended('Completed'));
  await handler(at('11:37', MANAGED));
  expect(details()).toHaveLength(1);
});

test('an execution whose violations cannot be found has failed, and is concluded once', async () => {
  expect(await reconciled(ended('CompletedWithViolations'))).toContain('Stack/Managed Failed 1');
  await handler(at('11:37', MANAGED));
  expect(published()).not.toContain('Stack/Managed Failed 1');
  expect(details()).toHaveLength(1);
});

test('a Completed execution that left nothing has failed, and is concluded once: it may have looked at nothing', async () => {
  for (const name of Object.keys(quietFiles('DataQuality'))) s3.objects.delete(`out/${FOLDER}/${name}`);
  const lines = await reconciled(ended('Completed'));
  expect(lines).toEqual(
    expect.arrayContaining(['Stack/Managed Health 2', 'Stack/Managed Failed 1', 'Stack Heartbeat 1']),
  );
  await handler(at('11:37', MANAGED));
  expect(details()).toMatchObject([{ status: 'Failed', failureReason: expect.stringMatching(/^AnalysisNotFound: /) }]);
});

test('an execution that cannot be concluded is tried again, and does not keep later ones from it', async () => {
  s3.denied.set(`out/${FOLDER}/constraint_violations.json`, 'AccessDenied');
  const call = reconciled(ended('CompletedWithViolations'), ended('Completed', undefined, '10'));
  await expect(call).rejects.toThrow('ExecutionsNotConcluded');
  expect(details()).toMatchObject([{ status: 'Completed', windowEnd: '2026-03-04T10:00:00.000Z' }]);
  s3.denied.clear();
  s3.set('out', `${FOLDER}/constraint_violations.json`, { violations: [{ feature_name: 'tenure' }] });
  await handler(at('11:37', MANAGED));
  expect(details()[1]).toMatchObject({ status: 'Watch', windowEnd: '2026-03-04T09:00:00.000Z' });
});

test.each([
  ['Failed', 'Job inputs had no data', 'NoData', 'Job inputs had no data'],
  ['Failed', 'AlgorithmError: exit code 255', 'Failed', 'AlgorithmError: exit code 255'],
  [
    'Failed',
    undefined,
    'Failed',
    expect.stringMatching(/^SageMaker gives no reason; .*: \/aws\/sagemaker\/ProcessingJobs, streams [\w-]+\/$/),
  ],
  [
    'Stopped',
    undefined,
    'Failed',
    expect.stringContaining('the execution was stopped, by somebody or by a deployment'),
  ],
])('an execution that %s because of %s is %s', async (status, reason, expected, words) => {
  await reconciled(ended(status, reason));
  expect(details()).toMatchObject([{ status: expected, failureReason: words }]);
});

test('of an execution that failed before it had a job, no log is named', async () => {
  await reconciled({ ...ended('Failed'), ProcessingJobArn: undefined });
  const failureReason =
    'SageMaker gives no reason, and has started no processing job; describe the monitoring schedule, which may have failed';
  expect(details()).toMatchObject([{ status: 'Failed', failureReason }]);
});

test('an execution that still runs is a trace, but nothing to conclude', async () => {
  expect(await reconciled(ended('InProgress'))).toEqual(['Stack/Managed Missed 0', 'Stack Heartbeat 1']);
  expect(details()).toEqual([]);
});

test('a schedule without an execution has missed its run', async () => {
  expect(await reconciled()).toEqual(['Stack/Managed Health 3', 'Stack/Managed Missed 1', 'Stack Heartbeat 1']);
});

test('a retry after a refused event publishes the event alone', async () => {
  eventBridge.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 1 }).resolves({ FailedEntryCount: 0 });
  await expect(reconciled(ended('Completed'))).rejects.toThrow('EventNotAccepted');
  expect(published()).toEqual(expect.arrayContaining(['Stack/Managed Completed 1']));
  await handler(at('10:37', MANAGED));
  expect(published().filter((line) => line.includes('Completed'))).toEqual([]);
  expect(s3.json<ExecutionReport>('out', `${FOLDER}/report.json`).published).toEqual([
    'metrics',
    'featureMetrics',
    'event',
  ]);
});

test.each([
  ['ModelQuality', { metric_name: 'auc' }, 'auc'],
  ['ModelBias', { facet: 'Sex', facet_value: '0', metric_name: 'CDDPL' }, 'Sex=0 (CDDPL)'],
  ['ModelExplainability', { label: 'label0', metric_name: 'shap' }, 'label0'],
] as const)('a violation of %s is named by what it has: %j', async (kind, violation, feature) => {
  s3.set('out', `${FOLDER}/constraint_violations.json`, { violations: [violation] });
  executions();
  await handler(at('08:37', { ...MANAGED, kind }));
  executions(ended('CompletedWithViolations'));
  await handler(at('10:37', { ...MANAGED, kind }));
  expect(details()[0].violations[0].feature).toBe(feature);
});
