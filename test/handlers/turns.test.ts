import type { TurnTaker } from '../../lib/engine/reconciler/contract';
import type { TurnsEvent } from '../../lib/engine/reconciler/handler/turn-taking';
import { handler } from '../../lib/engine/reconciler/handler/turns.lambda';
import { S3Store } from './s3-store';

// The custom resource that gives engines their turns.

const s3 = new S3Store();
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();

beforeEach(() => {
  s3.reset();
  jest.useFakeTimers({ now: Date.parse('2026-03-04T10:30:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

const taker = (prefix: string, engine: TurnTaker['engine'] = 'serverless'): TurnTaker => ({
  engine,
  everyHours: 1,
  startHour: 0,
  graceMinutes: 80,
  output: { bucket: 'reports', prefix },
  scheduleIdentity: 'Schedule-1',
});

let requests = 0;

async function request(RequestType: string, now: TurnTaker[], before: TurnTaker[] = []): Promise<object> {
  requests += 1;
  return deliver(RequestType, now, before);
}

/** The last request, again. */
async function deliver(RequestType: string, now: TurnTaker[], before: TurnTaker[] = []): Promise<object> {
  const event = {
    RequestType,
    RequestId: `request-${requests}`,
    StackId: 'stack',
    LogicalResourceId: 'Turns',
    ResponseURL: 'https://cloudformation.example/answer',
    ResourceProperties: { ServiceToken: 't', Monitors: JSON.stringify(now) },
    OldResourceProperties: { ServiceToken: 't', Monitors: JSON.stringify(before) },
  };
  await handler(event as unknown as TurnsEvent);
  return JSON.parse(String(fetched.mock.calls.at(-1)?.[1]?.body));
}
const turnsOf = (prefix: string) => s3.json<{ turns: object[] }>('reports', `${prefix}/turns.json`).turns;

test('begin with the first deployment, and with each other engine', async () => {
  expect(await request('Create', [taker('a'), taker('b')])).toMatchObject({ Status: 'SUCCESS' });
  jest.setSystemTime(Date.parse('2026-03-04T11:40:00Z'));
  await request('Update', [taker('a', 'model-monitor'), taker('b')], [taker('a'), taker('b')]);
  expect(turnsOf('a')).toMatchObject([
    { engine: 'serverless', since: '2026-03-04T10:30:00.000Z' },
    { engine: 'model-monitor', since: '2026-03-04T11:40:00.000Z' },
  ]);
  expect(turnsOf('b')).toMatchObject([{ engine: 'serverless', since: '2026-03-04T10:30:00.000Z' }]);
});

test('do not begin again when a request comes twice', async () => {
  await request('Create', [taker('a')]);
  jest.setSystemTime(Date.parse('2026-03-04T11:40:00Z'));
  await deliver('Create', [taker('a')]);
  expect(turnsOf('a')).toMatchObject([{ since: '2026-03-04T10:30:00.000Z' }]);
});

test('are forgotten with the monitor, and with the stack', async () => {
  await request('Create', [taker('a'), taker('b'), taker('c')]);
  await request('Update', [taker('b'), taker('c')], [taker('a'), taker('b'), taker('c')]);
  expect([turnsOf('a'), turnsOf('b')]).toEqual([[], [expect.anything()]]);
  await request('Delete', [taker('b')]);
  expect([turnsOf('b'), turnsOf('c')]).toEqual([[], [expect.anything()]]);
});

test('fail the deployment with the words of the refusal', async () => {
  s3.denied.set('reports/a/turns.json', 'AccessDenied');
  expect(await request('Create', [taker('a')])).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('AccessDenied'),
  });
});

test('keep no stack from being deleted whose bucket is gone', async () => {
  s3.denied.set('reports/a/turns.json', 'NoSuchBucket');
  expect(await request('Delete', [taker('a')])).toMatchObject({ Status: 'SUCCESS' });
});
