import { grouped, linesOf, PROVENANCE, percent, shown } from './golden-lines';
import { flights } from './run-fixtures';

// Each number of the pages of data quality that were reviewed, recomputed from the rows of baseline and windows, by arithmetic that is none of this library's. A line with a number that nothing recomputes fails.

const ROWS = 1200;
const THRESHOLD = 0.1;
const FALSE_ALARMS = 0.001;
const BEFORE = flights(900, 130, 0);
const NAMES = Object.keys(BEFORE);

type Column = readonly string[];
const isNumeric = (name: string) => ['altitude', 'speed', 'distance'].includes(name);
const present = (column: Column) => column.filter((value) => value !== '');
const numbers = (column: Column) => present(column).map(Number);
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;
const deviation = (values: readonly number[]) =>
  Math.sqrt(sum(values.map((value) => (value - mean(values)) ** 2)) / values.length);
const shareBelow = (values: readonly number[], edge: number) =>
  values.filter((value) => value <= edge).length / values.length;
const shareOf = (column: Column, value: string) => column.filter((one) => one === value).length / column.length;

/** Remembers what comes of each pair of columns. */
function remembered(measure: (name: string, one: Column, other: Column) => number): typeof measure {
  const known = new Map<Column, Map<Column, number>>();
  return (name, one, other) => {
    const own = known.get(one) ?? new Map<Column, number>();
    known.set(one, own);
    const found = own.get(other) ?? measure(name, one, other);
    own.set(other, found);
    return found;
  };
}

/** Of numbers, the largest difference of the shares below a value; of categories, the mass that would have to move. */
const distance = remembered((name, one, other) => {
  if (!isNumeric(name)) {
    const values = [...new Set([...one, ...other])];
    return sum(values.map((value) => Math.abs(shareOf(one, value) - shareOf(other, value)))) / 2;
  }
  const [a, b] = [numbers(one), numbers(other)];
  return Math.max(...[...a, ...b].map((edge) => Math.abs(shareBelow(a, edge) - shareBelow(b, edge))));
});

/** By Kolmogorov's limit. */
function tailOfKolmogorov(lambda: number): number {
  if (lambda < 0.2) return 1;
  const terms = Array.from(
    { length: 100 },
    (_, index) => (index % 2 === 0 ? 2 : -2) * Math.exp(-2 * ((index + 1) * lambda) ** 2),
  );
  return Math.min(1, sum(terms));
}

/** Beyond a value of chi-squared, by integrating its density in small steps. */
function tailOfChiSquared(value: number, degrees: number): number {
  const step = 0.01;
  const density = (x: number) => x ** (degrees / 2 - 1) * Math.exp(-x / 2);
  let [below, all] = [0, 0];
  for (let x = step / 2; x < 200; x += step) {
    all += density(x);
    if (x < value) below += density(x);
  }
  return 1 - below / all;
}

const chanceOf = remembered((name, one, other) => {
  if (isNumeric(name)) {
    const [n, m] = [present(one).length, present(other).length];
    return tailOfKolmogorov(distance(name, one, other) * Math.sqrt((n * m) / (n + m)));
  }
  const values = [...new Set([...one, ...other])];
  const cells = values.flatMap((value) => {
    const both = one.concat(other).filter((each) => each === value).length;
    return [one, other].map((column) => {
      const expected = (both * column.length) / (one.length + other.length);
      return (column.filter((each) => each === value).length - expected) ** 2 / expected;
    });
  });
  return tailOfChiSquared(sum(cells), values.length - 1);
});

/** Adjusted by Holm. */
function chances(window: typeof BEFORE): { readonly [name: string]: number } {
  const found = NAMES.map((name) => [name, chanceOf(name, BEFORE[name], window[name])] as const);
  const sorted = [...found].sort(([, one], [, other]) => one - other);
  let largest = 0;
  return Object.fromEntries(
    sorted.map(([name, chance], rank) => {
      largest = Math.min(1, Math.max(largest, chance * (sorted.length - rank)));
      return [name, largest];
    }),
  );
}

/** A shift that small windows hide: below what chance does once in a thousand windows, to any of the features. */
function blindBelow(rows: number): number {
  let lambda = 1;
  while (tailOfKolmogorov(lambda) > FALSE_ALARMS / NAMES.length) lambda += 0.001;
  return Math.max(THRESHOLD, lambda / Math.sqrt((ROWS * rows) / (ROWS + rows)));
}

const chance = (p: number) => (p < 0.0001 ? '< 0.0001' : shown(p));
const change = (before: string, now: string) => (before === now ? now : `${before} → ${now}`);
const ranks = ['most frequent value', '2nd', '3rd'];

/** The windows of a page, its own the last. */
interface Told {
  readonly windows: readonly (typeof BEFORE)[];
}

/** The lines of one feature. */
function featureLines(name: string, { windows }: Told): string[] {
  const window = windows[windows.length - 1];
  const [before, now] = [BEFORE[name], window[name]];
  const [had, has] = [before, now].map((column) => present(column).length);
  const far = windows.map((each) => distance(name, BEFORE[name], each[name]));
  const last = far[far.length - 1];
  const missing = [before, now].map((column) => percent(shareOf(column, '')));
  const problems = far.filter((each) => each > THRESHOLD).length;
  const spans = windows.length === 1 ? 'the last window' : `the last ${windows.length} windows`;
  const counted = windows.length === 1 ? '1 window' : `${windows.length} windows`;
  return [
    `distance ${shown(last)} threshold ${THRESHOLD} p-value ${chance(chances(window)[name])} blind below ${shown(blindBelow(has))} missing ${change(missing[0], missing[1])}`,
    `${name}: distance by window ${counted}, the last one ${shown(last)}, the highest ${shown(Math.max(...far))}, threshold ${THRESHOLD}, a problem in ${problems}`,
    `Distance in ${spans}; the line is the threshold, ${THRESHOLD}`,
    `rows with a value ${change(grouped(String(had)), grouped(String(has)))}`,
    ...(last > THRESHOLD ? [`drift: Baseline drift distance: ${shown(last)} exceeds threshold: ${THRESHOLD}`] : []),
    ...(isNumeric(name) ? numericLines(numbers(before), numbers(now)) : categoryLines(before, now)),
    ...(has < had
      ? [
          `completeness: Data completeness requirement is not met. Expected: 100.0%. Observed: Only ${Number(((has / now.length) * 100).toPrecision(3))}%.`,
        ]
      : []),
  ];
}

function numericLines(before: readonly number[], now: readonly number[]): string[] {
  const [low, high] = [Math.min(...before), Math.max(...before)];
  const edges = Array.from({ length: 11 }, (_, index) => low + (index * (high - low)) / 10);
  const between = (values: readonly number[], from: number, to: number, isLast: boolean) =>
    values.filter((value) => value >= from && (value < to || (isLast && value <= to))).length / values.length;
  const bins = edges.slice(1).map((to, index) => {
    const name =
      index === 0
        ? `up to ${shown(to)}`
        : index === 9
          ? `from ${shown(edges[9])}`
          : `${shown(edges[index])} – ${shown(to)}`;
    return `${name} ${[before, now].map((values) => percent(between(values, edges[index], to, index === 9))).join(' ')}`;
  });
  const above = now.filter((value) => value > high).length / now.length;
  return [
    ...bins,
    ...(above > 0 ? [`above the baseline's range 0 % ${percent(above)}`] : []),
    `mean ${change(shown(mean(before)), shown(mean(now)))}`,
    `standard deviation ${change(shown(deviation(before)), shown(deviation(now)))}`,
  ];
}

function categoryLines(before: Column, now: Column): string[] {
  const known = [...new Set(present(before))].sort((one, other) => shareOf(before, other) - shareOf(before, one));
  const unknown = present(now).filter((value) => !known.includes(value)).length;
  const lines = known.map(
    (value, rank) => `${ranks[rank]} ${percent(shareOf(before, value))} ${percent(shareOf(now, value))}`,
  );
  const match = ((present(now).length - unknown) / present(now).length) * 100;
  return [
    ...lines,
    ...(unknown > 0
      ? [
          `not in the baseline 0 % ${percent(unknown / now.length)}`,
          `known values: Categorical value match requirement is not met. Expected match: 100.0%. Observed: ${Number(match.toFixed(2))}% of the values match the known values.`,
        ]
      : []),
    ...(shareOf(now, '') > 0 ? [`(missing) 0 % ${percent(shareOf(now, ''))}`] : []),
  ];
}

const time = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

/** The lines of a page that are of no feature; the last of its windows ends at 11. */
function commonLines({ windows }: Told): string[] {
  const count = windows.length;
  const all = windows.map((window, index) => {
    const violations = NAMES.filter((name) => distance(name, BEFORE[name], window[name]) > THRESHOLD).length;
    const end = 11 - (count - 1 - index);
    return `2026-03-02 ${time(end - 1)} – ${time(end)}: ${violations > 0 ? 'violations' : 'no violation'}`;
  });
  return [
    ...all,
    ...PROVENANCE,
    ...(count > 1 ? [`The last ${count} windows`] : []),
    `${grouped(String(ROWS))} records of 3 objects`,
    'objects 3',
    `${NAMES.length} of ${NAMES.length} features compared with the baseline's distribution`,
  ];
}

const drifted: Told = {
  windows: [...Array.from({ length: 9 }, (_, index) => flights(900 + index * 20, 130, 0)), flights(1600, 131, 0.12)],
};
const quiet: Told = { windows: [flights(905, 130, 0)] };
const UNREADABLE = 31;
const unused = (100 * UNREADABLE) / (ROWS + UNREADABLE);

const LINES: { readonly [name: string]: { readonly told: Told; readonly more: readonly string[] } } = {
  quiet: { told: quiet, more: [] },
  drifted: {
    told: drifted,
    more: [
      `▲ 5 violations in data quality of birdstrikes, most of all altitude (distance ${shown(distance('altitude', BEFORE.altitude, drifted.windows[9].altitude))}, at most ${THRESHOLD} is allowed); the run is not whole.`,
      `${UNREADABLE} of ${ROWS + UNREADABLE} records were not used (${Number(unused.toPrecision(3))}%): ${UNREADABLE} notJson; report.json has where the first are`,
      `${UNREADABLE} unusable records are in no figure. The first is line 7 of s3://capture/birdstrikes/blue/2026/03/02/10/a.jsonl (notJson).`,
      '4 records of other hours',
      `age of the baseline ${(24 * 40) / 24} days`,
    ],
  },
};

describe.each(Object.entries(LINES))('on the page of a run that is %s', (name, { told, more }) => {
  const expected = new Set([...commonLines(told), ...more, ...NAMES.flatMap((feature) => featureLines(feature, told))]);

  test('every line with a number is one that was recomputed', () => {
    expect(linesOf(name).length).toBeGreaterThan(60);
    expect(linesOf(name).filter((line) => !expected.has(line))).toEqual([]);
  });

  test('every line that was recomputed is there', () => {
    const lines = new Set(linesOf(name));
    expect([...expected].filter((line) => !lines.has(line))).toEqual([]);
  });
});

test('on the page of two variants every line with a number is one that was recomputed of one of them', () => {
  const green: Told = { windows: drifted.windows.slice(-1) };
  const records = 2 * ROWS;
  const own = [quiet, green].flatMap((told) => [
    ...commonLines(told),
    ...NAMES.flatMap((name) => featureLines(name, told)),
  ]);
  const far = shown(distance('altitude', BEFORE.altitude, drifted.windows[9].altitude));
  const share = Number(((100 * UNREADABLE) / (records + UNREADABLE)).toPrecision(3));
  const more = [
    `▲ 5 violations in data quality of birdstrikes, most of all altitude of variant green (distance ${far}, at most ${THRESHOLD} is allowed); the run is not whole.`,
    `${grouped(String(records))} records of 6 objects`,
    'objects 6',
    `${2 * NAMES.length} of ${2 * NAMES.length} features compared with the baseline's distribution`,
    `${UNREADABLE} of ${records + UNREADABLE} records were not used (${share}%): ${UNREADABLE} notJson; report.json has where the first are`,
    `blue ${grouped(String(ROWS))} – none`,
    `green ${grouped(String(ROWS))} 90 % 5 violations`,
    'red 0 – NoData',
    ...LINES.drifted.more.slice(2),
  ];
  const expected = new Set([...own, ...more]);
  expect(linesOf('sideBySide').filter((line) => !expected.has(line))).toEqual([]);
});

test('five findings are what the rows come to: four distances, values of nobody and missing ones', () => {
  const window = drifted.windows[9];
  const moved = NAMES.filter((name) => distance(name, BEFORE[name], window[name]) > THRESHOLD);
  const strange = NAMES.filter(
    (name) => !isNumeric(name) && present(window[name]).some((value) => !BEFORE[name].includes(value)),
  );
  const incomplete = NAMES.filter((name) => window[name].includes(''));
  expect(moved.length + strange.length + incomplete.length).toBe(5);
});
