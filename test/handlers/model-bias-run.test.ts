import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { BiasAnalysis } from '../../lib/analysis';
import type { BaselineRequest } from '../../lib/baseline/contract';
import type { GroupsRequest, MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { truth } from '../analysis/model-quality/rows';
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

const QUESTION: GroupsRequest['question'] = {
  facets: [{ name: 'sex', by: { values: ['female'] } }],
  label: 'income',
  positive: { values: [1] },
};

/** Due at 10:00; labels may come an hour later than predictions, so it is about 08:00 to 09:00. */
const REQUEST: MonitorRequest = {
  ...MONITOR_REQUEST,
  monitor: { ...MONITOR_REQUEST.monitor, kind: 'ModelBias' },
  baseline: { constraints: { bucket: 'out', key: 'baseline/0123456789abcdef/analysis.json' } },
  labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 2, endHours: 1 },
  groups: { question: QUESTION, headers: ['age', 'sex', 'income'], predicted: { column: 0 } },
  featureMetrics: [],
  alert: { windows: 1, lastWindows: 1 },
};

const BASELINE: BaselineRequest = {
  ...BASELINE_REQUEST,
  groups: { question: QUESTION, places: { label: 'income', predicted: 'said' } },
  onlyFile: 'analysis.json',
};

/** One of three is a woman, every second earns much; of those the model finds all but the first `missed` women. */
function row(index: number, missed: number) {
  const sex = index % 3 === 0 ? 'female' : 'male';
  const label = index % 2;
  return { age: 20 + (index % 50), sex, label, said: sex === 'female' && index < missed ? 0 : label };
}

const rows = (count: number, missed = 0) => Array.from({ length: count }, (_, index) => row(index, missed));

beforeEach(async () => {
  s3.reset();
  cloudWatch.reset();
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  answered.mockReset().mockImplementation(async () => new Response());
});

const items = (execution: string): PlanItem[] =>
  [...s3.objects]
    .filter(([key]) => key.endsWith(`work/${execution}/plan.jsonl`))
    .flatMap(([, text]) => text.trim().split('\n'))
    .map((line) => JSON.parse(line));

async function baseline(
  missed = 0,
  request = BASELINE,
): Promise<{ readonly Status: string; readonly Reason?: string }> {
  const lines = rows(600, missed).map(({ age, sex, label, said }) => `${age},${sex},${label},${said}`);
  s3.set('data', 'train.csv', `${['age,sex,income,said', ...lines].join('\n')}\n`);
  const planned = await plan({ request, execution: 'b1' });
  for (const item of items('b1')) await profile({ request, execution: 'b1', item });
  await conclude({ request, execution: 'b1', plan: planned });
  return JSON.parse(String(answered.mock.calls[0][1]?.body));
}

interface Traffic {
  readonly count?: number;
  readonly missed?: number;
  readonly labelled?: number;
}

function traffic({ count = 600, missed = 0, labelled = count }: Traffic = {}): void {
  const all = rows(count, missed);
  const captured = all.map(({ age, sex, said }, index) =>
    JSON.stringify({
      captureData: {
        endpointInput: { data: `${age},${sex}`, encoding: 'CSV' },
        endpointOutput: { data: `${said}`, encoding: 'CSV' },
      },
      eventMetadata: { eventId: `event-${index}`, inferenceTime: '2026-03-04T08:30:00Z' },
      eventVersion: '0',
    }),
  );
  const labels = all.slice(0, labelled).map(({ label }, index) => truth(`event-${index}`, String(label)));
  s3.set('capture', 'data/churn/blue/2026/03/04/08/a.jsonl', `${captured.join('\n')}\n`);
  s3.set('labels', 'truth/2026/03/04/09/labels.jsonl', `${labels.join('\n')}\n`);
}

async function run(request: MonitorRequest = REQUEST, execution = 'e1'): Promise<ExecutionReport> {
  const made = await plan({ request, execution });
  for (const item of items(execution)) await profile({ request, execution, item });
  await conclude({ request, execution, plan: made });
  return s3.json('out', 'reports/dq/2026/03/04/10/report.json');
}

test('a baseline is the analysis of its dataset, and the one file that there is', async () => {
  expect(await baseline()).toMatchObject({
    Status: 'SUCCESS',
    Data: { ConstraintsKey: 'baseline/0123456789abcdef/analysis.json' },
  });
  const { pre_training_bias_metrics: pre, post_training_bias_metrics: post }: BiasAnalysis = s3.json(
    'out',
    'baseline/0123456789abcdef/analysis.json',
  );
  const [{ metrics, value_or_threshold }] = pre?.facets.sex ?? [];
  expect(value_or_threshold).toBe('female');
  expect(metrics.find(({ name }) => name === 'CI')?.value).toBeCloseTo(1 / 3);
  expect(post?.facets.sex[0].metrics.find(({ name }) => name === 'RD')?.value).toBe(0);
  expect([...s3.objects.keys()].filter((key) => key.includes('statistics'))).toEqual([]);
});

test('a baseline of a group that no row is in fails the deployment', async () => {
  const question = { ...QUESTION, facets: [{ name: 'sex', by: { values: ['femal'] } }] };
  const places = { label: 'income', predicted: 'said' };
  const answer = await baseline(0, { ...BASELINE, groups: { question, places } });
  expect(answer).toMatchObject({ Status: 'FAILED' });
  expect(answer.Reason).toMatch(/^NotAnalysed: column "sex": no row is in the group that is named/);
});

test('a baseline of a column that the dataset lacks fails the deployment with its name', async () => {
  const question = { ...QUESTION, group: 'region' };
  const answer = await baseline(0, { ...BASELINE, groups: { question, places: BASELINE.groups?.places as never } });
  expect(answer.Reason).toMatch(/line 2 \(no-such-column: its header has no "region"\)/);
});

test('a run that treats a group as the baseline does is whole, without a violation', async () => {
  await baseline();
  traffic();
  const { outcome } = await run();
  expect(outcome).toMatchObject({
    status: 'Completed',
    monitorKind: 'ModelBias',
    recordCount: 600,
    labelCoverage: 1,
    violationCount: 0,
    evaluated: 'Whole',
    health: 0,
  });
  expect([...s3.objects.keys()].filter((key) => key.startsWith('out/reports/dq/2026'))).toEqual([
    'out/reports/dq/2026/03/04/10/analysis.json',
    'out/reports/dq/2026/03/04/10/constraint_violations.json',
    'out/reports/dq/2026/03/04/10/report.json',
  ]);
});

test('a run that treats a group worse than the baseline is told by group and metric', async () => {
  await baseline();
  traffic({ missed: 300 });
  const { outcome } = await run();
  expect(outcome).toMatchObject({ status: 'CompletedWithViolations', concerns: ['Drift'] });
  expect(outcome.violations).toContainEqual(
    expect.objectContaining({ feature: 'sex=female (RD)', check: 'bias_drift_check', observed: 0.5, expected: 0 }),
  );
  const { violations }: { violations: object[] } = s3.json(
    'out',
    'reports/dq/2026/03/04/10/constraint_violations.json',
  );
  expect(violations).toContainEqual(
    expect.objectContaining({ facet: 'sex', facet_value: 'female', metric_name: 'RD' }),
  );
});

test('what chance does is no violation, but by the rule of the container', async () => {
  await baseline();
  traffic({ missed: 8 });
  expect((await run()).outcome).toMatchObject({ status: 'Completed', violationCount: 0 });
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const strict = await run({ ...REQUEST, drift: { method: 'ModelMonitor' } }, 'e2');
  expect(strict.outcome.status).toBe('CompletedWithViolations');
  expect(strict.outcome.violations).toContainEqual(expect.objectContaining({ feature: 'sex=female (RD)' }));
});

test('a group of few rows is reported and not judged, and a run that judged nothing has failed', async () => {
  await baseline();
  traffic({ count: 60, missed: 60 });
  const { outcome } = await run();
  expect(outcome).toMatchObject({ status: 'Failed', evaluated: 'None', health: 2, recordCount: 60 });
  expect(outcome.failureReason).toMatch(
    /^NothingEvaluated: no check was made of 60 records: sex=female: the group has 20 rows, all others 40; each needs 30 to be judged: run the monitor less often, so that windows are longer; .* more in report\.json$/,
  );
  expect(outcome.leftOut).toContainEqual({
    feature: 'sex=female',
    check: 'RD',
    reason:
      'the group has 20 rows, all others 40; each needs 30 to be judged: run the monitor less often, so that windows are longer',
  });
  const { pre_training_bias_metrics: pre }: BiasAnalysis = s3.json('out', 'reports/dq/2026/03/04/10/analysis.json');
  expect(pre?.facets.sex[0].metrics.find(({ name }) => name === 'CI')?.value).toBeCloseTo(1 / 3);
});

test('rows without a label are in no metric, and told', async () => {
  await baseline();
  traffic({ labelled: 450 });
  const { outcome } = await run({ ...REQUEST, limits: { missingLabels: 0.2 } });
  expect(outcome).toMatchObject({ recordCount: 450, labelCoverage: 0.75, health: 1 });
  expect(outcome.healthReasons).toEqual([
    expect.stringMatching(/^150 predictions have no label \(25%\); see whether what collects labels ran/),
  ]);
});

test('records that a filter leaves out are in no group, and counted', async () => {
  await baseline();
  traffic();
  const filter = { noneOf: [{ column: '2', values: ['female'] }] }; // behind the answer and the age
  const { unreadable, labels } = await run({ ...REQUEST, filter });
  expect([unreadable?.filtered, labels?.matched, labels?.labelsWithoutPrediction]).toEqual([200, 400, 200]);
});

test('transformations make the columns of groups and of the prediction', async () => {
  await baseline();
  traffic();
  const { labels: met, unreadable } = await run();
  const files = () => s3.json('out', 'reports/dq/2026/03/04/10/analysis.json');
  const usual = files();
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const groups = { ...REQUEST.groups, question: QUESTION, predicted: { name: '0' } };
  const transformations = [{ cast: '1', to: 'Integral' }] as MonitorRequest['transformations'];
  const again = await run({ ...REQUEST, groups, transformations }, 'e2');
  expect([again.labels, again.unreadable]).toEqual([met, unreadable]);
  expect(files()).toEqual(usual);
});

test('groups are found in what transform jobs wrote, where these join the features', async () => {
  await baseline();
  traffic();
  const { outcome } = await run();
  const analysis = () => s3.json('out', 'reports/dq/2026/03/04/10/analysis.json');
  const usual = analysis();
  s3.objects.delete('out/reports/dq/2026/03/04/10/report.json');
  const lines = rows(600).map(
    ({ age, sex, said }, index) => `${age},${sex},${said},event-${index},2026-03-04T08:20:00Z`,
  );
  s3.set('jobs', 'out/a.out', `${lines.join('\n')}\n`);
  s3.set('capture', 'data/output/2026/03/04/08/job', JSON.stringify([{ prefix: 's3://jobs/out/' }, 'a.out']));
  const again = await run(
    {
      ...REQUEST,
      monitor: { id: REQUEST.monitor.id, kind: 'ModelBias' },
      transforms: SCORED_BY_JOBS,
      groups: { ...REQUEST.groups, question: QUESTION, predicted: { name: '2' } },
    },
    'e2',
  );
  expect([again.outcome.recordCount, again.outcome.labelCoverage]).toEqual([outcome.recordCount, 1]);
  expect(analysis()).toEqual(usual);
});

test('a run without labels has failed, and says so', async () => {
  await baseline();
  traffic({ labelled: 0 });
  expect((await run()).outcome.failureReason).toMatch(/^LabelsMissing: none of 600 predictions has a label/);
});

test('a column that requests no longer have fails the run, by its name', async () => {
  await baseline();
  traffic();
  const request = { ...REQUEST, groups: { question: QUESTION, predicted: { column: 0 } } };
  const { outcome, unreadable } = await run(request);
  expect(outcome.failureReason).toMatch(/^AllUnreadable: 600 records are unreadable: .*\(no-such-column\)/);
  expect(unreadable?.byReason).toEqual({ 'no-such-column': 600 });
});

test('neither identifiers nor other columns are in what travels between functions', async () => {
  traffic();
  await plan({ request: REQUEST, execution: 'e1' });
  for (const item of items('e1')) await profile({ request: REQUEST, execution: 'e1', item });
  const parts = [...s3.objects].filter(([key]) => key.includes('/profiles/')).map(([, text]) => JSON.parse(text));
  expect(parts).toHaveLength(2);
  expect(JSON.stringify(parts)).not.toMatch(/event-/);
  expect(parts[0].columns).toEqual([
    { texts: [], isOverfull: false },
    { texts: ['0', '1'], isOverfull: false },
    { texts: ['female', 'male'], isOverfull: false },
  ]);
});

test('constraints that are no analysis of bias fail the run', async () => {
  s3.set('out', 'baseline/0123456789abcdef/analysis.json', { version: '1.0' });
  traffic();
  expect((await run()).outcome.failureReason).toMatch(/^UnusableBaseline: /);
});
