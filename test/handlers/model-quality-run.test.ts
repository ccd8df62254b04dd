import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { ModelQualityConstraints } from '../../lib/analysis';
import type { BaselineRequest } from '../../lib/baseline/contract';
import type { MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../lib/outcome/contract';
import { captured, truth } from '../analysis/model-quality/rows';
import { invoked } from './invocation';
import { BASELINE_REQUEST, MONITOR_REQUEST, SCORED_BY_JOBS } from './requests';
import { S3Store } from './s3-store';

const conclude = invoked(concludeHandler);
const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
const answered = jest.spyOn(globalThis, 'fetch');
afterAll(() => {
  logged.mockRestore();
  answered.mockRestore();
});

const CONSTRAINTS: ModelQualityConstraints = {
  version: 0,
  binary_classification_constraints: { accuracy: { threshold: 0.9, comparison_operator: 'LessThanThreshold' } },
};

/** Due at 10:00; labels may come an hour later than predictions, so it is about 08:00 to 09:00. */
const REQUEST: MonitorRequest = {
  ...MONITOR_REQUEST,
  monitor: { ...MONITOR_REQUEST.monitor, kind: 'ModelQuality' },
  baseline: { constraints: { bucket: 'out', key: 'baseline/constraints.json' } },
  labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 2, endHours: 1 },
  problem: { type: 'BinaryClassification', probabilityAttribute: '0', probabilityThreshold: 0.5 },
  featureMetrics: [],
};

beforeEach(() => {
  s3.reset();
  cloudWatch.reset();
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  answered.mockReset().mockResolvedValue(new Response());
  s3.set('out', 'baseline/constraints.json', CONSTRAINTS);
});

const id = (index: number) => `order-${index}`;

/** Predictions of 1 for every second of 200 requests. */
function predictions(hour = '08'): void {
  const lines = Array.from({ length: 200 }, (_, index) =>
    captured({
      id: `event-${index}`,
      inferenceId: id(index),
      output: index % 2 ? '0.9' : '0.1',
      time: `2026-03-04T${hour}:30:00Z`,
    }),
  );
  s3.set('capture', `data/churn/blue/2026/03/04/${hour}/a.jsonl`, `${lines.join('\n')}\n`);
}

/** Labels of the first `count` requests, wrong for the first `wrong`. */
function labels({ day = '04', hour = '09', count = 200, wrong = 0, name = (index: number) => id(index) } = {}): void {
  const lines = Array.from({ length: count }, (_, index) =>
    truth(name(index), String((index + (index < wrong ? 1 : 0)) % 2)),
  );
  s3.set('labels', `truth/2026/03/${day}/${hour}/labels.jsonl`, `${lines.join('\n')}\n`);
}

async function run(request: MonitorRequest = REQUEST, execution = 'e1'): Promise<ExecutionReport> {
  const made = await plan({ request, execution });
  for (const item of items(execution)) await profile({ request, execution, item });
  await conclude({ request, execution, plan: made });
  return s3.json('out', 'reports/dq/2026/03/04/10/report.json');
}

function items(execution = 'e1'): PlanItem[] {
  const text = s3.objects.get(`out/reports/dq/work/${execution}/plan.jsonl`) ?? '';
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as PlanItem]));
}

const events = (): ExecutionCompletedDetail[] =>
  eventBridge
    .commandCalls(PutEventsCommand)
    .flatMap(({ args }) => args[0].input.Entries ?? [])
    .map(({ Detail }) => JSON.parse(String(Detail)));

const metric = (name: string) =>
  cloudWatch
    .commandCalls(PutMetricDataCommand)
    .flatMap(({ args }) => args[0].input.MetricData ?? [])
    .find(({ MetricName }) => MetricName === name)?.Value;

test('predictions of the window meet labels that came later, and a metric below its threshold is a violation', async () => {
  predictions();
  labels({ wrong: 40 });
  const { outcome, labels: met, unreadable } = await run({ ...REQUEST, alert: { windows: 1, lastWindows: 1 } });
  expect(outcome).toMatchObject({
    status: 'CompletedWithViolations',
    monitorKind: 'ModelQuality',
    windowStart: '2026-03-04T08:00:00.000Z',
    windowEnd: '2026-03-04T09:00:00.000Z',
    recordCount: 200,
    labelCoverage: 1,
    concerns: ['Quality'],
    violations: [{ feature: 'accuracy', observed: 0.8, expected: 0.9, confirmed: true }],
    health: 0,
  });
  expect(met).toMatchObject({ matched: 200, predictionsWithoutLabel: 0, labelsWithoutPrediction: 0 });
  expect(unreadable).toEqual({ unreadableCount: 0, outsideWindow: 0, byReason: {}, samples: [] });
  expect(metric('Violations')).toBe(1);
  expect(events()).toEqual([outcome]);
  expect(s3.json('out', 'reports/dq/2026/03/04/10/statistics.json')).toMatchObject({
    dataset: { item_count: 200 },
    binary_classification_metrics: { accuracy: { value: 0.8 } },
  });
});

test('records that a filter leaves out are counted by the run, and compared with no label', async () => {
  predictions();
  labels({ count: 100 });
  const filter = { noneOf: [{ inferenceIds: Array.from({ length: 100 }, (_, index) => id(index + 100)) }] };
  const { outcome, unreadable } = await run({ ...REQUEST, filter });
  expect(outcome).toMatchObject({ status: 'Completed', recordCount: 100, labelCoverage: 1, health: 0 });
  expect(unreadable).toMatchObject({ unreadableCount: 0, filtered: 100 });
});

test('attributes name the columns that a format and transformations make', async () => {
  predictions();
  labels({ wrong: 40 });
  const plain = await run();
  const files = () => s3.json('out', 'reports/dq/2026/03/04/10/statistics.json');
  const usual = files();
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const key = 'capture/data/churn/blue/2026/03/04/08/a.jsonl';
  const wrapped = s3.objects.get(key)?.replace(/"data":"(0\.\d)","encoding":"CSV"/g, (_, score) => {
    const data = JSON.stringify({ predictions: [{ p: Number(score) }] });
    return `"data":${JSON.stringify(data)},"encoding":"JSON"`;
  });
  s3.objects.set(key, wrapped?.replace(/"endpointInput":\{[^}]*\},/g, '') ?? '');
  const reading: Partial<MonitorRequest> = {
    recordFormat: { response: { path: { keys: ['predictions'], itemKeys: [] } } },
    transformations: [{ rename: { p: 'score' } }],
    problem: { type: 'BinaryClassification', probabilityAttribute: 'score', probabilityThreshold: 0.5 },
  };
  const { outcome, labels: met } = await run({ ...REQUEST, ...reading }, 'e2');
  expect(met).toEqual(plain.labels);
  expect(outcome.violations).toEqual(plain.outcome.violations);
  expect(files()).toEqual(usual);
});

test('predictions that transform jobs wrote meet the labels of their generated identifiers', async () => {
  labels({ wrong: 40 });
  const rows = Array.from(
    { length: 200 },
    (_, index) => `7,${index % 2 ? '0.9' : '0.1'},${id(index)},2026-03-04T08:20:00Z`,
  );
  s3.set('jobs', 'out/a.csv.out', `${[...rows, 'broken'].join('\n')}\n`);
  s3.set('capture', 'data/output/2026/03/04/08/job', JSON.stringify([{ prefix: 's3://jobs/out/' }, 'a.csv.out']));
  const request: MonitorRequest = {
    ...REQUEST,
    monitor: { id: REQUEST.monitor.id, kind: 'ModelQuality' },
    transforms: SCORED_BY_JOBS,
    problem: { type: 'BinaryClassification', probabilityAttribute: '1', probabilityThreshold: 0.5 },
    limits: { unreadableRecords: 0.1 },
  };
  const { outcome, labels: met, unreadable } = await run(request);
  expect(met).toMatchObject({ matched: 200, predictionsWithoutLabel: 0, labelsWithoutPrediction: 0 });
  expect(outcome.violations).toMatchObject([{ feature: 'accuracy', observed: 0.8 }]);
  expect(unreadable?.byReason).toEqual({ 'malformed-record': 1 });
});

test('what chance does is no violation, but by the rule of the container, whose files have nothing of chance', async () => {
  predictions();
  labels({ wrong: 25 });
  expect((await run()).outcome).toMatchObject({ status: 'Completed', violationCount: 0 });
  expect(s3.json('out', 'reports/dq/2026/03/04/10/constraints.json')).toMatchObject({ sampling: { rows: 200 } });
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const strict = await run({ ...REQUEST, checks: 'ModelMonitor' }, 'e2');
  expect(strict.outcome).toMatchObject({ status: 'Watch', violations: [{ feature: 'accuracy', observed: 0.875 }] });
  expect(s3.json('out', 'reports/dq/2026/03/04/10/constraints.json')).not.toHaveProperty('sampling');
});

test('a run without a violation is whole, and leaves nothing of identifiers behind', async () => {
  predictions();
  labels();
  const { outcome } = await run();
  expect(outcome).toMatchObject({ status: 'Completed', violationCount: 0, evaluated: 'Whole', health: 0 });
  expect([...s3.objects.keys()].filter((key) => key.includes('/work/'))).toEqual([]);
});

test('identifiers are not in what travels between functions', async () => {
  predictions();
  labels();
  await plan({ request: REQUEST, execution: 'e1' });
  for (const item of items()) await profile({ request: REQUEST, execution: 'e1', item });
  const parts = [...s3.objects].filter(([key]) => key.includes('/profiles/')).map(([, text]) => text);
  expect(parts).toHaveLength(2);
  expect(parts.join('')).not.toMatch(/order-|event-/);
});

test('labels are read below the hours from the window to the run, and after all records', async () => {
  predictions();
  for (const hour of ['07', '08', '09', '10']) labels({ hour });
  await plan({ request: REQUEST, execution: 'e1' });
  expect(items().map(({ objects, content }) => [content, objects.map(({ key }) => key)])).toEqual([
    [undefined, ['data/churn/blue/2026/03/04/08/a.jsonl']],
    ['labels', ['truth/2026/03/04/08/labels.jsonl', 'truth/2026/03/04/09/labels.jsonl']],
  ]);
});

test('predictions without a label are counted, told, and raise health where the user says so', async () => {
  predictions();
  labels({ count: 150 });
  const quiet = await run();
  expect(quiet.outcome).toMatchObject({ labelCoverage: 0.75, health: 0, recordCount: 150 });
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const strict = await run({ ...REQUEST, limits: { missingLabels: 0.2 } }, 'e2');
  expect(strict.outcome).toMatchObject({
    health: 1,
    healthReasons: [expect.stringMatching(/^50 predictions have no label \(25%\); see whether /)],
  });
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const lenient = await run({ ...REQUEST, limits: { missingLabels: 0.25 } }, 'e3');
  expect(lenient.outcome.health).toBe(0);
});

describe('where so many predictions need a label', () => {
  const half = { ...REQUEST, limits: { labelCoverage: 0.5 }, runMetrics: true };

  test('fewer are neither drift nor a failure, judge nothing, and raise health', async () => {
    predictions();
    labels({ count: 99, wrong: 99 });
    const { outcome, labels: met } = await run(half);
    expect(outcome).toMatchObject({
      status: 'LabelsMissing',
      labelCoverage: 0.495,
      recordCount: 99,
      violationCount: 0,
      violations: [],
      evaluated: 'None',
      health: 1,
      healthReasons: [
        expect.stringMatching(/^101 predictions have no label \(50.5%\): too many for the others to be judged; see /),
      ],
    });
    expect(outcome.failureReason).toBeUndefined();
    expect(met).toMatchObject({ matched: 99, predictionsWithoutLabel: 101 });
    expect(metric('Violations')).toBeUndefined();
    expect([metric('Failed'), metric('NoData'), metric('Health')]).toEqual([0, 0, 1]);
    expect([...s3.objects.keys()].filter((key) => key.startsWith('out/reports/dq/2026'))).toEqual([
      'out/reports/dq/2026/03/04/10/report.json',
    ]);
  });

  test('so many are enough', async () => {
    predictions();
    labels({ count: 100 });
    expect((await run(half)).outcome).toMatchObject({ status: 'Completed', labelCoverage: 0.5, health: 0 });
  });

  test('none is no failure, either', async () => {
    predictions();
    expect((await run(half)).outcome).toMatchObject({ status: 'LabelsMissing', labelCoverage: 0, health: 1 });
  });

  test('labels that have come since make one revision of the outcome, marked so, and told', async () => {
    predictions();
    await run(half);
    labels({ wrong: 100 });
    const { outcome, published } = await run({ ...half, alert: { windows: 1, lastWindows: 1 } }, 'e2');
    expect(outcome).toMatchObject({
      status: 'CompletedWithViolations',
      revision: 2,
      lateLabels: true,
      labelCoverage: 1,
    });
    expect(published).toEqual(['metrics', 'featureMetrics', 'event']);
    expect(events().map(({ status, revision }) => [status, revision])).toEqual([
      ['LabelsMissing', 1],
      ['CompletedWithViolations', 2],
    ]);
    labels();
    expect((await run(half, 'e3')).outcome).toEqual(outcome);
    expect(events()).toHaveLength(2);
  });

  test('labels that are still too few change nothing, and tell nothing again', async () => {
    predictions();
    const { outcome } = await run(half);
    labels({ count: 99 });
    expect((await run(half, 'e2')).outcome).toEqual(outcome);
    expect(events()).toHaveLength(1);
  });

  test('two runs that find labels at once make one revision', async () => {
    predictions();
    await run(half);
    labels();
    const reports = await Promise.all([run(half, 'e2'), run(half, 'e3')]);
    expect(new Set(reports.map(({ token }) => token)).size).toBe(1);
    expect(events().filter(({ revision }) => revision === 2).length).toBeGreaterThan(0);
    expect(new Set(events().map(({ outcomeId }) => outcomeId)).size).toBe(2);
  });

  test('labels of a day after the run are looked for where it is asked for, and no later ones', async () => {
    predictions();
    for (const [day, hour] of [
      ['04', '09'],
      ['05', '09'],
      ['05', '10'],
    ])
      labels({ hour, day });
    await plan({ request: { ...half, lateLabelHours: 24 }, execution: 'e1' });
    expect(items().flatMap(({ objects, content }) => (content ? objects.map(({ key }) => key) : []))).toEqual([
      'truth/2026/03/04/09/labels.jsonl',
      'truth/2026/03/05/09/labels.jsonl',
    ]);
  });

  test('an hour without predictions misses none', async () => {
    labels();
    expect((await run(half)).outcome.status).toBe('NoData');
  });
});

test.each([
  [
    'there are none',
    () => undefined,
    /^LabelsMissing: none of 200 predictions has a label: no label lies below the hours /,
  ],
  [
    'all have other identifiers',
    () => labels({ name: (index) => `event-${index}` }),
    /^LabelsMissing: none of 200 predictions has a label, and 200 labels that were read have other identifiers: the eventId of a label is the inferenceId /,
  ],
])('a run without labels has failed where %s', async (_, given, reason) => {
  predictions();
  given();
  const { outcome } = await run();
  expect(outcome).toMatchObject({ status: 'Failed', labelCoverage: 0, health: 2, evaluated: 'None' });
  expect(outcome.failureReason).toMatch(reason);
});

test('a run of too few rows to judge has failed, and leaves their metrics', async () => {
  predictions();
  labels({ count: 29 });
  const { outcome } = await run();
  expect(outcome).toMatchObject({ status: 'Failed', evaluated: 'None', health: 2, recordCount: 29 });
  expect(outcome.failureReason).toMatch(
    /^NothingEvaluated: no check was made of 29 records: accuracy: the window has 29 rows with a label, and needs 30 to be judged/,
  );
  expect(s3.json('out', 'reports/dq/2026/03/04/10/statistics.json')).toMatchObject({ dataset: { item_count: 29 } });
});

test('labels that cannot be read are named, beside that none is left', async () => {
  predictions();
  s3.set('labels', 'truth/2026/03/04/09/labels.jsonl', `${truth('order-1', '1', 'JSON')}\n`);
  const { outcome } = await run();
  expect(outcome.failureReason).toMatch(
    /^LabelsMissing: none of 200 predictions has a label: .*; 1 record is unreadable: s3:\/\/labels\/truth\/.* line 1 \(unknown-encoding\)$/,
  );
});

test('predictions that cannot be read are the reason where there is nothing to label', async () => {
  s3.set(
    'capture',
    'data/churn/blue/2026/03/04/08/a.jsonl',
    `${captured({ id: 'a', output: 'high', time: '2026-03-04T08:30:00Z' })}\n`,
  );
  labels();
  const { outcome } = await run();
  expect(outcome.failureReason).toMatch(/^AllUnreadable: 1 record is unreadable: s3:\/\/capture\//);
});

test('a part that could not be held whole fails the run, and says so rather than that labels are missing', async () => {
  predictions();
  labels();
  const made = await plan({ request: REQUEST, execution: 'e1' });
  for (const item of items()) await profile({ request: REQUEST, execution: 'e1', item });
  const part: object = s3.json('out', 'reports/dq/work/e1/profiles/1.json');
  const full = {
    ...part,
    labels: { ids: [], rowCounts: [], actual: [], fileIndexes: [], lines: [] },
    refusal: 'too many',
  };
  s3.set('out', 'reports/dq/work/e1/profiles/1.json', full);
  await conclude({ request: REQUEST, execution: 'e1', plan: made });
  const { outcome }: ExecutionReport = s3.json('out', 'reports/dq/2026/03/04/10/report.json');
  expect(outcome).toMatchObject({ status: 'Failed', failureReason: 'NotAnalysed: too many', health: 2 });
});

test('labels without predictions are no data: nobody asked the endpoint', async () => {
  labels();
  const { outcome } = await run();
  expect(outcome.status).toBe('NoData');
  expect(outcome.labelCoverage).toBeUndefined();
});

test('labels of a later upload count, whatever order items end in', async () => {
  predictions();
  labels({ hour: '08', wrong: 200 });
  labels({ hour: '09' });
  const { outcome, labels: met } = await run();
  expect(outcome.status).toBe('Completed');
  expect(met).toMatchObject({ matched: 200, duplicateLabels: 200, conflictingLabels: 200 });
});

describe('a baseline of a dataset', () => {
  const request: BaselineRequest = {
    ...BASELINE_REQUEST,
    predictions: {
      problem: { type: 'BinaryClassification', probabilityAttribute: 'score', probabilityThreshold: 0.5 },
      label: 'churned',
    },
    overrides: { metricThresholds: { accuracy: 0.7 } },
  };

  async function made(dataset: string): Promise<Record<string, unknown>> {
    s3.set('data', 'train.csv', dataset);
    const planned = await plan({ request, execution: 'b1' });
    const manifest = s3.objects.get(`${planned.bucket}/${planned.key}`) ?? '';
    for (const line of manifest.trim().split('\n')) {
      await profile({ request, execution: 'b1', item: JSON.parse(line) as PlanItem });
    }
    await conclude({ request, execution: 'b1', plan: planned });
    return JSON.parse(String(answered.mock.calls[0][1]?.body));
  }

  test('is its metrics and thresholds, with what is overridden', async () => {
    const rows = Array.from({ length: 10 }, (_, index) => `${index % 2 ? 0.9 : 0.2},${index === 0 ? 1 : index % 2},x`);
    expect(await made(`score,churned,other\n${rows.join('\n')}\n`)).toMatchObject({ Status: 'SUCCESS' });
    expect(s3.json('out', 'baseline/0123456789abcdef/statistics.json')).toMatchObject({
      dataset: { item_count: 10 },
      binary_classification_metrics: { accuracy: { value: 0.9 } },
    });
    expect(s3.json('out', 'baseline/0123456789abcdef/constraints.json')).toMatchObject({
      binary_classification_constraints: { accuracy: { threshold: 0.7 }, recall: { threshold: 5 / 6 } },
    });
  });

  test('fails the deployment for a row without a label, with its place', async () => {
    const answer = await made('score,churned\n0.9,1\n0.2,\n');
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toMatch(/train\.csv line 3/);
  });

  test('fails the deployment for a dataset without the column of the label, and says so', async () => {
    expect((await made('score,left\n0.9,1\n')).Reason).toMatch(
      /train\.csv line 2 \(no-such-column: its header has no "churned"\)/,
    );
  });
});
