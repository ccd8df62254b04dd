import type { PlanItem } from '../../../lib/engine/serverless/contract';
import {
  answerLocation,
  attemptLocation,
  lastAttempts,
  manifestLocation,
  manifestText,
  onlyItem,
  type PlannedObject,
  planItems,
  profileLocation,
  workFolder,
} from '../../../lib/engine/serverless/plan-items';
import { BASELINE_REQUEST, MONITOR_REQUEST } from '../../handlers/requests';

const WORK = { output: { bucket: 'out', prefix: 'reports/dq' }, execution: 'e1' };
const MIB = 1024 * 1024;

const object = (key: string, size: number): PlannedObject => ({ bucket: 'capture', key, size });
const sizesOf = (items: readonly PlanItem[]) => items.map(({ objects }) => objects.map(({ size }) => size));

const BEGUN = new Date('2026-03-04T10:20:00Z');

test('what an execution makes on the way lies below the output, apart from what others make', () => {
  const made = [
    manifestLocation(WORK),
    answerLocation(WORK),
    profileLocation(WORK, 0),
    attemptLocation(WORK, 12, BEGUN),
  ];
  const keys = made.map(({ key }) => key);
  expect(keys).toEqual([
    'reports/dq/work/e1/plan.jsonl',
    'reports/dq/work/e1/answer.json',
    'reports/dq/work/e1/profiles/0.json',
    'reports/dq/work/e1/attempts/12/2026-03-04T10:20:00.000Z.txt',
  ]);
  expect(manifestLocation(WORK).bucket).toBe('out');
  expect(workFolder(WORK)).toEqual({ bucket: 'out', prefix: 'reports/dq/work/e1' });
});

test('items hold at most 256 MiB, a larger object alone', () => {
  const sizes = [160, 96, 1, 500, 256].map((size) => size * MIB);
  const items = planItems(
    sizes.map((size, i) => object(`k${i}`, size)),
    WORK,
  );
  expect(sizesOf(items)).toEqual([[160 * MIB, 96 * MIB], [MIB], [500 * MIB], [256 * MIB]]);
  expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(items.map(({ profile }) => profile)).toEqual([0, 1, 2, 3].map((index) => profileLocation(WORK, index)));
});

test('one byte more than 256 MiB makes another item, and the next counts from there', () => {
  const items = planItems([object('a', 160 * MIB), object('b', 96 * MIB + 1), object('c', 160 * MIB - 1)], WORK);
  expect(sizesOf(items)).toEqual([[160 * MIB], [96 * MIB + 1, 160 * MIB - 1]]);
});

test('a line of the manifest stays small with the longest keys', () => {
  const objects = Array.from({ length: 500 }, (_, i) => object(`${'ü'.repeat(500)}${i}`, 1));
  const lines = planItems(objects, WORK).map((item) => Buffer.byteLength(JSON.stringify(item)));
  expect(Math.max(...lines)).toBeLessThan(66 * 1024);
  expect(lines.length).toBeGreaterThan(1);
});

test('entries of an item fill 64 KiB of the manifest, separators included, to the byte', () => {
  const entry = 1024; // 64 of them fill it
  const padding = 'k'.repeat(entry - 1 - JSON.stringify(object('00', 1)).length);
  const objects = (count: number, more = '') =>
    Array.from({ length: count }, (_, i) => object(`${String(i).padStart(2, '0')}${padding}${i === 0 ? more : ''}`, 1));
  expect(sizesOf(planItems(objects(64), WORK)).map(({ length }) => length)).toEqual([64]);
  expect(sizesOf(planItems(objects(64, 'k'), WORK)).map(({ length }) => length)).toEqual([63, 1]);
  expect(sizesOf(planItems(objects(96), WORK)).map(({ length }) => length)).toEqual([64, 32]);
});

test('the same objects make the same items, in the order of their keys, and the listing stays as it is', () => {
  const listed = ['c', 'a', 'b', 'a'].map((key) => object(key, 1));
  const items = planItems(listed, WORK);
  expect(items[0].objects.map(({ key }) => key)).toEqual(['a', 'a', 'b', 'c']);
  expect(planItems([...listed].reverse(), WORK)).toEqual(items);
  expect(listed.map(({ key }) => key)).toEqual(['c', 'a', 'b', 'a']);
});

test('no object makes no item, and no item no text', () => {
  expect(planItems([], WORK)).toEqual([]);
  expect(manifestText([])).toBe('');
});

test('labels make items of their own, behind those of records', () => {
  const items = planItems([object('z', 1)], WORK, [object('b', 256 * MIB), object('a', 1)]);
  expect(items.map(({ index, content, objects }) => [index, content, objects.map(({ key }) => key)])).toEqual([
    [0, undefined, ['z']],
    [1, 'labels', ['a']],
    [2, 'labels', ['b']],
  ]);
  expect(items[1].profile).toEqual(profileLocation(WORK, 1));
});

test('the manifest has one item a line', () => {
  const items = planItems([object('a', 256 * MIB), object('b', 1)], WORK);
  expect(manifestText(items)).toBe(`${JSON.stringify(items[0])}\n${JSON.stringify(items[1])}\n`);
});

describe('an item', () => {
  const [item, ...others] = planItems([object('a', 1)], WORK);

  test('is handed on by the machine where a run of a monitor has no other', () => {
    expect(others).toEqual([]);
    expect(onlyItem(MONITOR_REQUEST, [item])).toEqual({ item });
    expect(onlyItem(MONITOR_REQUEST, [item, item])).toEqual({});
    expect(onlyItem(MONITOR_REQUEST, [])).toEqual({});
  });

  test('of a dataset is read by the Map, which a deployment tries so', () => {
    expect(onlyItem(BASELINE_REQUEST, [item])).toEqual({});
  });

  test('is read by the Map where a state has no room for it beside its request and the words of a failure', () => {
    const bytes = (of: object) => Buffer.byteLength(JSON.stringify(of));
    const room = (256 - 64) * 1024 - bytes(item) - 2; // with a separator each
    const request = (padding: number) => ({ ...MONITOR_REQUEST, featureMetrics: ['k'.repeat(padding)] });
    const most = room - bytes(request(0));
    expect(onlyItem(request(most), [item])).toEqual({ item });
    expect(onlyItem(request(most + 1), [item])).toEqual({});
    const large = { ...item, objects: [object('k'.repeat(64 * 1024), 1)] };
    expect(onlyItem(MONITOR_REQUEST, [large])).toEqual({});
  });
});

describe('of the attempts at items', () => {
  const attempts = (index: number, count: number) =>
    Array.from({ length: count }, (_, at) => attemptLocation(WORK, index, new Date(BEGUN.getTime() + 1000 * at)).key);
  const profiles = (...indices: number[]) => indices.map((index) => profileLocation(WORK, index).key);
  const lastOf = (index: number, count: number) => attempts(index, count)[count - 1];
  const others = [manifestLocation(WORK).key];

  test.each([
    ['no item that has a profile', [...attempts(0, 2), ...profiles(0), ...attempts(1, 1), ...profiles(1)], []],
    ['none where nothing was begun', profiles(0), []],
    ['the last of an item that failed', [...attempts(0, 3), ...attempts(1, 1), ...profiles(1)], [lastOf(0, 3)]],
    ['not an item that was stopped with it', [...attempts(0, 1), ...attempts(1, 3)], [lastOf(1, 3)]],
    ['not one that was healed late', [...attempts(0, 3), ...profiles(0), ...attempts(1, 2)], [lastOf(1, 2)]],
    [
      'all that failed, in order of their items',
      [...attempts(10, 3), ...attempts(9, 3)],
      [lastOf(9, 3), lastOf(10, 3)],
    ],
    ['whatever the order of the keys', attempts(0, 3).reverse(), [lastOf(0, 3)]],
  ])('counts %s', (_, keys, last) => {
    expect(lastAttempts([...others, ...keys], WORK)).toEqual(last);
  });
});
