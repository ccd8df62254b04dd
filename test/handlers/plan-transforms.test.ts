import type { MonitorRequest, PlanItem } from '../../lib/engine/serverless/contract';
import { handler } from '../../lib/engine/serverless/handler/plan.lambda';
import { MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => s3.reset());
afterAll(() => logged.mockRestore());

/** Of jobs that read `s3://loans/in`; the window is 09:00 to 10:00. */
const REQUEST: MonitorRequest = {
  ...MONITOR_REQUEST,
  monitor: { id: 'Stack/Monitor', kind: 'DataQuality' },
  transforms: { side: 'input', data: { bucket: 'loans', prefix: 'in' }, format: { csv: { header: false } } },
};

const HOUR = '2026/03/04/09';
const list = (names: readonly string[], prefix = 's3://loans/in/') => JSON.stringify([{ prefix }, ...names]);
const setList = (text: string, folder = `input/${HOUR}`, name = 'job') =>
  s3.set('capture', `data/${folder}/${name}`, text);
const planned = () => handler({ request: REQUEST, execution: 'e1' });

function keys(): string[] {
  const text = s3.objects.get('out/reports/dq/work/e1/plan.jsonl') ?? '';
  const items: PlanItem[] = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return items.flatMap(({ objects }) => objects.map(({ key }) => key));
}

test('a window is what the lists of its hours name on its side, and nothing else', async () => {
  for (const name of ['a.csv', 'b.csv', 'c.csv', 'unnamed.csv']) s3.set('loans', `in/${name}`, '1,2\n');
  setList(list(['a.csv', 'b.csv']));
  setList(list(['c.csv']), `output/${HOUR}`);
  setList(list(['c.csv']), 'input/2026/03/04/08');
  setList(list(['c.csv']), 'input/2026/03/04/10');
  expect(await planned()).toMatchObject({ objectCount: 2, objectCountBefore: 1, itemCount: 1 });
  expect(keys()).toEqual(['in/a.csv', 'in/b.csv']);
  const { item, ...beside } = (await planned()).found ?? {};
  expect(beside).toEqual({});
});

test('a side without a list is told, with its place, and not where it has others', async () => {
  expect((await planned()).found).toEqual({ neverCaptured: { at: 's3://capture/data/input/' } });
  setList(list(['a.csv']), 'input/2026/02/01/00');
  const { item, ...beside } = (await planned()).found ?? {};
  expect(beside).toEqual({});
});

test('the other side has lists of its own', async () => {
  s3.set('loans', 'out/a.csv.out', '1\n');
  setList(list(['a.csv.out'], 's3://loans/out/'), `output/${HOUR}`);
  const transforms = { ...REQUEST.transforms, side: 'output', data: { bucket: 'loans', prefix: 'out' } };
  await handler({ request: { ...REQUEST, transforms } as MonitorRequest, execution: 'e1' });
  expect(keys()).toEqual(['out/a.csv.out']);
});

test('an object that several lists name is read once', async () => {
  s3.set('loans', 'in/a.csv', '1,2\n');
  for (const name of ['first', 'again']) setList(list(['a.csv']), `input/${HOUR}`, name);
  expect(await planned()).toMatchObject({ objectCount: 1 });
});

test('what is gone, empty or elsewhere is counted, and the rest is read', async () => {
  s3.set('loans', 'in/a.csv', '1,2\n');
  s3.set('loans', 'in/empty.csv', '');
  s3.set('others', 'secret.csv', '1,2\n');
  setList(list(['a.csv', 'gone.csv', 'empty.csv']));
  setList(list(['secret.csv'], 's3://others/'), `input/${HOUR}`, 'stranger');
  const { objectCount, found: { notRead } = {} } = await planned();
  expect(objectCount).toBe(1);
  expect(notRead).toEqual({
    count: 3,
    byReason: { 'missing-or-empty': 2, elsewhere: 1 },
    samples: expect.arrayContaining([
      { file: 's3://loans/in/gone.csv', reason: 'missing-or-empty' },
      { file: 's3://loans/in/empty.csv', reason: 'missing-or-empty' },
      { file: 's3://others/secret.csv', reason: 'elsewhere' },
    ]),
  });
});

test.each([
  ['no JSON', 'a.csv\nb.csv'],
  ['another JSON', '{"prefix":"s3://loans/in/"}'],
])('a list that is %s is counted', async (_, text) => {
  setList(text);
  const { objectCount, found: { notRead } = {} } = await planned();
  expect(objectCount).toBe(0);
  expect(notRead?.byReason).toEqual({ 'no-list': 1 });
  expect(notRead?.samples).toEqual([{ file: `s3://capture/data/input/${HOUR}/job`, reason: 'no-list' }]);
});

test('a list that is longer than lists are is counted, and not read', async () => {
  setList(`[${' '.repeat(32 * 1024 * 1024)}]`);
  expect((await planned()).found?.notRead?.byReason).toEqual({ 'list-too-long': 1 });
});

test('an hour without a job is an empty plan', async () => {
  expect(await planned()).toMatchObject({ itemCount: 0, objectCount: 0 });
});
