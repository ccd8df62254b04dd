import { detectDrift } from '../../../../lib/analysis/data-quality/detectors';
import { baselineColumns, flag, random, resampledColumns, statisticsOf } from './traffic';

const WINDOWS = 1000;
const ROWS = 2000;
const SEED = Number(process.env.SEED ?? 20200602);
const SIZES = [100, 1000, 10_000];

const next = random(SEED);
const columns = baselineColumns(ROWS, next);
const baseline = statisticsOf(columns);

test('the windows have twenty features', () => {
  expect(baseline.features).toHaveLength(20);
});

test.each(SIZES)(`of ${WINDOWS} resamples of a baseline with %i rows at most 5 %% alarm (seed ${SEED})`, (rows) => {
  let alarms = 0;
  for (let window = 0; window < WINDOWS; window++) {
    const current = statisticsOf(resampledColumns(columns, rows, next));
    if (detectDrift({ baseline, current }).hasDrifted) alarms += 1;
  }
  expect(alarms / WINDOWS).toBeLessThanOrEqual(0.05);
});

test.each(SIZES)(`a 0/1 feature that moves from 10 %% to 90 %% ones among %i rows is found (seed ${SEED})`, (rows) => {
  const windows = rows > 1000 ? 20 : 200;
  let found = 0;
  for (let window = 0; window < windows; window++) {
    const drifted = Float64Array.from({ length: rows }, () => flag(0.9)(next));
    const current = statisticsOf(new Map([...resampledColumns(columns, rows, next), ['rareFlag', drifted]]));
    const { features } = detectDrift({ baseline, current });
    if (features.some(({ feature, hasDrifted }) => feature === 'rareFlag' && hasDrifted)) found += 1;
  }
  expect(found / windows).toBeGreaterThanOrEqual(0.99);
});

test('fails to find it with the rule of Model Monitor, which this is beside', () => {
  const drifted = Float64Array.from({ length: 1000 }, () => flag(0.9)(next));
  const current = statisticsOf(new Map([...resampledColumns(columns, 1000, next), ['rareFlag', drifted]]));
  for (const method of ['Simple', 'Robust'] as const) {
    const { features } = detectDrift({ baseline, current, method });
    expect(features.find(({ feature }) => feature === 'rareFlag')).toMatchObject({ distance: 0, hasDrifted: false });
  }
});
