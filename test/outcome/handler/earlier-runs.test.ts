import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type EarlierRuns, keptEarlier } from '../../../lib/outcome/handler/earlier-runs';
import { S3Store } from '../../handlers/s3-store';
import { leftBy } from '../run';

const s3 = new S3Store();
const OWNER = { accountId: '111122223333', region: 'eu-west-1', monitorId: 'Stack/DataQuality' };
const DUE = new Date('2026-03-04T08:00:00Z');
const KEY = 'reports/2026/03/04/08/report.json';

const runs = (): EarlierRuns => ({
  output: { bucket: 'out', prefix: 'reports' },
  times: { everyHours: 1 },
  due: new Date('2026-03-04T09:00:00Z'),
  read: new Map(),
});
const reads = () => s3.client.commandCalls(GetObjectCommand).length;

beforeEach(() => {
  s3.reset();
  s3.set('out', KEY, leftBy({}));
});

test('a report that was read for a run is not read again', async () => {
  const earlier = runs();
  const [first, second] = [await keptEarlier(earlier, DUE, OWNER), await keptEarlier(earlier, DUE, OWNER)];
  expect(first?.report.outcome.monitorId).toBe('Stack/DataQuality');
  expect(second).toBe(first);
  expect(reads()).toBe(1);
});

test('a report that could not be read is read again', async () => {
  const earlier = runs();
  s3.denied.set(`out/${KEY}`, 'SlowDown');
  await expect(keptEarlier(earlier, DUE, OWNER)).rejects.toThrow('SlowDown');
  s3.denied.clear();
  expect(await keptEarlier(earlier, DUE, OWNER)).toBeDefined();
});

test('another run reads it anew', async () => {
  await keptEarlier(runs(), DUE, OWNER);
  await keptEarlier(runs(), DUE, OWNER);
  expect(reads()).toBe(2);
});
