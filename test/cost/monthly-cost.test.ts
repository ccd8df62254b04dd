import { uncountedCost } from '../../lib/cli/uncounted-cost';
import type { AppParts } from '../../lib/cost/app-parts';
import { type BilledMonitor, requestsOf } from '../../lib/cost/billed-monitor';
import { quotaUse, secondsToAlarm } from '../../lib/cost/limits';
import { monitorRuns, runCounts, runSize } from '../../lib/cost/monitor-runs';
import { monthlyCost } from '../../lib/cost/monthly-cost';
import { metricsCost, PRICES } from '../../lib/cost/prices';
import { RUN_FIGURES } from '../../lib/cost/run-figures';
import { capturedSize, itemsOf, workloadOf } from '../../lib/cost/workload';

const LITTLE = workloadOf({ requestsPerSecond: 10 });
const MUCH = workloadOf({ requestsPerSecond: 1000 });

const columns = (data?: string, hours = 1): BilledMonitor => ({
  engine: 'serverless',
  kind: 'DataQuality',
  hours,
  reading: { data, section: 'columns' },
});
const labelled = (kind: 'ModelQuality' | 'ModelBias', data?: string, labelHours = 1): BilledMonitor => ({
  engine: 'serverless',
  kind,
  hours: 1,
  reading: { data, section: kind, labels: { place: 'labels', hours: labelHours } },
});
const asking = (memory?: number): BilledMonitor => ({
  engine: 'serverless',
  kind: 'ModelExplainability',
  hours: 24,
  reading: { section: 'rows', asked: { requests: 1000, atOnce: 5, memory } },
});

const app = (monitors: readonly BilledMonitor[], others: Partial<AppParts> = {}): AppParts => ({
  monitors,
  watchers: 1,
  trainingWatches: 0,
  trainingMetrics: 0,
  alarms: 4,
  compositeAlarms: 0,
  dashboards: 0,
  metrics: 3,
  isArm: false,
  hasPages: false,
  tagged: 0,
  ...others,
});

const costOf = (parts: AppParts, workload = LITTLE) =>
  Object.fromEntries(monthlyCost(parts, workload).map((line) => [line.part, line]));

/** What the run of the last of these monitors asks. */
function countsOf(monitors: readonly BilledMonitor[], workload = LITTLE) {
  const all = monitorRuns(monitors);
  const last = all[all.length - 1];
  return runCounts(last.monitor, runSize(last, workload));
}

test('runs that may read a tenth of what is captured read a tenth, and leave as much less', () => {
  const { bytes } = capturedSize(MUCH, 1);
  const [whole] = monitorRuns([columns('data')]);
  const tenth = { ...columns('data'), reading: { data: 'data', section: 'columns', maximumBytes: bytes / 10 } };
  const [sampled] = monitorRuns([tenth]);
  expect(runSize(whole, MUCH).read).toEqual({ objects: 600, bytes });
  expect(runSize(sampled, MUCH)).toMatchObject({ read: { objects: 60, bytes: bytes / 10 }, items: 1 });
  expect(runSize(monitorRuns([{ ...tenth, hours: 24 }])[0], MUCH).read.bytes).toBeCloseTo(bytes / 10, 3);
  const readOf = (monitor: BilledMonitor) => costOf(app([monitor]), MUCH)['requests to S3'].most;
  expect(readOf(tenth)).toBeLessThan(readOf(columns('data')) / 2);
});

describe('a workload', () => {
  test('has as many objects as instances deliver, and bytes of its records', () => {
    expect(LITTLE).toEqual({
      requestsPerSecond: 10,
      recordBytes: 486,
      objectsPerHour: 60,
      labelBytes: 137,
      labelObjectsPerHour: 12,
    });
    expect(workloadOf({ requestsPerSecond: 100 }).objectsPerHour).toBe(60);
    expect(workloadOf({ requestsPerSecond: 101 }).objectsPerHour).toBe(120);
    expect(workloadOf({ requestsPerSecond: 101, objectsPerHour: 7, recordBytes: 9 })).toMatchObject({
      objectsPerHour: 7,
      recordBytes: 9,
    });
    expect(capturedSize(MUCH, 1)).toEqual({ objects: 600, bytes: 1000 * 3600 * 486 });
    expect(capturedSize(LITTLE, 24).objects).toBe(1440);
  });

  test('is read in items of 256 MiB, or of as many objects as a line of a manifest has', () => {
    expect(itemsOf(capturedSize(LITTLE, 1))).toBe(1);
    expect(itemsOf(capturedSize(MUCH, 1))).toBe(7); // 1.75 GB
    expect(itemsOf({ objects: 370, bytes: 1 })).toBe(1);
    expect(itemsOf({ objects: 371, bytes: 1 })).toBe(2);
    expect(itemsOf({ objects: 0, bytes: 0 })).toBe(0);
  });
});

describe('a run', () => {
  test('asks what was simulated, and lists further for each thousand objects', () => {
    const counts = (objects: number, items = 1) =>
      runCounts(columns(), { read: { objects, bytes: 1 }, found: { objects: 0, bytes: 0 }, items, foundItems: 0 });
    expect(counts(1000).s3Gets - counts(1).s3Gets).toBe(999);
    expect(counts(20).s3Puts).toBe(counts(1).s3Puts);
    expect(counts(1000).s3Puts - counts(1).s3Puts).toBeCloseTo(3 + 48 / 24); // and its share of the two days that one run of a day lists
    expect(counts(1, 3).profiles).toBe(3);
    expect([1, 2, 3].map((items) => counts(1, items).transitions)).toEqual([4, 8, 10]); // an item alone opens no Map
  });

  test('reads no object that a monitor of the same data has read, and each that one of other data has', () => {
    const [alone, beside, elsewhere] = [[], [columns('a')], [columns('b')]].map((others) =>
      countsOf([...others, labelled('ModelQuality', 'a')]),
    );
    expect(alone.s3Gets - beside.s3Gets).toBe(60);
    expect(elsewhere).toEqual(alone);
    const third = countsOf([columns('a'), labelled('ModelQuality', 'a'), labelled('ModelBias', 'a')]);
    expect(alone.s3Gets - third.s3Gets).toBe(60 + 12); // labels as well
  });

  test('is of the shortest windows first, whatever the order of monitors', () => {
    const [first, second] = monitorRuns([columns('a', 24), columns('a', 1)]);
    expect([first.monitor.hours, first.findsRecords]).toEqual([1, false]);
    expect([second.monitor.hours, second.findsRecords, second.isOwnSection]).toEqual([24, true, false]);
  });

  test('finds labels of hours that runs before have read, or reads them again where nothing is left', () => {
    const sizeOf = (data?: string) => runSize(monitorRuns([labelled('ModelQuality', data, 25)])[0], LITTLE);
    expect([sizeOf('a').read.objects, sizeOf('a').found.objects]).toEqual([60 + 12, 24 * 12]);
    expect([sizeOf().read.objects, sizeOf().found.objects]).toEqual([60 + 25 * 12, 0]);
  });
});

describe('a month', () => {
  test('of composite alarms is counted where there are some', () => {
    expect(costOf(app([columns()], { compositeAlarms: 2 }))['composite alarms']).toMatchObject({ least: 1, most: 1 });
    expect(costOf(app([columns()]))).not.toHaveProperty('composite alarms');
  });

  test('of dashboards is counted where there are some', () => {
    expect(costOf(app([columns()], { dashboards: 2 })).dashboards).toMatchObject({ least: 6, most: 6 });
    expect(costOf(app([columns()]))).not.toHaveProperty('dashboards');
  });

  test('is the sum of its parts', () => {
    const { sum, ...parts } = costOf(app([columns('a'), labelled('ModelBias', 'a'), asking(2)]), MUCH);
    for (const { terms = [], most } of Object.values(parts)) {
      if (terms.length > 0) expect(terms.reduce((all, term) => all + term.most, 0)).toBeCloseTo(most, 10);
    }
    expect(parts.Lambda.terms?.map(({ part }) => part)).toEqual([
      'plan',
      'profile',
      'explain',
      'conclude',
      'watch',
      'reading',
      'labels that meet',
      'asking models',
      'disk of conclude',
      'requests',
    ]);
    const total = (bound: 'least' | 'most') => Object.values(parts).reduce((all, line) => all + line[bound], 0);
    expect(sum.least).toBeCloseTo(total('least'), 10);
    expect(sum.most).toBeCloseTo(total('most'), 10);
    expect(sum.most).toBeGreaterThan(sum.least);
    expect([parts.metrics.least, parts.alarms.least]).toEqual([3 * 0.3, 4 * 0.1]);
  });

  test('has a daily monitor pay for fewer runs, and for the same data', () => {
    const [hourly, daily] = [1, 24].map((hours) => costOf(app([columns(undefined, hours)]), MUCH));
    expect(daily['requests to S3'].least).toBeLessThan(hourly['requests to S3'].least);
    expect(daily.Lambda.least).toBeGreaterThan(hourly.Lambda.least * 0.8);
  });

  test('pays once for what several monitors make of the same data, and again for what one makes alone', () => {
    const read = (monitors: readonly BilledMonitor[]) =>
      Number(/, (\d+) GB/.exec(costOf(app(monitors)).Lambda.of)?.[1]);
    expect(read([columns('a'), columns('a')])).toBe(read([columns('a')]));
    expect(read([columns('a'), columns('b')])).toBe(2 * read([columns('a')]));
    const [same, other] = [columns('a'), { ...columns('a'), reading: { data: 'a', section: 'other' } }].map(
      (second) => costOf(app([columns('a'), second]), MUCH).Lambda,
    );
    const reading = 730 * (MUCH.requestsPerSecond * 3600 * 486e-9) * 3 * (1769 / 1024) * 0.0000166667;
    expect(other.least - same.least).toBeCloseTo(reading, 6);
  });

  test('has what labels meet, what a model is asked, and what is kept', () => {
    const labels = costOf(app([labelled('ModelQuality', 'a')]), MUCH);
    const meeting = 730 * 3.6 * 1.3 * (1769 / 1024) * 0.0000166667;
    expect(labels.Lambda.least - costOf(app([columns('a')]), MUCH).Lambda.least).toBeGreaterThan(meeting);
    const kept = 3 * 24 * 3.6e6 * 68 + 365 * 24 * 15_000; // three days of records and labels, a year of reports
    expect(labels['storage in S3'].least).toBeCloseTo((kept / 1e9) * 0.023, 6);
    const { 'models asked for attributions': models } = costOf(app([asking(2)]));
    expect(models.least).toBeCloseTo((730 / 24) * 1000 * 0.1 * 2 * 0.00002, 10);
    expect(costOf(app([asking()]))).not.toHaveProperty('models asked for attributions');
  });

  test('has the disk of conclude for each second in which it runs', () => {
    const { terms } = costOf(app([columns()])).Lambda;
    const paid = (10_240 - 512) / 1024;
    expect(terms?.find(({ part }) => part === 'disk of conclude')?.most).toBeCloseTo(730 * paid * 0.0000000309, 12);
  });

  test('has the pages of runs where there are any: their calls, requests and bytes', () => {
    const [without, withPages] = [false, true].map((hasPages) => costOf(app([columns()], { hasPages })));
    const more = (part: string) => withPages[part].least - without[part].least;
    const { s3Puts, s3Gets } = RUN_FIGURES.page;
    expect(more('requests to S3')).toBeCloseTo(730 * (s3Puts * PRICES.s3Put + s3Gets * PRICES.s3Get), 10);
    expect(more('Lambda')).toBeCloseTo(730 * (PRICES.lambdaGbSecond + PRICES.lambdaRequest), 10);
    expect(more('storage in S3')).toBeGreaterThan(0);
  });

  test('is less of Lambda on arm64', () => {
    const [x86, arm] = [false, true].map((isArm) => costOf(app([columns()], { isArm }), MUCH).Lambda.least);
    expect(arm / x86).toBeCloseTo(0.8, 1);
    expect(arm).toBeLessThan(x86);
  });

  test('has metrics above ten thousand at their price', () => {
    expect(metricsCost(10_000)).toBeCloseTo(3000, 8);
    expect(metricsCost(10_001)).toBeCloseTo(3000.1, 8);
  });

  test('has jobs of Model Monitor by the hour of an instance', () => {
    const costs = costOf(app([{ engine: 'model-monitor', kind: 'DataQuality', hours: 1 }]));
    const { 'jobs of Model Monitor': jobs } = costs;
    expect(jobs.least).toBeCloseTo((730 * 10 * 0.23) / 60, 10);
    expect(jobs.most).toBeCloseTo((730 * 15 * 0.23) / 60, 10);
    expect(costs).not.toHaveProperty('Lambda');
  });
});

test('a model is asked about each record and all coalitions of its features, as far as they are taken', () => {
  const sample = { features: 10, records: 100, rows: 1, recordsPerRequest: 200 };
  expect(requestsOf(sample)).toBe(100 * 6 + 1); // 1,022 coalitions and the record itself
  expect(requestsOf({ ...sample, features: 1 })).toBe(101); // as a rehearsal counts
  expect(requestsOf({ ...sample, features: 30 })).toBe(100 * 11 + 1); // 2,108 coalitions
  expect(requestsOf({ ...sample, sampleCount: 100 })).toBe(101);
  expect(requestsOf({ ...sample, rows: 3 })).toBe(100 * 16 + 1);
});

describe('quotas', () => {
  test('come in the order of what is used of them', () => {
    const uses = quotaUse(app(Array(10_000).fill(columns())), LITTLE);
    const shares = uses.map(({ used, allowed }) => used / allowed);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(uses.find(({ quota }) => quota.startsWith('starts'))).toMatchObject({ used: 10_000 / 180, allowed: 300 });
    expect(uses.filter(({ isHard }) => isHard).map(({ quota }) => quota)).toEqual(['open Map Runs']);
    const opened = (workload: typeof MUCH) => quotaUse(app([columns()]), workload).find(({ isHard }) => isHard)?.used;
    expect(opened(LITTLE)).toBe(0);
    expect(opened(MUCH)).toBeGreaterThan(0);
  });

  test('and minutes to the alarm grow with the window, with labels and with what a model is asked', () => {
    const seconds = (monitor: BilledMonitor, workload = MUCH) => secondsToAlarm(app([monitor]), workload);
    expect(seconds(columns(), LITTLE)).toBeLessThanOrEqual(600);
    expect(seconds(columns(undefined, 24))).toBeGreaterThan(seconds(columns()));
    expect(seconds(labelled('ModelQuality'))).toBeGreaterThan(seconds(columns()) + 3.6 * 1.3);
    expect(seconds(asking(2), LITTLE)).toBeGreaterThan(seconds(columns(), LITTLE) + 20 - 1);
    expect(secondsToAlarm(app([]), MUCH)).toBe(240 + 180 + 120);
  });
});

test('watches of trainings cost their looks, whether there are trainings or not, and nothing where there are none', () => {
  expect(costOf(app([columns()]))).not.toHaveProperty(['watches of trainings']);
  const { 'watches of trainings': line } = costOf(app([columns()], { trainingWatches: 2 }));
  expect(line.of).toBe('5,840 looks of 1 s');
  expect(line.least).toBeCloseTo(
    5840 * (0.25 * PRICES.lambdaGbSecond + PRICES.lambdaRequest + PRICES.scheduledStart),
    10,
  );
});

test('what is read of trainings is said, and not counted: nobody knows how long they go on', () => {
  expect(uncountedCost({ monitors: [], trainingMetrics: 0 })).toEqual([]);
  expect(uncountedCost({ monitors: [], trainingMetrics: 3 })).toEqual([
    '3 metrics of each training job that is watched, 0.03 each for a month under way',
  ]);
});
