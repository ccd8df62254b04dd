import type { PlanItem, VariantSettings } from '../../lib/engine/serverless/contract';
import { handler } from '../../lib/engine/serverless/handler/plan.lambda';
import { MONITOR_REQUEST } from './requests';
import { S3Store } from './s3-store';

const s3 = new S3Store();
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => s3.reset());
afterAll(() => logged.mockRestore());

const put = (variant: string, name = 'a', hour = '09') =>
  s3.set('capture', `data/churn/${variant}/2026/03/04/${hour}/${name}.jsonl`, '{}');
const planned = (variants?: VariantSettings) => handler({ request: { ...MONITOR_REQUEST, variants }, execution: 'e1' });

function keys(): string[] {
  const text = s3.objects.get('out/reports/dq/work/e1/plan.jsonl') ?? '';
  const items: PlanItem[] = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return items.flatMap(({ objects }) => objects.map(({ key }) => key.split('/')[2]));
}

test('of variants that are known, those that are asked for are read, others are left out, and folders of none are counted', async () => {
  for (const variant of ['blue', 'green', 'shadow']) put(variant);
  for (const name of ['a', 'b']) put('stray', name);
  put('retired', 'a', '05');
  const { objectCount, found: { variants, notRead } = {} } = await planned({
    read: ['blue', 'green'],
    others: ['shadow'],
  });
  expect(keys()).toEqual(['blue', 'green']);
  expect(objectCount).toBe(2);
  expect(variants).toEqual({ read: ['blue', 'green'], leftOut: ['shadow'] });
  expect(notRead).toEqual({
    count: 2,
    byReason: { 'unknown-variant': 2 },
    samples: [{ file: 's3://capture/data/churn/stray/2026/03/04/09/a.jsonl', reason: 'unknown-variant' }],
  });
});

test('where nobody knows the variants, all folders are read, and named', async () => {
  for (const variant of ['blue', 'shadow']) put(variant);
  const { found: { variants, notRead } = {} } = await planned();
  expect(keys()).toEqual(['blue', 'shadow']);
  expect(variants).toEqual({ read: ['blue', 'shadow'], leftOut: [] });
  expect(notRead).toBeUndefined();
});

test('where some are named and nobody knows the others, these are left out, and named', async () => {
  for (const variant of ['blue', 'shadow']) put(variant);
  const { found: { variants, notRead } = {} } = await planned({ read: ['shadow'] });
  expect(keys()).toEqual(['shadow']);
  expect(variants).toEqual({ read: ['shadow'], leftOut: ['blue'] });
  expect(notRead).toBeUndefined();
});

test('what lies in the window before is counted of the same variants', async () => {
  for (const variant of ['blue', 'shadow', 'stray']) put(variant, 'a', '08');
  expect(await planned({ read: ['blue'], others: ['shadow'] })).toMatchObject({ objectCountBefore: 1 });
});
