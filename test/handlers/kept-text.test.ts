import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { TextStatistics } from '../../lib/analysis';
import type { AnalysisRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { captureLine } from './captured';
import { invoked } from './invocation';
import { BASELINE_REQUEST, MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

const conclude = invoked(concludeHandler);

const s3 = new S3Store();
mockClient(CloudWatchClient);
mockClient(EventBridgeClient).on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
const fetched = jest.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(null, { status: 200 }));
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

const FOLDER = 'reports/dq/baseline/0123456789abcdef';
const KEPT = `${FOLDER}/text-statistics.json`;
const shop = (i: number) => `Shop No. ${100 + ((i * 7) % 300)}`;

async function run(request: AnalysisRequest) {
  const made = await plan({ request, execution: 'e1' });
  const lines = (s3.objects.get(`${made.bucket}/${made.key}`) ?? '').split('\n').filter((line) => line !== '');
  for (const line of lines) await profile({ request, execution: 'e1', item: JSON.parse(line) as PlanItem });
  return conclude({ request, execution: 'e1', plan: made });
}

async function baseline(): Promise<void> {
  const rows = Array.from({ length: 1500 }, (_, i) => `${i % 2},${shop(i)}\n`);
  s3.set('data', 'train.csv', `churned,shop\n${rows.join('')}`);
  const request = { ...BASELINE_REQUEST, output: { bucket: 'out', prefix: FOLDER } };
  expect(await run(request)).toEqual({ status: 'SUCCESS' });
}

/** The report of a window whose baseline lies in a folder. */
async function report(value: (i: number) => string, folder = FOLDER): Promise<ExecutionReport> {
  const lines = Array.from({ length: 600 }, (_, i) => captureLine(`${i % 2},${value(i)}`, '2026-03-04T09:30:00Z'));
  s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', lines.join(''));
  const file = (name: string) => ({ bucket: 'out', key: `${folder}/${name}` });
  const files = { statistics: file('statistics.json'), constraints: file('constraints.json') };
  await run({ ...MONITOR_REQUEST, baseline: files, featureMetrics: [] });
  return s3.json('out', 'reports/dq/2026/03/04/10/report.json');
}

beforeEach(async () => {
  s3.reset();
  await baseline();
});

test('what is kept of text lies beside the files of the service, before the constraints', () => {
  expect(s3.written.slice(-5, -1).map((key) => key.slice(FOLDER.length + 1))).toEqual([
    'statistics.json',
    'text-statistics.json',
    'baseline-notes.json',
    'constraints.json',
  ]);
  const { features } = s3.json<TextStatistics>('out', KEPT);
  expect(features.map(({ name }) => name)).toEqual(['shop']);
  expect(features[0].values?.known).toHaveLength(300);
  expect(s3.objects.get(`out/${KEPT}`)).not.toContain('Shop');
});

test('each baseline has a key of its own', async () => {
  const first = s3.json<TextStatistics>('out', KEPT);
  await baseline();
  const second = s3.json<TextStatistics>('out', KEPT);
  expect(first.key).toMatch(/^[0-9a-f]{64}$/);
  expect(second.key).not.toBe(first.key);
  expect(second.features[0].values?.known[0].hash).not.toBe(first.features[0].values?.known[0].hash);
});

test('a window of the same text is whole', async () => {
  expect((await report(shop)).outcome).toMatchObject({ status: 'Completed', evaluated: 'Whole', health: 0 });
});

test('a window of other text drifts', async () => {
  const { outcome } = await report((i) => `Shop No. ${400 + ((i * 7) % 300)}`);
  expect(outcome.violations.map(({ check }) => check)).toEqual(['known_values_check', 'baseline_drift_check']);
  expect(outcome.concerns).toEqual(['Drift']);
});

test('of a baseline that was made by an earlier release, what is missing is told', async () => {
  s3.objects.delete(`out/${KEPT}`);
  const { outcome, notEvaluated } = await report((i) => `other ${i}`);
  expect(outcome).toMatchObject({ status: 'Completed', evaluated: 'Whole', leftOut: [] });
  expect(notEvaluated).toEqual([
    {
      feature: 'shop',
      check: 'baseline_drift_check',
      reason: expect.stringContaining('another revision'),
      isUnasked: true,
    },
  ]);
});

test('beside imported files nothing else is read', async () => {
  for (const name of ['statistics.json', 'constraints.json']) {
    s3.set('out', `imported/${name}`, s3.json('out', `${FOLDER}/${name}`));
  }
  s3.denied.set('out/imported/text-statistics.json', 'AccessDenied');
  const { outcome, notEvaluated } = await report(shop, 'imported');
  expect(outcome.status).toBe('Completed');
  expect(notEvaluated).toMatchObject([{ feature: 'shop', isUnasked: true }]);
});

test('a file of another version fails the run, with what to do', async () => {
  s3.set('out', KEPT, { ...s3.json<object>('out', KEPT), version: 2 });
  const { outcome } = await report(shop);
  expect(outcome.failureReason).toMatch(/^UnusableBaseline: text-statistics.json: version is 2, .* another revision/);
});
