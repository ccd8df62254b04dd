import type { AppParts } from '../../lib/cost/app-parts';
import { quotaUse, secondsToAlarm } from '../../lib/cost/limits';
import { monthlyCost } from '../../lib/cost/monthly-cost';
import { runCounts } from '../../lib/cost/run-figures';
import { capturedBytes, runSize, workloadOf } from '../../lib/cost/workload';

const LITTLE = workloadOf({ requestsPerSecond: 10 });
const MUCH = workloadOf({ requestsPerSecond: 1000 });

const app = (hours: readonly number[], others: Partial<AppParts> = {}): AppParts => ({
  monitors: hours.map((every) => ({ engine: 'serverless', kind: 'DataQuality', hours: every })),
  watchers: 1,
  alarms: 4,
  compositeAlarms: 0,
  metrics: 3,
  isArm: false,
  ...others,
});

const costOf = (parts: AppParts, workload = LITTLE) =>
  Object.fromEntries(monthlyCost(parts, workload).map((line) => [line.part, line]));

describe('a workload', () => {
  test('has as many objects as instances deliver, and bytes of its records', () => {
    expect(LITTLE).toEqual({ requestsPerSecond: 10, recordBytes: 486, objectsPerHour: 60 });
    expect(workloadOf({ requestsPerSecond: 100 }).objectsPerHour).toBe(60);
    expect(workloadOf({ requestsPerSecond: 101 }).objectsPerHour).toBe(120);
    expect(workloadOf({ requestsPerSecond: 101, objectsPerHour: 7, recordBytes: 9 })).toMatchObject({
      objectsPerHour: 7,
      recordBytes: 9,
    });
    expect(capturedBytes(MUCH, 1)).toBe(1000 * 3600 * 486);
  });

  test('is read in items of 64 MiB, or of as many objects as a line of a manifest has', () => {
    expect(runSize(LITTLE, 1)).toEqual({ objects: 60, items: 1 });
    expect(runSize(MUCH, 1)).toEqual({ objects: 600, items: 27 }); // 1.75 GB
    expect(runSize({ ...LITTLE, objectsPerHour: 370 }, 1).items).toBe(1);
    expect(runSize({ ...LITTLE, objectsPerHour: 371 }, 1).items).toBe(2);
    expect(runSize(LITTLE, 24).objects).toBe(1440);
  });
});

describe('a run', () => {
  test('asks what was simulated, and lists further for each thousand objects', () => {
    const least = runCounts({ objects: 1, items: 1 });
    const listed = runCounts({ objects: 1000, items: 1 });
    expect(listed.s3Gets - least.s3Gets).toBe(999);
    expect(runCounts({ objects: 999, items: 1 }).s3Puts).toBe(least.s3Puts);
    expect(listed.s3Puts - least.s3Puts).toBe(3);
    expect(runCounts({ objects: 1, items: 3 }).profiles).toBe(3);
  });
});

describe('a month', () => {
  test('of composite alarms is counted where there are some', () => {
    expect(costOf(app([1], { compositeAlarms: 2 }))['composite alarms']).toMatchObject({ least: 1, most: 1 });
    expect(costOf(app([1]))).not.toHaveProperty('composite alarms');
  });

  test('is the sum of its parts', () => {
    const { sum, ...parts } = costOf(app([1, 1]), MUCH);
    const total = (bound: 'least' | 'most') => Object.values(parts).reduce((all, line) => all + line[bound], 0);
    expect(sum.least).toBeCloseTo(total('least'), 10);
    expect(sum.most).toBeCloseTo(total('most'), 10);
    expect(sum.most).toBeGreaterThan(sum.least);
    expect([parts.metrics.least, parts.alarms.least]).toEqual([3 * 0.3, 4 * 0.1]);
  });

  test('has a daily monitor pay for fewer runs, and for the same data', () => {
    const [hourly, daily] = [costOf(app([1]), MUCH), costOf(app([24]), MUCH)];
    expect(daily['requests to S3'].least).toBeLessThan(hourly['requests to S3'].least);
    expect(daily.Lambda.least).toBeGreaterThan(hourly.Lambda.least * 0.8);
  });

  test('is less of Lambda on arm64', () => {
    const [x86, arm] = [false, true].map((isArm) => costOf(app([1], { isArm }), MUCH).Lambda.least);
    expect(arm / x86).toBeCloseTo(0.8, 2);
  });

  test('has jobs of Model Monitor by the hour of an instance', () => {
    const { 'jobs of Model Monitor': jobs } = costOf(
      app([], { monitors: [{ engine: 'model-monitor', kind: 'DataQuality', hours: 1 }] }),
    );
    expect(jobs.least).toBeCloseTo((730 * 10 * 0.23) / 60, 10);
    expect(jobs.most).toBeCloseTo((730 * 15 * 0.23) / 60, 10);
    expect(costOf(app([]))).not.toHaveProperty('Lambda');
  });
});

describe('quotas', () => {
  test('come in the order of what is used of them', () => {
    const uses = quotaUse(app(Array(10_000).fill(1)), LITTLE);
    const shares = uses.map(({ used, allowed }) => used / allowed);
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    expect(uses.find(({ quota }) => quota.startsWith('starts'))).toMatchObject({ used: 10_000 / 180, allowed: 300 });
  });

  test('and minutes to the alarm grow with the window', () => {
    expect(secondsToAlarm(LITTLE, 1)).toBeLessThanOrEqual(600);
    expect(secondsToAlarm(MUCH, 24)).toBeGreaterThan(secondsToAlarm(MUCH, 1));
  });
});
