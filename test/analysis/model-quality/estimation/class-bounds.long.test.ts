import {
  estimatedClassQuality,
  realizedQuality,
} from '../../../../lib/analysis/model-quality/estimation/class-estimate';
import { qualityGaps } from '../../../../lib/analysis/model-quality/estimation/concept-drift';
import { classCalibrations, classScores, drawnClasses, type MODELS, type Traffic } from './class-drawn';
import { drawing } from './drawn';

// How often labels show something else than what was estimated of a classification by several labels, with and without a change of their rule.

const WINDOWS = 1_000;
const RATE = 0.0005; // half of a thousandth: thresholds have the other half

/** Windows, each of traffic of its own; every tenth by another baseline. */
function windows(model: keyof typeof MODELS, offset: number, traffic: (window: number) => Traffic) {
  const next = drawing(offset);
  let calibrations = classCalibrations(drawnClasses(model, 5_000, {}, next));
  return Array.from({ length: WINDOWS }, (_, window) => {
    if (window % 10 === 0) calibrations = classCalibrations(drawnClasses(model, 5_000, {}, next));
    const scores = classScores(drawnClasses(model, 1_000, traffic(window), next), calibrations);
    const [realized, estimated] = [realizedQuality(scores), estimatedClassQuality(scores)];
    return { realized, estimated, gaps: qualityGaps(realized, estimated) };
  });
}

const isFound = ({ gaps }: ReturnType<typeof windows>[number]) => gaps.some(({ pValue }) => pValue <= RATE);

/** Of a thousand windows. Probabilities that are calibrated one label at a time are a little off together. */
const MOST_OUTSIDE = { calibrated: 10, overconfident: 20 };

test.each(['calibrated', 'overconfident'] as const)(
  'where only the features move, labels show what was estimated of a model of several labels that is %s',
  (model) => {
    const all = windows(model, 60, (window) => ({ mean: ((window % 7) - 3) * 0.3, spread: 0.7 + (window % 3) * 0.2 }));
    expect(all.filter(isFound).length).toBeLessThanOrEqual(WINDOWS / 100);
    const off = new Map<string, number[]>();
    for (const { realized, estimated } of all) {
      for (const [metric, [value, error]] of estimated) {
        const known = off.get(metric) ?? [];
        off.set(metric, [...known, ((realized.get(metric) ?? Number.NaN) - value) / error]);
      }
    }
    expect(off.size).toBe(8);
    for (const [metric, errors] of off) {
      const outside = errors.filter((error) => !(Math.abs(error) <= 3)).length;
      const spread = Math.sqrt(errors.reduce((squares, error) => squares + error ** 2, 0) / errors.length);
      process.stdout.write(
        `${model}, ${metric}: ${outside} of ${errors.length} beyond three errors, spread ${spread.toFixed(2)}\n`,
      );
      expect({ metric, isRare: outside <= MOST_OUTSIDE[model] }).toEqual({ metric, isRare: true });
      expect({ metric, isTight: spread > 0.6 }).toEqual({ metric, isTight: true });
    }
  },
);

test.each(['calibrated', 'overconfident'] as const)(
  'a fall of accuracy by ten points at unchanged features is found of a model of several labels that is %s',
  (model) => {
    const all = windows(model, 80, () => ({ turned: TEN_POINTS }));
    const falls = all.map(({ gaps: [accuracy] }) => accuracy.estimated - accuracy.realized);
    const fall = falls.reduce((sum, each) => sum + each, 0) / WINDOWS;
    const found = all.filter(isFound).length;
    process.stdout.write(`${model}: ${found} of ${WINDOWS} found, of a fall by ${fall.toFixed(3)}\n`);
    expect(fall).toBeLessThan(0.105);
    expect(found).toBeGreaterThanOrEqual(0.95 * WINDOWS);
  },
);

/** Of the labels, which become another: as many more are wrong as were right, less half of those that were wrong. */
const TEN_POINTS = 0.16;
