import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DescribeEndpointCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { mockClient } from 'aws-sdk-client-mock';
import type { FleetRequest, MonitorRequest } from '../../lib/dashboard/contract';
import { handler } from '../../lib/dashboard/widget.lambda';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../lib/outcome/contract';
import type { KeptDecision } from '../../lib/outcome/retraining/contract';
import { leftBy } from '../outcome/run';
import { awsError, S3Store } from './s3-store';

const s3 = new S3Store(true, 1000);
const cloudWatch = mockClient(CloudWatchClient);
const sageMaker = mockClient(SageMakerClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
const INVOCATION = { invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:Widget' };

beforeEach(() => {
  jest.useFakeTimers({
    now: new Date('2026-03-04T10:05:00Z'),
    doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
  });
  s3.reset();
  cloudWatch.reset();
  sageMaker.reset();
  cloudWatch.on(DescribeAlarmsCommand).resolves({});
  sageMaker.on(DescribeEndpointCommand).rejects(awsError('ValidationException'));
});
afterEach(() => jest.useRealTimers());
afterAll(() => logged.mockRestore());

const HOURLY: Partial<ExecutionReport> = { times: { everyHours: 1 } };
const folderOf = (monitorId: string, due: Date) =>
  `reports/${monitorId}/${due.toISOString().slice(0, 13).replace(/[-T]/g, '/')}`;

/** What a run of a monitor left that was due so many hours before 10:00. */
function left(
  monitorId: string,
  hoursAgo: number,
  outcome: Partial<ExecutionCompletedDetail> = {},
  others = {},
): string {
  const due = new Date(Date.UTC(2026, 2, 4, 10 - hoursAgo));
  const window = { start: new Date(due.getTime() - 3_600_000), end: due };
  const folder = folderOf(monitorId, due);
  const windowFolder = { bucket: 'out', prefix: folder };
  const run = { monitorId, window, folder: windowFolder, windowFolder };
  s3.set('out', `${folder}/report.json`, leftBy(run, outcome, { ...HOURLY, due: due.toISOString(), ...others }));
  return folder;
}

const decided = (folder: string, decision: Partial<KeptDecision>) =>
  s3.set('out', `${folder}/retraining-0123456789abcdef.message`, {
    version: '1',
    trigger: '0123456789abcdef',
    pipelineName: 'retrain-churn',
    ...decided.defaults,
    ...decision,
  });
decided.defaults = { decision: 'Started' } as const;

const fleet = (monitorIds: string[], others: Partial<FleetRequest> = {}) =>
  handler(
    {
      view: 'fleet',
      monitors: [{ bucket: 'out', prefix: 'reports', monitorIds }],
      monitorCount: monitorIds.length,
      ...others,
    },
    INVOCATION,
  );
const monitor = (monitorId: string, others: Partial<MonitorRequest> = {}) =>
  handler({ view: 'monitor', monitorId, places: [{ bucket: 'out', prefix: 'reports' }], ...others }, INVOCATION);

/** The cells of each row of the table. */
const rowsOf = (page: string) =>
  [...page.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map(([, row]) =>
    row
      .split(/<\/t[hd]>/)
      .map((cell) => cell.replace(/<[^>]*>/g, '').trim())
      .slice(0, -1),
  );

const VIOLATED: Partial<ExecutionCompletedDetail> = { status: 'CompletedWithViolations', violationCount: 2 };
const DRIFT = {
  distances: [{ feature: 'tenure', distance: 0.25, threshold: 0.1, method: 'Robust' }],
  violated: [{ feature: 'tenure', check: 'baseline_drift_check' }],
};

describe('the widget of a fleet', () => {
  test('lists every monitor by its newest run, those that need somebody first', async () => {
    left('Stack/A', 3, VIOLATED);
    left('Stack/A', 1);
    left('Stack/B', 1, { status: 'NoData' });
    left('Stack/C', 2, VIOLATED, DRIFT);
    left('Stack/D', 1, { status: 'Failed' });
    const rows = rowsOf(await fleet(['Stack/A', 'Stack/B', 'Stack/C', 'Stack/D', 'Stack/E']));
    expect(rows.map(([id, words]) => [id, words])).toEqual([
      ['Stack/C', '2 violations'],
      ['Stack/D', 'failed'],
      ['Stack/B', 'no data'],
      ['Stack/E', 'no run found'],
      ['Stack/A', 'no violation'],
    ]);
    expect(rows[0].slice(2, 4)).toEqual(['2026-03-04 08:00', 'tenure drift 0.25, at most 0.1']);
  });

  test('says quality by labels before an estimate, the open incident, and what was done about it', async () => {
    const folder = left('Stack/A', 1, VIOLATED, {
      ...DRIFT,
      qualityWindows: [
        {
          start: '2026-03-04T08:00:00Z',
          end: '2026-03-04T09:00:00Z',
          quality: [{ realized: { accuracy: [0.91, 0.01] }, estimated: { accuracy: [0.8, 0.02] } }],
        },
      ],
      incidents: {
        changes: ['Continues'],
        incident: {
          ...{ id: 'i', since: '2026-03-03T23:00:00Z', until: '2026-03-04T09:00:00Z', windows: 10 },
          ...{ quietWindows: 0, findings: [], toldCount: 1, newCount: 0 },
        },
      },
    });
    decided(folder, { decision: 'Declined', reason: 'CoolDown' });
    expect(rowsOf(await fleet(['Stack/A']))[0].slice(4)).toEqual([
      'accuracy 0.91 ± 0.02',
      'since 2026-03-03 23:00',
      'retrain-churn: CoolDown',
    ]);
  });

  test('finds the last run of a monitor that runs once a week, and none that is older than five', async () => {
    left('Stack/Weekly', 24 * 6);
    left('Stack/Old', 24 * 36);
    const rows = rowsOf(await fleet(['Stack/Old', 'Stack/Weekly']));
    expect(rows.map(([id, words]) => [id, words])).toEqual([
      ['Stack/Old', 'no run found'],
      ['Stack/Weekly', 'no violation'],
    ]);
  });

  test('asks two requests of each monitor that runs once a day or more', async () => {
    for (const id of ['A', 'B', 'C']) left(`Stack/${id}`, 1);
    await fleet(['Stack/A', 'Stack/B', 'Stack/C']);
    const count = (command: Parameters<typeof s3.client.commandCalls>[0]) => s3.client.commandCalls(command).length;
    expect([count(ListObjectsV2Command), count(GetObjectCommand)]).toEqual([3, 3]);
  });

  test('says how many it leaves out', async () => {
    left('Stack/A', 1);
    expect(await fleet(['Stack/A'], { monitorCount: 1200 })).toContain('1 of 1,200 monitors');
    expect(await fleet(['Stack/A'])).not.toContain(' of 1 monitors');
  });

  test('says of a monitor whose place is not known, or may not be read, that it is so', async () => {
    s3.denied.set('out/', 'AccessDenied');
    s3.client.on(ListObjectsV2Command).rejects(awsError('AccessDenied'));
    const page = await fleet(['Stack/A'], {
      monitors: [{ bucket: 'out', prefix: 'reports', monitorIds: ['Stack/A'] }, { monitorIds: ['Other/B'] }],
    });
    expect(rowsOf(page).map(([id, words]) => [id, words])).toEqual([
      ['Other/B', 'reports not known here'],
      ['Stack/A', 'reports cannot be read'],
    ]);
  });

  test('a report of another account, or of another monitor, is none', async () => {
    left('Stack/A', 1, { accountId: '999900001111' });
    left('Stack/B', 1, { monitorId: 'Stack/C' });
    expect(rowsOf(await fleet(['Stack/A', 'Stack/B'])).map(([, words]) => words)).toEqual([
      'no run found',
      'no run found',
    ]);
  });
});

describe('alarms that fire', () => {
  const alarm = (AlarmName: string, Namespace: string, hour: number) => ({
    AlarmName,
    Namespace,
    StateUpdatedTimestamp: new Date(Date.UTC(2026, 2, 4, hour)),
  });

  test('are listed of whichever stack, those about models, the newest first', async () => {
    cloudWatch
      .on(DescribeAlarmsCommand)
      .resolvesOnce({
        MetricAlarms: [alarm('drift', 'SageMakerMonitoring', 7), alarm('cpu', 'AWS/EC2', 9)],
        NextToken: 'more',
      })
      .resolves({
        MetricAlarms: [
          alarm('latency', 'AWS/SageMaker', 9),
          {
            AlarmName: 'share',
            Metrics: [
              { Id: 'a', MetricStat: { Metric: { Namespace: '/aws/sagemaker/Endpoints' }, Period: 60, Stat: 'Sum' } },
            ],
          },
        ],
      });
    const page = await fleet([]);
    expect([...page.matchAll(/<li>(.*?)<\/li>/g)].map(([, text]) => text.replace(/<[^>]*>/g, ''))).toEqual([
      'latency since 2026-03-04 09:00',
      'drift since 2026-03-04 07:00',
      'share ',
    ]);
    expect(cloudWatch.commandCalls(DescribeAlarmsCommand).map(({ args: [{ input }] }) => input)).toEqual([
      { StateValue: 'ALARM', AlarmTypes: ['MetricAlarm'], MaxRecords: 100, NextToken: undefined },
      { StateValue: 'ALARM', AlarmTypes: ['MetricAlarm'], MaxRecords: 100, NextToken: 'more' },
    ]);
  });

  test('are cut, and that is said', async () => {
    const MetricAlarms = Array.from({ length: 51 }, (_, index) => alarm(`a${index}`, 'SageMakerMonitoring', 1));
    cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms });
    expect(await fleet([])).toContain('50 alarms and more');
  });

  test('that may not be read are not said to be none', async () => {
    cloudWatch.on(DescribeAlarmsCommand).rejects(awsError('AccessDenied'));
    expect(await fleet([])).toContain('Alarms may not be read by this widget.');
    cloudWatch.on(DescribeAlarmsCommand).resolves({});
    expect(await fleet([])).toContain('No alarm about models fires.');
  });

  test('that could not be asked for now fail the call, so that the console tries again', async () => {
    cloudWatch.on(DescribeAlarmsCommand).rejects(awsError('ThrottlingException'));
    await expect(fleet([])).rejects.toThrow('ThrottlingException');
  });
});

describe('the widget of a monitor', () => {
  test('draws the newest run: verdict, features, and a link to its page', async () => {
    left('Stack/A', 2);
    left('Stack/A', 1, VIOLATED, DRIFT);
    const page = await monitor('Stack/A');
    expect(page).toContain('2 violations in data quality of churn');
    expect(rowsOf(page)).toEqual([['tenure', '–', '0.25, at most 0.1', 'violated']]);
    expect(page).toContain(
      'href="https://eu-west-1.console.aws.amazon.com/s3/object/out?region=eu-west-1&amp;prefix=reports/Stack/A/2026/03/04/09/report.html"',
    );
  });

  test('marks when the endpoint was deployed and trainings were started, and no training that was declined', async () => {
    sageMaker.on(DescribeEndpointCommand).resolves({ LastModifiedTime: new Date('2026-03-04T07:30:00Z') });
    decided(left('Stack/A', 3, VIOLATED), {});
    s3.modified.set(
      `out/${folderOf('Stack/A', new Date('2026-03-04T07:00:00Z'))}/retraining-0123456789abcdef.message`,
      new Date('2026-03-04T07:10:00Z'),
    );
    decided(left('Stack/A', 2, VIOLATED), { decision: 'Declined', reason: 'PipelineRunning' });
    left('Stack/A', 1);
    const page = await monitor('Stack/A');
    expect([...page.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text]) => text)).toEqual([
      'deployed 2026-03-04 07:30',
      'retrained 2026-03-04 07:10',
    ]);
    expect(page).toContain('Confirmed violations of 3 windows');
  });

  test('looks in each place that the dashboard knows', async () => {
    left('Stack/A', 1);
    const places = [
      { bucket: 'empty', prefix: 'other' },
      { bucket: 'out', prefix: 'reports' },
    ];
    expect(await monitor('Stack/A', { places })).toContain('No violation in data quality of churn');
  });

  test('says that there is no report, in place of none', async () => {
    expect(await monitor('Stack/None')).toContain('no report of the last five weeks lies where this dashboard looks');
    expect(await monitor('CHOSEN-MONITOR', { places: [] })).toContain('CHOSEN-MONITOR');
  });

  test('a baseline that may not be read leaves the report', async () => {
    const baseline = { constraints: { bucket: 'theirs', key: 'constraints.json' } };
    left('Stack/A', 1, VIOLATED, { ...DRIFT, baseline });
    s3.denied.set('theirs/constraints.json', 'AccessDenied');
    expect(rowsOf(await monitor('Stack/A'))).toEqual([['tenure', '–', '0.25, at most 0.1', 'violated']]);
  });

  test('is as dark as the console', async () => {
    expect(await monitor('Stack/A', { widgetContext: { theme: 'dark' } })).toContain('<div class="models dark">');
    expect(await monitor('Stack/A', { widgetContext: { theme: 'light' } })).toContain('<div class="models light">');
  });
});

test('says what it is to who edits a dashboard, and reads nothing for it', async () => {
  expect(await monitor('Stack/A', { describe: true })).toMatch(/^## .*```yaml\n.*```$/s);
  expect(s3.client.calls()).toHaveLength(0);
});
