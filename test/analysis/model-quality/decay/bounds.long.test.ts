import { qualityDecay, REMEMBERED_WINDOWS } from '../../../../lib/analysis/model-quality/decay/decay';
import type { QualityFigures } from '../../../../lib/analysis/port';
import { drawing, drawnWindows, overlappingWindows, SEED, wandering } from './drawn-windows';

// How often a trend is found where nothing falls, and where something does. `BOUNDS=table YEARS=10` prints what docs/drift.md has of it.

const HOURS_OF_A_YEAR = 8_760;
const YEARS = Number(process.env.YEARS ?? 3);
const WINDOWS = YEARS * HOURS_OF_A_YEAR;
const ROWS = 1_000;

const isFound = (windows: readonly QualityFigures[]): boolean => qualityDecay({ windows, lastWindows: 10 }).length > 0;

const told: string[] = [];
afterAll(() => {
  if (process.env.BOUNDS === 'table') process.stdout.write(`seed ${SEED}\n${told.join('\n')}\n`);
});

function findings(windows: readonly QualityFigures[]): number {
  let count = 0;
  for (let end = REMEMBERED_WINDOWS; end <= windows.length; end++) {
    if (isFound(windows.slice(end - REMEMBERED_WINDOWS, end))) count += 1;
  }
  return count;
}

const LEVEL = 0.9;
const day = (window: number) => LEVEL + 0.03 * Math.sin((2 * Math.PI * window) / 24);

test.each([
  ['that is the same in each window', (next: () => number) => drawnWindows(WINDOWS, ROWS, () => LEVEL, next)],
  ['of windows that share half of their records', (next) => overlappingWindows(WINDOWS, ROWS, LEVEL, next)],
  ['that follows the day by three points', (next) => drawnWindows(WINDOWS, ROWS, day, next)],
  [
    'that wanders as far again as chance puts it',
    (next) => drawnWindows(WINDOWS, ROWS, wandering(LEVEL, ROWS, next), next),
  ],
] as const satisfies readonly (readonly [string, (next: () => number) => QualityFigures[]])[])(
  'quality %s is found to fall at most once in a year of hours',
  (name, drawn) => {
    const found = findings(drawn(drawing(0)));
    told.push(`| quality ${name} | ${found / YEARS} a year |`);
    expect(found).toBeLessThanOrEqual(YEARS);
  },
);

const SERIES = 500;

function power(rows: number, remembered: number, offset: number): number {
  const next = drawing(offset);
  const falling = (window: number) => LEVEL - 0.01 * Math.max(0, window - (remembered - 10) + 1);
  const series = Array.from({ length: SERIES }, () => drawnWindows(remembered, rows, falling, next));
  return series.filter(isFound).length / SERIES;
}

test.each([
  [1_000, 42, 0.9],
  [1_000, 28, 0.9],
  [1_000, 20, 0.9],
  [5_000, 20, 0.9],
  [500, 42, 0.9],
  [500, 28, 0.9],
  [200, 42, 0.6],
  [1_000, 10, 0.15],
])('a fall by a point a window is found by the tenth: %d rows, %d windows, at least %d', (rows, remembered, least) => {
  const found = power(rows, remembered, rows + remembered);
  told.push(`| ${rows} rows, ${remembered} windows remembered | ${(100 * found).toFixed(1)} % |`);
  expect(found).toBeGreaterThanOrEqual(least);
});
