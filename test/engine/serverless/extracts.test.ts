import type { ExtractTask, MonitorRequest } from '../../../lib/engine/serverless/contract';
import {
  extractItems,
  extractLocation,
  extractPrefixes,
  extractsFolder,
  extractsOf,
  intervalsOf,
  type ListedVersion,
  layoutName,
  ownPartLocation,
} from '../../../lib/engine/serverless/extracts';
import { MONITOR_REQUEST } from '../../handlers/requests';

const MIB = 1024 * 1024;
const at = (time: string) => new Date(`2026-03-04T${time}Z`);
const window = (start: string, end: string) => ({ start: at(start), end: at(end) });
const textOf = ({ start, end }: { readonly start: Date; readonly end: Date }) =>
  `${start.toISOString().slice(11, 16)}-${end.toISOString().slice(11, 16)}`;

/** The run that is due at a time, of so many hours. */
const request = (due: string, windowHours: number): MonitorRequest => ({
  ...MONITOR_REQUEST,
  scheduledTime: at(due).toISOString(),
  windowHours,
});

/** An object of `{variant}/yyyy/mm/dd/{rest}`, written at its end. */
function object(
  rest: string,
  { size = 1, modified = '23:59:59', variant = 'v', etag = `"${rest}"` } = {},
): ListedVersion {
  return { bucket: 'capture', key: `data/churn/${variant}/2026/03/04/${rest}`, size, etag, modified: at(modified) };
}

const keysOf = ({ objects }: ExtractTask) =>
  objects.map(({ key }) => key.replace(/^data\/churn\/(.*)\/2026\/03\/04/, '$1'));

test.each([
  ['09:00:00', '10:00:00', ['09:00-10:00']],
  ['09:00:00', '12:00:00', ['09:00-10:00', '10:00-11:00', '11:00-12:00']],
  ['09:15:00', '09:30:00', ['09:15-09:30']],
  ['09:30:00', '10:00:00', ['09:30-10:00']],
  ['09:15:00', '09:45:00', ['09:15-09:30', '09:30-09:45']],
  ['08:45:00', '11:30:00', ['08:45-09:00', '09:00-10:00', '10:00-11:00', '11:00-11:30']],
  ['08:30:00', '10:45:00', ['08:30-09:00', '09:00-10:00', '10:00-10:30', '10:30-10:45']],
  ['08:10:00', '09:10:00', ['08:10-09:10']],
  ['09:00:00', '09:00:00', []],
])('from %s to %s intervals are the longest that begin at a time and end in the window: %j', (start, end, expected) => {
  expect(intervalsOf(window(start, end)).map(textOf)).toEqual(expected);
});

test('extracts are of each interval in turn, of each variant, with the files that go over its full hour', () => {
  const objects = [
    object('10/00-10-000-d.jsonl', { variant: 'blue' }),
    object('09/59-30-000-c.jsonl', { variant: 'green', modified: '10:00:37' }),
    object('09/30-00-000-b.jsonl', { variant: 'green', modified: '09:31:07' }),
    object('08/59-30-000-a.jsonl', { variant: 'green', modified: '09:00:37' }),
    object('08/58-30-000-a.jsonl', { variant: 'green', modified: '08:59:37' }),
  ];
  const found = extractsOf(request('11:05:00', 2), objects);
  expect(
    found.map(({ part, interval }) => [part, textOf(window(interval.start.slice(11, 19), interval.end.slice(11, 19)))]),
  ).toEqual([
    [0, '09:00-10:00'],
    [1, '10:00-11:00'],
    [2, '10:00-11:00'],
  ]);
  expect(found.map(keysOf)).toEqual([
    ['green/08/59-30-000-a.jsonl', 'green/09/30-00-000-b.jsonl', 'green/09/59-30-000-c.jsonl'],
    ['blue/10/00-10-000-d.jsonl'],
    ['green/09/59-30-000-c.jsonl'],
  ]);
  expect(found[0].objects[0]).toEqual({
    bucket: 'capture',
    key: 'data/churn/green/2026/03/04/08/59-30-000-a.jsonl',
    size: 1,
    etag: '"08/59-30-000-a.jsonl"',
  });
});

test('an object in a folder of an hour is of that hour, and of the one after it', () => {
  const found = extractsOf(request('12:05:00', 4), [object('09/copy/a.jsonl')]);
  expect(found.map(({ interval }) => interval.start.slice(11, 16))).toEqual(['09:00', '10:00']);
});

test('the name of an extract follows from its interval and the versions of its objects, and from nothing else', () => {
  const objects = [object('09/a.jsonl', { modified: '09:10:00' }), object('09/b.jsonl', { modified: '09:20:00' })];
  const name = (given: readonly ListedVersion[], asked = request('10:05:00', 1)) =>
    extractsOf(asked, given).map((each) => each.name);
  const [known] = name(objects);
  expect(known).toMatch(/^2026\/03\/04\/09\/[0-9a-f]{32}$/);
  const [a, b] = objects;
  expect(name([b, a])).toEqual([known]);
  expect(name([{ ...a, modified: at('09:11:00') }, b])).toEqual([known]);
  expect(name(objects, request('13:05:00', 6))).toEqual([known]);
  const other = { ...request('10:05:00', 1), monitor: { ...MONITOR_REQUEST.monitor, id: 'Stack/Other' } };
  expect(name(objects, other)).toEqual([known]);
  const others = [
    name([a]),
    name([a, { ...b, etag: '"other"' }]),
    name([a, { ...b, size: 2 }]),
    name([{ ...a, bucket: 'other' }, b]),
    name([a, { ...b, key: `${b.key}.2` }]),
    name(objects, request('09:30:00', 0.5)),
  ].map(([each]) => each);
  expect(new Set([known, ...others]).size).toBe(7);
});

describe('of an hour with many objects', () => {
  const objects = Array.from({ length: 400 }, (_, index) =>
    object(`09/${String(index).padStart(4, '0')}.jsonl`, { size: 8 * MIB, modified: '09:59:00' }),
  );
  const named = (given: readonly ListedVersion[]) => extractsOf(request('10:05:00', 1), given);

  test('an extract has 224 to 256 MiB of objects, and each object is in one', () => {
    const found = named(objects);
    const sizes = found.map((each) => each.objects.reduce((sum, { size }) => sum + size, 0) / MIB);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(224);
    expect(new Set(sizes.slice(0, -1)).size).toBeGreaterThan(2);
    expect(found.flatMap(keysOf)).toEqual(objects.map(({ key }) => key.replace('data/churn/v/2026/03/04', 'v')));
  });

  test.each([0, 57, 200, 399])(
    'one that comes late beside object %i changes the extracts of its neighbours, and few others',
    (index) => {
      const late = object(`09/${String(index).padStart(4, '0')}.late.jsonl`, { size: 8 * MIB });
      const before = new Set(named(objects).map(({ name }) => name));
      const after = named([...objects, late]).map(({ name }) => name);
      expect(after.filter((name) => !before.has(name)).length).toBeLessThanOrEqual(4);
    },
  );
});

test('extracts of data that a monitor of quarters reads are of quarters', () => {
  const asked = { ...request('11:05:00', 1), extracts: { bucket: 'b', prefix: 'p', intervalHours: 0.25 } };
  const found = extractsOf(asked, [object('10/00-10-000-a.jsonl', { modified: '10:50:00' })]);
  expect(found.map(({ interval }) => interval.start.slice(11, 16))).toEqual(['10:00', '10:15', '10:30', '10:45']);
});

test('labels are parted by the hours below which they lie, behind the records, in the order of their keys', () => {
  const labels = { place: { bucket: 'labels', prefix: 'truth' }, startHours: 2, endHours: 1 };
  const label = (key: string): ListedVersion => ({ ...object('x'), bucket: 'labels', key: `truth/2026/03/04/${key}` });
  const listed = [label('10/b.jsonl'), label('10/a.jsonl'), label('09/c.jsonl')];
  const found = extractsOf({ ...request('11:05:00', 1), labels }, [object('09/30-00-000-a.jsonl')], listed);
  expect(found.map(({ part, content, interval }) => [part, content, interval.start.slice(11, 13)])).toEqual([
    [0, undefined, '09'],
    [1, 'labels', '09'],
    [2, 'labels', '10'],
  ]);
  expect(found[2].objects.map(({ key }) => key.slice(-7))).toEqual(['a.jsonl', 'b.jsonl']);
});

test('what is read as labels has another name than what is read as records', () => {
  const asked = { ...request('11:05:00', 1), capture: { bucket: 'capture', prefix: 'data' } };
  const labels = { place: { bucket: 'capture', prefix: 'data/churn/v' }, startHours: 1, endHours: 0 };
  const same = object('10/30-00-000-a.jsonl', { variant: 'v' });
  const [records, read] = extractsOf({ ...asked, labels }, [same], [same]);
  expect(read.objects).toEqual(records.objects);
  expect(read.interval).toEqual(records.interval);
  expect(read.name).not.toBe(records.name);
});

test('extracts lie below the name of the data and their layout', () => {
  const extracts = { bucket: 'extracts', prefix: 'extracts', encryptionKey: 'arn:key' };
  const asked = { ...MONITOR_REQUEST, extracts };
  const folder = extractsFolder(asked, 'l1');
  expect(folder).toEqual({ bucket: 'extracts', prefix: 'extracts/churn/l1' });
  const { endpointName, ...monitor } = MONITOR_REQUEST.monitor;
  expect(extractsFolder({ ...asked, monitor: { ...monitor, dataName: 'own' } }, 'l1').prefix).toBe('extracts/own/l1');
  const labelled = { ...asked, monitor: { ...monitor, kind: 'ModelBias' as const } };
  expect(extractsFolder({ ...labelled, monitor: { ...labelled.monitor, endpointName: 'churn' } }, 'l1').prefix).toBe(
    'extracts/_records/churn/l1',
  );
  expect(extractLocation({ bucket: 'b', prefix: 'p' }, '2026/03/04/09/abc')).toEqual({
    bucket: 'b',
    key: 'p/2026/03/04/09/abc.json',
  });
});

test('what is there is listed by the hour, and of several hours of a day by what they have in common', () => {
  const prefixes = (...names: string[]) => extractPrefixes({ bucket: 'b', prefix: 'p' }, names);
  expect(prefixes('2026/03/04/09/a', '2026/03/04/09/b')).toEqual(['p/2026/03/04/09/']);
  expect(prefixes('2026/03/04/09/a', '2026/03/04/10/b', '2026/03/05/23/c')).toEqual([
    'p/2026/03/04/',
    'p/2026/03/05/23/',
  ]);
  expect(prefixes()).toEqual([]);
});

test('a layout has a short name, another one for each decision', () => {
  expect(layoutName({ a: 1 })).toMatch(/^[0-9a-f]{16}$/);
  expect(layoutName({ a: 1 })).not.toBe(layoutName({ a: 2 }));
});

test('items read several small extracts, at most 256 MiB of objects together', () => {
  const objects = ['07', '08', '09', '10'].map((hour) =>
    object(`${hour}/30-00-000-a.jsonl`, { size: 120 * MIB, modified: `${hour}:31:07` }),
  );
  const tasks = extractsOf(request('11:05:00', 4), objects);
  const items = extractItems(tasks);
  expect(items.map(({ index, extracts }) => [index, extracts.map(({ part }) => part)])).toEqual([
    [0, [0, 1]],
    [1, [2, 3]],
  ]);
  expect(ownPartLocation({ output: { bucket: 'out', prefix: 'r' }, execution: 'e' }, 3).key).toBe(
    'r/work/e/parts/3.json',
  );
});

test('a line of the manifest stays small, however many extracts and objects an item has', () => {
  const objects = Array.from({ length: 1000 }, (_, index) =>
    object(`${String(index % 20).padStart(2, '0')}/${'k'.repeat(300)}-${index}.jsonl`, { modified: '00:00:00' }),
  );
  const tasks = extractsOf(request('23:05:00', 23), objects);
  const lines = extractItems(tasks).map((item) => JSON.stringify(item).length);
  expect(lines.length).toBeGreaterThan(5);
  expect(Math.max(...lines)).toBeLessThan(66 * 1024);
});
