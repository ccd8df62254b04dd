import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { run } from '../../lib/cli/main';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { S3Store } from '../handlers/s3-store';
import { leftBy } from '../outcome/run';

const s3 = new S3Store();
const bus = mockClient(EventBridgeClient);
const machines = mockClient(SFNClient);
const asked = jest.spyOn(globalThis, 'fetch');
const ENVIRONMENT = { ...process.env };
const ARN = 'arn:aws:sts::111122223333:assumed-role/OnCall/ann';
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Analysis';
const PLACE = 'out/reports/Stack/DataQuality';
const REQUEST = {
  ...{ mode: 'monitor', scheduledTime: '<aws.scheduler.scheduled-time>', windowHours: 1 },
  ...{ monitor: { id: 'Stack/DataQuality' }, output: { bucket: 'out', prefix: 'reports/Stack/DataQuality' } },
};

/** What STS and EventBridge Scheduler answer. */
function answering(input: unknown = REQUEST, arn = MACHINE): void {
  const GetCallerIdentityResult = { Arn: ARN, Account: '111122223333', UserId: 'u' };
  asked.mockImplementation(async (url) => {
    if (String(url).includes('//sts.'))
      return Response.json({ GetCallerIdentityResponse: { GetCallerIdentityResult } });
    if (!String(url).endsWith('/schedules/Own')) return new Response('no such schedule', { status: 404 });
    return Response.json({ Target: { Arn: arn, Input: JSON.stringify(input) } });
  });
}

function leave(outcome: Partial<ExecutionCompletedDetail> = {}): void {
  const own = { monitorId: 'Stack/DataQuality', windowEnd: '2026-03-04T09:00:00.000Z', ...outcome };
  s3.objects.set(`${PLACE}/2026/03/04/09/report.json`, JSON.stringify(leftBy({}, own)));
}

beforeEach(() => {
  s3.reset();
  bus.reset();
  machines.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  machines.on(StartExecutionCommand).resolves({});
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK' });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'], now: new Date('2026-03-04T09:10Z') });
  answering();
  leave();
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  asked.mockRestore();
  process.env = ENVIRONMENT;
});

const RANGE = {
  '--from': '2026-03-04T05:00',
  '--until': '2026-03-04T08:00',
  '--schedule': 'Own',
  '--reason': 'an outage',
};

async function backFill(other: { readonly [option: string]: string } = {}) {
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const args = Object.entries({ '--report': `s3://${PLACE}/2026/03/04/09/`, ...RANGE, ...other }).flat();
  const code = await run(['back-fill', ...args], {
    out: (line) => lines.out.push(line),
    error: (line) => lines.error.push(line),
  });
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

const started = () => machines.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
const records = () => [...s3.objects].filter(([key]) => key.includes('/audit/'));

test('each window of the range is analysed in order, with the request of the schedule, and says by whom and why', async () => {
  expect(await backFill()).toMatchObject({ code: 0, error: '' });
  const hand = { by: ARN, reason: 'an outage', at: '2026-03-04T09:10:00.000Z' };
  expect(started().map(({ input }) => JSON.parse(String(input)))).toEqual(
    ['06', '07', '08'].map((hour) => ({ ...REQUEST, scheduledTime: `2026-03-04T${hour}:00:00.000Z`, startedBy: hand })),
  );
  expect(new Set(started().map(({ stateMachineArn }) => stateMachineArn))).toEqual(new Set([MACHINE]));
  expect(new Set(started().map(({ name }) => name)).size).toBe(3);
});

test('it is a record, kept as others are, and an event on the bus of the monitor', async () => {
  const { out } = await backFill();
  const [[key, text]] = records();
  const record = JSON.parse(text);
  expect(record).toEqual({
    ...{ version: '1', deed: 'BackFilled', monitorId: 'Stack/DataQuality', by: ARN, reason: 'an outage' },
    ...{ at: '2026-03-04T09:10:00.000Z', stateMachineArn: MACHINE, windowCount: 3 },
    ...{ firstWindowEnd: '2026-03-04T06:00:00.000Z', lastWindowEnd: '2026-03-04T08:00:00.000Z' },
  });
  expect(s3.tags[key]).toBe('cdk-sagemaker-monitoring=audit');
  const [entry] = bus.commandCalls(PutEventsCommand)[0].args[0].input.Entries ?? [];
  expect(entry).toMatchObject({ DetailType: 'Model Monitoring Back-Fill Started', Source: 'cdk-sagemaker-monitoring' });
  expect(JSON.parse(String(entry?.Detail))).toEqual({ ...record, startedCount: 3, auditUri: `s3://${key}` });
  expect(out).toContain('3 of 3 windows that end from 2026-03-04T06:00:00.000Z to 2026-03-04T08:00:00.000Z');
});

test('what cannot be started ends it, and is said', async () => {
  const limit = Object.assign(new Error('too many'), { name: 'ExecutionLimitExceeded' });
  machines.on(StartExecutionCommand).resolvesOnce({}).rejects(limit);
  const { code, out, error } = await backFill();
  expect([code, started().length]).toEqual([1, 2]);
  expect(out).toContain('1 of 3 windows');
  expect(error).toContain('the next one could not be started: too many');
});

test('an event that is refused takes nothing back, and is said', async () => {
  bus.on(PutEventsCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  expect(await backFill()).toMatchObject({ code: 1, error: expect.stringContaining('no event tells of it') });
  expect(started()).toHaveLength(3);
});

test.each([
  ['a schedule that is not there', { '--schedule': 'Other' }, 'ScheduleUnknown'],
  ['a range that is to come', { '--until': '2026-03-04T09:11' }, 'NothingToBackFill'],
  ['a range that is none', { '--from': '2026-03-04T08:00' }, 'NothingToBackFill'],
  [
    'a range without the end of a window',
    { '--from': '2026-03-04T07:10', '--until': '2026-03-04T07:20' },
    'NothingToBackFill: no window',
  ],
  ['more than a week of hours', { '--from': '2026-02-25T07:00' }, 'NothingToBackFill: 169 windows'],
  ['a time that is none', { '--from': 'yesterday' }, 'InvalidTime'],
])('nothing is started for %s', async (_, other, words) => {
  const { code, error } = await backFill(other);
  expect([code, error]).toEqual([2, expect.stringContaining(`TriageNothingDone: ${words}`)]);
  expect([started(), records()]).toEqual([[], []]);
});

test('a week of hours is started', async () => {
  expect(await backFill({ '--from': '2026-02-25T08:00' })).toMatchObject({ code: 0 });
  expect(started()).toHaveLength(168);
});

test.each<[string, unknown, string]>([
  ['another monitor', { ...REQUEST, monitor: { id: 'Stack/Other' } }, MACHINE],
  ['another place', { ...REQUEST, output: { ...REQUEST.output, prefix: 'other' } }, MACHINE],
  ['another bucket', { ...REQUEST, output: { ...REQUEST.output, bucket: 'other' } }, MACHINE],
  ['no machine', REQUEST, 'arn:aws:lambda:eu-west-1:111122223333:function:Analysis'],
  ['nothing that is read', 'x', MACHINE],
])('a schedule of %s starts nothing', async (_, input, arn) => {
  answering(input, arn);
  expect(await backFill()).toMatchObject({ code: 2, error: expect.stringContaining('ScheduleOfAnother') });
  expect(started()).toEqual([]);
});

test('Model Monitor has no past windows that are told, which is said', async () => {
  leave({ engine: 'model-monitor' });
  expect(await backFill()).toMatchObject({ code: 2, error: expect.stringContaining('docs/one-time-run.md') });
});

test('what is needed is asked for', async () => {
  expect(await backFill({ '--reason': ' ' })).toMatchObject({
    code: 64,
    error: expect.stringContaining('--reason is needed'),
  });
});
