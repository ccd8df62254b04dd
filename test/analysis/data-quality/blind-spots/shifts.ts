import { type BlindSpotKind, blindSpots } from '../../../../lib/analysis/data-quality/blind-spots';
import { collapsedSample } from '../../../../lib/analysis/data-quality/blind-spots/collapsed-sample';
import { suggestConstraints } from '../../../../lib/analysis/data-quality/constraints';
import { categoricalDistance, numericDistance } from '../../../../lib/analysis/data-quality/distance';
import type { ComparisonMethod, Constraints, FeatureStatistics, Statistics } from '../../../../lib/analysis/schemas';
import { baselineColumns, NUMERIC, numericFeature, type Random, random, statisticsOf } from '../detectors/traffic';

const SEED = Number(process.env.SEED ?? 20200602);
const next = random(SEED);

export const constraintsOf = (
  statistics: Statistics,
  method: ComparisonMethod = 'Robust',
  threshold = 0.1,
): Constraints => ({
  ...suggestConstraints(statistics),
  monitoring_config: { distribution_constraints: { comparison_method: method, comparison_threshold: threshold } },
});

/** The twenty features and one constant, in some or many rows. */
const baselineOf = (rows: number) =>
  statisticsOf(new Map([...baselineColumns(rows, next), ['constant', new Float64Array(rows).fill(7)]]));

/** A baseline, and how a window of a size is compared with it. */
export interface Case {
  readonly baseline: Statistics;
  readonly windowSize: number;
  readonly method: ComparisonMethod;
  readonly threshold: number;
}

/** Cases with each comparison, of numbers of rows in the baseline and in the window. */
export function casesOf(sizes: readonly (readonly [rows: number, windowSize: number])[]): Case[] {
  const baselines = new Map(sizes.map(([rows]) => [rows, baselineOf(rows)]));
  return sizes.flatMap(([rows, windowSize]) =>
    (['Simple', 'Robust'] as const).flatMap((method) =>
      [0.1, 0.3].map((threshold) => ({
        baseline: baselines.get(rows) ?? baselineOf(rows),
        windowSize,
        method,
        threshold,
      })),
    ),
  );
}

const levelsOf = (feature: FeatureStatistics) => feature.numerical_statistics?.distribution?.kll?.sketch?.data ?? [];
const bucketsOf = (feature: FeatureStatistics) => feature.string_statistics?.distribution?.categorical?.buckets ?? [];

/** Whether a window of numbers violates under the container's rule. */
function alarms({ method, threshold }: Case, feature: FeatureStatistics, window: Float64Array): boolean {
  return numericDistance(levelsOf(numericFeature('window', window)), levelsOf(feature), method) > threshold;
}

const filled = (rows: number, value: (row: number) => number) =>
  Float64Array.from({ length: rows }, (_, row) => value(row));
const pick = (values: readonly number[], random: Random) => values[Math.floor(random() * values.length)];

/** Windows beyond everything that the baseline has: distinct values above it or below it. */
function beyond({ windowSize }: Case, { numerical_statistics: numbers }: FeatureStatistics): Float64Array[] {
  const { min = 0, max = 0 } = numbers ?? {};
  return [filled(windowSize, (row) => max + 1 + row), filled(windowSize, (row) => min - 1 - row)];
}

/** Windows of the j lowest or of the j highest values, in equal shares. */
function extremes({ windowSize }: Case, feature: FeatureStatistics): Float64Array[] {
  const { values } = collapsedSample(levelsOf(feature));
  const counts = [...new Set([...Array(14).keys(), Math.floor(values.length / 4), Math.floor(values.length / 2)])];
  return counts
    .filter((count) => count >= 1 && count <= values.length)
    .flatMap((count) => [values.slice(0, count), values.slice(-count)])
    .map((few) => filled(windowSize, (row) => few[row % few.length]));
}

/** Windows of existing values: of a few of them, in random shares. */
function reweighted({ windowSize }: Case, feature: FeatureStatistics): Float64Array[] {
  const { values } = collapsedSample(levelsOf(feature));
  return Array.from({ length: 5 }, () => {
    const few = Array.from({ length: 1 + Math.floor(next() * values.length) }, () => pick(values, next));
    return filled(windowSize, () => pick(few, (): number => next() ** 3));
  });
}

/** Windows that keep every value: each once, and others as often as there is room for. */
function kept({ windowSize }: Case, feature: FeatureStatistics): Float64Array[] {
  const { values } = collapsedSample(levelsOf(feature));
  return Array.from({ length: 10 }, (_, index) => {
    const favourite = index === 0 ? values[0] : index === 1 ? values[values.length - 1] : pick(values, next);
    const others = values.map((value) => value);
    const first = index % 2 === 0;
    return filled(windowSize, (row) => others[first ? row : windowSize - 1 - row] ?? favourite);
  });
}

const numericKinds: { readonly [kind in BlindSpotKind]?: (each: Case, feature: FeatureStatistics) => Float64Array[] } =
  {
    anything: (each, feature) => [...beyond(each, feature), ...extremes(each, feature), ...reweighted(each, feature)],
    'existing-values': (each, feature) => [
      ...extremes(each, feature),
      ...reweighted(each, feature),
      ...kept(each, feature),
    ],
    'kept-values': kept,
  };

const nameOf = ({ baseline, windowSize, method, threshold }: Case, feature: string) =>
  `${feature} of ${baseline.dataset.item_count} rows, window ${windowSize}, ${method} ${threshold}`;

/** Every numeric feature of every case, with what is listed for it. */
const numericOf = (cases: readonly Case[]) =>
  cases.flatMap((each) => {
    const spots = blindSpots({
      statistics: each.baseline,
      constraints: constraintsOf(each.baseline, each.method, each.threshold),
      windowSize: each.windowSize,
    });
    return each.baseline.features
      .filter((feature) => feature.numerical_statistics)
      .map((feature) => ({ each, feature, spot: spots.find((spot) => spot.feature === feature.name) }));
  });

/** Every categorical feature of every case, with what is listed for it, with and without a domain. */
const categoricalOf = (cases: readonly Case[]) =>
  cases.flatMap((each) =>
    [true, false].flatMap((hasDomain) => {
      const suggested = constraintsOf(each.baseline, each.method, each.threshold);
      const features = suggested.features.map((feature) =>
        hasDomain ? feature : { ...feature, string_constraints: {} },
      );
      const spots = blindSpots({
        statistics: each.baseline,
        constraints: { ...suggested, features },
        windowSize: each.windowSize,
      });
      return each.baseline.features
        .filter((feature) => feature.string_statistics)
        .map((feature) => ({ each, feature, hasDomain, spot: spots.find((spot) => spot.feature === feature.name) }));
    }),
  );

type Shares = readonly { readonly value: string; readonly count: number }[];
const violates = ({ method, threshold }: Case, feature: FeatureStatistics, window: Shares) =>
  categoricalDistance([...window], bucketsOf(feature), method) > threshold;

const rarest = (feature: FeatureStatistics) =>
  bucketsOf(feature).reduce((least, bucket) => (bucket.count < least.count ? bucket : least)).value;

/** Tests what is listed for numbers against windows that move as far as that allows, and further. */
export function testNumbers(cases: readonly Case[]): void {
  const numeric = numericOf(cases);

  test('every kind of blind spot of numbers appears', () => {
    const kinds = new Set(numeric.map(({ spot }) => spot?.kind));
    expect(kinds).toEqual(new Set([undefined, 'anything', 'existing-values', 'kept-values', 'location']));
  });

  test.each(['anything', 'existing-values', 'kept-values'] as const)(
    `a shift listed as %s raises nothing (seed ${SEED})`,
    (kind) => {
      const listed = numeric.filter(({ spot }) => spot?.kind === kind);
      const raised = listed.filter(({ each, feature }) =>
        numericKinds[kind]?.(each, feature).some((window) => alarms(each, feature, window)),
      );
      expect(raised.map(({ each, feature }) => nameOf(each, feature.name))).toEqual([]);
    },
  );

  test('a feature that is not blind to everything alarms at its largest shift', () => {
    const silent = numeric
      .filter(({ spot }) => spot?.kind !== 'anything')
      .filter(({ each, feature }) => !beyond(each, feature).some((window) => alarms(each, feature, window)));
    expect(silent.map(({ each, feature }) => nameOf(each, feature.name))).toEqual([]);
  });

  test('a feature that is not blind to its existing values alarms when only its lowest or highest are left', () => {
    const silent = numeric
      .filter(
        ({ spot, feature }) =>
          !['anything', 'existing-values'].includes(spot?.kind ?? '') && feature.name !== 'constant',
      )
      .filter(({ each, feature }) => !extremes(each, feature).some((window) => alarms(each, feature, window)));
    expect(silent.map(({ each, feature }) => nameOf(each, feature.name))).toEqual([]);
  });
}

/** Tests the listed shift of location, with as many drawn windows, and where one alarms that nothing is drawn for. */
export function testLocation(windows: number): void {
  test(`a listed shift of location raises nothing (seed ${SEED})`, () => {
    const normal = [1500, 6000].map(baselineOf).map((baseline) => ({ baseline, feature: baseline.features[0] }));
    for (const { baseline, feature } of normal) {
      for (const windowSize of [100, 400]) {
        const each: Case = { baseline, windowSize, method: 'Robust', threshold: 0.1 };
        const [spot] = blindSpots({ statistics: baseline, constraints: constraintsOf(baseline), windowSize });
        expect(spot).toMatchObject({ feature: 'normal', kind: 'location' });
        const deviation = feature.numerical_statistics?.std_dev ?? 0;
        const moved = (by: number) => filled(windowSize, () => NUMERIC.normal(next) + by * deviation);
        const { largestShift = Number.NaN } = spot;
        for (let window = 0; window < windows; window++) {
          expect(alarms(each, feature, moved(largestShift))).toBe(false);
          expect(alarms(each, feature, moved(-largestShift))).toBe(false);
        }
      }
    }
  });

  test('chance aside, shifts alarm above the visible one and not up to it', () => {
    const baseline = baselineOf(1500);
    const [feature] = baseline.features;
    const [values] = levelsOf(feature);
    const each: Case = { baseline, windowSize: values.length, method: 'Robust', threshold: 0.1 };
    const [spot] = blindSpots({
      statistics: baseline,
      constraints: constraintsOf(baseline),
      windowSize: each.windowSize,
    });
    const shift = (spot.visibleShift ?? 0) * (feature.numerical_statistics?.std_dev ?? 0);
    const moved = (by: number) => filled(values.length, (row) => values[row] + by);
    expect([0.999, -0.999, 1.001, -1.001].map((factor) => alarms(each, feature, moved(factor * shift)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
}

/** Tests what is listed for categories, of which at least so many are blind to some changes of shares. */
export function testCategories(cases: readonly Case[], leastShares: number): void {
  const categorical = categoricalOf(cases);

  test('categories alarm at their largest change unless they are listed as blind to it', () => {
    expect(new Set(categorical.map(({ spot }) => spot?.kind))).toEqual(
      new Set(['anything', 'existing-values', 'shares']),
    );
    const wrong = categorical.filter(({ each, feature, hasDomain, spot }) => {
      const value = hasDomain ? rarest(feature) : 'never seen';
      const isSilent = !violates(each, feature, [{ value, count: each.windowSize }]);
      return isSilent !== (spot?.kind === 'anything' || spot?.kind === 'existing-values');
    });
    expect(wrong.map(({ each, feature }) => nameOf(each, feature.name))).toEqual([]);
  });

  test(`changes of shares up to the listed one raise nothing, a larger one does (seed ${SEED})`, () => {
    const listed = categorical.filter(({ spot }) => spot?.kind === 'shares');
    expect(listed.length).toBeGreaterThan(leastShares);
    const wrong = listed.filter(({ each, feature, spot }) => {
      const buckets = bucketsOf(feature);
      const n = buckets.reduce((sum, { count }) => sum + count, 0);
      const least = rarest(feature);
      // the rarest category grows at the expense of all others
      const moved = (change: number): Shares => {
        const start = (buckets.find(({ value }) => value === least)?.count ?? 0) / n;
        const left = Math.max(0, 1 - start - change) / (1 - start);
        return buckets.map(({ value, count }) => ({
          value,
          count: each.windowSize * (value === least ? 1 - left * (1 - start) : (left * count) / n),
        }));
      };
      const largest = spot?.largestShareChange ?? 0;
      return violates(each, feature, moved(largest - 1e-9)) || !violates(each, feature, moved(largest + 1e-6));
    });
    const possible = wrong.filter(({ feature, spot }) => {
      const counts = bucketsOf(feature).map(({ count }) => count);
      const room = 1 - Math.min(...counts) / counts.reduce((sum, count) => sum + count, 0);
      return (spot?.largestShareChange ?? 0) + 1e-6 <= room;
    });
    expect(possible.map(({ each, feature }) => nameOf(each, feature.name))).toEqual([]);
  });
}
