import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import type { ExecutionReport } from '../../lib/outcome/contract';
import type { ExceptionRecord, MonitorException } from '../../lib/outcome/exception/contract';
import { doAndTell } from '../../lib/triage/deed';
import { chosenFindings } from '../../lib/triage/exception-change';
import { handler as variantTestHandler } from '../../lib/variant-test/handler/variant-test.lambda';
import { explanationOf } from '../handlers/requests';
import { Listener } from './listener';
import { Marks, marksIn } from './marks';
import { COLUMNS, captured, rowsOf } from './records';
import { analysed, BASELINE, baselineOf, pageOf, toldOn, WINDOW } from './stations';

// Marked values on the ways that people and this library go beside runs: what they say of findings, drawn objects, tests of variants, and calls of its own.

const MAY_HOLD =
  /\/(statistics|constraints)\.json$|\/work\/[^/]+\/(profiles|parts)\/\d+\.json$|^s3:\/\/extracts\/(extracts|samples)\//;
const FOLDER = 'out/reports/dq/2026/03/04/10';

const heard = new Listener();
const before = { ...process.env };
let marks: Marks;
beforeEach(() => {
  heard.reset();
  marks = new Marks(20_261_201);
});
afterAll(() => {
  heard.restore();
  process.env = before;
});

const traffic = (lines: string, name = 'v/2026/03/04/09/a') =>
  heard.s3.set('capture', `data/churn/${name}.jsonl`, lines);
const trained = (rows: readonly (readonly string[])[]) =>
  baselineOf(heard, [COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join(''));
const reportOf = (folder: string): ExecutionReport => JSON.parse(heard.s3.objects.get(`${folder}/report.json`) ?? '');

test('findings that somebody accepts are kept, recorded and told without a value, and so is the window that they are quiet in', async () => {
  await trained(rowsOf(marks, 600));
  const strange = captured(marks, rowsOf(marks, 600));
  traffic(strange);
  await analysed(heard, { ...WINDOW, alert: { windows: 1, lastWindows: 1 } });
  const report = reportOf(FOLDER);
  const said = { by: 'arn:aws:iam::111122223333:user/ada', reason: 'a campaign', at: '2026-03-04T10:30:00.000Z' };
  const exceptions = chosenFindings(report, {}).map(
    (finding, index): MonitorException => ({
      ...{ id: `e${index}`, kind: 'Accepted', finding, until: '2026-03-11T00:00:00.000Z' },
      ...said,
    }),
  );
  expect(exceptions.length).toBeGreaterThan(0);
  const deed = { version: '1', deed: 'Accepted', monitorId: report.outcome.monitorId, ...said } as const;
  const record: ExceptionRecord = { ...deed, exceptions, exceptionCount: exceptions.length };
  await heard.call('accept', () => doAndTell({ bucket: 'out', prefix: 'reports/dq' }, report, record));
  traffic(strange.replaceAll('T09', 'T10'), 'v/2026/03/04/10/a');
  await analysed(
    heard,
    { ...WINDOW, alert: { windows: 1, lastWindows: 1 }, scheduledTime: '2026-03-04T11:20:00Z' },
    'e2',
  );
  await toldOn(heard);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  const next = 'out/reports/dq/2026/03/04/11';
  expect(JSON.stringify(reportOf(next))).toContain('a campaign');
  expect(marksIn(pageOf(heard, next))).toEqual([]);
});

test('of a window of too many bytes some objects are drawn, and told without a value', async () => {
  await trained(rowsOf(marks, 600));
  for (const name of ['a', 'b', 'c', 'd']) traffic(captured(marks, rowsOf(marks, 200)), `v/2026/03/04/09/${name}`);
  await analysed(heard, { ...WINDOW, extracts: undefined, maximumBytes: 120_000 });
  await toldOn(heard);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  const { outcome } = reportOf(FOLDER);
  expect(outcome.recordCount).toBeGreaterThan(0);
  expect(outcome.recordCount).toBeLessThan(800);
});

test('a test of variants adds up what people were answered, and tells its end without a name', async () => {
  const names = [marks.name(), marks.name()];
  heard.s3.set(BASELINE.bucket, `${BASELINE.prefix}/constraints.json`, {
    version: 0,
    multiclass_classification_constraints: {
      accuracy: { threshold: 0.1, comparison_operator: 'LessThanThreshold' },
    },
  });
  const ids = { blue: [] as string[], green: [] as string[] };
  const label = (id: string, index: number) =>
    `${JSON.stringify({ groundTruthData: { data: names[index % 2], encoding: 'CSV' }, eventMetadata: { eventId: id } })}\n`;
  for (const variant of ['blue', 'green'] as const) {
    const lines = Array.from({ length: 800 }, (_, index) => {
      const inferenceId = marks.mail();
      ids[variant].push(inferenceId);
      const data = names[(index + (variant === 'green' && index % 3 > 0 ? 1 : 0)) % 2];
      const eventMetadata = { eventId: marks.mail(), inferenceId, inferenceTime: '2026-03-04T09:30:00Z' };
      return `${JSON.stringify({ captureData: { endpointOutput: { data, encoding: 'CSV' } }, eventMetadata })}\n`;
    });
    traffic(lines.join(''), `${variant}/2026/03/04/09/a`);
  }
  const labels = [...ids.blue.map(label), ...ids.green.map(label)];
  heard.s3.set('labels', 'truth/2026/03/04/09/a.jsonl', labels.join(''));
  const pair = { reference: 'blue', candidate: 'green' };
  const request: MonitorRequest = {
    ...WINDOW,
    monitor: { ...WINDOW.monitor, kind: 'ModelQuality' },
    baseline: { constraints: { bucket: BASELINE.bucket, key: `${BASELINE.prefix}/constraints.json` } },
    labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 1, endHours: 0 },
    variants: { read: ['blue', 'green'], apart: true, comparison: { ...pair, test: 'k1' } },
    problem: { type: 'MulticlassClassification', inferenceAttribute: '0' },
    featureMetrics: [],
  };
  await analysed(heard, request);
  const [detail] = heard.details();
  const { accountId: account = '', region = '', monitorId } = detail;
  const settings = { key: 'k1', name: 'Stack/Autumn', ...pair, leastEffect: 0.05, level: 0.05 };
  const reports = [{ bucket: 'out', prefix: 'reports', monitorIds: [monitorId] }];
  heard.s3.set('out', `reports/${monitorId}/2026/03/04/10/report.json`, reportOf(FOLDER));
  const topicArn = 'arn:aws:sns:eu-west-1:111122223333:team';
  const limits = { leastHours: 1, largestHours: 2400, topicArn };
  const { messages } = heard.heard();
  await heard.call('variant-test', () =>
    variantTestHandler({ account, region, detail, reports, test: { ...settings, ...limits } }),
  );
  expect(heard.heard().messages).toBe(messages + 1);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
});

test('calls of this library ask about rows, and note, count and tell none of them', async () => {
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' });
  process.env.SAGEMAKER_RUNTIME_HOST = 'runtime.sagemaker.eu-west-1.amazonaws.com';
  const ledger = { bucket: 'extracts', prefix: 'own-calls/Stack/churn' };
  const headers = ['income', 'plan', 'mail'];
  const answered = { 'content-type': 'text/csv', 'x-amzn-invoked-production-variant': 'v' };
  heard.model(
    (body) =>
      new Response(
        body
          .split('\n')
          .map((line) => `${(line.length % 7) / 10}`)
          .join('\n'),
        { headers: answered },
      ),
  );
  const explanation = explanationOf({
    ...{ samples: { bucket: 'extracts', prefix: 'samples/Stack' }, headers, recordCount: 20, sampleCount: 30 },
    ownCalls: { ledger, mostCalls: 2000, callsPerSecond: 100_000, trafficShare: 1 },
    baseline: { text: '[[0,"none","none"]]' },
    model: { endpointName: 'churn', variant: 'v', targetsVariant: true },
  });
  heard.s3.set(BASELINE.bucket, `${BASELINE.prefix}/analysis.json`, { version: '1.0' });
  traffic(captured(marks, rowsOf(marks, 600)));
  await analysed(heard, {
    ...{ ...WINDOW, extracts: undefined, featureMetrics: [], explanation, ownCalls: ledger },
    monitor: { ...WINDOW.monitor, kind: 'ModelExplainability' },
    baseline: { constraints: { bucket: BASELINE.bucket, key: `${BASELINE.prefix}/analysis.json` } },
  });
  await toldOn(heard);
  expect(heard.heard().asked).toBeGreaterThan(10);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  expect(heard.holders().filter((address) => address.includes('own-calls'))).toEqual([]);
  expect([...heard.s3.objects.keys()].filter((key) => key.startsWith('extracts/own-calls/'))).toHaveLength(1);
});
