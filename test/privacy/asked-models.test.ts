import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { explanationOf } from '../handlers/requests';
import { Listener } from './listener';
import { Marks, marksIn } from './marks';
import { captured, rowsOf } from './records';
import { analysed, BASELINE, baselineOf, pageOf, toldOn, WINDOW } from './stations';

// Marked rows that a model is asked about: the endpoint sees them, and says whatever it likes, which people are not told.

const SAMPLES = { bucket: 'extracts', prefix: 'samples/Stack' };
const HEADERS = ['income', 'plan', 'mail'];
const EXPLANATION = explanationOf({
  samples: SAMPLES,
  headers: HEADERS,
  recordCount: 40,
  sampleCount: 30,
  baseline: { text: '[[0,"none","none"]]' },
});

const REQUEST: MonitorRequest = {
  ...WINDOW,
  extracts: undefined,
  monitor: { ...WINDOW.monitor, kind: 'ModelExplainability' },
  baseline: { constraints: { bucket: BASELINE.bucket, key: `${BASELINE.prefix}/analysis.json` } },
  explanation: EXPLANATION,
  featureMetrics: [],
  alert: { windows: 1, lastWindows: 1 },
};

/** Rows are in samples, until a model was asked about them. */
const MAY_HOLD = /^s3:\/\/extracts\/samples\/Stack\/work\/[^/]+\/profiles\/\d+\.json$/;

const heard = new Listener();
const before = { ...process.env };
let marks: Marks;
beforeEach(() => {
  heard.reset();
  marks = new Marks(20_261_130);
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' });
  process.env.SAGEMAKER_RUNTIME_HOST = 'runtime.sagemaker.eu-west-1.amazonaws.com';
});
afterAll(() => {
  heard.restore();
  process.env = before;
});

const usual = (body: string) =>
  new Response(
    body
      .split('\n')
      .map((line) => `${(line.length % 7) / 10}`)
      .join('\n'),
    {
      headers: { 'content-type': 'text/csv' },
    },
  );

/** A baseline by a model that answers as it does, and a window by one that answers otherwise. */
async function explained(answer: (body: string) => Response): Promise<void> {
  heard.model(usual);
  const rows = rowsOf(marks, 60).map((row) => row.slice(1));
  const text = [HEADERS, ...rows].map((row) => `${row.join(',')}\n`).join('');
  await baselineOf(heard, text, { explanation: EXPLANATION, onlyFile: 'analysis.json' });
  heard.model((body) => (marksIn(body).length > 0 ? answer(body) : usual(body))); // rows of the SHAP baseline are nobody's
  heard.s3.set('capture', 'data/churn/v/2026/03/04/09/a.jsonl', captured(marks, rowsOf(marks, 60)));
  await analysed(heard, REQUEST);
  await toldOn(heard);
}

test('a window is told without a value, and no object that is left holds one', async () => {
  await explained(usual);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  expect(heard.holders().length).toBeGreaterThan(0);
  const left = [...heard.s3.objects].filter(([, text]) => marksIn(text).length > 0).map(([address]) => address);
  expect(left.filter((address) => !/^capture\/|^data\//.test(address))).toEqual([]);
  expect(heard.details()).toMatchObject([{ monitorKind: 'ModelExplainability' }]);
  expect(heard.heard().asked).toBeGreaterThan(2);
  expect(marksIn(pageOf(heard, 'out/reports/dq/2026/03/04/10'))).toEqual([]);
});

const refusal = (status: number, code: string, body: object) =>
  new Response(JSON.stringify(body), { status, headers: { 'x-amzn-errortype': code } });

test.each<[string, (body: string) => Response, RegExp]>([
  [
    'that its container refuses with words of its own',
    (body) => refusal(424, 'ModelError', { OriginalStatusCode: 400, OriginalMessage: `no number: '${body}'` }),
    /ModelNotAnswering: .* its container answered with status 400/,
  ],
  [
    'of which SageMaker hands on what the container said',
    (body) => refusal(424, 'ModelError', { Message: `Received client error (400): ${body}` }),
    /ModelNotAnswering: .* its container answered with an error/,
  ],
  ['to which it answers with themselves', (body) => new Response(body), /ModelAnswerUnreadable: /],
  [
    'to which it answers with a document',
    (body) => new Response(JSON.stringify({ mail: body }), { headers: { 'content-type': 'application/json' } }),
    /ModelAnswerUnreadable: /,
  ],
])('rows %s are not told', async (_, answer, reason) => {
  await explained(answer);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  expect(heard.details()).toMatchObject([{ status: 'Failed', failureReason: expect.stringMatching(reason) }]);
});
