import type { MetricEvidence as RowsOf } from '../../lib/outcome/comparison/contract';
import type { KeptTest } from '../../lib/outcome/tested/contract';
import type { TestSettings } from '../../lib/variant-test/contract';
import { testProgress } from '../../lib/variant-test/handler/test-progress';
import type { TestedWindow } from '../../lib/variant-test/handler/window-walk';

const SETTINGS: TestSettings = {
  key: 'k1',
  name: 'Stack/Autumn',
  reference: 'blue',
  candidate: 'green',
  leastEffect: 0.2,
  level: 0.05,
  leastHours: 24,
  largestHours: 2400,
};

/** 1,280 rows of each in 128 groups, of which so many of ten are something; groups differ by one or two. */
function rows(metric: RowsOf['metric'], reference: number, candidate: number): RowsOf {
  const side = (found: number) => ({
    rows: Array<number>(128).fill(10),
    sums: Array.from({ length: 128 }, (_, group) => (found === 0 ? 0 : found + (group % 3) - 1)),
  });
  return { metric, reference: side(reference), candidate: side(candidate) };
}

const at = (hour: number) => new Date(Date.UTC(2026, 2, 4, hour)).toISOString();

function window(metrics: readonly RowsOf[], hour = 24): TestedWindow {
  const compared = { rows: { reference: 1280, candidate: 1280 } };
  return { start: at(hour - 24), end: at(hour), evidence: { test: 'k1', metrics }, compared, endpointName: 'churn' };
}

const SAME = rows('accuracy', 7, 7);
const service = jest.fn(async () => ({}));
beforeEach(() => service.mockReset().mockResolvedValue({}));

const progress = (settings: Partial<TestSettings>, ...windows: TestedWindow[]) =>
  testProgress({ ...SETTINGS, ...settings }, { windows }, service);

test('accuracy is better where it is higher, the absolute error where it is lower', async () => {
  const outcomeOf = async (metric: 'accuracy' | 'mae') =>
    (await progress({ leastEffect: 0.05 }, window([rows(metric, 3, 7)])))?.outcome;
  expect(await outcomeOf('accuracy')).toBe('Better');
  expect(await outcomeOf('mae')).toBe('Worse');
});

test('what is not asked for is not tested', async () => {
  const kept = await progress({}, window([SAME, rows('predictions', 1, 9)]));
  expect(kept?.metrics.map(({ metric }) => metric)).toEqual(['accuracy']);
  expect(kept?.outcome).toBe('NoDifference');
});

test.each([
  [1, 9],
  [9, 1],
])('predictions that are others by more than matters are worse, be they more or less', async (reference, candidate) => {
  const measures = [{ metric: 'predictions', leastEffect: 0.1 }] as const;
  const kept = await progress({ measures }, window([SAME, rows('predictions', reference, candidate)]));
  expect(kept?.metrics.map(({ metric }) => metric)).toEqual(['accuracy', 'predictions']);
  expect(kept?.outcome).toBe('Worse');
});

test('answers that disagree more often than matters are worse, and less often are not', async () => {
  const apart = window([SAME, rows('disagreement', 0, 3)]);
  const outcomeOf = async (leastEffect: number) =>
    (await progress({ measures: [{ metric: 'disagreement', leastEffect }] }, apart))?.outcome;
  expect(await outcomeOf(0.1)).toBe('Worse');
  expect(await outcomeOf(0.5)).toBe('NoDifference');
});

test('what is kept says which test it is of, and that this window has decided it', async () => {
  const kept = await progress({ leastEffect: 0.05 }, window([rows('accuracy', 3, 7)]));
  const { metrics, ...others } = kept ?? { metrics: [] };
  const end = { outcome: 'Better', isNew: true, done: [] };
  const course = [{ until: at(24), windows: 1, differences: [expect.any(Object)] }];
  const names = { test: 'k1', name: 'Stack/Autumn' };
  expect(others).toEqual({ version: '1', ...names, since: at(0), until: at(24), windows: 1, course, ...end });
  const held = { leastEffect: 0.05, better: 'higher' };
  expect(metrics).toEqual([{ metric: 'accuracy', difference: expect.any(Object), sums: expect.any(Object), ...held }]);
});

test('a window is added to those before it', async () => {
  const [better, worse] = [rows('accuracy', 4, 6), rows('accuracy', 6, 4)];
  const kept = await progress({ leastEffect: 0.9, leastHours: 2000 }, window([better]), window([worse], 48));
  expect(kept?.windows).toBe(2);
  expect(kept?.metrics[0].difference?.value).toBeCloseTo(0, 10);
  const undecided = await progress({ leastHours: 2000 }, window([SAME]));
  const later = { before: undecided, windows: [window([worse], 48)] };
  const added = await testProgress({ ...SETTINGS, leastHours: 2000 }, later, service);
  expect(added?.metrics[0].difference?.value).toBeCloseTo(-0.1, 10);
});

test('fewer errors, and shorter answers, are better', async () => {
  const counted = (found: number) => ({ count: 5000, found });
  const serverErrors = { counts: { reference: counted(200), candidate: counted(10) } };
  const minute = (milliseconds: number) => ({ count: 20, sum: 20 * milliseconds });
  const minutes = Array.from({ length: 300 }, (_, index) => ({
    reference: minute(90 + (index % 7)),
    candidate: minute(50 + (index % 5)),
  }));
  service.mockResolvedValue({ serverErrors, modelLatency: { minutes } });
  for (const [metric, leastEffect] of [
    ['serverErrors', 0.001],
    ['modelLatency', 5],
  ] as const) {
    const kept = await progress({ measures: [{ metric, leastEffect }] }, window([SAME]));
    expect(kept?.outcome).toBe('Better');
  }
});

test('errors of the server are counted: more of them are worse', async () => {
  const counted = (found: number) => ({ count: 5000, found });
  service.mockResolvedValue({ serverErrors: { counts: { reference: counted(10), candidate: counted(200) } } });
  const measures = [{ metric: 'serverErrors', leastEffect: 0.001 }] as const;
  const kept = await progress({ measures }, window([SAME]));
  expect(kept?.outcome).toBe('Worse');
  expect(kept?.metrics[1].difference?.value).toBeCloseTo(0.038, 10);
});

test('latency is measured by the minute: a longer one is worse', async () => {
  const minutes = Array.from({ length: 300 }, (_, minute) => ({
    reference: { count: 20, sum: 20 * (50 + (minute % 5)) },
    candidate: { count: 20, sum: 20 * (90 + (minute % 7)) },
  }));
  service.mockResolvedValue({ modelLatency: { minutes } });
  const kept = await progress({ measures: [{ metric: 'modelLatency', leastEffect: 5 }] }, window([SAME]));
  expect(kept?.outcome).toBe('Worse');
  expect(kept?.metrics[1].difference?.value).toBeCloseTo(41, 0);
});

test('metrics are read of windows that count, and of no other', async () => {
  await progress({ leastHours: 2000 }, window([SAME]), window([SAME], 36), window([SAME], 48));
  expect(service.mock.calls).toEqual([
    [expect.objectContaining({ start: at(0) })],
    [expect.objectContaining({ start: at(24) })],
  ]);
  service.mockClear();
  const ended = { version: '1', outcome: 'Worse', metrics: [], until: at(24) } as unknown as KeptTest;
  const kept = await testProgress(SETTINGS, { before: ended, windows: [window([SAME], 48)] }, service);
  expect(kept).toMatchObject({ outcome: 'Worse', until: at(24), done: [] });
  expect(service).not.toHaveBeenCalled();
});

test('of a shadow variant it adds up how many answers met, of others it does not', async () => {
  const agreement = { requests: 900, rows: 1000, agreeing: 950 };
  const met = { ...window([SAME]), compared: { rows: { reference: 1280, candidate: 1200 }, agreement } };
  const later = { ...met, start: at(24), end: at(48) };
  const kept = await progress({ shadow: {}, leastHours: 2000 }, met, later);
  expect(kept?.sameRequests).toEqual({ reference: 2560, candidate: 2400, shared: 2000, agreeing: 1900 });
  expect(await progress({}, met)).not.toHaveProperty('sameRequests');
});
