import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { reportsAround } from '../../../lib/outcome/handler/reports-around';
import { S3Store } from '../../handlers/s3-store';
import { leftBy } from '../run';

const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
const OWNER = { accountId: '111122223333', region: 'eu-west-1', monitorId: 'Stack/DataQuality' };
const DUE = new Date('2026-03-04T09:00:00Z');

/** At a quarter past the hour at which the run was due, which had others before and after it. */
beforeEach(() => {
  s3.reset();
  logged.mockClear();
  jest.useFakeTimers({ now: new Date('2026-03-04T09:15:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
});
afterEach(() => jest.useRealTimers());
afterAll(() => logged.mockRestore());

const around = (replaced?: ReturnType<typeof leftBy>) =>
  reportsAround({ output: { bucket: 'out', prefix: 'reports' }, times: { everyHours: 1 }, due: DUE }, OWNER, replaced);

/** Leaves a report in a folder, known by its execution. */
function leave(folder: string, executionId = folder, file = 'report.json') {
  s3.set('out', `reports/${folder}/${file}`, leftBy({ executionId }));
}

const found = async (...given: Parameters<typeof around>) => {
  const { before, after } = await around(...given);
  return { before: before?.outcome.executionId, after: after?.outcome.executionId };
};

test('the report before is that of the run before, found by one look', async () => {
  leave('2026/03/04/08');
  leave('2026/03/04/07');
  leave('2026/03/04/09');
  expect(await found()).toEqual({ before: '2026/03/04/08' });
  expect(s3.client.commandCalls(ListObjectsV2Command)).toHaveLength(1);
});

test('where that has left none, it is the last of a week', async () => {
  leave('2026/02/25/10');
  leave('2026/03/02/10');
  leave('2026/03/03/10', 'of a variant', 'variants/green/report.json');
  leave('churn/schedule/2026/03/04/08', 'of a container');
  s3.set('out', 'reports/2026/03/03/11/report.json', '{');
  expect(await found()).toEqual({ before: '2026/03/02/10' });
});

test('what is older than a week, or of another monitor, is none', async () => {
  leave('2026/02/25/08');
  s3.set('out', 'reports/2026/03/04/08/report.json', leftBy({ monitorId: 'Stack/Other' }));
  expect(await found()).toEqual({});
});

test('a run that replaces a report goes on from it', async () => {
  leave('2026/03/04/08');
  expect(await found(leftBy({ executionId: 'failed' }))).toEqual({ before: 'failed' });
});

test('a run that comes late knows the last of the later ones, and nothing of those before', async () => {
  jest.setSystemTime(new Date('2026-03-04T12:15:00Z'));
  leave('2026/03/04/08');
  leave('2026/03/04/10');
  leave('2026/03/04/11');
  expect(await found(leftBy({ executionId: 'failed' }))).toEqual({ after: '2026/03/04/11' });
});

test('a run that comes late, and before any later one, is as one in time', async () => {
  jest.setSystemTime(new Date('2026-03-06T12:15:00Z'));
  leave('2026/03/04/08');
  leave('2026/03/04/10'); // more than a day of runs ago
  expect(await found()).toEqual({ before: '2026/03/04/08' });
});

test('reports that may not be read are none, which the log says; what else goes wrong is tried again', async () => {
  leave('2026/03/04/08');
  s3.denied.set('out/reports/2026/03/04/08/report.json', 'AccessDenied');
  expect(await found()).toEqual({});
  expect(logged.mock.calls.map(([line]) => JSON.parse(String(line)).decision)).toEqual(['incidents not known']);
  s3.denied.set('out/reports/2026/03/04/08/report.json', 'InternalError');
  await expect(around()).rejects.toThrow('ObjectNotServed');
});
