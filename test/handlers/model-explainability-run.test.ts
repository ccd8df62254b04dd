import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { type AttributionAnalysis, attributionDriftAnalysis, type FeatureRow } from '../../lib/analysis';
import type { BaselineRequest } from '../../lib/baseline/contract';
import type { MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as explain } from '../../lib/engine/serverless/handler/explain.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { invoked } from './invocation';
import { BASELINE_REQUEST, explanationOf, MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

// A run, and a baseline, of feature attributions: a sample of rows, a model that is asked, and what is told of it.

const conclude = invoked(concludeHandler);
const s3 = new S3Store();
const cloudWatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
const fetched = jest.spyOn(globalThis, 'fetch');
const before = { ...process.env };
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
  process.env = before;
});

const SAMPLES = {
  bucket: 'extracts',
  prefix: 'samples/Stack',
  encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/k',
};
const EXPLANATION = explanationOf({
  samples: SAMPLES,
  headers: ['age', 'sex', 'hours'],
  recordCount: 500,
  model: {
    variant: 'churn-v1',
    requestsAtOnce: 3,
  },
  baseline: { text: '[[40,0,38]]' },
});

const REQUEST: MonitorRequest = {
  ...MONITOR_REQUEST,
  monitor: { ...MONITOR_REQUEST.monitor, kind: 'ModelExplainability' },
  baseline: { constraints: { bucket: 'out', key: 'baseline/0123456789abcdef/analysis.json' } },
  explanation: EXPLANATION,
  featureMetrics: [],
  alert: { windows: 1, lastWindows: 1 },
};

const BASELINE: BaselineRequest = { ...BASELINE_REQUEST, explanation: EXPLANATION, onlyFile: 'analysis.json' };

type Model = (age: number, sex: number, hours: number) => number;

/** Rests on age most, then on sex. */
const USUAL: Model = (age, sex, hours) => age / 50 + sex / 2 + hours / 400;
/** Rests on hours, and hardly on age. */
const CHANGED: Model = (age, sex, hours) => age / 5000 + sex / 20 + hours / 4;

interface Endpoint {
  model: Model;
  variant: string;
  requests: string[];
  /** in the place of the next answers */
  instead: Response[];
}

let endpoint: Endpoint;
let answers: { readonly Status: string; readonly Reason?: string; readonly Data?: object }[];

beforeEach(() => {
  s3.reset();
  cloudWatch.reset();
  eventBridge.reset();
  eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    SAGEMAKER_RUNTIME_HOST: 'runtime.sagemaker.eu-west-1.amazonaws.com',
  });
  endpoint = { model: USUAL, variant: 'churn-v1', requests: [], instead: [] };
  answers = [];
  fetched.mockReset().mockImplementation(async (url, init) => {
    const body = String(init?.body);
    if (String(url).startsWith('https://cloudformation')) {
      answers.push(JSON.parse(body));
      return new Response();
    }
    expect(String(url)).toBe('https://runtime.sagemaker.eu-west-1.amazonaws.com/endpoints/Predictor-1/invocations');
    endpoint.requests.push(body);
    const rows = body.split('\n').map((line) => line.split(',').map(Number) as [number, number, number]);
    const headers = { 'content-type': 'text/csv', 'x-amzn-invoked-production-variant': endpoint.variant };
    const text = rows.map((row) => endpoint.model(...row)).join('\n');
    return endpoint.instead.shift() ?? new Response(text, { headers });
  });
});

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => [20 + ((index * 7) % 50), index % 2, 20 + ((index * 11) % 40)]);

const items = (execution: string): PlanItem[] =>
  [...s3.objects]
    .filter(([key]) => key.endsWith(`work/${execution}/plan.jsonl`))
    .flatMap(([, text]) => text.trim().split('\n'))
    .map((line) => JSON.parse(line));

async function baseline(request = BASELINE, execution = 'b1') {
  const lines = rows(120).map(([age, sex, hours]) => `1,${sex},${hours},${age}`);
  s3.set('data', 'train.csv', `${['said,sex,hours,age', ...lines].join('\n')}\n`);
  const planned = await plan({ request, execution });
  for (const item of items(execution)) await profile({ request, execution, item });
  await explain({ request, execution, plan: planned });
  await conclude({ request, execution, plan: planned });
  return answers[answers.length - 1];
}

const lineOf = (row: readonly number[], id: string) =>
  JSON.stringify({
    captureData: { endpointInput: { data: row.join(','), encoding: 'CSV' } },
    eventMetadata: { eventId: id, inferenceTime: '2026-03-04T09:30:00Z' },
    eventVersion: '0',
  });

/** In objects of 40 records each. */
function traffic(count = 120): string[] {
  const lines = rows(count).map((row, index) => lineOf(row, `event-${index}`));
  for (let from = 0; from < count; from += 40) {
    const text = lines.slice(from, from + 40).join('\n');
    s3.set('capture', `data/churn/blue/2026/03/04/09/${String(from).padStart(4, '0')}.jsonl`, `${text}\n`);
  }
  return lines;
}

async function run(request: MonitorRequest = REQUEST, execution = 'e1'): Promise<Told> {
  const planned = await plan({ request, execution });
  for (const item of items(execution)) await profile({ request, execution, item });
  if (planned.itemCount > 0) await explain({ request, execution, plan: planned });
  await conclude({ request, execution, plan: planned });
  return told();
}

type Told = ExecutionReport['outcome'];

/** What a report says of a run. */
function told(folder = 'reports/dq'): Told {
  const { outcome }: ExecutionReport = s3.json('out', `${folder}/2026/03/04/10/report.json`);
  return outcome;
}

const analysisOf = (key: string): AttributionAnalysis => s3.json('out', key);
const RUN_ANALYSIS = 'reports/dq/2026/03/04/10/analysis.json';

const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, each) => (typeof each === 'number' ? Number(each.toPrecision(12)) : each));

test('a baseline has the attributions of its dataset, and what they took', async () => {
  expect(await baseline()).toMatchObject({
    Status: 'SUCCESS',
    Data: { ConstraintsKey: 'baseline/0123456789abcdef/analysis.json' },
  });
  const { explanations, explained } = analysisOf('baseline/0123456789abcdef/analysis.json');
  expect(Object.keys(explanations?.kernel_shap?.score.global_shap_values ?? {})).toEqual(['age', 'sex', 'hours']);
  expect(explained).toEqual({
    records: 120,
    predictions: endpoint.requests.reduce((sum, body) => sum + body.split('\n').length, 0),
    requests: endpoint.requests.length,
    isExact: true,
  });
});

test('a run says what the single pass over the same records says, to the last digits', async () => {
  await baseline();
  const lines = traffic();
  await run();
  const single = attributionDriftAnalysis({
    names: { features: EXPLANATION.headers, labels: ['score'] },
    baseline: [[40, 0, 38]],
    predict: async (asked: readonly FeatureRow[]) => asked.map((row) => [USUAL(...(row as [number, number, number]))]),
  });
  const reader = single.reader();
  const file = reader.file('all');
  file.push(Buffer.from(`${lines.join('\n')}\n`));
  file.end();
  const expected = await single.baseline(reader.finish());
  if (!('files' in expected)) throw new Error(expected.refusal);
  const { explained, ...found } = analysisOf(RUN_ANALYSIS);
  expect(rounded(found)).toEqual(rounded(expected.files['analysis.json']));
});

test('a model that rests on the same features violates nothing, one that rests on others does', async () => {
  await baseline();
  traffic();
  expect(await run()).toMatchObject({ status: 'Completed', recordCount: 120, violationCount: 0 });
  endpoint.model = CHANGED;
  const later = {
    ...REQUEST,
    scheduledTime: '2026-03-04T10:20:00Z',
    output: { bucket: 'out', prefix: 'reports/other' },
  };
  await run(later, 'e2');
  expect(told('reports/other')).toMatchObject({ status: 'CompletedWithViolations', violationCount: 1 });
  expect(s3.json('out', 'reports/other/2026/03/04/10/constraint_violations.json')).toEqual({
    violations: [
      {
        constraint_check_type: 'feature_attribution_drift_check',
        description: expect.stringMatching(/^Feature attribution drift 0\.\d+ exceeds threshold 0\.9$/),
        label: 'score',
        metric_name: 'shap',
      },
    ],
  });
});

test('rows lie with captured data, by its key, and nowhere once the model was asked', async () => {
  await baseline();
  traffic(400);
  const planned = await plan({ request: REQUEST, execution: 'e1' });
  for (const item of items('e1')) await profile({ request: REQUEST, execution: 'e1', item });
  const samples = [...s3.objects.keys()].filter((key) => key.startsWith('extracts/'));
  expect(samples).toEqual(['extracts/samples/Stack/work/e1/profiles/0.json']);
  expect(s3.objects.get(samples[0])?.includes('"rank"')).toBe(true);
  await explain({ request: REQUEST, execution: 'e1', plan: planned });
  expect([...s3.objects.keys()].filter((key) => key.startsWith('extracts/'))).toEqual([]);
  const reports = [...s3.objects].filter(([key]) => key.startsWith('out/reports'));
  expect(reports.some(([key]) => key.endsWith('work/e1/explained.json'))).toBe(true);
  expect(reports.filter(([, text]) => /"rank"|"values"|event-1/.test(text))).toEqual([]);
});

test('what was asked is not asked again, and a lost answer neither loses nor doubles anything', async () => {
  await baseline();
  traffic();
  const planned = await plan({ request: REQUEST, execution: 'e1' });
  for (const item of items('e1')) await profile({ request: REQUEST, execution: 'e1', item });
  endpoint.requests.length = 0;
  await explain({ request: REQUEST, execution: 'e1', plan: planned });
  const asked = endpoint.requests.length;
  expect(asked).toBeGreaterThan(0);
  await explain({ request: REQUEST, execution: 'e1', plan: planned });
  expect(endpoint.requests).toHaveLength(asked);
  await conclude({ request: REQUEST, execution: 'e1', plan: planned });
  const report = s3.json('out', 'reports/dq/2026/03/04/10/report.json');
  await run(REQUEST, 'e2'); // another execution of the same window
  expect(s3.json('out', 'reports/dq/2026/03/04/10/report.json')).toEqual(report);
});

test('an answer that nobody can read is the outcome of the run, with how it is written', async () => {
  await baseline();
  traffic();
  endpoint.instead.push(new Response('<html>sorry</html>\u202e', { headers: { 'content-type': 'text/html' } }));
  const { status, failureReason } = await run();
  expect(status).toBe('Failed');
  expect(failureReason).toContain("the endpoint Predictor-1 answered text like '<aaaa>aaaaa</aaaa>?' ('text/html'): ");
  expect(failureReason).toMatch(/^NotAnalysed: ModelAnswerUnreadable: /);
});

test('answers of another model than that of the baseline are none', async () => {
  await baseline();
  traffic();
  endpoint.variant = 'churn-v2';
  expect((await run()).failureReason).toMatch(
    /OtherModelAnswered: .* by the model churn-v2, and the baseline is of churn-v1/,
  );
  const isGiven = { ...EXPLANATION, model: { ...EXPLANATION.model, variant: undefined } };
  await run({ ...REQUEST, explanation: isGiven, output: { bucket: 'out', prefix: 'reports/given' } }, 'e2');
  expect(told('reports/given')).toMatchObject({ status: 'Completed' });
});

test('a baseline whose model does not answer fails the deployment with its words', async () => {
  endpoint.instead.push(
    new Response('{"Message":"Endpoint Predictor-1 not found."}', {
      status: 400,
      headers: { 'x-amzn-errortype': 'ValidationError' },
    }),
  );
  const { Status, Reason } = await baseline();
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(/ModelNotAnswering: .* ValidationError: 'Endpoint Predictor-1 not found\.'/);
});

test('a SHAP baseline is read from S3 anew, and told where it holds none', async () => {
  const atS3 = { ...EXPLANATION, baseline: { object: { bucket: 'own', key: 'shap.csv' } } };
  s3.set('own', 'shap.csv', '40,0,38\n');
  expect(await baseline({ ...BASELINE, explanation: atS3 })).toMatchObject({ Status: 'SUCCESS' });
  s3.set('own', 'shap.csv', 'age,sex\n40,0\n');
  const { Reason } = await baseline(
    { ...BASELINE, explanation: atS3, output: { bucket: 'out', prefix: 'baseline/other' } },
    'b2',
  );
  expect(Reason).toMatch(
    /UnusableShapBaseline: s3:\/\/own\/shap\.csv holds no records of 3 features: 2 values for 3 names/,
  );
});

test('records without the features are counted, and none at all is told as such, without a request', async () => {
  await baseline();
  endpoint.requests.length = 0;
  s3.set('capture', 'data/churn/blue/2026/03/04/09/a.jsonl', `${lineOf([1, 2], 'a')}\n`);
  const { status, failureReason } = await run();
  expect([status, endpoint.requests]).toEqual(['Failed', []]);
  expect(failureReason).toMatch(/^AllUnreadable: 1 record is unreadable: .*wrong-width/);
});

test('a sample that is too large for a request is asked in several, and no more rows are explained than are wanted', async () => {
  const few = { ...EXPLANATION, recordCount: 10 };
  await baseline({ ...BASELINE, explanation: few });
  traffic();
  await run({ ...REQUEST, explanation: few });
  expect(analysisOf(RUN_ANALYSIS).explained?.records).toBe(10);
  expect(Math.max(...endpoint.requests.map((body) => body.split('\n').length))).toBeLessThanOrEqual(50);
  expect(told().recordCount).toBe(120);
});

test('rows of records that a filter leaves out are not explained, and counted', async () => {
  await baseline();
  traffic();
  const filter = { noneOf: [{ column: '1', values: ['0'] }] };
  await run({ ...REQUEST, filter });
  const { unreadable }: ExecutionReport = s3.json('out', 'reports/dq/2026/03/04/10/report.json');
  expect([told().recordCount, unreadable?.filtered]).toEqual([60, 60]);
  expect(endpoint.requests.length).toBeGreaterThan(0);
});

test('a model is asked about the rows that transformations make', async () => {
  await baseline();
  const lines = rows(60).map((row, index) => lineOf([9, ...row], `event-${index}`));
  s3.set('capture', 'data/churn/blue/2026/03/04/09/a.jsonl', `${lines.join('\n')}\n`);
  await run({ ...REQUEST, transformations: [{ drop: ['0'] }] });
  expect([told().recordCount, told().failureReason]).toEqual([60, undefined]);
});

test('a model is asked about the rows that transform jobs have read', async () => {
  await baseline();
  endpoint.requests.length = 0;
  s3.set(
    'jobs',
    'in/a.csv',
    `age,sex,hours,id\n${rows(60)
      .map((row) => `${row.join(',')},x`)
      .join('\n')}\n`,
  );
  s3.set('capture', 'data/input/2026/03/04/09/job', JSON.stringify([{ prefix: 's3://jobs/in/' }, 'a.csv']));
  await run({
    ...REQUEST,
    monitor: { id: REQUEST.monitor.id, kind: 'ModelExplainability' },
    transforms: { side: 'input', data: { bucket: 'jobs', prefix: 'in' }, format: { csv: { header: true } } },
  });
  expect([told().recordCount, told().failureReason]).toEqual([60, undefined]);
  expect(endpoint.requests.length).toBeGreaterThan(0);
});
