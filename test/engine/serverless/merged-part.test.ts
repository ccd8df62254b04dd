import type { Analysis } from '../../../lib/analysis';
import { mergedPart } from '../../../lib/engine/serverless/handler/merged-part';
import { profileLocation } from '../../../lib/engine/serverless/plan-items';
import { S3Store } from '../../handlers/s3-store';

const s3 = new S3Store();
const WORK = { output: { bucket: 'out', prefix: 'reports/dq' }, execution: 'e1' };

/** A part is the numbers of the items that it was merged of, in order. */
const listing = {
  decode: (text: string): number[] => JSON.parse(text),
  merge: (parts: readonly number[][]): number[] => parts.flat(),
} as Partial<Analysis<number[]>> as Analysis<number[]>;

test.each([0, 1, 15, 16, 17, 32, 33, 50])(
  'of a window of %i items each is merged once, in their order',
  async (count) => {
    s3.reset();
    const items = Array.from({ length: count }, (_, index) => index);
    for (const index of items) s3.set('out', profileLocation(WORK, index).key, [index]);
    expect(await mergedPart(listing, WORK, count)).toEqual(items);
  },
);

test('at most 16 parts are in memory beside what is merged', async () => {
  s3.reset();
  const merged: number[] = [];
  const counting = {
    ...listing,
    merge: (parts: readonly number[][]) => {
      merged.push(parts.length);
      return parts.flat();
    },
  };
  for (let index = 0; index < 40; index += 1) s3.set('out', profileLocation(WORK, index).key, [index]);
  await mergedPart(counting, WORK, 40);
  expect(Math.max(...merged)).toBe(17);
});
