import { advance, columnsOf, drift, sampleOf, violationsOf, Watched } from '../../../tools/fleet/monitor';
import { random } from '../../analysis/data-quality/detectors/traffic';

const SEED = 7;

test(`what is not looked at closer, for the counts of its cells, violates nothing (seed ${SEED})`, () => {
  const next = random(SEED);
  let violated = 0;
  for (const rowsPerWindow of [20, 100, 300, 3000]) {
    const layout = { rowsPerWindow, featureCount: 3 };
    const baseline = columnsOf(layout, next, 'baseline');
    const violationsOfWindow = drift(baseline, rowsPerWindow);
    for (let trial = 0; trial < 200; trial++) {
      const columns = columnsOf(layout, next);
      const moved = next() / 2;
      for (let row = 0; row < rowsPerWindow; row++) {
        const value = columns[0].values[row];
        if (value < 0.5 && next() < moved) columns[0].replace(row, value + 0.5);
      }
      const violations = violationsOf(columns, baseline.map(sampleOf));
      expect(violationsOfWindow(columns)).toEqual(violations);
      violated += violations.length > 0 ? 1 : 0;
    }
  }
  expect(violated).toBeGreaterThan(200);
  expect(violated).toBeLessThan(600);
});

test(`as many records come back as are said to, each with all of its values (seed ${SEED})`, () => {
  const monitor = { rowsPerWindow: 10_000, featureCount: 2, returning: 0.75 };
  const next = random(SEED);
  const columns = columnsOf(monitor, next);
  const before = columns.map(({ values }) => Float64Array.from(values));
  advance(columns, monitor, next);
  const stayed = columns.map(({ values }, index) => values.map((value, row) => (value === before[index][row] ? 1 : 0)));
  expect(stayed[0]).toEqual(stayed[1]);
  expect(stayed[0].reduce((sum, one) => sum + one) / 10_000).toBeCloseTo(0.75, 1);
});

test('a page is made once, until a window counts nothing', () => {
  const watched = new Watched();
  const found = (pValue: number) => [{ feature: 'a', check: 'baseline_drift_check', description: '', pValue }];
  const windows = [found(1e-4), found(1.5e-6), found(5e-4), [], found(5e-4), [], [], found(5e-7)];
  expect(windows.map((violations) => watched.pages(violations))).toEqual([
    false, // watched
    true,
    false, // goes on
    false,
    false, // no other window is as clear
    false,
    false,
    true,
  ]);
});
