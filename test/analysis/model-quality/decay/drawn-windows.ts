import { type BinaryCounts, binaryRates } from '../../../../lib/analysis/model-quality/binary';
import { binaryErrors } from '../../../../lib/analysis/model-quality/sampling';
import type { QualityFigures } from '../../../../lib/analysis/port';
import { type Random, random } from '../../data-quality/detectors/traffic';

export const SEED = 20_261_130;

export const drawing = (offset: number): Random => random(SEED + offset);

const METRICS = ['accuracy', 'precision', 'recall', 'true_negative_rate', 'f1'];

const { sqrt, log, cos, PI, round, max, min } = Math;

const normal = (next: Random): number => sqrt(-2 * log(1 - next())) * cos(2 * PI * next());

/** How many of so many rows have what a share of all has: by the normal distribution, which is near enough for hundreds. */
const drawnCount = (rows: number, share: number, next: Random): number =>
  min(rows, max(0, round(rows * share + normal(next) * sqrt(rows * share * (1 - share)))));

/** A window whose rows are predicted rightly so often; 4 of 10 are positive. */
export function drawnCounts(rows: number, accuracy: number, next: Random): BinaryCounts {
  const positives = drawnCount(rows, 0.4, next);
  const truePositives = drawnCount(positives, accuracy, next);
  const trueNegatives = drawnCount(rows - positives, accuracy, next);
  return {
    ...{ truePositives, trueNegatives },
    falseNegatives: positives - truePositives,
    falsePositives: rows - positives - trueNegatives,
  };
}

/** Its metrics with their errors, as a report remembers them. */
export function figuresOf(counts: BinaryCounts): QualityFigures {
  const [rates, errors] = [binaryRates(counts), binaryErrors(counts)];
  return Object.fromEntries(METRICS.map((name) => [name, [rates.get(name) ?? 0, errors.get(name) ?? 0] as const]));
}

/** Windows whose accuracy follows a rule of their number. */
export function drawnWindows(count: number, rows: number, accuracy: (window: number) => number, next: Random) {
  return Array.from({ length: count }, (_, window) => figuresOf(drawnCounts(rows, accuracy(window), next)));
}

/** Windows each of which has half of its records from the one before it. */
export function overlappingWindows(count: number, rows: number, accuracy: number, next: Random): QualityFigures[] {
  const halves = Array.from({ length: count + 1 }, () => drawnCounts(rows / 2, accuracy, next));
  return halves.slice(1).map((half, index) => {
    const other = halves[index];
    return figuresOf({
      truePositives: half.truePositives + other.truePositives,
      trueNegatives: half.trueNegatives + other.trueNegatives,
      falsePositives: half.falsePositives + other.falsePositives,
      falseNegatives: half.falseNegatives + other.falseNegatives,
    });
  });
}

/** An accuracy that wanders: each is half of the one before it, and half of its own; as far as chance puts the accuracy of so many rows off. */
export function wandering(level: number, rows: number, next: Random): () => number {
  const spread = sqrt((level * (1 - level)) / rows);
  let off = 0;
  return () => {
    off = 0.5 * off + sqrt(0.75) * spread * normal(next);
    return level + off;
  };
}
