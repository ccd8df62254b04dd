import {
  capturePrefix,
  dataPrefix,
  hasRecordsOf,
  hourBefore,
  hourPrefixes,
  hoursBelow,
  isBegunIn,
  isTold,
  objectTimes,
} from '../../../lib/engine/serverless/captured-keys';
import { MONITOR_REQUEST } from '../../handlers/requests';

test.each([
  ['data', 'data/churn/'],
  ['', 'churn/'],
])('below the capture prefix %j the data of the endpoint lie below %s', (prefix, expected) => {
  expect(capturePrefix({ ...MONITOR_REQUEST, capture: { bucket: 'capture', prefix } })).toBe(expected);
});

test('the data of an endpoint lie below its name, and the lists of transform jobs, of both sides, below the place that they are given', () => {
  const capture = { bucket: 'capture', prefix: 'data' };
  expect(dataPrefix({ ...MONITOR_REQUEST, capture })).toBe('data/churn/');
  const jobs = { side: 'input', data: { bucket: 'capture', prefix: 'in' }, format: { parquet: {} } } as const;
  expect(dataPrefix({ ...MONITOR_REQUEST, capture, transforms: jobs })).toBe('data/');
});

test('the folders of a window are every hour of every variant: the first is in it, the last is not', () => {
  const window = { start: new Date('2026-02-28T23:00:00Z'), end: new Date('2026-03-01T01:00:00Z') };
  expect(hourPrefixes(['churn/a/', 'churn/b/'], window)).toEqual([
    'churn/a/2026/02/28/23/',
    'churn/a/2026/03/01/00/',
    'churn/b/2026/02/28/23/',
    'churn/b/2026/03/01/00/',
  ]);
  expect(hourPrefixes([], window)).toEqual([]);
  expect(hourPrefixes(['churn/a/'], { start: window.end, end: window.end })).toEqual([]);
});

test('the folders of a window that begins or ends within an hour are those of its hours, and the hour before comes before them', () => {
  const window = { start: new Date('2026-03-04T09:45:00Z'), end: new Date('2026-03-04T10:15:00Z') };
  expect(hourPrefixes(['v/'], window)).toEqual(['v/2026/03/04/09/', 'v/2026/03/04/10/']);
  expect(hourPrefixes(['v/'], hourBefore(window))).toEqual(['v/2026/03/04/08/']);
  expect(hourPrefixes(['v/'], hourBefore({ ...window, start: window.end }))).toEqual(['v/2026/03/04/09/']);
  expect(hourPrefixes(['v/'], hourBefore({ ...window, start: new Date('2026-03-04T09:00:00Z') }))).toEqual([
    'v/2026/03/04/08/',
  ]);
});

describe('the hours below a folder', () => {
  const window = { start: new Date('2026-02-28T23:30:00Z'), end: new Date('2026-03-01T01:00:00Z') };
  const { range, has } = hoursBelow('churn/v/', window);

  test('are one part of its listing, which begins with the first of them and ends with the last', () => {
    const keys = ['02/28/22/z', '02/28/23/', '02/28/23/a', '03/01/00/z', '03/01/01/a'].map(
      (key) => `churn/v/2026/${key}`,
    );
    const isInRange = (key: string) => range !== undefined && key > range.after && key <= range.until;
    expect(keys.filter(isInRange)).toEqual(['churn/v/2026/02/28/23/a', 'churn/v/2026/03/01/00/z']);
  });

  test.each([
    ['2026/02/28/23/a', true],
    ['2026/03/01/00/b/c', true],
    ['2026/02/28/23x/a', false],
    ['2026/02/28/22/a', false],
    ['2026/03/01/01/a', false],
  ])('have %s: %p', (path, isIn) => {
    expect(has(`churn/v/${path}`)).toBe(isIn);
  });

  test('are no part of it where there are none', () => {
    expect(hoursBelow('churn/v/', { start: window.end, end: window.end }).range).toBeUndefined();
  });
});

describe('a captured object', () => {
  const quarter = { start: new Date('2026-03-04T10:15:00Z'), end: new Date('2026-03-04T10:30:00Z') };
  const hour = { start: new Date('2026-03-04T10:00:00Z'), end: new Date('2026-03-04T11:00:00Z') };
  const has = (window: typeof hour, name: string, modified: string) =>
    hasRecordsOf(window, { key: `d/churn/v/2026/03/04/${name}`, modified: new Date(`2026-03-04T${modified}Z`) });

  test.each([
    ['10/29-59-999-a.jsonl', '10:31:07', true],
    ['10/30-00-000-a.jsonl', '10:31:07', false],
    ['10/30-01-000-a.jsonl', '10:31:07', false],
    ['10/copy/40-00-000-a.jsonl', '10:31:07', true],
    ['10/14-10-000-a.jsonl', '10:15:00', true],
    ['10/14-10-000-a.jsonl', '10:14:59', false],
    ['09/59-10-000-a.jsonl', '10:15:00', true],
    ['09/59-10-000-a.jsonl', '10:14:59', false],
    ['10/a.jsonl', '10:15:00', true],
    ['10/a.jsonl', '10:14:59', false],
    ['10/60-00-000-a.jsonl', '10:40:00', true],
    ['10/10-60-000-a.jsonl', '10:40:00', true],
    ['10/a-40-00-000-a.jsonl', '10:40:00', true],
    ['10/40-00-00-a.jsonl', '10:40:00', true],
  ])('%s that was written last at %s may have records of a quarter of an hour: %s', (name, modified, expected) => {
    expect(has(quarter, name, modified)).toBe(expected);
  });

  test.each([
    ['10/00-00-000-a.jsonl', '00:00:00', true],
    ['10/59-59-999-a.jsonl', '11:30:00', true],
    ['09/59-59-999-a.jsonl', '10:00:00', true],
    ['09/59-59-999-a.jsonl', '09:59:59', false],
  ])('%s that was written last at %s may have records of a whole hour: %s', (name, modified, expected) => {
    expect(has(hour, name, modified)).toBe(expected);
  });

  test('below a folder of an hour is taken as it is, whenever it was written', () => {
    const deeper = { key: 'd/churn/v/2026/03/04/09/copy/59-10-000-a.jsonl', modified: new Date(0) };
    expect(hasRecordsOf(quarter, deeper)).toBe(true);
  });

  test('in another folder is taken as it is', () => {
    const elsewhere = { key: 'd/churn/v/10-00-000-a.jsonl', modified: new Date(0) };
    expect(hasRecordsOf(quarter, elsewhere)).toBe(true);
    expect(isTold(quarter, [elsewhere.key])).toBe(false);
  });

  test('says by its name when it was begun, or a window within an hour cannot be told from the next', () => {
    const named = 'd/churn/v/2026/03/04/10/14-10-000-a.jsonl';
    const unnamed = 'd/churn/v/2026/03/04/10/part-0.jsonl';
    expect(isTold(quarter, [named])).toBe(true);
    expect(isTold(quarter, [named, unnamed])).toBe(false);
    expect(isTold(quarter, [])).toBe(true);
    expect(isTold(hour, [unnamed])).toBe(true);
  });
});

test.each([
  ['10/29-59-999-a.jsonl', '10:31:07.000', '10:29:59.000', '10:31:07.000'],
  ['10/a.jsonl', '10:31:07.000', '10:00:00.000', '10:31:07.000'],
  ['10/29-59-999-a.jsonl', '10:20:00.000', '10:29:59.000', '10:29:59.000'],
  ['10/29-59-999-a.jsonl', '11:59:59.999', '10:29:59.000', '11:59:59.999'],
  ['10/29-59-999-a.jsonl', '12:00:00.000', '10:29:59.000', '11:59:59.999'],
])('of %s, written last at %s, records are from %s to %s', (name, modified, begun, written) => {
  const at = (time: string) => new Date(`2026-03-04T${time}Z`);
  const times = objectTimes({ key: `data/churn/v/2026/03/04/${name}`, modified: at(modified) });
  expect(times).toEqual({ begun: at(begun).getTime(), written: at(written).getTime() });
});

test('of a key without an hour, nobody knows of when records are', () => {
  const object = { key: 'data/churn/a.jsonl', modified: new Date('2026-03-04T10:00:00Z') };
  expect(objectTimes(object)).toBeUndefined();
  expect(
    isBegunIn({ start: new Date('2026-03-04T09:15:00Z'), end: new Date('2026-03-04T09:30:00Z') }, object.key),
  ).toBe(false);
});

describe('an object was begun', () => {
  const window = (start: string, end: string) => ({
    start: new Date(`2026-03-04T${start}:00Z`),
    end: new Date(`2026-03-04T${end}:00Z`),
  });
  const key = (name: string) => `data/churn/v/2026/03/04/${name}`;

  test.each([
    ['09/a.jsonl', true],
    ['10/00-00-000-a.jsonl', true],
    ['08/59-59-000-a.jsonl', false],
    ['11/a.jsonl', false],
    ['a.jsonl', false],
  ])('in a window of whole hours by its hour: %s %p', (name, isIn) => {
    expect(isBegunIn(window('09:00', '11:00'), key(name))).toBe(isIn);
  });

  test.each([
    ['09/15-00-000-a.jsonl', true],
    ['09/29-59-000-a.jsonl', true],
    ['09/30-00-000-a.jsonl', false],
    ['09/14-59-000-a.jsonl', false],
    ['09/a.jsonl', false],
  ])('in a part of an hour by its name: %s %p', (name, isIn) => {
    expect(isBegunIn(window('09:15', '09:30'), key(name))).toBe(isIn);
  });

  test('in a part of an hour by its name, also where one end of it is a full hour', () => {
    expect(isBegunIn(window('09:00', '09:15'), key('09/20-00-000-a.jsonl'))).toBe(false);
    expect(isBegunIn(window('09:45', '10:00'), key('09/20-00-000-a.jsonl'))).toBe(false);
  });
});
