import { createHash } from 'node:crypto';
import type { ExtractItem, MonitorRequest } from '../../lib/engine/serverless/contract';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { captureJson, captureLine } from './captured';
import { MONITOR_REQUEST } from './requests';
import { etagOf, S3Store } from './s3-store';

const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

/** Records of both forms, with text, missing values, times of other hours and lines that cannot be read. */
const RECORDS = [
  ...Array.from({ length: 40 }, (_, i) => captureLine(`${i % 2},${i * 0.25},${i % 3 === 0 ? '' : `word ${i % 7}`}`)),
  captureJson('{"a": 1, "b": {"c": "text"}, "d": null}'),
  captureLine('1,2,3', '2026-03-04T10:00:00Z'),
  captureLine('1,2'),
  'no record\n',
].join('');

/** The folder of the extract that is made of the records for a monitor, and the digest of what is in it. */
async function madeFor(changes: Partial<MonitorRequest>): Promise<unknown[]> {
  const request: MonitorRequest = {
    ...MONITOR_REQUEST,
    extracts: { bucket: 'extracts', prefix: 'extracts' },
    ...changes,
  };
  s3.objects.clear();
  s3.set('out', 'baseline/statistics.json', { features: ['y', 'x', 'text'].map((name) => ({ name })) });
  s3.set('capture', 'k', RECORDS);
  const interval = { start: '2026-03-04T09:00:00Z', end: '2026-03-04T10:00:00Z' };
  const objects = [{ bucket: 'capture', key: 'k', size: 1, etag: etagOf(RECORDS) }];
  const item: ExtractItem = { index: 0, extracts: [{ part: 0, interval, name: 'n', objects }] };
  await profile({ request, execution: 'e', item });
  const made = [...s3.objects].filter(([address]) => address.startsWith('extracts/'));
  expect(made).toHaveLength(1);
  const [[address, text]] = made;
  return [address.split('/').at(-2), createHash('sha256').update(text).digest('hex').slice(0, 16)];
}

test('what a version makes of bytes stays: where this fails for a change that is meant, raise PROFILE_VERSION and write down the new digest', async () => {
  expect(await madeFor({})).toEqual(['58cc3825d6d0efd2', 'b97e21b0d1ee0eb2']);
});

test('what is read by units lies apart from what is read by requests, and is another', async () => {
  const problem = { type: 'BinaryClassification', inferenceAttribute: '0' } as const;
  const monitor = { ...MONITOR_REQUEST.monitor, kind: 'ModelQuality' } as const;
  const [one, other] = [
    await madeFor({ monitor, problem }),
    await madeFor({ monitor, problem, unit: { customAttribute: 'user' } }),
  ];
  expect(other[0]).not.toBe(one[0]);
  expect(other[1]).not.toBe(one[1]);
});

test('so does what it makes for labels: where this fails for a change that is meant, raise RANGES_VERSION and write down the new digest', async () => {
  const made = await madeFor({
    monitor: { ...MONITOR_REQUEST.monitor, kind: 'ModelQuality' },
    problem: { type: 'BinaryClassification', inferenceAttribute: '0' },
  });
  expect(made).toEqual(['25c95bcd4423d421', '333143f5ea1c537c']);
});
