import { attributionAnalysis } from '../../lib/analysis';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { handler as conclude } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as explain } from '../../lib/engine/serverless/handler/explain.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { callOf, type OwnCallRun } from '../../lib/engine/serverless/own-calls';
import { truth } from '../analysis/model-quality/rows';
import { invoked } from './invocation';
import { alone, baselineFiles, captured, exchanges, KINDS, runOf } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';
import { explanationOf, MONITOR_REQUEST } from './requests';

// A run that asks the monitored endpoint itself, whose calls are captured among those of clients; and strangers who would like to be taken for it.

const runs = new MonitorRuns();
const { s3 } = runs;
const logged = jest.spyOn(console, 'log').mockImplementation();
const fetched = jest.spyOn(globalThis, 'fetch');
const before = { ...process.env };
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
  jest.useRealTimers();
  process.env = before;
});

const LEDGER = { bucket: 'extracts', prefix: 'own-calls/Stack/churn' };
const EXPLANATION = explanationOf({
  samples: { bucket: 'extracts', prefix: 'samples/Stack' },
  ownCalls: { ledger: LEDGER, mostCalls: 50, callsPerSecond: 100_000, trafficShare: 0.5 },
  headers: ['sex', 'age'],
  recordCount: 100,
  baseline: { text: '[["male",40]]' },
  model: { endpointName: 'churn', variant: 'v', targetsVariant: true, customAttributes: 'who=us' },
});

/** Of the requests from 08:00 to 09:00, asked at 09:20. */
const ASKING: MonitorRequest = {
  ...MONITOR_REQUEST,
  scheduledTime: '2026-03-04T09:05:00Z',
  monitor: { ...MONITOR_REQUEST.monitor, id: 'Stack/Attributions', kind: 'ModelExplainability' },
  baseline: { constraints: { bucket: 'out', key: 'baseline/attributions/analysis.json' } },
  explanation: EXPLANATION,
  ownCalls: LEDGER,
  output: { bucket: 'out', prefix: 'reports/Attributions' },
  featureMetrics: [],
};
const NOW = new Date('2026-03-04T09:20:00Z');

interface Call {
  readonly body: string;
  readonly id: string;
  readonly headers: Headers;
}

let baselines: Awaited<ReturnType<typeof baselineFiles>>;
let calls: Call[];
/** in the place of the next answers */
let instead: (Response | undefined)[];

beforeAll(async () => {
  const values = { global: [[0, 0.01]], expected: [0.4], isExact: true };
  const attributions = attributionAnalysis(values, { features: ['sex', 'age'], labels: ['score'] });
  baselines = { ...(await baselineFiles()), 'attributions/analysis.json': attributions };
});

beforeEach(() => {
  jest.useFakeTimers({
    now: NOW,
    doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'clearTimeout', 'queueMicrotask'],
  });
  runs.reset();
  [calls, instead] = [[], []];
  for (const [key, value] of Object.entries(baselines)) s3.set('out', `baseline/${key}`, value);
  Object.assign(process.env, {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'secret',
    SAGEMAKER_RUNTIME_HOST: 'runtime.sagemaker.eu-west-1.amazonaws.com',
  });
  fetched.mockReset().mockImplementation(async (url, init) => {
    expect(String(url)).toMatch(/\/endpoints\/churn\/invocations$/);
    const headers = new Headers(init?.headers);
    const body = String(init?.body);
    calls.push({ body, id: headers.get('x-amzn-sagemaker-inference-id') ?? '', headers });
    const given = { 'content-type': 'text/csv', 'x-amzn-invoked-production-variant': 'v' };
    return instead.shift() ?? new Response(answerTo(body), { headers: given });
  });
});

const answerTo = (body: string) => body.replace(/^.*,(\d+)$/gm, (_, age) => String(Number(age) / 100));

/** A call as the endpoint captures it. */
function capturedCall({ body, id }: Pick<Call, 'body' | 'id'>, time = '09:20:05'): string {
  const side = (data: string) => ({ observedContentType: 'text/csv', data, encoding: 'CSV' });
  const record = {
    captureData: { endpointInput: side(body), endpointOutput: side(answerTo(body)) },
    eventMetadata: {
      eventId: `e-${id}`,
      customAttributes: ['sagemaker-monitoring=own-call,who=us'],
      inferenceId: id,
      inferenceTime: `2026-03-04T${time}Z`,
    },
    eventVersion: '0',
  };
  return `${JSON.stringify(record)}\n`;
}

/** Requests of an hour, and their labels in the hour after; among them what else was captured. */
function traffic(hour: number, own: readonly string[] = []): void {
  const two = (each: number) => String(each).padStart(2, '0');
  const all = exchanges(600, hour, hour * 1000);
  const lines = all.map(captured);
  const mixed = lines.flatMap((line, index) => [line, ...own.filter((_, at) => (at * 7) % 600 === index)]);
  const rest = own.filter((each) => !mixed.includes(each));
  const put = (name: string, texts: readonly string[]) => {
    const key = `data/churn/v/2026/03/04/${two(hour)}/${name}-00-000-a.jsonl`;
    s3.set('capture', key, texts.join(''));
    s3.modified.set(`capture/${key}`, new Date(`2026-03-04T${two(hour)}:30:00Z`));
  };
  const half = Math.floor(mixed.length / 2);
  put('00', mixed.slice(0, half));
  put('05', mixed.slice(half));
  if (rest.length > 0) put('20', rest);
  const labels = all.map(({ id, label }) => `${truth(id, label)}\n`);
  s3.set('labels', `truth/2026/03/04/${two(hour + 1)}/labels.jsonl`, labels.join(''));
}

/** Lets a run ask the endpoint, and returns what it says. */
async function ask(request = ASKING) {
  const { items, ...event } = await runs.planned(request);
  const { execution, plan } = event;
  if (!plan) throw new Error('there is no plan');
  for (const item of items) await profile({ request, execution, item });
  await explain({ request, execution, plan });
  await invoked(conclude)(event);
  return runs.reportOf(request);
}

/** What a run says, but for who it was. */
function said(request: MonitorRequest) {
  const { outcome, unreadable, labels, notEvaluated, distances } = runs.reportOf(request);
  const { recordCount, status, violations, health, healthReasons } = outcome;
  const file = runs.fileOf(request, request.monitor.kind === 'ModelBias' ? 'analysis.json' : 'statistics.json');
  return { recordCount, status, violations, health, healthReasons, notEvaluated, distances, unreadable, labels, file };
}

const dueOf = (kind: (typeof KINDS)[number]) => (kind === 'DataQuality' ? '10' : '11');
const requestOf = (kind: (typeof KINDS)[number]) => ({ ...runOf(kind, dueOf(kind)), ownCalls: LEDGER });
const ledger = () => [...s3.objects].filter(([address]) => address.startsWith('extracts/own-calls/'));

describe('a run on the monitored endpoint', () => {
  test.each(KINDS.flatMap((kind) => [true, false].map((leavesExtracts) => ({ kind, leavesExtracts }))))(
    'leaves the result of $kind unchanged (extracts: $leavesExtracts)',
    async ({ kind, leavesExtracts }) => {
      const request = leavesExtracts ? requestOf(kind) : alone(requestOf(kind));
      for (const hour of [8, 9]) traffic(hour);
      await runs.run({ ...request, ownCalls: undefined });
      const unasked = said(request);
      runs.reset();
      for (const [key, value] of Object.entries(baselines)) s3.set('out', `baseline/${key}`, value);
      traffic(8);
      await ask();
      expect(calls.length).toBeGreaterThan(30);
      traffic(
        9,
        calls.map((call) => capturedCall(call)),
      );
      await runs.run(request);
      const { unreadable: { ownCalls, ...unreadable } = { ownCalls: undefined }, ...rest } = said(request);
      expect(ownCalls).toBe(calls.length);
      expect({ ...rest, unreadable }).toEqual(unasked);
      expect(rest.recordCount).toBe(600);
    },
  );

  test('is in no sample of a later one', async () => {
    traffic(8);
    await ask();
    traffic(
      9,
      calls.map((call) => capturedCall(call)),
    );
    const asked = calls.length;
    const { outcome, unreadable } = await ask({ ...ASKING, scheduledTime: '2026-03-04T10:05:00Z' });
    expect([outcome.recordCount, unreadable?.ownCalls]).toEqual([600, asked]);
  });

  test('asks one variant, by calls of which each has an identifier of its own and what the container may know', async () => {
    traffic(8);
    await ask();
    expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
    for (const { headers } of calls) {
      expect(headers.get('x-amzn-sagemaker-target-variant')).toBe('v');
      expect(headers.get('x-amzn-sagemaker-custom-attributes')).toBe('sagemaker-monitoring=own-call,who=us');
    }
  });

  test('is noted before its first call, and ends with its last', async () => {
    traffic(8);
    let atFirst: OwnCallRun | undefined;
    const answer = fetched.getMockImplementation();
    fetched.mockImplementation(async (...request) => {
      atFirst ??= JSON.parse(ledger()[0]?.[1] ?? 'null');
      return (await answer?.(...request)) ?? new Response();
    });
    await ask();
    expect(atFirst).toMatchObject({ begin: NOW.toISOString(), end: '2026-03-04T09:35:00.000Z', calls: 50 });
    expect(ledger().map(([, text]) => JSON.parse(text))).toEqual([
      { ...atFirst, end: NOW.toISOString(), calls: calls.length },
    ]);
  });

  test('a request that is made again is another call', async () => {
    traffic(8);
    instead.push(new Response('{}', { status: 503 }));
    await ask();
    expect(calls.filter(({ body }) => body === calls[0].body).length).toBeGreaterThan(1);
    expect(calls.map(({ id }) => callOf(id)?.number).sort((a = 0, b = 0) => a - b)).toEqual([...calls.keys()]);
  });
});

describe('a run asks no more than it may', () => {
  const explanation = (ownCalls: Partial<NonNullable<typeof EXPLANATION.ownCalls>>, more = {}) => ({
    ...ASKING,
    explanation: { ...EXPLANATION, ...more, ownCalls: { ...EXPLANATION.ownCalls, ...ownCalls } as never },
  });
  const explained = () => runs.fileOf<{ explained?: { records: number } }>(ASKING, 'analysis.json').explained?.records;

  test('by the number of its calls: fewer records are explained, and some calls are kept for those that fail', async () => {
    traffic(8);
    await ask(explanation({ mostCalls: 40 }));
    expect([calls.length, explained()]).toEqual([36, 35]);
  });

  test('by the share of the traffic of its window', async () => {
    traffic(8);
    await ask(explanation({ trafficShare: 0.05, mostCalls: 1000 }));
    expect([calls.length, explained()]).toEqual([27, 26]); // 30 of 600
  });

  test('by the time that it has', async () => {
    traffic(8);
    const wait = jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((done: () => void) => void process.nextTick(done)) as never);
    await ask(explanation({ callsPerSecond: 0.05, mostCalls: 1000 }));
    const waits = wait.mock.calls.map(([, milliseconds = 0]) => milliseconds);
    wait.mockRestore();
    expect(calls).toHaveLength(27); // 30 in ten minutes
    expect(Math.max(...waits)).toBe(26 * 20_000);
  });

  test('and none where these are too few to say anything', async () => {
    traffic(8);
    const { outcome } = await ask(explanation({ trafficShare: 0.01 }));
    expect(outcome).toMatchObject({
      status: 'Failed',
      failureReason: expect.stringContaining(
        'TooFewCalls: the monitored endpoint may get 6 calls of this run by 0.01 of its 600 captured requests',
      ),
    });
    expect([calls, ledger()]).toEqual([[], []]);
  });

  test('calls that are spent on failures end the run', async () => {
    traffic(8);
    for (let failure = 0; failure < 20; failure += 1) instead.push(new Response('{}', { status: 503 }), undefined);
    const wait = jest
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((done: () => void) => void process.nextTick(done)) as never);
    const { outcome } = await ask(explanation({ mostCalls: 40 }));
    wait.mockRestore();
    expect(outcome.failureReason).toMatch(/TooFewCalls: the 40 calls that the run may make/);
    expect(calls).toHaveLength(40);
  });

  test('a window without records asks nothing, and is told as such', async () => {
    s3.set('capture', 'data/churn/v/2026/03/04/08/a.jsonl', 'no record\n');
    expect((await ask()).outcome.failureReason).toMatch(/^AllUnreadable/);
    expect([calls, ledger()]).toEqual([[], []]);
  });
});

describe('a stranger who sends the mark is seen', () => {
  const request = requestOf('DataQuality');
  const oneOf = (call: Partial<Call>) => ({ body: 'male,30', id: '', ...call });

  async function seen(strangers: () => readonly string[]) {
    traffic(8);
    await ask();
    traffic(9, [...calls.map((call) => capturedCall(call)), ...strangers()]);
    await runs.run(request);
    const { outcome, unreadable, notEvaluated } = runs.reportOf(request);
    const { ownCalls, strangeCalls, repeatedOwnCalls } = unreadable ?? {};
    const told = (notEvaluated ?? []).map(({ reason }) => reason).filter((reason) => /forged/.test(reason));
    return {
      recordCount: outcome.recordCount,
      health: outcome.health,
      ownCalls: ownCalls === calls.length,
      strangeCalls,
      repeatedOwnCalls,
      told,
    };
  }
  const STRANGE = ['1 records are forged as calls of ours'];

  test('who guesses a token', async () => {
    const id = `monitoring-call/${'A'.repeat(16)}/0/${'B'.repeat(22)}`;
    expect(await seen(() => [capturedCall(oneOf({ id }))])).toMatchObject({
      recordCount: 601,
      health: 0,
      ownCalls: true,
      told: [],
    });
  });

  test('who sends the identifier of a call with a request of his own, while the run is asking', async () => {
    expect(await seen(() => [capturedCall(oneOf({ id: calls[3].id }))])).toMatchObject({
      recordCount: 601,
      health: 1,
      ownCalls: true,
      strangeCalls: 1,
      told: STRANGE,
    });
  });

  test('who repeats a call after the run', async () => {
    expect(await seen(() => [capturedCall(calls[3], '09:50:00')])).toMatchObject({
      ownCalls: true,
      health: 0,
      told: [],
      recordCount: 600 + calls[3].body.split('\n').length,
    });
  });

  test('who sends more than were called', async () => {
    expect(await seen(() => [capturedCall(calls[3], '09:20:05'), capturedCall(calls[3], '09:20:06')])).toMatchObject({
      ownCalls: true,
      health: 1,
      strangeCalls: 2,
      recordCount: 600 + 2 * calls[3].body.split('\n').length,
    });
  });

  test('who does so where parts are read by themselves', async () => {
    traffic(8);
    await ask();
    const own = calls.map((call) => capturedCall(call));
    traffic(9, own);
    for (let index = 0; index < 90; index += 1) {
      const key = `data/churn/v/2026/03/04/09/30-00-000-${'b'.repeat(700)}${index}.jsonl`;
      s3.set('capture', key, own[3]);
      s3.modified.set(`capture/${key}`, new Date('2026-03-04T09:50:00Z'));
    }
    const { items } = await runs.planned(request);
    expect(items.flatMap((item) => ('extracts' in item ? item.extracts : [])).length).toBeGreaterThan(1);
    await runs.run(request);
    const { outcome, unreadable = {} as never, notEvaluated = [] } = runs.reportOf(request);
    const { ownCalls, repeatedOwnCalls = 0, strangeCalls = 0 } = unreadable;
    expect([ownCalls, repeatedOwnCalls + strangeCalls]).toEqual([calls.length, 90]);
    expect(repeatedOwnCalls).toBeGreaterThan(0);
    expect(outcome.health).toBe(1);
    expect(notEvaluated.map(({ reason }) => reason).join()).toContain('90 records are forged');
  });
});
