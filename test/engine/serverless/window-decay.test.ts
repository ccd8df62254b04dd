import type { WindowQuality } from '../../../lib/analysis';
import { MODEL_DECAY_CHECK } from '../../../lib/analysis';
import type { MonitorRequest } from '../../../lib/engine/serverless/contract';
import { withDecay } from '../../../lib/engine/serverless/handler/window-decay';
import { type Conclusion, executionReport } from '../../../lib/outcome/execution-report';
import type { QualityWindow, RememberedQuality } from '../../../lib/outcome/quality/contract';
import { MONITOR_REQUEST } from '../../handlers/requests';
import { RUN } from '../../outcome/run';

const request = (decay?: MonitorRequest['decay'], hour = 1): MonitorRequest => ({
  ...MONITOR_REQUEST,
  scheduledTime: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(),
  monitor: { id: 'm', kind: 'ModelQuality', endpointName: 'e' },
  problem: { type: 'BinaryClassification', probabilityAttribute: '0', probabilityThreshold: 0.5 },
  decay,
});

const ANALYSED: Conclusion = { status: 'Analysed', recordCount: 1_000, violations: [] };
const accuracy = (value: number) => ({ accuracy: [value, 0.01] as const });
/** At 0.9, and from the 31st window on a point less with each. */
const falling = (hour: number) => accuracy(0.9 - 0.01 * Math.max(0, hour - 30) + (hour % 2 === 0 ? 0.003 : -0.003));

const reportOf = (conclusion: Conclusion | undefined) =>
  conclusion && executionReport({ ...RUN, monitorKind: 'ModelQuality' }, { ...conclusion, violations: [] }, new Date());

type Quality = (hour: number) => readonly RememberedQuality[] | undefined;

/** The windows of so many hours, each beside the report of the one before. */
async function conclusions(
  hours: number,
  quality: Quality,
  { decay, conclusion = ANALYSED }: { readonly decay?: MonitorRequest['decay']; readonly conclusion?: Conclusion } = {},
): Promise<Conclusion[]> {
  const all: Conclusion[] = [];
  for (let hour = 1; hour <= hours; hour++) {
    const before = reportOf(all.at(-1));
    all.push(await withDecay(request(decay, hour), { conclusion, quality: quality(hour) }, async () => ({ before })));
  }
  return all;
}

const found = (all: readonly Conclusion[]) => all.map(({ violations = [] }) => violations.map(({ check }) => check));
const first = (all: readonly Conclusion[]) => found(all).findIndex((checks) => checks.length > 0) + 1;

const realized: Quality = (hour) => [{ realized: falling(hour) }];

test('what falls from window to window is found in the form of every other finding, by the tenth that falls', async () => {
  const all = await conclusions(40, realized);
  expect(first(all)).toBeGreaterThan(33);
  expect(first(all)).toBeLessThanOrEqual(40);
  expect(all.at(-1)?.violations).toEqual([
    {
      ...{ feature: 'accuracy', check: MODEL_DECAY_CHECK, expectedType: undefined },
      description: expect.stringContaining('Metric accuracy with 0.803'),
      observed: 0.803,
      expected: expect.closeTo(0.9, 2),
      pValue: expect.any(Number),
    },
  ]);
});

test('other findings stay beside it', async () => {
  const violation = { feature: 'f1', check: 'LessThanThreshold', description: '' };
  const all = await conclusions(40, realized, { conclusion: { ...ANALYSED, violations: [violation] } });
  expect(found(all).at(-1)).toEqual(['LessThanThreshold', MODEL_DECAY_CHECK]);
});

test('a report remembers the last 42 windows, and that of a run without data hands them on', async () => {
  const all = await conclusions(50, realized);
  expect(all.at(-1)?.qualityWindows).toHaveLength(42);
  const before = reportOf(all.at(-1));
  for (const status of ['NoData', 'Failed'] as const) {
    const next = await withDecay(request(undefined, 51), { conclusion: { status } }, async () => ({ before }));
    expect(next.qualityWindows).toEqual(all.at(-1)?.qualityWindows);
  }
});

test('until labels come estimates are looked at, and the two are never mixed', async () => {
  const estimated: Quality = (hour) => [{ estimated: falling(hour), ...(hour <= 30 && { realized: accuracy(0.5) }) }];
  expect(first(await conclusions(40, estimated))).toBeGreaterThan(33);
  const apart: Quality = (hour) => [hour <= 30 ? { realized: accuracy(0.9) } : { estimated: accuracy(0.7) }];
  expect(first(await conclusions(45, apart))).toBe(0);
});

test('a window that lacks labels is remembered by its estimate, and finds nothing by itself', async () => {
  const estimated: Quality = (hour) => [{ estimated: falling(hour) }];
  const all = await conclusions(40, estimated, { conclusion: { status: 'LabelsMissing' } });
  expect(first(all)).toBe(0);
  expect(all.at(-1)?.qualityWindows).toHaveLength(40);
});

test('each variant falls by itself, with its share of the false alarms', async () => {
  const variants: Quality = (hour) => [
    { variant: 'blue', realized: accuracy(0.9 + (hour % 2 === 0 ? 0.003 : -0.003)) },
    { variant: 'green', realized: falling(hour) },
  ];
  const [alone, both] = [await conclusions(40, realized), await conclusions(40, variants)];
  const [violation] = both.at(-1)?.violations ?? [];
  expect(violation).toMatchObject({ variant: 'green', feature: 'accuracy' });
  expect(violation.pValue).toBeCloseTo(2 * (alone.at(-1)?.violations?.[0].pValue ?? 0), 20);
});

test('over how many windows nothing may fall is the choice of the monitor, and none are watched where it says so', async () => {
  const sooner = first(await conclusions(40, realized, { decay: { lastWindows: 5 } }));
  expect(sooner).toBeLessThanOrEqual(40);
  const none = await conclusions(40, realized, { decay: { lastWindows: 0 } });
  expect(first(none)).toBe(0);
  expect(none.at(-1)?.qualityWindows).toHaveLength(40);
});

test('a window that comes late takes what a later report remembers of those before it', async () => {
  const windows: QualityWindow[] = ((await conclusions(40, realized)).at(-1)?.qualityWindows ?? []).slice();
  const after = reportOf({ ...ANALYSED, qualityWindows: windows.filter((_, index) => index !== 19) });
  const late = await withDecay(request(undefined, 20), { conclusion: ANALYSED, quality: realized(20) }, async () => ({
    after,
  }));
  expect(late.qualityWindows).toEqual(windows.slice(0, 20));
});

test('other kinds of monitors remember nothing, and ask for no report', async () => {
  const { problem, ...other } = request();
  const around = jest.fn();
  const quality: WindowQuality[] = [];
  expect(await withDecay(other, { conclusion: ANALYSED, quality }, around)).toBe(ANALYSED);
  expect(around).not.toHaveBeenCalled();
});

describe('where a metric is asked for', () => {
  const asked: Conclusion = { ...ANALYSED, lookedFor: ['ConceptDrift'] };
  const looked = (all: readonly Conclusion[]) => all.map(({ lookedFor }) => lookedFor?.includes('ModelDecay'));

  test('decay was looked for once there are windows enough, found or not, and not before', async () => {
    const all = looked(await conclusions(12, realized, { conclusion: asked }));
    expect(all).toEqual([...Array(9).fill(false), true, true, true]);
    const sooner = looked(await conclusions(6, realized, { conclusion: asked, decay: { lastWindows: 5 } }));
    expect(sooner).toEqual([false, false, false, false, true, true]);
  });

  test('what was looked for besides stays', async () => {
    const all = await conclusions(10, realized, { conclusion: asked });
    expect(all[8].lookedFor).toEqual(['ConceptDrift']);
    expect(all[9].lookedFor).toEqual(['ConceptDrift', 'ModelDecay']);
  });

  test('it was not looked for where it is not watched, nor in a window with too few rows', async () => {
    expect(looked(await conclusions(12, realized, { conclusion: asked, decay: { lastWindows: 0 } }))).not.toContain(
      true,
    );
    const few: Quality = (hour) => (hour === 12 ? [{}] : realized(hour));
    expect(looked(await conclusions(12, few, { conclusion: asked })).slice(-2)).toEqual([true, false]);
  });

  test('a variant of which nothing is known in the window is not looked at, whatever was known before', async () => {
    const gone: Quality = (hour) => [
      { variant: 'blue', ...(hour < 12 && { estimated: falling(hour) }) },
      { variant: 'green', ...(hour > 8 && { estimated: falling(hour) }) },
    ];
    expect(looked(await conclusions(12, gone, { conclusion: asked })).slice(-2)).toEqual([true, false]);
  });

  test('a metric without chance in it is not looked at', async () => {
    const exact: Quality = () => [{ realized: { accuracy: [1, 0] } }];
    expect(looked(await conclusions(12, exact, { conclusion: asked }))).not.toContain(true);
  });

  test('one variant with windows enough is enough', async () => {
    const two: Quality = (hour) => [
      { variant: 'blue', realized: falling(hour) },
      ...(hour > 8 ? [{ variant: 'green', realized: falling(hour) }] : []),
    ];
    expect(looked(await conclusions(11, two, { conclusion: asked })).slice(-3)).toEqual([false, true, true]);
  });
});

test('nothing is said to be looked for where no metric is asked for', async () => {
  for (const conclusion of await conclusions(12, realized)) expect(conclusion).not.toHaveProperty('lookedFor');
});
