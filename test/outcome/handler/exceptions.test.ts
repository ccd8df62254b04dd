import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../../lib/outcome/contract';
import type { MonitorException } from '../../../lib/outcome/exception/contract';
import { at, concludedWindows, drift } from './concluded-windows';

// Windows of a monitor, concluded one after the other, about whose findings people said something.

const { s3, bus, metrics, told: toldOf, conclude: concludeWith } = concludedWindows();
const PLACE = 'out/reports/exceptions.json';

const EXCEPTION: MonitorException = {
  ...{ id: 'one', kind: 'Accepted', finding: { feature: 'age', check: 'baseline_drift_check' } },
  ...{ reason: 'a new campaign', by: 'arn:aws:iam::111122223333:user/ann' },
  ...{ at: at(3).toISOString(), until: at(5).toISOString() },
};
const say = (...exceptions: unknown[]) => s3.objects.set(PLACE, JSON.stringify({ version: '1', exceptions }));

/** Concludes the window before an hour, in which these features drift, and gives its event. */
async function conclude(hour: number, ...features: string[]): Promise<ExecutionCompletedDetail> {
  const violations = features.map((feature) => drift(feature, 0));
  await concludeWith(hour, { status: 'Analysed', violations });
  return toldOf().at(-1) as ExecutionCompletedDetail;
}

const reportOf = (hour: number): ExecutionReport =>
  JSON.parse(s3.objects.get(`out/reports/2026/03/04/${String(hour).padStart(2, '0')}/report.json`) as string);
const violations = () =>
  metrics
    .commandCalls(PutMetricDataCommand)
    .flatMap(({ args }) => args[0].input.MetricData ?? [])
    .flatMap(({ MetricName, Value }) => (MetricName === 'Violations' ? [Value] : []));

test('an accepted finding is quiet until its date and loud the window after', async () => {
  const told = [await conclude(3, 'age')];
  say(EXCEPTION);
  for (const hour of [4, 5, 6, 7]) told.push(await conclude(hour, 'age'));
  expect(told.map(({ incidents }) => incidents?.changes.join() ?? '-')).toEqual([
    ...['Begun', 'Accepted', '-', 'Begun', 'Continues'],
  ]);
  expect(violations()).toEqual([1, 0, 0, 1, 1]);
  expect(told.map(({ status }) => status)).toEqual([
    'CompletedWithViolations',
    ...['Watch', 'Watch'],
    ...['CompletedWithViolations', 'CompletedWithViolations'],
  ]);
  expect(told.map(({ concerns }) => concerns)).toEqual([['Drift'], [], [], ['Drift'], ['Drift']]);
});

test('report and event say what is accepted, until when, by whom and why', async () => {
  say(EXCEPTION);
  const told = await conclude(4, 'age', 'income');
  const { kind, id, until, by, reason, finding } = EXCEPTION;
  const accepted = { kind, id, until, by, reason };
  expect(told).toMatchObject({ violationCount: 1, watchedCount: 0, acceptedCount: 1 });
  expect(told.violations.map((one) => [one.feature, one.confirmed, one.accepted])).toEqual([
    ['income', true, undefined],
    ['age', false, accepted],
  ]);
  expect(reportOf(4).accepted).toEqual([{ ...finding, ...accepted }]);
  expect(reportOf(4).violated.map(({ feature }) => feature)).toEqual(['income', 'age']);
});

test('what is found beside an accepted finding is loud, and goes on without it', async () => {
  await conclude(3, 'age', 'income');
  say(EXCEPTION);
  const { incidents, violationCount } = await conclude(4, 'age', 'income');
  expect([incidents?.changes, violationCount]).toEqual([['Continues'], 1]);
});

test('a snoozed monitor is quiet about everything, new findings included, and loud the window after', async () => {
  await conclude(3, 'age');
  say({ ...EXCEPTION, kind: 'Snoozed', finding: undefined });
  for (const hour of [4, 5]) await conclude(hour, 'age', 'income');
  const { incidents } = await conclude(6, 'age', 'income');
  expect(violations()).toEqual([1, 0, 0, 2]);
  expect(incidents?.changes).toEqual(['Begun']);
});

test.each([
  ['no JSON', '{"version": "1", "exceptions": [', 'it is no JSON'],
  ['empty', '', 'it is no JSON'],
  ['an exception without end', { ...EXCEPTION, until: undefined }, 'exceptions[0] has an'],
  [
    'an exception that would last too long',
    { ...EXCEPTION, until: '2036-03-04T00:00:00.000Z' },
    'exceptions[0] has an',
  ],
])('a malformed exception is Health 1, and keeps nothing quiet: %s', async (_, content, words) => {
  if (typeof content === 'string') s3.objects.set(PLACE, content);
  else say(content);
  const { violationCount, health, healthReasons } = await conclude(4, 'age');
  expect([violationCount, health]).toEqual([1, 1]);
  expect(healthReasons).toEqual([expect.stringContaining(words)]);
  expect(reportOf(4).exceptionProblems).toEqual(healthReasons);
});

test('one malformed exception lets the others hold', async () => {
  say({}, EXCEPTION);
  expect(await conclude(4, 'age')).toMatchObject({ violationCount: 0, acceptedCount: 1, health: 1 });
});

test('exceptions that may not be read keep nothing quiet, and are told', async () => {
  say(EXCEPTION);
  s3.denied.set(PLACE, 'AccessDenied');
  expect(await conclude(4, 'age')).toMatchObject({ violationCount: 1, health: 1 });
});

test('a run waits for exceptions that cannot be read now', async () => {
  say(EXCEPTION);
  s3.denied.set(PLACE, 'SlowDown');
  await expect(conclude(4, 'age')).rejects.toThrow('ObjectNotServed');
  expect(bus.commandCalls(PutEventsCommand)).toHaveLength(0);
});

test('a run that finds nothing asks for no exceptions', async () => {
  say({});
  expect(await conclude(4)).toMatchObject({ status: 'Completed', health: 0 });
  const listed = s3.client.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input.Prefix);
  expect(listed).not.toContain('reports/exceptions.json');
  await conclude(5, 'age');
  expect(s3.client.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input.Prefix)).toContain(
    'reports/exceptions.json',
  );
});

const PAUSE: MonitorException = { ...EXCEPTION, id: 'pause', kind: 'Paused', finding: undefined };
const metricsOf = () =>
  metrics
    .commandCalls(PutMetricDataCommand)
    .flatMap(({ args }) => args[0].input.MetricData?.map((one) => one.MetricName));

async function concludeFailed(hour: number): Promise<ExecutionCompletedDetail> {
  await concludeWith(hour, { status: 'Failed', failureReason: 'no such table' });
  return toldOf().at(-1) as ExecutionCompletedDetail;
}

test('a paused monitor is quiet about findings and failures until its date, in report and event all the same, and loud the window after', async () => {
  say(PAUSE);
  const told = [await conclude(4, 'age'), await concludeFailed(5)];
  expect(metricsOf()).toEqual([]);
  told.push(await concludeFailed(6));
  expect(metricsOf()).toEqual(['Health']);
  expect(told.map(({ incidents }) => incidents?.changes.join() ?? '-')).toEqual(['-', '-', 'FailuresBegun']);
  expect(told.map(({ status, health }) => [status, health])).toEqual([
    ['Watch', 0],
    ['Failed', 2],
    ['Failed', 2],
  ]);
  const { kind, id, until, by, reason } = PAUSE;
  expect(told.map(({ paused }) => paused)).toEqual([...Array(2).fill({ kind, id, until, by, reason }), undefined]);
  expect(reportOf(5).published).toEqual(['event', 'metrics', 'featureMetrics']);
});

test('failures that had begun before a pause are told anew after it', async () => {
  const told = [await concludeFailed(4)];
  say({ ...PAUSE, until: at(5).toISOString() });
  told.push(await concludeFailed(5), await concludeFailed(6));
  expect(told.map(({ incidents }) => incidents?.changes.join())).toEqual([
    'FailuresBegun',
    'Continues',
    'FailuresBegun',
  ]);
});

test('a paused run that is whole and found nothing is told as any other', async () => {
  say(PAUSE);
  expect(await conclude(4)).toMatchObject({ status: 'Completed', health: 0 });
  expect(metricsOf()).toEqual(['Health', 'Violations']);
  expect(toldOf().at(-1)?.paused).toBeUndefined();
});

test('a run that is less than whole is quiet while its monitor is paused', async () => {
  say({ ...PAUSE, until: at(4).toISOString() });
  const less = { status: 'Analysed', neverCaptured: undefined, baselineAgeHours: undefined } as const;
  const unreadable = { unreadableCount: 9, outsideWindow: 0, byReason: { notJson: 9 }, samples: [] };
  for (const hour of [4, 5]) await concludeWith(hour, { ...less, recordCount: 1, unreadable });
  expect(toldOf().map(({ health, paused }) => [health, paused?.id])).toEqual([
    [1, 'pause'],
    [1, undefined],
  ]);
  expect(metricsOf()).toEqual(['Health', 'Violations']);
});
