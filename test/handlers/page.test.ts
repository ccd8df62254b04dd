import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { PageRequest } from '../../lib/engine/page/contract';
import { handler } from '../../lib/engine/page/page.lambda';
import type { ExecutionCompletedDetail, ExecutionReport } from '../../lib/outcome/contract';
import { leftBy, RUN } from '../outcome/run';
import { S3Store } from './s3-store';

const s3 = new S3Store(true, 1000);
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => s3.reset());
afterAll(() => logged.mockRestore());

const ROOT = 'reports/dq';
const FOLDER = `${ROOT}/2026/03/04/09`;
const REQUEST: PageRequest = {
  account: RUN.accountId,
  region: RUN.region,
  monitorId: RUN.monitorId,
  reportUri: `s3://out/${FOLDER}/`,
  buckets: [{ bucket: 'out' }],
};
const HOURLY: Partial<ExecutionReport> = { due: '2026-03-04T09:00:00.000Z', times: { everyHours: 1 } };

/** What a run left that was due at an hour of that day, and found `tenure` at a distance. */
function left(hour: number, distance: number, outcome: Partial<ExecutionCompletedDetail> = {}): void {
  const time = (at: number) => new Date(Date.UTC(2026, 2, 4, at));
  const window = { start: time(hour - 1), end: time(hour) };
  const distances = [{ feature: 'tenure', distance, threshold: 0.1, method: 'Robust' }];
  const report = leftBy({ window }, outcome, { ...HOURLY, due: time(hour).toISOString(), distances });
  s3.set('out', `${ROOT}/${time(hour).toISOString().slice(0, 13).replace(/[-T]/g, '/')}/report.json`, report);
}

/** The windows that a page tells, each by a mark. */
const windowsOf = (text: string) =>
  [...(/<ol class="strip">(.*?)<\/ol>/s.exec(text)?.[1] ?? '').matchAll(/<li /g)].length;

const page = (folder = FOLDER) => s3.objects.get(`out/${folder}/report.html`) ?? 'no page';

test('a run is drawn beside its report', async () => {
  left(9, 0.25);
  await handler(REQUEST);
  expect(page()).toContain('<h1>Data quality of churn</h1>');
  expect(s3.written).toEqual([`${FOLDER}/report.html`]);
});

test('a run that is told twice is drawn to the same page', async () => {
  left(9, 0.25);
  await handler(REQUEST);
  const first = page();
  await handler(REQUEST);
  expect(page()).toBe(first);
});

test('the files beside a report are drawn, and those that it was compared with', async () => {
  const statistics = (count: number) => ({
    version: 0,
    dataset: { item_count: count },
    features: [
      {
        name: 'plan',
        inferred_type: 'String',
        string_statistics: {
          common: { num_present: count, num_missing: 0 },
          distinct_count: 1,
          distribution: { categorical: { buckets: [{ value: 'basic', count }] } },
        },
      },
    ],
  });
  const baseline = {
    statistics: { bucket: 'own', key: 'b/statistics.json' },
    constraints: { bucket: 'own', key: 'b/constraints.json' },
  };
  s3.set('out', `${FOLDER}/report.json`, leftBy({}, { recordCount: 31 }, { ...HOURLY, baseline }));
  s3.set('out', `${FOLDER}/statistics.json`, statistics(31));
  s3.set('own', 'b/statistics.json', statistics(1717));
  s3.set('own', 'b/constraints.json', { version: 0, features: [] });
  await handler(REQUEST);
  expect(page()).toContain('plan');
  expect(page()).toContain('1,717');
});

test("what is measured is drawn beside the baseline's, whatever a user calls its file", async () => {
  const attributed = (tenure: number) => {
    const label0 = { global_shap_values: { tenure, age: 1 - tenure } };
    return { explanations: { kernel_shap: { label0 } } };
  };
  const baseline = { constraints: { bucket: 'own', key: 'mine/churn-shap.json' } };
  const outcome = { monitorKind: 'ModelExplainability' } as const;
  s3.set('out', `${FOLDER}/report.json`, leftBy({}, outcome, { ...HOURLY, baseline }));
  s3.set('out', `${FOLDER}/analysis.json`, attributed(0.25));
  s3.set('own', 'mine/churn-shap.json', attributed(0.8));
  await handler(REQUEST);
  expect(page()).toMatch(/tenure.*80 %.*25 %/);
});

test('the windows before it are drawn, by one listing that begins with the oldest of them', async () => {
  for (let hour = 1; hour <= 9; hour++) left(hour, hour / 100);
  left(10, 0.9876);
  s3.set('out', `${ROOT}/2026/01/01/00/report.json`, leftBy({}));
  await handler(REQUEST);
  const listings = s3.client.commandCalls(ListObjectsV2Command).map(({ args: [{ input }] }) => input);
  expect(listings.filter(({ StartAfter }) => StartAfter !== undefined)).toMatchObject([
    { Prefix: `${ROOT}/`, StartAfter: `${ROOT}/2026/03/03/06` }, // 27 hours before
  ]);
  expect(listings).toHaveLength(1); // the report that the event tells of is not looked for
  expect(page()).toMatch(/2026-03-04[T ]00:00/); // begin of the first window that has a report
  expect(windowsOf(page())).toBe(9); // neither the one after it nor the one of long ago
});

test('a report of an earlier version, which does not say when runs are due, is drawn without the windows before it', async () => {
  left(8, 0.0625);
  s3.set('out', `${FOLDER}/report.json`, leftBy({}));
  await handler(REQUEST);
  expect(page()).toContain('<!doctype html>');
  expect(windowsOf(page())).toBe(1); // its own
});

describe('a test of two variants', () => {
  const comparison = { reference: 'blue', candidate: 'green', notCompared: [], evidence: { test: 'k1', metrics: [] } };
  const kept = (hour: number, test = 'k1') =>
    s3.set('out', `${ROOT}/2026/03/04/0${hour}/variant-test.json`, {
      ...{ version: '1', test, since: '2026-03-04T00:00:00.000Z', until: `2026-03-04T0${hour}:00:00.000Z` },
      ...{ windows: hour, metrics: [{ metric: 'accuracy', difference: { value: 0, low: -1, high: 1 }, sums: {} }] },
      done: [],
    });
  const drawn = () => /accuracy: difference over (\d) window/.exec(page())?.[1];
  beforeEach(() => s3.set('out', `${FOLDER}/report.json`, leftBy({}, {}, { ...HOURLY, comparison })));

  test.each<[string, number[], string]>([
    ['with the window, where that is counted', [6, 8, 9], '9'],
    ['with the last window before, where it is not counted yet', [6, 8], '8'],
  ])('is drawn as far as it is %s', async (_, hours, windows) => {
    for (const hour of hours) kept(hour);
    await handler(REQUEST);
    expect(drawn()).toBe(windows);
  });

  test('is not drawn of what another one has kept', async () => {
    kept(9, 'k0');
    await handler(REQUEST);
    expect(drawn()).toBeUndefined();
  });
});

test('each variant that was judged apart is drawn', async () => {
  const variants = ['blue', 'green'].map((variant) => ({
    variant,
    status: 'Analysed' as const,
    recordCount: 5,
    violationCount: 0,
    watchedCount: 0,
  }));
  left(9, 0.25, { variants });
  s3.set('out', `${FOLDER}/variants/green/statistics.json`, { dataset: { item_count: 5 }, features: [] });
  await handler(REQUEST);
  for (const { variant } of variants) expect(page()).toContain(variant);
});

test.each<[string, Partial<PageRequest>]>([
  ['in a bucket that is none of the stack', { reportUri: `s3://other/${FOLDER}/` }],
  ['that is no folder', { reportUri: 'out' }],
  ['that is not there', { reportUri: undefined }],
])('of an event that names a place %s nothing is drawn, and it fails', async (_, claimed) => {
  left(9, 0.25);
  await expect(handler({ ...REQUEST, ...claimed })).rejects.toThrow(/^MalformedEvent: /);
  expect(s3.written).toEqual([]);
});

test('where there is no report nothing is drawn, and it fails', async () => {
  await expect(handler(REQUEST)).rejects.toThrow(/^OutcomeNotReported: .*s3:\/\/out\/reports\/dq\/2026\/03\/04\/09\//);
  expect(s3.written).toEqual([]);
});

test("somebody else's report is not drawn", async () => {
  left(9, 0.25);
  await expect(handler({ ...REQUEST, account: '444455556666' })).rejects.toThrow(/^ReportOfAnother: /);
  expect(s3.written).toEqual([]);
});

test("a report of the windows before that is somebody else's is left out", async () => {
  left(9, 0.25);
  s3.set('out', `${ROOT}/2026/03/04/08/report.json`, { ...leftBy({ monitorId: 'Other/Monitor' }), ...HOURLY });
  left(7, 0.25);
  await handler(REQUEST);
  expect(windowsOf(page())).toBe(2); // its own, and that of 7
});
