import { createHmac } from 'node:crypto';
import { DefectLog } from '../../lib/analysis/reading/defects';
import { OwnCallCheck } from '../../lib/engine/serverless/handler/own-call-check';
import {
  callOf,
  inferenceIdOf,
  isAskingAt,
  OWN_CALL_ATTRIBUTE,
  type OwnCallRun,
  runLocation,
  runsOf,
} from '../../lib/engine/serverless/own-calls';

// Which captured records are calls of our own, and which are somebody else's that look like them.

const RUN: OwnCallRun = {
  version: '1',
  run: 'sixteenCharacter',
  key: '00112233445566778899aabbccddeeff'.repeat(2),
  begin: '2026-03-04T09:20:00.500Z',
  end: '2026-03-04T09:24:00.000Z',
  calls: 5,
};
const HOUR = { start: '2026-03-04T09:00:00Z', end: '2026-03-04T10:00:00Z' };

interface Captured {
  readonly id?: string;
  readonly body?: string;
  readonly time?: string;
  readonly encoding?: string;
}

/** Call 2 of the run, unless another is said. */
function line({ id = inferenceIdOf(RUN, 2, '1,2'), body = '1,2', time = '09:21:00', encoding = 'CSV' }: Captured = {}) {
  return JSON.stringify({
    captureData: { endpointInput: { data: body, encoding }, endpointOutput: { data: '0.5', encoding: 'CSV' } },
    eventMetadata: { eventId: 'e', inferenceId: id, inferenceTime: `2026-03-04T${time}Z` },
  });
}

/** Which of some lines are left out, and what is told of them. */
function checked(lines: readonly string[], { runs = [RUN], variant = 'live', interval = HOUR } = {}) {
  const check = new OwnCallCheck(runs, interval);
  const { isLeftOut } = check.linesOf(variant);
  return { leftOut: lines.map(isLeftOut), calls: check.calls };
}

test('an identifier is one that SageMaker takes, whatever the number of the call', () => {
  for (const number of [0, 9_999]) expect(inferenceIdOf(RUN, number, 'x')).toMatch(/^[!-~]{1,64}$/);
});

test('its end is what the key of the run makes of the number and the body', () => {
  const signed = createHmac('sha256', Buffer.from(RUN.key, 'hex')).update('2\n1,2').digest('base64url').slice(0, 22);
  const id = inferenceIdOf(RUN, 2, '1,2');
  expect(id).toBe(`monitoring-call/sixteenCharacter/2/${signed}`);
  expect(callOf(id)).toEqual({ run: 'sixteenCharacter', number: 2 });
  expect(callOf(`x${id}`)).toBeUndefined();
});

test('the container is told of each as documentation says', () => {
  expect(OWN_CALL_ATTRIBUTE).toBe('sagemaker-monitoring=own-call');
});

test('a call is left out, with its number', () => {
  expect(checked([line()])).toEqual({
    leftOut: [true],
    calls: { leftOut: { 'sixteenCharacter/live': [2] }, strange: 0 },
  });
});

test('a body that was captured as base64 is the same request', () => {
  const encoded = Buffer.from('1,2').toString('base64');
  expect(checked([line({ body: encoded, encoding: 'BASE64' })]).leftOut).toEqual([true]);
});

test.each<[string, Captured]>([
  ['a guess, of the run', { id: `monitoring-call/${RUN.run}/2/${'A'.repeat(22)}` }],
  ['the identifier of a call, of another request', { body: '1,3' }],
  ['the identifier of a call with another number', { id: inferenceIdOf(RUN, 2, '1,2').replace('/2/', '/3/') }],
  ['a call beyond those that were made', { id: inferenceIdOf(RUN, 5, '1,2') }],
])('%s is somebody else, who is told of', (_, captured) => {
  expect(checked([line(captured)])).toEqual({
    leftOut: [false],
    calls: { leftOut: {}, strange: 1 },
  });
});

test.each<[string, Captured]>([
  ['a call that is repeated after the run', { time: '09:24:11' }],
  ['one before it', { time: '09:19:50' }],
  ['a run that nobody noted', { id: inferenceIdOf({ ...RUN, run: 'anotherCharacter' }, 2, '1,2') }],
  ['a time that is none', { time: 'later' }],
  ['an identifier that is longer', { id: `${inferenceIdOf(RUN, 2, '1,2')}x` }],
])('%s is traffic', (_, captured) => {
  expect(checked([line(captured)])).toEqual({ leftOut: [false], calls: undefined });
});

test('clocks may be ten seconds apart', () => {
  const twice = [line({ time: '09:20:00' }), line({ time: '09:24:10', id: inferenceIdOf(RUN, 3, '1,2') })];
  expect(checked(twice).leftOut).toEqual([true, true]);
});

test('and no more', () => {
  const [begin, end] = [Date.parse(RUN.begin), Date.parse(RUN.end)];
  const times = [begin - 10_001, begin - 10_000, end + 10_000, end + 10_001];
  expect(times.map((time) => isAskingAt(RUN, time))).toEqual([false, true, true, false]);
});

test('of a call that is repeated while the run is asking, one record is left out', () => {
  expect(checked([line(), line(), line()])).toEqual({
    leftOut: [true, false, false],
    calls: { leftOut: { 'sixteenCharacter/live': [2] }, strange: 2 },
  });
});

test('what is left out of another hour is not counted there', () => {
  const interval = { start: '2026-03-04T10:00:00Z', end: '2026-03-04T11:00:00Z' };
  const strange = line({ id: inferenceIdOf(RUN, 5, '1,2') });
  expect(checked([line(), strange], { interval })).toEqual({
    leftOut: [true, false],
    calls: undefined,
  });
});

test('the interval begins with its start, and ends before its end', () => {
  const interval = { start: '2026-03-04T09:21:00Z', end: '2026-03-04T09:22:00Z' };
  const lines = ['09:21:00', '09:22:00'].map((time, index) => line({ time, id: inferenceIdOf(RUN, index, '1,2') }));
  expect(checked(lines, { interval })).toEqual({
    leftOut: [true, true],
    calls: { leftOut: { 'sixteenCharacter/live': [0] }, strange: 0 },
  });
});

test('what has an identifier or a body that is no text is no call', () => {
  const id = inferenceIdOf(RUN, 2, '1,2');
  const [bodiless, listed] = [line().replace('"1,2"', '{}'), line().replace(`"${id}"`, `["${id}"]`)];
  expect(bodiless).not.toBe(listed);
  expect(checked([bodiless, listed])).toEqual({ leftOut: [false, false], calls: undefined });
});

test('lines that cannot be read are left to who reads them', () => {
  const withMark = '"inferenceId":"monitoring-call/';
  expect(
    checked([`{${withMark}`, 'null', '[]', '{}', '{"eventMetadata":null,"captureData":null}']).leftOut,
  ).not.toContain(true);
});

test('parts say together how often more was left out than called, and a variant has its own', () => {
  const log = new DefectLog();
  for (const variant of ['live', 'live', 'shadow']) log.ownCalls.add(checked([line(), line()], { variant }).calls);
  const whole = new DefectLog().restore(JSON.parse(JSON.stringify(log.written)));
  const merged = new DefectLog();
  merged.merge(whole, 0);
  expect(merged.ownCalls.counts).toEqual({ ownCalls: 2, repeatedOwnCalls: 1, strangeCalls: 3 });
  expect(new DefectLog().written).toEqual({ counts: [], samples: [] });
});

test('a run is found from its own hour to the end of its time, by the order of keys', () => {
  const ledger = { bucket: 'extracts', prefix: 'own-calls/Stack/churn' };
  const { key } = runLocation(ledger, RUN);
  expect(key).toBe('own-calls/Stack/churn/2026/03/04/09/sixteenCharacter.json');
  const finds = (start: string, end: string) => {
    const { after, until } = runsOf(ledger, { start: `2026-03-04T${start}Z`, end: `2026-03-04T${end}Z` });
    return key > after && key <= until;
  };
  expect([finds('09:00:00', '10:00:00'), finds('08:00:00', '09:00:00'), finds('10:00:00', '11:00:00')]).toEqual([
    true,
    true,
    true,
  ]);
  expect([finds('10:14:00', '11:00:00'), finds('10:15:09', '11:00:00')]).toEqual([true, true]);
  expect([finds('07:00:00', '08:00:00'), finds('10:15:11', '11:00:00')]).toEqual([false, false]);
});
