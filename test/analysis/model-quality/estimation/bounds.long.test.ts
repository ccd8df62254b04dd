import { type QualityGap, qualityGaps } from '../../../../lib/analysis/model-quality/estimation/concept-drift';
import { estimatedQuality } from '../../../../lib/analysis/model-quality/estimation/estimate';
import { QualityProfile } from '../../../../lib/analysis/model-quality/quality-profile';
import { BINARY } from '../rows';
import { calibrationOf, drawing, drawnRows, type MODELS, type Row, scoresOf, type Traffic } from './drawn';

// How often labels show something else than what was estimated, with and without a change of their rule.

const WINDOWS = 1_000;
const RATE = 0.0005; // half of a thousandth: thresholds have the other half

function gapsOf(rows: readonly Row[], calibration: ReturnType<typeof calibrationOf>): QualityGap[] {
  const profile = new QualityProfile(BINARY);
  for (const { score, isPositive } of rows) {
    const actual = isPositive ? '1' : '0';
    profile.addSampled({ score, predicted: score > 0.5 ? '1' : '0', actual }, ALL_ROWS);
  }
  return qualityGaps(profile.tally.metrics(0, 'deequ-1.0'), estimatedQuality(scoresOf(rows), calibration));
}

/** A row is in no sample for standard deviations: they take most of the time, and nothing here. */
const ALL_ROWS = 1;

/** The gaps of windows, each of traffic of its own; every tenth by another baseline. */
function windows(model: keyof typeof MODELS, offset: number, traffic: (window: number) => Traffic): QualityGap[][] {
  const next = drawing(offset);
  let calibration = calibrationOf(drawnRows(model, 5_000, {}, next));
  return Array.from({ length: WINDOWS }, (_, window) => {
    if (window % 10 === 0) calibration = calibrationOf(drawnRows(model, 5_000, {}, next));
    return gapsOf(drawnRows(model, 1_000, traffic(window), next), calibration);
  });
}

const isFound = (gaps: readonly QualityGap[]) => gaps.some(({ pValue }) => pValue <= RATE);

test.each(['calibrated', 'overconfident'] as const)(
  'where only the features move, labels show what was estimated of a model that is %s',
  (model) => {
    const all = windows(model, 20, (window) => ({ mean: ((window % 7) - 3) * 0.3, spread: 0.7 + (window % 3) * 0.2 }));
    expect(all.filter(isFound).length).toBeLessThanOrEqual(WINDOWS / 100);
    const outside = new Map<string, number>();
    for (const { metric, realized, estimated, standardError } of all.flat()) {
      const isOutside = Math.abs(realized - estimated) > 3 * standardError;
      outside.set(metric, (outside.get(metric) ?? 0) + Number(isOutside));
    }
    expect(outside.size).toBe(6);
    expect([...outside].filter(([, count]) => count > WINDOWS / 100)).toEqual([]);
  },
);

test.each(['calibrated', 'overconfident'] as const)(
  'a fall of accuracy by ten points at unchanged features is found of a model that is %s',
  (model) => {
    const all = windows(model, 40, () => ({ turned: TEN_POINTS }));
    const falls = all.map(([accuracy]) => accuracy.estimated - accuracy.realized);
    expect(falls.reduce((sum, fall) => sum + fall, 0) / WINDOWS).toBeLessThan(0.105);
    expect(all.filter(isFound).length).toBeGreaterThanOrEqual(0.95 * WINDOWS);
  },
);

/** Of the labels: as many more are wrong as were right, less those that were wrong. */
const TEN_POINTS = 0.19;
