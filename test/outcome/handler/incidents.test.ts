import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { UnjudgedViolation } from '../../../lib/outcome/confirmation';
import type { Conclusion } from '../../../lib/outcome/execution-report';
import { at, concludedWindows, drift } from './concluded-windows';

// Windows of a monitor, concluded one after the other, and what their events say of incidents.

const { bus, conclude, told } = concludedWindows();
const likely = (feature: string, pValue = 1e-6): UnjudgedViolation => drift(feature, pValue);

const found = (...violations: UnjudgedViolation[]): Conclusion => ({ status: 'Analysed', violations });
const FAILED: Conclusion = { status: 'Failed', failureReason: 'why' };

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
  await conclude(1, found(), { executionId: 'again' });
  await conclude(2, found());
  expect(changes()).toEqual(['FailuresBegun', 'FailuresEnded', '-']);
});

test('a window that is judged after a later one is told apart, and leaves the open incident', async () => {
  await conclude(1, FAILED);
  await conclude(2, found(likely('a', 0)));
  await conclude(1, found(likely('b', 0)), { executionId: 'again', comes: 2 });
  await conclude(3, found(likely('a', 0), likely('b', 0)));
  expect(changes()).toEqual(['FailuresBegun', 'Begun, FailuresEnded', 'FoundLate', 'Grown']);
});

test('what is concluded again tells the same, byte by byte', async () => {
  await conclude(1, found(likely('a', 0)));
  const refused = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalException' }] };
  bus.reset();
  bus.on(PutEventsCommand).resolvesOnce(refused).resolves({ FailedEntryCount: 0, Entries: [] });
  await expect(conclude(2, found())).rejects.toThrow();
  await conclude(2, found(likely('c', 0)), { executionId: 'again' });
  const [first, second] = told();
  expect(first.incidents?.changes).toEqual(['Continues']);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
});
