import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { UnjudgedViolation } from '../../../lib/outcome/confirmation';
import type { ExecutionCompletedDetail } from '../../../lib/outcome/contract';
import type { Conclusion } from '../../../lib/outcome/execution-report';
import { concludeRun } from '../../../lib/outcome/handler/run-conclusion';
import { reportFolder, windowUntil } from '../../../lib/outcome/run-times';
import { S3Store } from '../../handlers/s3-store';
import { RUN } from '../run';

// Windows of a monitor, concluded one after the other, and what their events say of incidents.

const s3 = new S3Store();
const bus = mockClient(EventBridgeClient);
const metrics = mockClient(CloudWatchClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => {
  s3.reset();
  bus.reset();
  metrics.reset();
  bus.onAnyCommand().resolves({ FailedEntryCount: 0, Entries: [] });
  metrics.onAnyCommand().resolves({});
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
});
afterEach(() => jest.useRealTimers());
afterAll(() => logged.mockRestore());

const OUTPUT = { bucket: 'out', prefix: 'reports' };
const TIMES = { everyHours: 1 };
const at = (hour: number) => new Date(Date.UTC(2026, 2, 4, hour));
const likely = (feature: string, pValue = 1e-6): UnjudgedViolation => ({
  ...{ feature, check: 'baseline_drift_check', description: 'd', pValue },
});

/** Concludes the window before an hour, some minutes after it, or whenever it comes. */
async function conclude(hour: number, conclusion: Conclusion, executionId = `e${hour}`, comes = hour): Promise<void> {
  jest.setSystemTime(at(comes).getTime() + 600_000);
  const folder = reportFolder(OUTPUT, TIMES, at(hour));
  const run = { ...RUN, executionId, window: windowUntil(TIMES, at(hour)), folder, windowFolder: folder };
  await concludeRun(run, {
    ...{ monitoringId: 'Stack', featureMetrics: [], hasFailed: conclusion.status === 'Failed' },
    conclusion: async () => conclusion,
    earlier: { output: OUTPUT, times: TIMES, due: at(hour) },
  });
}

const found = (...violations: UnjudgedViolation[]): Conclusion => ({ status: 'Analysed', violations });
const FAILED: Conclusion = { status: 'Failed', failureReason: 'why' };

const told = (): ExecutionCompletedDetail[] =>
  bus.commandCalls(PutEventsCommand).map(({ args }) => JSON.parse(String(args[0].input.Entries?.[0].Detail)));
const changes = () => told().map(({ incidents }) => incidents?.changes.join(', ') ?? '-');

test('an incident is there since the first of the windows that confirm it, and ends by what ends it', async () => {
  await conclude(1, found());
  await conclude(2, found(likely('a')));
  await conclude(3, found(likely('a')));
  await conclude(4, found(likely('a')));
  await conclude(5, found());
  await conclude(6, { status: 'NoData' });
  await conclude(7, found());
  expect(changes()).toEqual(['-', '-', 'Begun', 'Continues', 'Continues', 'Continues', 'Ended']);
  expect(told().at(-1)?.incidents?.incident).toMatchObject({
    ...{ id: at(2).toISOString(), since: at(1).toISOString(), until: at(4).toISOString() },
    ...{ windows: 2, findingCount: 1, isOver: true },
  });
});

test('a missed run hides no incident', async () => {
  await conclude(1, found(likely('a', 0)));
  await conclude(5, found(likely('a', 0)));
  expect(changes()).toEqual(['Begun', 'Continues']);
});

test('a run that is started again and succeeds ends what its failure began', async () => {
  await conclude(1, FAILED);
  await conclude(1, found(), 'again');
  await conclude(2, found());
  expect(changes()).toEqual(['FailuresBegun', 'FailuresEnded', '-']);
});

test('a window that is judged after a later one is told apart, and leaves the open incident', async () => {
  await conclude(1, FAILED);
  await conclude(2, found(likely('a', 0)));
  await conclude(1, found(likely('b', 0)), 'again', 2);
  await conclude(3, found(likely('a', 0), likely('b', 0)));
  expect(changes()).toEqual(['FailuresBegun', 'Begun, FailuresEnded', 'FoundLate', 'Grown']);
});

test('what is concluded again tells the same, byte by byte', async () => {
  await conclude(1, found(likely('a', 0)));
  const refused = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalException' }] };
  bus.reset();
  bus.on(PutEventsCommand).resolvesOnce(refused).resolves({ FailedEntryCount: 0, Entries: [] });
  await expect(conclude(2, found())).rejects.toThrow();
  await conclude(2, found(likely('c', 0)), 'again');
  const [first, second] = told();
  expect(first.incidents?.changes).toEqual(['Continues']);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});
