import { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandInput } from '@aws-sdk/client-s3';
import type { Analysis } from '../../../lib/analysis';
import { mergedPart } from '../../../lib/engine/serverless/handler/merged-part';
import { windowParts } from '../../../lib/engine/serverless/handler/window-parts';
import { profileLocation } from '../../../lib/engine/serverless/plan-items';
import { MONITOR_REQUEST } from '../../handlers/requests';
import { S3Store } from '../../handlers/s3-store';

const s3 = new S3Store();
const WORK = { output: { bucket: 'out', prefix: 'reports/dq' }, execution: 'e1' };

/** Those that an execution made for itself. */
const partsOf = (itemCount: number) => windowParts(MONITOR_REQUEST, WORK, itemCount);

/** A part is the numbers of the items that it was merged of, in order. */
const listing = {
  decode: (text: string): number[] => JSON.parse(text),
  merge: (parts: Iterable<number[]>): number[] => [...parts].flat(),
} as Partial<Analysis<number[]>> as Analysis<number[]>;

test.each([0, 1, 15, 16, 17, 32, 33, 50])(
  'of a window of %i items each is merged once, in their order',
  async (count) => {
    s3.reset();
    const items = Array.from({ length: count }, (_, index) => index);
    for (const index of items) s3.set('out', profileLocation(WORK, index).key, [index]);
    expect(await mergedPart(listing, await partsOf(count))).toEqual(items);
  },
);

/** Notes what is read, decoded and merged, in order. */
function watched() {
  const events: string[] = [];
  s3.client.on(GetObjectCommand).callsFake(({ Key }: GetObjectCommandInput) => {
    events.push('read');
    return { Body: Readable.from([Buffer.from(s3.objects.get(`out/${Key}`) ?? '')]) };
  });
  const analysis = {
    decode: (text: string) => {
      events.push('decode');
      return JSON.parse(text);
    },
    merge: (parts: Iterable<number[]>) => {
      const all: number[] = [];
      for (const part of parts) {
        events.push('merge');
        all.push(...part);
      }
      return all;
    },
  } as Partial<Analysis<number[]>> as Analysis<number[]>;
  return { events, analysis };
}

const runs = (events: readonly string[]) =>
  events.reduce<[string, number][]>((found, event) => {
    const last = found[found.length - 1];
    if (last?.[0] === event) last[1] += 1;
    else found.push([event, 1]);
    return found;
  }, []);

test('each part is merged before the next is decoded, and at most 16 texts are read ahead', async () => {
  s3.reset();
  for (let index = 0; index < 40; index += 1) s3.set('out', profileLocation(WORK, index).key, [index]);
  const { events, analysis } = watched();
  expect(await mergedPart(analysis, await partsOf(40))).toHaveLength(40);
  const batch = (count: number) => [
    ['read', count],
    ['merge', 1],
    ...Array.from({ length: count }, () => [
      ['decode', 1],
      ['merge', 1],
    ]).flat(),
  ];
  expect(runs(events)).toEqual([...batch(16), ...batch(16), ...batch(8)]);
});

test.each([
  ['together', 16, 1],
  ['apart', 17, 2],
])('texts of 32 MiB are read %s', async (_, mebibytes, reads) => {
  s3.reset();
  const text = `[${' '.repeat(mebibytes * 1024 * 1024 - 3)}1]`;
  for (const index of [0, 1]) s3.set('out', profileLocation(WORK, index).key, text);
  const { events, analysis } = watched();
  expect(await mergedPart(analysis, await partsOf(2))).toEqual([1, 1]);
  expect(runs(events).filter(([event]) => event === 'read')).toHaveLength(reads);
});

test('a part that is not there is named', async () => {
  s3.reset();
  s3.set('out', profileLocation(WORK, 0).key, [0]);
  const parts = await partsOf(2);
  await expect(mergedPart(listing, parts)).rejects.toThrow('ObjectNotFound: there is no object s3://out/reports/dq');
});
