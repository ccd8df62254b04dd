import { NotReadLog } from '../../../lib/engine/serverless/objects-not-read';
import { commonPrefix, listsFolder, namedObjects } from '../../../lib/engine/serverless/transform-lists';

const DATA = { bucket: 'loans', prefix: 'in' };

test('a list names objects below its prefix', () => {
  const list = [{ prefix: 's3://loans/in/2026-01-31/' }, 'a.csv', 'b/c.csv'];
  expect(namedObjects(list, DATA)).toEqual({ keys: ['in/2026-01-31/a.csv', 'in/2026-01-31/b/c.csv'], elsewhere: [] });
});

test('an object that is named twice is one', () => {
  expect(namedObjects([{ prefix: 's3://loans/in/' }, 'a.csv', 'a.csv'], DATA)?.keys).toEqual(['in/a.csv']);
});

test.each([
  ['another bucket', 's3://others/in/', 's3://others/in/a.csv'],
  ['a bucket with a longer name', 's3://loans2/in/', 's3://loans2/in/a.csv'],
  ['another folder', 's3://loans/out/', 's3://loans/out/a.csv'],
  ['a folder with a longer name', 's3://loans/in-2/', 's3://loans/in-2/a.csv'],
  ['no address', 'loans/in/', 'loans/in/a.csv'],
])('what lies in %s is elsewhere', (_, prefix, address) => {
  expect(namedObjects([{ prefix }, 'a.csv'], DATA)).toEqual({ keys: [], elsewhere: [address] });
});

test('a list without names names nothing', () => {
  expect(namedObjects([{ prefix: 's3://loans/in/' }], DATA)).toEqual({ keys: [], elsewhere: [] });
});

test.each([
  ['nothing', undefined],
  ['an object', { prefix: 's3://loans/in/' }],
  ['an empty list', []],
  ['no prefix', ['a.csv']],
  ['null in the place of the prefix', [null, 'a.csv']],
  ['a prefix that is no text', [{ prefix: 7 }, 'a.csv']],
  ['a name that is no text', [{ prefix: 's3://loans/in/' }, 'a.csv', { key: 'b.csv' }]],
])('%s is no list', (_, list) => {
  expect(namedObjects(list, DATA)).toBeUndefined();
});

test.each([
  [[], ''],
  [['in/a.csv'], 'in/a.csv'],
  [['in/part-0', 'in/part-1', 'in/past'], 'in/pa'],
  [['in/a', 'in/a/b'], 'in/a'],
  [['a', 'b'], ''],
])('%j begin with %j', (keys, prefix) => {
  expect(commonPrefix(keys)).toBe(prefix);
});

test('lists lie by side', () => {
  expect(listsFolder({ bucket: 'loans', prefix: 'captured' }, 'output')).toBe('captured/output/');
});

test('what is not read is counted by reason, and the first ten are named', () => {
  const log = new NotReadLog();
  expect(log.found).toBeUndefined();
  for (let index = 0; index < 11; index++) log.add('elsewhere', `s3://others/${index}`);
  log.add('no-list', 's3://loans/list', 3);
  expect(log.found).toEqual({
    count: 14,
    byReason: { elsewhere: 11, 'no-list': 3 },
    samples: Array.from({ length: 10 }, (_, index) => ({ file: `s3://others/${index}`, reason: 'elsewhere' })),
  });
});
