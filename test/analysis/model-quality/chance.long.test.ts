import { suggestQualityConstraints } from '../../../lib/analysis/model-quality';
import { judgeQuality } from '../../../lib/analysis/model-quality/judgement';
import { unskewed } from '../../../lib/analysis/numbers/skewed';
import { alarmBound } from '../data-quality/detectors/alarm-bound';
import { drawing, drawnProfile, figuresOf, POPULATIONS, type Population } from './drawn';

// How much chance is in metrics of model quality, against many draws.

const RATE = 0.001;

/** Of 1,000 draws of 1,000 rows, how many intervals at 95 % hold what very many rows have, by metric. */
function covered(population: Population, seed: number): Map<string, number> {
  const next = drawing(seed);
  const truth = figuresOf(drawnProfile(population, 400_000, next)).sampling.estimates;
  const held = new Map(Object.keys(truth).map((name) => [name, 0]));
  for (let draw = 0; draw < 1000; draw++) {
    const { estimates, skewness = {} } = figuresOf(drawnProfile(population, 1000, next)).sampling;
    for (const [name, [value]] of Object.entries(truth)) {
      const [observed, error] = estimates[name];
      const off = unskewed((observed - value) / error, skewness[name] ?? 0);
      if (Math.abs(off) <= 1.96) held.set(name, (held.get(name) ?? 0) + 1);
    }
  }
  return held;
}

test.each(POPULATIONS)('intervals at 95 % hold what is true in at least 93 % of 1,000 draws: $name', (population) => {
  const held = covered(population, 50 + POPULATIONS.indexOf(population));
  expect(held.size).toBeGreaterThanOrEqual(4);
  console.log(JSON.stringify({ population: population.name, held: Object.fromEntries(held) }));
  expect([...held].filter(([, count]) => count < 930)).toEqual([]);
});

test('of 7,000 windows in which nothing has changed, no more than one in a thousand has a violation', () => {
  const next = drawing(100);
  let [alarms, windows] = [0, 0];
  for (const population of POPULATIONS) {
    for (const [baselineRows, rows] of [
      [1000, 300],
      [1000, 1000],
      [5000, 1000],
      [300, 300],
    ]) {
      for (let window = 0; window < 250; window++) {
        const baseline = figuresOf(drawnProfile(population, baselineRows, next));
        const baselineConstraints = { ...suggestQualityConstraints(baseline.statistics), sampling: baseline.sampling };
        const run = figuresOf(drawnProfile(population, rows, next));
        if (judgeQuality({ ...run, baselineConstraints, falseAlarmRate: RATE }).findings.length > 0) alarms += 1;
        windows += 1;
      }
    }
  }
  expect(windows).toBe(7000);
  expect(alarms).toBeLessThanOrEqual(alarmBound(windows, RATE));
});
