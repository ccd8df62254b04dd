import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { run } from '../../lib/cli/main';
import type { MonitorException } from '../../lib/outcome/exception/contract';
import { exceptionsIn } from '../../lib/outcome/exception/exceptions';
import { S3Store } from '../handlers/s3-store';
import { leftBy } from '../outcome/run';

const s3 = new S3Store();
const bus = mockClient(EventBridgeClient);
const asked = jest.spyOn(globalThis, 'fetch');
const ENVIRONMENT = { ...process.env };
const ARN = 'arn:aws:sts::111122223333:assumed-role/OnCall/ann';
const NOW = new Date('2026-03-04T09:10:00.000Z');

function signedIn(arn = ARN): void {
  const GetCallerIdentityResult = { Arn: arn, Account: '111122223333', UserId: 'u' };
  const body = JSON.stringify({ GetCallerIdentityResponse: { GetCallerIdentityResult } });
  asked.mockImplementation(async () => new Response(body));
}

beforeEach(() => {
  s3.reset();
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  asked.mockReset();
  signedIn();
  Object.assign(process.env, { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK' });
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'], now: NOW });
  leave(8, []);
  leave(9, ['age', 'income']);
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  asked.mockRestore();
  process.env = ENVIRONMENT;
});

const MONITOR = 'Stack/DataQuality';
const PLACE = `out/reports/${MONITOR}`;
const URI = `s3://${PLACE}/2026/03/04/09/`;
const NAMED = ['--reports', 's3://out/reports', '--monitor', MONITOR];
const WHY = ['--reason', 'the campaign of spring', '--until', '7d'];

/** The report of the window that ended at an hour, with confirmed drift of these features and one of `x` to watch. */
function leave(hour: number, features: readonly string[], path = `${PLACE}/2026/03/04/0${hour}`): void {
  const check = 'baseline_drift_check';
  const violated = [...features, 'x'].map((feature) => ({ feature, check }));
  const violations = violated.map((one) => ({
    ...one,
    description: 'd',
    observed: 0.31,
    confirmed: one.feature !== 'x',
  }));
  const [start, end] = [hour - 1, hour].map((each) => `2026-03-04T0${each}:00:00.000Z`);
  const outcome = {
    monitorId: MONITOR,
    violationCount: features.length,
    violations,
    windowStart: start,
    windowEnd: end,
  };
  const publishing = {
    monitoringId: 'Stack',
    featureMetrics: [],
    eventBus: 'arn:aws:events:eu-west-1:111122223333:event-bus/models',
  };
  s3.objects.set(`${path}/report.json`, JSON.stringify(leftBy({}, outcome, { violated, publishing })));
}

async function command(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  const lines: { out: string[]; error: string[] } = { out: [], error: [] };
  const code = await run(args, { out: (line) => lines.out.push(line), error: (line) => lines.error.push(line) });
  return { code, out: lines.out.join('\n'), error: lines.error.join('\n') };
}

const written = (): unknown => JSON.parse(s3.objects.get(`${PLACE}/exceptions.json`) ?? 'null');
const exceptions = (): readonly MonitorException[] => exceptionsIn(written(), new Date()).exceptions;
const records = () =>
  [...s3.objects]
    .filter(([key]) => key.startsWith(`${PLACE}/audit/`))
    .map(([key, text]) => ({ key, ...JSON.parse(text) }));
const events = () =>
  bus.commandCalls(PutEventsCommand).map(({ args }) => {
    const [entry] = args[0].input.Entries ?? [];
    return { ...entry, Detail: JSON.parse(String(entry.Detail)) };
  });

test('accept makes what a window confirmed exceptions that the next run reads', async () => {
  const { code, out, error } = await command('accept', '--report', URI, ...WHY);
  expect([code, error]).toEqual([0, '']);
  expect(exceptionsIn(written(), NOW).problems).toEqual([]);
  const said = { kind: 'Accepted', reason: 'the campaign of spring', by: ARN, at: NOW.toISOString() };
  expect(exceptions()).toEqual(
    ['age', 'income'].map((feature) => ({
      ...{ ...said, id: expect.any(String), until: '2026-03-11T09:10:00.000Z' },
      finding: { feature, check: 'baseline_drift_check' },
    })),
  );
  expect(out).toContain('    "age": { comparisonThreshold: 0.31 },');
  expect(out).toContain(`// the campaign of spring; ${ARN}, ${NOW.toISOString()}`);
});

test('what was done is a record with principal and reason, kept for a year, and an event on the bus of the monitor', async () => {
  await command('accept', '--report', URI, ...WHY);
  const [{ key, ...record }, ...others] = records();
  expect(others).toEqual([]);
  expect(record).toEqual({
    ...{ version: '1', deed: 'Accepted', monitorId: MONITOR, by: ARN, reason: 'the campaign of spring' },
    ...{ at: NOW.toISOString(), windowStart: '2026-03-04T08:00:00.000Z', exceptionCount: 2 },
    exceptions: JSON.parse(JSON.stringify(exceptions())),
  });
  expect(s3.tags[key]).toBe('cdk-sagemaker-monitoring=audit');
  expect(events()).toEqual([
    {
      ...{ Source: 'cdk-sagemaker-monitoring', DetailType: 'Model Monitoring Exception Changed' },
      EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/models',
      Detail: { ...record, auditUri: `s3://${key}` },
    },
  ]);
});

test.each([
  ['the address of the report', ['--report', URI]],
  ['that of its file', ['--report', `${URI}report.json`]],
  ['monitor and window', [...NAMED, '--window', '2026-03-04T08:00']],
  ['the monitor, whose last window it is', NAMED],
])('a window is named by %s', async (_, target) => {
  expect(await command('accept', ...target, ...WHY)).toMatchObject({ code: 0 });
  expect(exceptions()).toHaveLength(2);
});

test('a report beside the files of a container leads to the place of its monitor', async () => {
  leave(9, ['age'], `${PLACE}/churn/schedule/2026/03/04/09`);
  await command('accept', '--report', `s3://${PLACE}/churn/schedule/2026/03/04/09/`, ...WHY);
  expect(exceptions()).toHaveLength(1);
});

test('a finding to watch is accepted where it is named', async () => {
  await command('accept', '--report', URI, ...WHY, '--feature', 'x', '--check', 'baseline_drift_check');
  expect(exceptions().map(({ finding }) => finding?.feature)).toEqual(['x']);
});

test('snooze lets all of a monitor be quiet', async () => {
  const { code, out } = await command('snooze', ...NAMED, ...WHY);
  expect(code).toBe(0);
  expect(exceptions()).toMatchObject([{ kind: 'Snoozed', until: '2026-03-11T09:10:00.000Z' }]);
  expect(exceptions()[0].finding).toBeUndefined();
  expect(out).not.toContain('withOverrides');
  expect(records()).toMatchObject([{ deed: 'Snoozed' }]);
});

test('pause lets a monitor be quiet, failures as well', async () => {
  const { code, out } = await command('pause', ...NAMED, ...WHY);
  expect([code, out]).toEqual([0, expect.stringContaining('paused for Stack/DataQuality:')]);
  expect(exceptions()).toMatchObject([{ kind: 'Paused', until: '2026-03-11T09:10:00.000Z' }]);
  expect(records()).toMatchObject([{ deed: 'Paused' }]);
  expect(await command('pause', ...NAMED, '--reason', 'r', '--until', '8d')).toMatchObject({ code: 2 });
});

test('what is there is listed, and taken back by a deed of its own', async () => {
  await command('accept', '--report', URI, ...WHY);
  await command('snooze', ...NAMED, ...WHY);
  const [age] = exceptions();
  const listed = await command('exceptions', ...NAMED);
  expect(listed).toMatchObject({ code: 0, error: '' });
  expect(listed.out.split('\n')).toHaveLength(4);
  expect(listed.out).toContain(
    `${age.id}  Accepted  age, baseline_drift_check  until 2026-03-11T09:10:00.000Z  by ${ARN}: `,
  );
  signedIn(`${ARN}2`);
  expect(await command('exceptions', ...NAMED, '--withdraw', age.id, '--reason', 'it was none')).toMatchObject({
    code: 0,
  });
  expect(exceptions().map(({ kind, finding }) => [kind, finding?.feature])).toEqual([
    ['Accepted', 'income'],
    ['Snoozed', undefined],
  ]);
  expect(records().find(({ deed }) => deed === 'Withdrawn')).toMatchObject({
    deed: 'Withdrawn',
    by: `${ARN}2`,
    reason: 'it was none',
    exceptions: [age],
  });
  expect(records()).toHaveLength(3);
});

test('what is over, and what is no exception, is said when it is listed', async () => {
  await command('snooze', ...NAMED, '--reason', 'r', '--until', '1h');
  const [own] = exceptions();
  s3.objects.set(`${PLACE}/exceptions.json`, JSON.stringify({ version: '1', exceptions: [own, { id: 'x' }] }));
  jest.setSystemTime(NOW.getTime() + 3_600_001);
  const { code, out, error } = await command('exceptions', ...NAMED);
  expect([code, out]).toEqual([1, `0 in force for ${MONITOR}, 1 over`]);
  expect(error).toContain('exceptions[1] ');
});

test('two people at once, and ten, lose nothing', async () => {
  const features = Array.from({ length: 10 }, (_, index) => `f${index}`);
  leave(9, features);
  const done = await Promise.all(
    features.map((feature) => command('accept', '--report', URI, ...WHY, '--feature', feature)),
  );
  expect(done.map(({ code }) => code)).toEqual(features.map(() => 0));
  expect(
    exceptions()
      .map(({ finding }) => finding?.feature)
      .sort(),
  ).toEqual(features);
  expect(records()).toHaveLength(10);
});

test('an event that is refused takes nothing back, and is said', async () => {
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'Throttled' }] });
  const { code, error } = await command('accept', '--report', URI, ...WHY);
  expect([code, exceptions().length, records().length]).toEqual([1, 2, 1]);
  expect(error).toMatch(/^done, but no event tells of it: EventNotAccepted/);
});

test('nothing is done without a record of it', async () => {
  s3.client.onAnyCommand({}).rejects(Object.assign(new Error('AccessDenied'), { name: 'AccessDenied' }));
  expect(await command('snooze', '--report', URI, ...WHY)).toMatchObject({ code: 2 });
  expect(written()).toBeNull();
});

test('a name of a stranger gives a terminal no orders', async () => {
  leave(9, ['a\u001b[2Jb\n']);
  const { out } = await command('accept', '--report', URI, ...WHY);
  expect(out).toContain('a?[2Jb?, baseline_drift_check');
  expect(out).not.toContain('\u001b');
});

test.each([
  ['a window without findings', [...NAMED, '--window', '2026-03-04T07:00', ...WHY], 'NothingToAccept'],
  ['a window that is not there', [...NAMED, '--window', '2026-03-04T03:00', ...WHY], 'NoSuchRun'],
  ['a monitor that is not there', ['--reports', 's3://out/reports', '--monitor', 'No', ...WHY], 'NoSuchRun'],
  ['an address that is none', ['--report', 'out/reports', ...WHY], 'NoSuchRun'],
  ['a report that is not there', ['--report', 's3://out/no/', ...WHY], 'ObjectNotFound'],
  ['an end that is over', ['--report', URI, '--reason', 'r', '--until', '2026-03-01'], 'InvalidUntil'],
  ['an end too late', ['--report', URI, '--reason', 'r', '--until', '91d'], 'InvalidUntil'],
])('accept does nothing for %s', async (_, args, words) => {
  const { code, error } = await command('accept', ...args);
  expect(code).toBe(2);
  expect(error).toContain(`TriageNothingDone: ${words}`);
  expect(s3.objects.size).toBe(2);
});

test('a snooze lasts at most a week, and an id that is not there is not taken back', async () => {
  const days = await command('snooze', ...NAMED, '--reason', 'r', '--until', '8d');
  expect(days).toMatchObject({ code: 2, error: expect.stringContaining('7 days are the most') });
  const gone = await command('exceptions', ...NAMED, '--withdraw', 'none', '--reason', 'r');
  expect(gone).toMatchObject({ code: 2, error: expect.stringContaining('NoSuchException') });
});

test('without credentials nothing is done, and what to do is said', async () => {
  asked.mockImplementation(async () => new Response('<Error/>', { status: 403 }));
  const { code, error } = await command('accept', '--report', URI, ...WHY);
  expect(code).toBe(2);
  expect(error).toContain(
    'TriageNothingDone: CallerUnknown: STS does not say who this is: status 403, <Error/>; sign in',
  );
});

test('who it is is asked of STS with a signature, in the region', async () => {
  await command('accept', '--report', URI, ...WHY);
  const [[url, init]] = asked.mock.calls;
  expect(String(url)).toBe('https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15');
  const headers = new Headers(init?.headers);
  expect(headers.get('authorization')).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AK\/\d{8}\/eu-west-1\/sts\/aws4_request, /,
  );
});

test.each([
  ['accept', ['--report', URI, '--until', '7d'], '--reason is needed'],
  ['accept', ['--report', URI, '--reason', 'r'], '--until is needed'],
  ['accept', ['--report', URI, '--reason', ' ', '--until', '7d'], '--reason is needed'],
  ['accept', WHY, 'either --report, or --reports and --monitor'],
  ['accept', ['--report', URI, ...NAMED, ...WHY], 'either --report, or --reports and --monitor'],
  ['accept', ['--reports', 's3://out', ...WHY], 'either --report, or --reports and --monitor'],
  ['accept', ['--report', URI, '--window', '2026-03-04T08:00', ...WHY], 'either --report'],
  ['accept', [...NAMED, '--window', 'yesterday', ...WHY], '--window is "yesterday"'],
  ['snooze', ['--report', URI, ...WHY, '--feature', 'x'], '--feature'],
  ['exceptions', ['--report', URI, '--withdraw', 'x'], '--reason is needed'],
  ['exceptions', ['--report', URI, '--what'], '--what'],
])('%s %j fails with 64: %s', async (name, args, words) => {
  const { code, error } = await command(name, ...args);
  expect(code).toBe(64);
  expect(error).toContain('TriageUsage: ');
  expect(error).toContain(words);
  expect(asked).not.toHaveBeenCalled();
});
