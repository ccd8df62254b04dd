import { Readable } from 'node:stream';
import { CloudWatchClient, PutMetricDataCommand, type PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { type Constraints, createProfiler, statistics, suggestConstraints, type Violation } from '../../lib/analysis';
import type { ConcludeEvent, MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { wordedFigures } from '../../lib/outcome/container-wording';
import type {
  ExecutionCompletedDetail,
  ExecutionReport,
  ExecutionStatus,
  ViolatedConstraint,
} from '../../lib/outcome/contract';
import type { Timed } from '../../lib/runtime/time-left';
import { profileOf } from '../analysis/dataset';
import { leftBy } from '../outcome/run';
import { parquetFile } from '../runtime/parquet-file';
import { captureJson, captureLine } from './captured';
import { invoked } from './invocation';
import { MONITOR_REQUEST } from './requests';
import { awsError, S3Store } from './s3-store';

const conclude = invoked(concludeHandler);

const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  s3.reset();
  cloudWatch.reset();
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  const profiler = createProfiler({ kind: 'dataset' });
  const file = profiler.file('train.csv');
  const rows = Array.from({ length: 200 }, (_, i) => `${i % 2},${i % 50}`);
  file.push(Buffer.from(`churned,tenure\n${rows.join('\n')}\n`));
  file.end();
  const baseline = statistics(profiler.finish());
  s3.set('out', 'baseline/statistics.json', baseline);
  s3.set('out', 'baseline/constraints.json', suggestConstraints(baseline));
});

const REPORTS = 'reports/dq/2026/03/04/10';
const report = (): ExecutionReport => s3.json('out', `${REPORTS}/report.json`);

function traffic(tenure: (i: number) => number | string, hour = '09'): void {
  const lines = Array.from({ length: 200 }, (_, i) =>
    captureLine(`${i % 2},${tenure(i)}`, `2026-03-04T${hour}:30:00Z`),
  );
  s3.set('capture', `data/churn/v/2026/03/04/${hour}/a.jsonl`, lines.join(''));
}

/** Plans and profiles as the state machine does. */
async function analysed(
  execution = 'e1',
  request: MonitorRequest = MONITOR_REQUEST,
  context?: Timed,
): Promise<ConcludeEvent> {
  const made = await plan({ request, execution });
  const lines = (s3.objects.get(`${made.bucket}/${made.key}`) ?? '').split('\n').filter((line) => line !== '');
  for (const line of lines) await profile({ request, execution, item: JSON.parse(line) as PlanItem }, context);
  return { request, execution, plan: made };
}

function metrics(): Record<string, number | undefined> {
  const data = cloudWatch.commandCalls(PutMetricDataCommand).flatMap(({ args }) => args[0].input.MetricData ?? []);
  return Object.fromEntries(data.map(({ MetricName, Value }) => [String(MetricName), Value]));
}

function events(): ExecutionCompletedDetail[] {
  const entries = eventBridge.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
  return entries.map(({ Detail }) => JSON.parse(String(Detail)));
}

test('the report names variants, and what was not read, which is told', async () => {
  traffic((i) => i % 50);
  s3.set('capture', 'data/churn/stray/2026/03/04/09/a.jsonl', captureLine('1,2'));
  s3.set('capture', 'data/churn/shadow/2026/03/04/09/a.jsonl', captureLine('1,2'));
  const request = { ...MONITOR_REQUEST, variants: { read: ['v'], others: ['shadow'] } };
  await conclude(await analysed('e1', request));
  expect(report().variants).toEqual({ read: ['v'], leftOut: ['shadow'] });
  expect(report().objectsNotRead).toMatchObject({ count: 1, byReason: { 'unknown-variant': 1 } });
  expect(events()).toMatchObject([
    { recordCount: 200, health: 1, healthReasons: [expect.stringContaining('1 unknown-variant')] },
  ]);
});

test('where nothing could be read of what transform jobs list, the window has no data, and is not green', async () => {
  const list = JSON.stringify([{ prefix: 's3://loans/in/' }, 'gone.csv']);
  s3.set('capture', 'data/input/2026/03/04/09/job', list);
  const format = { csv: { header: false } };
  const transforms = { side: 'input', data: { bucket: 'loans', prefix: 'in' }, format } as const;
  await conclude(await analysed('e1', { ...MONITOR_REQUEST, transforms }));
  expect(events()).toMatchObject([{ status: 'NoData', health: 1 }]);
  expect(report().objectsNotRead?.byReason).toEqual({ 'missing-or-empty': 1 });
});

test.each([undefined, 'arn:aws:events:eu-west-1:111122223333:event-bus/models'])(
  'the event goes to the bus %s that the request names',
  async (eventBus) => {
    traffic((i) => i % 50);
    await conclude(await analysed('e1', { ...MONITOR_REQUEST, eventBus }));
    const [{ Entries }] = eventBridge.commandCalls(PutEventsCommand).map(({ args }) => args[0].input);
    expect(Entries?.map(({ EventBusName }) => EventBusName)).toEqual([eventBus]);
  },
);

test('a window of which an object was given up goes on, and is evaluated in part', async () => {
  traffic((i) => i % 50);
  s3.set('capture', 'data/churn/v/2026/03/04/09/z.jsonl', captureLine('0,1'));
  let looks = 0;
  const context = { getRemainingTimeInMillis: () => (looks++ < 3 ? 900_000 : 0) }; // enough for the first object and its two chunks
  await conclude(await analysed('e1', MONITOR_REQUEST, context));
  const { outcome, unreadable, notEvaluated } = report();
  expect(outcome).toMatchObject({ recordCount: 200, evaluated: 'Part', health: 1 });
  expect(unreadable?.byReason).toEqual({ 'out-of-time': 1 });
  expect(notEvaluated).toContainEqual({
    feature: '',
    check: 'all',
    reason: '1 object was not read to the end, for want of time: the log of the function has which',
  });
});

test('a window of transform jobs with an object that is no Parquet goes on, and is evaluated in part', async () => {
  s3.set('capture', 'data/input/2026/03/04/09/job', JSON.stringify([{ prefix: 's3://loans/in/' }, 'a', 'b']));
  s3.set('loans', 'in/a', 'no Parquet');
  s3.set('loans', 'in/b', 'as it is below');
  const baseline = statistics(profileOf([`c0,c1\n${'0,0\n'.repeat(200)}`]));
  s3.set('out', 'baseline/statistics.json', baseline);
  s3.set('out', 'baseline/constraints.json', suggestConstraints(baseline));
  const page = { bytes: Buffer.alloc(40), length: 40, values: 10 };
  const parquet = parquetFile({ codec: 'UNCOMPRESSED', rows: 10, pages: [page, page] });
  s3.client.on(GetObjectCommand, { Key: 'in/b' }).resolves({ Body: Readable.from([parquet]) as never });
  const format = { parquet: {} };
  const transforms = { side: 'input', data: { bucket: 'loans', prefix: 'in' }, format } as const;
  await conclude(await analysed('e1', { ...MONITOR_REQUEST, transforms }));
  const { outcome, unreadable, notEvaluated } = report();
  expect(outcome).toMatchObject({ recordCount: 10, evaluated: 'Part', health: 1 });
  expect(unreadable?.byReason).toEqual({ 'unreadable-file': 1 });
  expect(notEvaluated.map(({ reason }) => reason)).toContain(
    '1 object was not read to the end, as no Parquet that can be read: report.json has the first of them, and the log of the function says why',
  );
});

test('a window like its baseline completes without violations', async () => {
  traffic((i) => i % 50);
  expect(await conclude(await analysed())).toEqual({ status: 'Completed', published: true });
  expect(metrics()).toEqual({ Health: 0, Violations: 0, FeatureDrift: expect.any(Number) });
  expect(events()).toMatchObject([{ status: 'Completed', recordCount: 200, violationCount: 0, violations: [] }]);
});

describe('what one client sends decides for nobody else', () => {
  const json = (values: object) => captureJson(JSON.stringify(values));
  const rows = (count: number, tenure: (i: number) => number) =>
    Array.from({ length: count }, (_, i) => json({ churned: i % 2, tenure: tenure(i) }));
  const junk = Object.fromEntries(Array.from({ length: 8190 }, (_, i) => [`junk${i}`, i]));
  const send = (lines: readonly string[]) => s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', lines.join(''));

  test('one strange key in 2,000 requests is told, and hides no drift', async () => {
    send([json({ churned: 0, tenure: 1, strange: 1 }), ...rows(1999, () => 0)]);
    await conclude(await analysed());
    expect(report().outcome).toMatchObject({ status: 'CompletedWithViolations', recordCount: 2000 });
    expect(events()[0].violations).toMatchObject([{ feature: 'tenure', check: 'baseline_drift_check' }]);
  });

  test.each([
    ['first', (lines: string[]) => [json(junk), ...lines]],
    ['last', (lines: string[]) => [...lines, json(junk)]],
  ])('8,190 strange keys that come %s leave all others readable', async (_, mixed) => {
    send(mixed(rows(2000, (i) => i % 50)));
    await conclude(await analysed());
    expect(report().outcome).toMatchObject({ status: 'Completed', recordCount: 2001, violationCount: 0 });
    expect(report().unreadable).toMatchObject({ unreadableCount: 0 });
    expect(s3.json<{ features: object[] }>('out', `${REPORTS}/statistics.json`).features).toHaveLength(2 + 128);
  });

  test('rows of 40 widths in as many requests are misfits, and the rest is judged', async () => {
    const wide = Array.from({ length: 40 }, (_, i) =>
      captureLine(
        Array(8100 + i)
          .fill('1')
          .join(','),
      ),
    );
    send([...wide, ...Array.from({ length: 2000 }, (_, i) => captureLine(`${i % 2},${i % 50}`))]);
    await conclude(await analysed());
    expect(report().outcome).toMatchObject({ status: 'Completed', recordCount: 2000, violationCount: 0 });
    expect(report().unreadable).toMatchObject({ misfitCount: 40, byReason: { 'wrong-width': 40 } });
  });
});

describe('a window that is due in the turn of the other engine', () => {
  const turns = (since: string) =>
    s3.set('out', 'reports/dq/turns.json', {
      turns: [{ engine: 'model-monitor', since, everyHours: 1, startHour: 0, graceMinutes: 110 }],
    });
  beforeEach(() =>
    jest.useFakeTimers({ now: Date.parse('2026-03-04T10:21:00Z'), doNotFake: ['nextTick', 'setImmediate'] }),
  );
  afterEach(() => jest.useRealTimers());

  test('is left to it: no file, no metric, no event', async () => {
    traffic((i) => i % 50);
    turns('2026-03-04T09:59:59Z');
    expect(await conclude(await analysed())).toEqual({ published: false });
    expect([metrics(), events()]).toEqual([{}, []]);
    expect([...s3.objects.keys()].filter((key) => key.includes(REPORTS))).toEqual([]);
  });

  test('is left to it as well when the run has failed', async () => {
    turns('2026-03-04T09:59:59Z');
    const error = { Error: 'States.Timeout', Cause: '' };
    expect(await conclude({ request: MONITOR_REQUEST, execution: 'e1', error })).toEqual({ published: false });
  });

  test('is told when the turn began as it was due, or after it', async () => {
    traffic((i) => i % 50);
    turns('2026-03-04T10:00:00Z');
    expect(await conclude(await analysed())).toEqual({ status: 'Completed', published: true });
  });

  test('is told when the other engine has told that it failed, by a run that did not', async () => {
    traffic((i) => i % 50);
    turns('2026-03-04T09:59:59Z');
    const run = { monitorId: 'Stack/Monitor', engine: 'model-monitor', executionId: 'monitoring-1' } as const;
    s3.set('out', `${REPORTS}/report.json`, leftBy(run, { status: 'Failed' }, { published: ['metrics', 'event'] }));
    expect(await conclude(await analysed())).toEqual({ status: 'Completed', published: true });
  });
});

describe('a flag that turns around', () => {
  const turned = (request: MonitorRequest) => {
    const rows = Array.from({ length: 200 }, (_, i) => captureLine(`1,${i % 50}`, '2026-03-04T09:30:00Z'));
    s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', rows.join(''));
    return analysed('e1', request);
  };

  test('is found by default, and reported with its distance, method and probability', async () => {
    expect((await conclude(await turned(MONITOR_REQUEST))).status).toBe('CompletedWithViolations');
    expect(report().outcome.violations).toEqual([
      {
        feature: 'churned',
        check: 'baseline_drift_check',
        description: 'Baseline drift distance: 0.5 exceeds threshold: 0.1',
        observed: 0.5,
        expected: 0.1,
        pValue: expect.closeTo(0, 9),
        confirmed: true,
      },
    ]);
    const [first] = report().distances;
    expect(first).toMatchObject({ feature: 'churned', distance: 0.5, threshold: 0.1, method: 'MassShift' });
    expect(first.pValue).toBeLessThan(1e-9);
  });

  test('is not found by the rule of Model Monitor, which has no probability', async () => {
    const request: MonitorRequest = { ...MONITOR_REQUEST, drift: { method: 'ModelMonitor' } };
    expect((await conclude(await turned(request))).status).toBe('Completed');
    expect(report().distances[0]).toEqual({ feature: 'churned', distance: 0, threshold: 0.1, method: 'Robust' });
  });

  test('is not found when the false alarm rate asks for more evidence than there is', async () => {
    const request: MonitorRequest = { ...MONITOR_REQUEST, drift: { method: 'MassShift', falseAlarmRate: 1e-60 } };
    expect((await conclude(await turned(request))).status).toBe('Completed');
  });
});

test('a drifted window names the feature in files, metrics and event', async () => {
  traffic((i) => 100 + (i % 50));
  expect(await conclude(await analysed())).toEqual({ status: 'CompletedWithViolations', published: true });
  const [detail] = events();
  expect(detail).toEqual(report().outcome);
  expect(detail).toMatchObject({
    monitorId: 'Stack/Monitor',
    windowStart: '2026-03-04T09:00:00.000Z',
    windowEnd: '2026-03-04T10:00:00.000Z',
    reportUri: `s3://out/${REPORTS}/`,
    executionId: 'e1',
  });
  expect(detail.violations).toContainEqual(
    expect.objectContaining({ feature: 'tenure', check: 'baseline_drift_check' }),
  );
  expect(metrics().Violations).toBe(detail.violationCount);
  expect(metrics().FeatureDrift).toBeGreaterThan(0.1);
  const file = s3.json<{ violations: Violation[] }>('out', `${REPORTS}/constraint_violations.json`);
  expect(file.violations).toHaveLength(detail.violationCount);
});

describe('the age of a baseline', () => {
  const ofLimit = (baselineAgeHours?: number): MonitorRequest => ({ ...MONITOR_REQUEST, limits: { baselineAgeHours } });

  test.each([
    ['2026-03-02T09:30:00Z', 48, 0],
    ['2026-03-02T09:00:00Z', 49, 1],
    ['2026-03-05T00:00:00Z', 0, 0],
  ])(
    'that was written at %s is judged at the end of the window, beside a limit of two days',
    async (written, hours, health) => {
      s3.modified.set('out/baseline/statistics.json', new Date(written));
      s3.modified.set('out/baseline/constraints.json', new Date('2020-01-01'));
      traffic((i) => i % 50);
      await conclude(await analysed('e1', ofLimit(48)));
      expect(report()).toMatchObject({ baselineAgeHours: hours, outcome: { status: 'Completed', health } });
      expect(report().outcome.healthReasons).toHaveLength(health);
    },
  );

  test('is judged where no data came, too: the next ones would be compared with it', async () => {
    s3.modified.set('out/baseline/statistics.json', new Date('2026-03-02T09:00:00Z'));
    await conclude(await analysed('e1', ofLimit(48)));
    expect(report()).toMatchObject({ baselineAgeHours: 49, outcome: { status: 'NoData', health: 1 } });
    expect(report().outcome.healthReasons).toEqual([expect.stringContaining('the baseline is 2 days old')]);
  });

  test('is not looked at without a limit', async () => {
    traffic((i) => i % 50);
    await conclude(await analysed('e1', ofLimit()));
    expect(report().baselineAgeHours).toBeUndefined();
    expect(s3.client.commandCalls(HeadObjectCommand)).toHaveLength(0);
  });
});

describe('a violation that chance may have done', () => {
  /** Every fourth value is the highest: drift, of a size that chance reaches once in some ten thousand windows of these. */
  const moved = (i: number) => (i % 4 === 0 ? 49 : i % 50);
  const REQUEST: MonitorRequest = { ...MONITOR_REQUEST, featureMetrics: [] };
  const earlierRun = (hour: string, content: unknown) =>
    s3.set('out', `reports/dq/2026/03/04/${hour}/report.json`, content);
  const found = (...violated: ViolatedConstraint[]) => of('Watch', { violated });
  const of = (status: ExecutionStatus, others: Partial<ExecutionReport> = {}) =>
    leftBy({ monitorId: 'Stack/Monitor' }, { status }, others);
  const SAME = { feature: 'tenure', check: 'baseline_drift_check' };
  const run = async (request = REQUEST) => {
    traffic(moved);
    await conclude(await analysed('e1', request));
    return events()[0];
  };

  test('is watched: no violation is counted, and report and event name it', async () => {
    const detail = await run();
    expect(detail).toMatchObject({ status: 'Watch', violationCount: 0, watchedCount: 1, concerns: [] });
    expect(detail.violations).toMatchObject([{ ...SAME, confirmed: false }]);
    expect(detail.violations[0].pValue).toBeGreaterThan(1e-6);
    expect(metrics()).toEqual({ Health: 0, Violations: 0 });
    expect(report().violated).toEqual([{ ...SAME, pValue: detail.violations[0].pValue }]);
  });

  test('is confirmed by one of the two windows before', async () => {
    earlierRun('09', found());
    earlierRun('08', found(SAME));
    expect(await run()).toMatchObject({ status: 'CompletedWithViolations', violationCount: 1, concerns: ['Drift'] });
    expect(metrics()).toEqual({ Health: 0, Violations: 1 });
  });

  test('is not confirmed by a third window before', async () => {
    earlierRun('09', found());
    earlierRun('08', found());
    earlierRun('07', found(SAME));
    expect((await run()).status).toBe('Watch');
  });

  test('is confirmed by the last windows with data, however many runs failed, had none or left no report in between', async () => {
    earlierRun('09', of('NoData'));
    earlierRun('08', of('Failed'));
    earlierRun('05', found(SAME));
    expect((await run()).status).toBe('CompletedWithViolations');
  });

  test('is confirmed by what an earlier version of the library reported, which kept the first violations alone', async () => {
    const { violated, outcome, ...former } = of('CompletedWithViolations');
    earlierRun('09', { ...former, outcome: { ...outcome, violations: [SAME] } });
    expect((await run()).status).toBe('CompletedWithViolations');
  });

  test.each([
    [168, 'CompletedWithViolations'],
    [169, 'Watch'],
  ])('is confirmed by a window of a week ago, not by an older one: %d hours', async (hours, status) => {
    const due = new Date(Date.parse('2026-03-04T10:00:00Z') - hours * 3_600_000);
    s3.set('out', `reports/dq/${due.toISOString().slice(0, 13).replace(/[-T]/g, '/')}/report.json`, found(SAME));
    expect((await run()).status).toBe(status);
  });

  test.each([
    [1, '2026/03/04/09', 'Watch'],
    [24, '2026/03/03/10', 'CompletedWithViolations'],
  ])(
    'is confirmed by a window that is clear enough for runs of %d hours: chance of 4 in 100,000',
    async (windowHours, before, status) => {
      s3.set('out', `reports/dq/${before}/report.json`, found({ ...SAME, pValue: 4e-5 }));
      expect((await run({ ...REQUEST, windowHours })).status).toBe(status);
    },
  );

  test.each([
    ['no JSON', 'x'],
    ['no report', { outcome: {} }],
    ['a report of another monitor', leftBy({}, {}, { violated: [SAME] })],
  ])('is neither confirmed nor kept back by %s where a report should be, which the log names', async (_, content) => {
    earlierRun('09', content);
    expect((await run()).status).toBe('Watch');
    const notUsed = logged.mock.calls.filter(([line]) => String(line).includes('"report not used"'));
    expect(notUsed.at(-1)?.[0]).toContain('s3://out/reports/dq/2026/03/04/09/report.json');
  });

  test('fails for a retry where a report before is there and cannot be read: it might confirm', async () => {
    earlierRun('08', found(SAME));
    s3.denied.set('out/reports/dq/2026/03/04/08/report.json', 'AccessDenied');
    await expect(run()).rejects.toThrow('AccessDenied: no access to s3://out/reports/dq/2026/03/04/08/report.json');
  });

  test('counts at once where the monitor is told so, and no window before is read', async () => {
    const detail = await run({ ...REQUEST, alert: { windows: 1, lastWindows: 1 } });
    expect(detail.status).toBe('CompletedWithViolations');
    const read = s3.client.calls().map(({ args }) => JSON.stringify(args[0].input));
    expect(read.filter((input) => input.includes('2026/03/04/08/report.json'))).toEqual([]);
  });

  test('stays what it was told as when the run is tried again', async () => {
    eventBridge.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 1 }).resolves({ FailedEntryCount: 0 });
    traffic(moved);
    const state = await analysed('e1', REQUEST);
    await expect(conclude(state)).rejects.toThrow('EventNotAccepted');
    earlierRun('09', found(SAME));
    expect(await conclude(state)).toEqual({ status: 'Watch', published: true });
  });
});

test('a violation in the report has the figures of the analysis, and says them in words as the containers do', async () => {
  traffic((i) => (i % 4 === 0 ? 'x' : 100 + (i % 50)));
  await conclude(await analysed());
  const { violations } = report().outcome;
  expect(violations).toContainEqual(
    expect.objectContaining({ check: 'data_type_check', observed: 0.75, expected: 1, expectedType: 'Integral' }),
  );
  for (const { description, observed, expected, expectedType } of violations) {
    const words = wordedFigures({ description });
    expect(words).toEqual({ observed: expect.closeTo(Number(observed), 12), expected, expectedType });
  }
});

test('the report is written after the other files and says what was published', async () => {
  traffic((i) => i % 50);
  await conclude(await analysed());
  const files = s3.written.filter((key) => key.startsWith(REPORTS)).map((key) => key.slice(REPORTS.length + 1));
  expect(files.slice(0, 4)).toEqual([
    'statistics.json',
    'constraints.json',
    'constraint_violations.json',
    'report.json',
  ]);
  expect(report()).toMatchObject({ version: '1', published: ['metrics', 'event', 'featureMetrics'], objectCount: 1 });
});

test('metrics carry the monitor, and the feature only where it was asked for', async () => {
  traffic((i) => i % 50);
  await conclude(await analysed('e1', { ...MONITOR_REQUEST, featureMetrics: ['tenure', 'unknown'] }));
  const data = cloudWatch.commandCalls(PutMetricDataCommand)[1].args[0].input; // behind the vital ones
  expect(data.Namespace).toBe('SageMakerMonitoring');
  const drift = data.MetricData?.filter(({ MetricName }) => MetricName === 'FeatureDrift');
  expect(drift?.map(({ Dimensions }) => Dimensions)).toEqual([
    [
      { Name: 'MonitorId', Value: 'Stack/Monitor' },
      { Name: 'Feature', Value: 'tenure' },
    ],
  ]);
});

test('an empty window has no data, and no count of violations', async () => {
  expect(await conclude(await analysed())).toEqual({ status: 'NoData', published: true });
  expect(metrics()).toEqual({ Health: 0 });
  expect(s3.written.filter((key) => key.startsWith(REPORTS)).every((key) => key.endsWith('report.json'))).toBe(true);
});

test('a window has failed, before its data are read, whose baseline is none', async () => {
  traffic((i) => i % 50);
  const event = await analysed();
  s3.set('out', 'baseline/constraints.json', {
    features: [{ name: 'tenure', inferred_type: 'integer', completeness: 9 }],
  });
  expect(await conclude(event)).toEqual({ status: 'Failed', published: true });
  expect(events()[0].failureReason).toBe(
    'UnusableBaseline: constraints.json: features[0].inferred_type of "tenure" is "integer", allowed is "Integral" or "Fractional" or "Boolean" or ' +
      '"String" or "Unknown"; constraints.json: features[0].completeness of "tenure" is 9, allowed is a number of 0 to 1; ' +
      'mend the file, or compute the baseline with an engine of this library or with Model Monitor',
  );
});

describe('a run whose baseline asks for nothing that could be checked', () => {
  beforeEach(() => {
    traffic((i) => i % 50);
    const suggested = s3.json<Constraints>('out', 'baseline/constraints.json');
    const off = {
      ...suggested.monitoring_config,
      evaluate_constraints: 'Disabled',
      distribution_constraints: { perform_comparison: 'Disabled' },
    };
    s3.set('out', 'baseline/constraints.json', { ...suggested, monitoring_config: off });
  });

  test('has failed, and says so', async () => {
    expect(await conclude(await analysed())).toEqual({ status: 'Failed', published: true });
    expect(events()).toMatchObject([{ status: 'Failed', evaluated: 'None', health: 2, recordCount: 200 }]);
    expect(events()[0].failureReason).toMatch(
      /^NothingEvaluated: no check was made of 200 records: constraints\.json asks for none, /,
    );
    expect(s3.written).toContain(`${REPORTS}/statistics.json`);
  });

  test('is complete by the rules of the container', async () => {
    expect(await conclude(await analysed('e1', { ...MONITOR_REQUEST, checks: 'ModelMonitor' }))).toMatchObject({
      status: 'Completed',
    });
  });
});

test.each([
  [4, 'Completed'],
  [5, 'CompletedWithViolations'],
])('unknown columns of %d in 200 records, of which a limit takes two in a hundred, end %s', async (count, status) => {
  const lines = Array.from({ length: 200 }, (_, i) =>
    captureJson(JSON.stringify({ churned: i % 2, tenure: i % 50, ...(i < count && { strange: 1 }) })),
  );
  s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', lines.join(''));
  const limited = { ...MONITOR_REQUEST, limits: { unknownColumns: 0.02 } };
  expect(await conclude(await analysed('e1', limited))).toMatchObject({ status });
});

test('what the filter of the request leaves out is in no figure, and counted beside what is unreadable', async () => {
  traffic((i) => (i % 4 === 0 ? 9000 : i % 50));
  const filter = { noneOf: [{ column: '1', values: ['9000'] }] };
  expect(await conclude(await analysed('e1', { ...MONITOR_REQUEST, filter }))).toMatchObject({ status: 'Completed' });
  expect(report()).toMatchObject({ outcome: { recordCount: 150 }, unreadable: { filtered: 50, unreadableCount: 0 } });
});

test('a window of which the filter leaves nothing has no data', async () => {
  traffic((i) => i % 50);
  const filter = { customAttributes: ['never=sent'] };
  expect(await conclude(await analysed('e1', { ...MONITOR_REQUEST, filter }))).toMatchObject({ status: 'NoData' });
  expect(report()).toMatchObject({ unreadable: { filtered: 200 } });
});

describe('of lists of instances with their answers', () => {
  const lists = (name: string) => {
    const side = (data: object) => ({ data: JSON.stringify(data), encoding: 'JSON' });
    const lines = Array.from({ length: 100 }, (_, i) =>
      JSON.stringify({
        captureData: {
          endpointInput: side({ instances: [{ [name]: i % 50 }, { [name]: (i + 25) % 50 }] }),
          endpointOutput: side({ predictions: [0, 1] }),
        },
        eventMetadata: { eventId: String(i), inferenceTime: '2026-03-04T09:30:00Z' },
      }),
    );
    s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', lines.join('\n'));
  };
  const request: MonitorRequest = {
    ...MONITOR_REQUEST,
    recordFormat: {
      request: { path: { keys: ['instances'], itemKeys: [] } },
      response: { path: { keys: ['predictions'], itemKeys: [] }, names: ['churned'] },
    },
    transformations: [{ rename: { Tenure: 'tenure' } }],
  };

  test('each row is a record, as the format and the transformations of the request say', async () => {
    lists('Tenure');
    expect(await conclude(await analysed('e1', request))).toMatchObject({ status: 'Completed' });
    expect(report()).toMatchObject({ outcome: { recordCount: 200, evaluated: 'Whole', health: 0 } });
  });

  test('what transformations name and no record has is told', async () => {
    lists('tenure');
    expect(await conclude(await analysed('e1', request))).toMatchObject({ status: 'Completed' });
    expect(report()).toMatchObject({
      outcome: { recordCount: 200, health: 1 },
      unreadable: { notFound: ['rename Tenure'] },
    });
  });

  test('a window whose rows all lack a column of a transformation has failed', async () => {
    traffic((i) => i % 50);
    const plain = { ...request, recordFormat: undefined };
    expect(await conclude(await analysed('e1', plain))).toMatchObject({ status: 'Failed' });
    expect(report()).toMatchObject({ unreadable: { misfitCount: 200, byReason: { 'no-such-column': 200 } } });
  });
});

test('a window whose records are all unreadable has failed, not "no data"', async () => {
  s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', 'no json\n');
  expect(await conclude(await analysed())).toEqual({ status: 'Failed', published: true });
  const words =
    /^AllUnreadable: 1 record is unreadable: s3:\/\/capture\/data\/churn\/v\/2026\/03\/04\/09\/a.jsonl line 1/;
  expect(events()[0].failureReason).toMatch(words);
});

test('a window whose records are of other hours than their folders has failed, and says so', async () => {
  const local = Array.from({ length: 200 }, (_, i) => captureLine(`${i % 2},${i % 50}`, '2026-03-04T17:30:00Z'));
  s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', local.join(''));
  expect(await conclude(await analysed())).toEqual({ status: 'Failed', published: true });
  expect(events()[0].failureReason).toMatch(/^AllUnreadable: 200 records are unreadable: .* line 1 \(time-elsewhere\)/);
});

test.each([undefined, 'ModelMonitor' as const])(
  'a feature metric of which the baseline knows nothing is told, with checks %s',
  async (checks) => {
    traffic((i) => i % 50);
    await conclude(await analysed('e1', { ...MONITOR_REQUEST, checks, featureMetrics: ['tenur'] }));
    expect(metrics()).not.toHaveProperty('FeatureDrift');
    expect(events()).toMatchObject([{ status: 'Completed', evaluated: 'Part', health: 1, leftOutCount: 1 }]);
    expect(events()[0].leftOut).toEqual([
      { feature: 'tenur', check: 'baseline_drift_check', reason: expect.stringMatching(/^featureMetrics names it, /) },
    ]);
  },
);

test('the report counts unreadable records without quoting them', async () => {
  traffic((i) => i % 50);
  const key = 'data/churn/v/2026/03/04/09/a.jsonl';
  s3.set('capture', key, `${s3.objects.get(`capture/${key}`)}secret row\n`);
  await conclude(await analysed());
  expect(report().unreadable).toMatchObject({
    unreadableCount: 1,
    samples: [{ file: `s3://capture/${key}`, line: 201 }],
  });
  expect(JSON.stringify(report())).not.toContain('secret row');
});

test.each([
  [
    'JSON of a Lambda error',
    JSON.stringify({ errorType: 'X', errorMessage: 'X: in its own words' }),
    'X: in its own words',
  ],
  ['plain text', 'the plain words', 'the plain words'],
  ['JSON of something else', '{"a":1}', '{"a":1}'],
])('a failed execution is reported with its words from %s', async (_, Cause, words) => {
  const event = { request: MONITOR_REQUEST, execution: 'e1', error: { Error: 'E', Cause } };
  expect(await conclude(event)).toEqual({ status: 'Failed', published: true });
  expect(events()).toMatchObject([{ status: 'Failed', failureReason: words }]);
  expect(metrics()).toEqual({ Health: 2 });
  expect(report().outcome.status).toBe('Failed');
});

const FAILED_MAP = {
  request: MONITOR_REQUEST,
  execution: 'e1',
  error: {
    Error: 'States.ExceedToleratedFailureThreshold',
    Cause: 'The specified tolerated failure threshold was exceeded',
  },
};

/** What the attempts at an item have left, one after the other. */
function leaveWords(item: number, ...attempts: string[]): void {
  for (const [at, words] of attempts.entries())
    s3.set('out', `reports/dq/work/e1/attempts/${item}/2026-03-04T10:2${at}:00.000Z.txt`, words);
}

test('a failed Map is reported with the words of the item that failed', async () => {
  leaveWords(0, 'AccessDenied: no access to s3://capture/x');
  await conclude(FAILED_MAP);
  expect(events()[0].failureReason).toBe('AccessDenied: no access to s3://capture/x');
});

test('the words of an item are read where the reports are of another account', async () => {
  leaveWords(0, 'AccessDenied: no access to s3://capture/x');
  const output = { ...MONITOR_REQUEST.output, bucketOwner: '444455556666' };
  s3.owners.set('out', output.bucketOwner);
  await conclude({ ...FAILED_MAP, request: { ...MONITOR_REQUEST, output } });
  expect(events()[0].failureReason).toBe('AccessDenied: no access to s3://capture/x');
});

test('a Map that functions were ended in is reported with the objects that they read, and not with what a retry had healed', async () => {
  leaveWords(0, 'ObjectNotServed: S3 did not serve s3://capture/x: SlowDown', 'ProfileCutShort: a first item');
  s3.set('out', 'reports/dq/work/e1/profiles/0.json', {});
  leaveWords(
    1,
    'ObjectNotServed: S3 did not serve s3://capture/y: SlowDown',
    'ProfileCutShort: y',
    'ProfileCutShort: y',
  );
  leaveWords(2, 'ProfileCutShort: z');
  await conclude(FAILED_MAP);
  expect(events()[0].failureReason).toBe('ProfileCutShort: y');
});

test('of items that failed, one with words of its own tells why', async () => {
  leaveWords(0, 'x', 'x', 'ProfileCutShort: x');
  leaveWords(1, 'y', 'y', 'AccessDenied: no access to s3://capture/y');
  await conclude(FAILED_MAP);
  expect(events()[0].failureReason).toBe('AccessDenied: no access to s3://capture/y');
});

test('what fails behind a Map that a retry has healed is reported with its own words', async () => {
  leaveWords(0, 'ObjectNotServed: S3 did not serve s3://capture/x: SlowDown', 'ProfileCutShort: x');
  s3.set('out', 'reports/dq/work/e1/profiles/0.json', {});
  await conclude({ ...FAILED_MAP, error: { Error: 'Sandbox.Timedout', Cause: 'Task timed out after 300.00 seconds' } });
  expect(events()[0].failureReason).toBe('Task timed out after 300.00 seconds');
});

test('objects of the window before that came after its run are counted', async () => {
  traffic((i) => i % 50, '08');
  const before = { ...MONITOR_REQUEST, scheduledTime: '2026-03-04T09:20:00Z' };
  await conclude(await analysed('e0', before));
  s3.set('capture', 'data/churn/v/2026/03/04/08/late.jsonl', captureLine('1,1', '2026-03-04T08:59:00Z'));
  traffic((i) => i % 50);
  await conclude(await analysed());
  expect(report().lateObjects).toBe(1);
});

test('objects that come to windows before are told, and lessen the health of the run that sees them', async () => {
  traffic((i) => i % 50);
  traffic((i) => i % 50, '07');
  s3.set('capture', 'data/churn/v/2026/03/04/07/late.jsonl', captureLine('1,1', '2026-03-04T07:59:00Z'));
  s3.modified.set('capture/data/churn/v/2026/03/04/07/late.jsonl', new Date('2026-03-04T10:01:00Z'));
  await conclude(await analysed());
  const [windowStart, windowEnd] = ['2026-03-04T07:00:00.000Z', '2026-03-04T08:00:00.000Z'];
  expect(report().lateWindows).toEqual([{ windowStart, windowEnd, lateObjects: 1, objectCount: 2 }]);
  const reason = expect.stringMatching(/^1 of 2 objects of the window from 2026-03-04T07:00:00.000Z to 2026-03-04T08/);
  expect(report().outcome).toMatchObject({ health: 1, healthReasons: [reason] });
});

describe('a quarter of an hour', () => {
  const request = (minute: string): MonitorRequest => {
    return { ...MONITOR_REQUEST, windowHours: 0.25, scheduledTime: `2026-03-04T09:${minute}:00Z` };
  };
  const reportOf = (minute: string) =>
    s3.json<ExecutionReport>('out', `reports/dq/2026/03/04/09/${minute}/report.json`);
  const put = (name: string, minute: number, tenure: (i: number) => number) => {
    const lines = Array.from({ length: 200 }, (_, i) =>
      captureLine(`${i % 2},${tenure(i)}`, `2026-03-04T09:${minute}:10Z`),
    );
    s3.set('capture', `data/churn/v/2026/03/04/09/${name}.jsonl`, lines.join(''));
    s3.modified.set(`capture/data/churn/v/2026/03/04/09/${name}.jsonl`, new Date(`2026-03-04T09:${minute + 1}:30Z`));
  };

  test('is told of its own records, by its minute, and counts what came late for the one before', async () => {
    put('17-00-000-a', 17, (i) => i % 50);
    await conclude(await analysed('e0', request('34')));
    put('28-00-000-b', 28, (i) => i % 50);
    put('31-00-000-c', 31, (i) => i % 50);
    await conclude(await analysed('e1', request('49')));
    expect(reportOf('30')).toMatchObject({ outcome: { recordCount: 200, windowStart: '2026-03-04T09:15:00.000Z' } });
    expect(reportOf('45')).toMatchObject({ lateObjects: 1, outcome: { recordCount: 200 } });
  });

  test('says that it does not know of late objects whose names do not say when they were begun', async () => {
    put('part-0', 17, (i) => i % 50);
    await conclude(await analysed('e0', request('34')));
    await conclude(await analysed('e1', request('49')));
    expect(reportOf('45').lateObjectsUnknown).toBe('the names of captured objects do not say when they were begun');
  });

  test('confirms what the quarter before it had', async () => {
    const shifted = (i: number) => (i % 4 === 0 ? 49 : i % 50);
    const alert = { windows: 2, lastWindows: 2 };
    put('17-00-000-a', 17, shifted);
    await conclude(await analysed('e0', { ...request('34'), alert }));
    put('31-00-000-c', 31, shifted);
    await conclude(await analysed('e1', { ...request('49'), alert }));
    expect([reportOf('30'), reportOf('45')].map(({ outcome }) => outcome.status)).toEqual([
      'Watch',
      'CompletedWithViolations',
    ]);
  });
});

test('of a window before that has lost objects since its run, none came late', async () => {
  traffic((i) => i % 50, '08');
  s3.set('capture', 'data/churn/v/2026/03/04/08/b.jsonl', captureLine('1,1', '2026-03-04T08:59:00Z'));
  await conclude(await analysed('e0', { ...MONITOR_REQUEST, scheduledTime: '2026-03-04T09:20:00Z' }));
  s3.objects.delete('capture/data/churn/v/2026/03/04/08/b.jsonl');
  traffic((i) => i % 50);
  await conclude(await analysed());
  expect(report().lateObjects).toBe(0);
});

test('the report of the window before is read once, for whatever of it is asked', async () => {
  s3.set('out', 'reports/dq/2026/03/04/09/report.json', leftBy({ monitorId: 'Stack/Monitor' }));
  traffic((i) => (i % 4 === 0 ? 49 : i % 50)); // which asks what was violated before
  await conclude(await analysed());
  const reads = s3.client.commandCalls(GetObjectCommand).map(({ args }) => args[0].input.Key);
  expect(reads.filter((key) => key === 'reports/dq/2026/03/04/09/report.json')).toHaveLength(1);
});

test('without a report of the window before nothing is said of late objects', async () => {
  traffic((i) => i % 50);
  await conclude(await analysed());
  expect(report()).not.toHaveProperty('lateObjects');
  expect(report().lateObjectsUnknown).toBe('the run before left no report');
});

test.each([
  ['no JSON', 'x', 'MalformedJson: s3://out/reports/dq/2026/03/04/09/report.json is no JSON'],
  ['no report', { a: 1 }, 'MalformedReport: s3://out/reports/dq/2026/03/04/09/report.json is no report'],
  ['of another monitor', leftBy({}), 'ReportOfAnother: s3://out/reports/dq/2026/03/04/09/report.json is the report of'],
  ['without objects', leftBy({ monitorId: 'Stack/Monitor' }), 'the report of the run before does not say how many'],
])(
  'a report before that is %s keeps no run from being told, and the run says what it does not know',
  async (_, content, why) => {
    s3.set('out', 'reports/dq/2026/03/04/09/report.json', content);
    traffic((i) => i % 50);
    expect(await conclude(await analysed())).toEqual({ status: 'Completed', published: true });
    expect(report()).not.toHaveProperty('lateObjects');
    expect(report().lateObjectsUnknown).toMatch(why);
  },
);

test('a report before that cannot be read keeps no run from being told', async () => {
  s3.set('out', 'reports/dq/2026/03/04/09/report.json', leftBy({ monitorId: 'Stack/Monitor' }));
  s3.denied.set('out/reports/dq/2026/03/04/09/report.json', 'AccessDenied');
  traffic((i) => i % 50);
  expect(await conclude(await analysed())).toEqual({ status: 'Completed', published: true });
  expect(report().lateObjectsUnknown).toMatch(
    'AccessDenied: no access to s3://out/reports/dq/2026/03/04/09/report.json',
  );
});

test('a window that another execution concluded is not published again', async () => {
  traffic((i) => i % 50);
  await conclude(await analysed('e1'));
  expect(await conclude(await analysed('e2'))).toEqual({ status: 'Completed', published: false });
  expect(events()).toHaveLength(1);
  expect(report().outcome.executionId).toBe('e1');
});

test('a retry after a refused event publishes the event alone', async () => {
  traffic((i) => i % 50);
  const event = await analysed();
  eventBridge
    .on(PutEventsCommand)
    .resolvesOnce({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'Throttled' }] })
    .resolves({ FailedEntryCount: 0 });
  await expect(conclude(event)).rejects.toThrow('EventNotAccepted');
  expect(report().published).toEqual(['metrics', 'featureMetrics']);
  expect(await conclude(event)).toEqual({ status: 'Completed', published: true });
  expect(cloudWatch.calls()).toHaveLength(2); // the vital ones, and those of features
  expect(report().published).toEqual(['metrics', 'featureMetrics', 'event']);
});

test('refused metrics keep no event back, and a retry publishes them alone', async () => {
  traffic((i) => i % 50);
  const event = await analysed();
  cloudWatch.on(PutMetricDataCommand).rejectsOnce(awsError('Throttling'));
  await expect(conclude(event)).rejects.toThrow('Throttling');
  expect(events()).toHaveLength(1);
  expect(report().published).toEqual(['event', 'featureMetrics']);
  await conclude(event);
  expect(events()).toHaveLength(1);
  expect(report().published).toEqual(['event', 'featureMetrics', 'metrics']);
});

test('a run of which nothing could be told fails with the words of all refusals', async () => {
  traffic((i) => i % 50);
  cloudWatch.on(PutMetricDataCommand).rejects(awsError('Throttling', 'slow down'));
  eventBridge.on(PutEventsCommand).rejects(awsError('AccessDenied', 'no PutEvents'));
  await expect(conclude(await analysed())).rejects.toThrow('RunNotTold: slow down; no PutEvents; slow down');
  expect(report()).toMatchObject({ published: [], outcome: { status: 'Completed' } });
});

test('a report says how its run is told, for whoever tells what is left', async () => {
  traffic((i) => i % 50);
  await conclude(
    await analysed('e1', {
      ...MONITOR_REQUEST,
      runMetrics: true,
      eventBus: 'arn:aws:events:eu-west-1:111122223333:event-bus/bus',
    }),
  );
  const how = {
    monitoringId: 'Stack/Monitor',
    runMetrics: true,
    featureMetrics: ['tenure'],
    eventBus: 'arn:aws:events:eu-west-1:111122223333:event-bus/bus',
  };
  expect(report().publishing).toEqual(how);
});

test('what is opt-in is published last, and keeps nothing vital back', async () => {
  traffic((i) => i % 50);
  const event = await analysed();
  const isOfFeatures = ({ MetricData }: PutMetricDataCommandInput) =>
    MetricData?.some(({ MetricName }) => MetricName === 'FeatureDrift') ?? false;
  cloudWatch.on(PutMetricDataCommand).callsFake((input: PutMetricDataCommandInput) => {
    if (isOfFeatures(input)) throw awsError('InvalidParameterValue');
    return {};
  });
  await expect(conclude(event)).rejects.toThrow('InvalidParameterValue');
  expect(events()).toHaveLength(1);
  expect(report().published).toEqual(['metrics', 'event']);
});

test('the metrics of single runs are published where they are asked for', async () => {
  traffic((i) => i % 50);
  await conclude(await analysed('e1', { ...MONITOR_REQUEST, runMetrics: true }));
  expect(metrics()).toMatchObject({ Health: 0, Violations: 0, Completed: 1, Failed: 0, NoData: 0 });
});

test('a window of which more than one record in a hundred could not be read is less than whole', async () => {
  traffic((i) => i % 50);
  const key = 'data/churn/v/2026/03/04/09/a.jsonl';
  s3.set('capture', key, `${s3.objects.get(`capture/${key}`)}${'no record\n'.repeat(3)}`);
  await conclude(await analysed('e1', { ...MONITOR_REQUEST, limits: { unreadableRecords: 0.02 } }));
  expect(metrics()).toMatchObject({ Health: 0 });
  await conclude(await analysed('e2', { ...MONITOR_REQUEST, output: { bucket: 'out', prefix: 'reports/again' } }));
  expect(metrics()).toMatchObject({ Health: 1, Violations: 0 });
  const [, { health, healthReasons, status, evaluated }] = events();
  expect({ health, status, evaluated }).toEqual({ health: 1, status: 'Completed', evaluated: 'Whole' });
  expect(healthReasons).toEqual([
    expect.stringMatching(
      /^3 of 203 records were not used \(1\.48%\): 3 malformed-record; report\.json has where the first are$/,
    ),
  ]);
});

test('a failed window that is run again is reported anew', async () => {
  await conclude({ request: MONITOR_REQUEST, execution: 'e1', error: { Error: 'E' } });
  traffic((i) => i % 50);
  expect(await conclude(await analysed('e2'))).toEqual({ status: 'Completed', published: true });
  expect(report().outcome.executionId).toBe('e2');
});

test('a window that fails again is told once', async () => {
  const failed = (execution: string) => conclude({ request: MONITOR_REQUEST, execution, error: { Error: 'E' } });
  expect(await failed('e1')).toEqual({ status: 'Failed', published: true });
  expect(await failed('e2')).toEqual({ status: 'Failed', published: false });
  expect(events()).toHaveLength(1);
});

test('a retry of an execution that found every record unreadable publishes what is left, and counts nothing twice', async () => {
  s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', 'not JSON\n');
  const event = await analysed();
  eventBridge.on(PutEventsCommand).resolvesOnce({ FailedEntryCount: 1 }).resolves({ FailedEntryCount: 0 });
  await expect(conclude(event)).rejects.toThrow('EventNotAccepted');
  expect(await conclude(event)).toEqual({ status: 'Failed', published: true });
  expect(cloudWatch.calls()).toHaveLength(1);
});

test('a failure after a concluded window changes nothing', async () => {
  traffic((i) => i % 50);
  await conclude(await analysed('e1'));
  const failed = { request: MONITOR_REQUEST, execution: 'e2', error: { Error: 'E' } };
  expect(await conclude(failed)).toEqual({ status: 'Completed', published: false });
});

test('fails for a retry where the baseline cannot be read, naming it', async () => {
  traffic((i) => i % 50);
  const event = await analysed();
  s3.objects.delete('out/baseline/constraints.json');
  await expect(conclude(event)).rejects.toThrow(
    'ObjectNotFound: there is no object s3://out/baseline/constraints.json',
  );
  expect(events()).toHaveLength(0);
});

test('fails on a state without plan and error, and on a request of neither mode', async () => {
  await expect(conclude({ request: MONITOR_REQUEST, execution: 'e1' })).rejects.toThrow('MalformedRequest');
  const request = { mode: 'x' } as unknown as MonitorRequest;
  await expect(conclude({ request, execution: 'e1' })).rejects.toThrow('MalformedRequest');
});

test('of a file that went over the full hour, the run after it analyses what belongs to its window', async () => {
  const at = (index: number) => `2026-03-04T${index < 40 ? '08:5' : '09:0'}${index % 10}:00Z`;
  const lines = Array.from({ length: 200 }, (_, i) => captureLine(`${i % 2},${i % 50}`, at(i)));
  s3.set('capture', 'data/churn/v/2026/03/04/08/a.jsonl', lines.join(''));
  s3.modified.set('capture/data/churn/v/2026/03/04/08/a.jsonl', new Date('2026-03-04T09:09:30Z'));
  await conclude(await analysed());
  expect(report()).toMatchObject({ outcome: { recordCount: 160 }, unreadable: { outsideWindow: 40 } });
});

describe('what a run made on the way', () => {
  const left = () => [...s3.objects.keys()].filter((name) => name.includes('/work/'));

  test('is gone once its outcome is told, and that of other executions stays', async () => {
    traffic((i) => i % 50);
    const ended = await analysed();
    s3.set('out', 'reports/dq/work/e10/profiles/0.json', {});
    expect(left().length).toBeGreaterThan(2);
    await conclude(ended);
    expect(events()).toHaveLength(1);
    expect(left()).toEqual(['out/reports/dq/work/e10/profiles/0.json']);
    await conclude(ended); // as after an answer that was lost
    expect(events()).toHaveLength(1);
  });

  test('stays for an execution that failed, for whoever looks into it', async () => {
    traffic((i) => i % 50);
    const ended = await analysed();
    const before = left();
    await conclude({ ...ended, error: { Error: 'Lambda.Unknown', Cause: 'ended' } });
    expect(left()).toEqual(before);
  });

  test('stays where it may not be deleted, and the run ends as it is', async () => {
    traffic((i) => i % 50);
    const ended = await analysed();
    const before = left();
    s3.denied.set('out/reports/dq/work/e1/', 'AccessDenied');
    await conclude(ended);
    expect(report().outcome.status).toBe('Completed');
    expect(left()).toEqual(before);
    expect(logged.mock.calls.flat().join()).toContain('intermediate objects stay');
  });
});
