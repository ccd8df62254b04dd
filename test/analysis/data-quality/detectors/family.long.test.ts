import { detectDrift } from '../../../../lib/analysis/data-quality/detectors';
import { alarmBound } from './alarm-bound';
import { baselineColumns, CONTINUOUS, flag, random, resampledColumns, statisticsOf } from './traffic';

const SEED = Number(process.env.SEED ?? 20200602);
/** High enough for few windows to tell it from twice as much. */
const RATE = 0.1;

const next = random(SEED);
const columns = baselineColumns(2000, next);
const baseline = statisticsOf(columns);

test('the windows have twenty features', () => {
  expect(baseline.features).toHaveLength(20);
});

test('the bound of alarms is the quantile of the binomial distribution', () => {
  const bounds = [alarmBound(1000, 0.1), alarmBound(500, 0.1), alarmBound(1000, 0.01), alarmBound(3, 0.5)];
  expect(bounds).toEqual([137, 77, 24, 3]); // summed up in fractions
  // 0.9 to the power of 8,500 is no double: by the normal approximation 850 + 3.09 * 27.66, and a little
  expect(alarmBound(8500, 0.1, 1000)).toBeGreaterThan(930);
  expect(alarmBound(8500, 0.1, 1000)).toBeLessThan(940);
});

/** Of windows that are drawn as their baselines are: the smallest p-value of each, adjusted. The tests alone decide. */
function pValuesWithoutDrift(windows: number, rows: readonly number[], names?: readonly string[]): number[] {
  return Array.from({ length: windows }, () => {
    const [drawn, current] = rows.map((count) => statisticsOf(baselineColumns(count, next, names)));
    const { features, hasDrifted } = detectDrift({ baseline: drawn, current, threshold: 0, falseAlarmRate: RATE });
    const pValue = Math.min(...features.map(({ adjustedPValue = Number.NaN }) => adjustedPValue));
    expect(hasDrifted).toBe(pValue <= RATE);
    return pValue;
  });
}

test.each([
  ['continuous features', [500, 100], 1000, CONTINUOUS],
  ['continuous features', [1000, 1000], 500, CONTINUOUS],
  ['continuous features in compacted sketches', [10_000, 10_000], 100, CONTINUOUS],
  ['twenty features', [500, 100], 300, undefined],
  ['twenty features', [500, 500], 150, undefined],
] as const)(
  `without drift, of %s with %j rows before and now, no more of %d windows alarm than the rate explains (seed ${SEED})`,
  (_, rows, windows, names) => {
    const pValues = pValuesWithoutDrift(windows, rows, names);
    for (const rate of [RATE, 0.01, 0.001]) {
      expect(pValues.filter((pValue) => pValue <= rate).length).toBeLessThanOrEqual(alarmBound(windows, rate));
    }
  },
);

test.each([100, 1000, 10_000])(
  `a 0/1 feature that moves from 10 %% to 90 %% ones among %i rows is found (seed ${SEED})`,
  (rows) => {
    const windows = rows > 1000 ? 20 : 200;
    let found = 0;
    for (let window = 0; window < windows; window++) {
      const drifted = Float64Array.from({ length: rows }, () => flag(0.9)(next));
      const current = statisticsOf(new Map([...resampledColumns(columns, rows, next), ['rareFlag', drifted]]));
      const { features } = detectDrift({ baseline, current });
      if (features.some(({ feature, hasDrifted }) => feature === 'rareFlag' && hasDrifted)) found += 1;
    }
    expect(found / windows).toBeGreaterThanOrEqual(0.99);
  },
);

test('fails to find it with the rule of Model Monitor, which this is beside', () => {
  const drifted = Float64Array.from({ length: 1000 }, () => flag(0.9)(next));
  const current = statisticsOf(new Map([...resampledColumns(columns, 1000, next), ['rareFlag', drifted]]));
  for (const method of ['Simple', 'Robust'] as const) {
    const { features } = detectDrift({ baseline, current, method });
    expect(features.find(({ feature }) => feature === 'rareFlag')).toMatchObject({ distance: 0, hasDrifted: false });
  }
});
