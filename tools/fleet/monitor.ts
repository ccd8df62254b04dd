import { DEFAULT_FALSE_ALARM_RATE } from '../../lib/analysis/data-quality/detectors/detect-drift';
import { METHODS } from '../../lib/analysis/data-quality/detectors/drift-method';
import {
  kolmogorovSmirnovDistance,
  kolmogorovSmirnovPValue,
} from '../../lib/analysis/data-quality/detectors/kolmogorov-smirnov';
import { type NumericSample, numericSample } from '../../lib/analysis/data-quality/detectors/numeric-sample';
import { holmAdjusted } from '../../lib/analysis/numbers/holm';
import { kolmogorovSurvival } from '../../lib/analysis/numbers/tail-probabilities';
import { confirmed, DEFAULT_ALERT, type UnjudgedViolation } from '../../lib/outcome/confirmation';
import type { Random } from '../../test/analysis/data-quality/detectors/traffic';
import { Column } from './column';

/** How much a monitor looks at. */
export interface MonitorLayout {
  readonly featureCount: number;
  readonly rowsPerWindow: number;
}

/** A monitor whose data never change, but for chance. */
export interface QuietMonitor extends MonitorLayout {
  /**
   * how many records of a window are those of the one before, as they were, 0 to below 1: the same customers come back. The shares of values in two windows are
   * correlated by as much, and by its k-th power in windows that are k apart
   */
  readonly returning: number;
}

/** What became of a monitor's windows. */
export interface QuietWindows {
  /** with a violation, confirmed or not */
  readonly violated: number;
  /** confirmed violations after a window without: each makes one alarm */
  readonly pages: number;
}

const BASELINE_ROWS = 2000;

/** Lets an hourly monitor run for so many windows, as it is by default, but for the checks that the form of such data never violates. */
export function quietWindows(monitor: QuietMonitor, windows: number, next: Random): QuietWindows {
  const violationsOf = drift(columnsOf(monitor, next, 'baseline'), monitor.rowsPerWindow);
  const columns = columnsOf(monitor, next);
  const watched = new Watched();
  let [violated, pages] = [0, 0];
  for (let window = 0; window < windows; window++) {
    if (window > 0) advance(columns, monitor, next);
    const violations = violationsOf(columns);
    if (violations.length > 0) violated += 1;
    if (watched.pages(violations)) pages += 1;
  }
  return { violated, pages };
}

/** What an hourly monitor found in its last windows, and whether it told. */
export class Watched {
  private readonly earlier: (readonly UnjudgedViolation[])[] = [];
  private isPaged = false;

  /** Whether a window makes a page: a violation counts, and none did in the window before. */
  public pages(violations: readonly UnjudgedViolation[]): boolean {
    const { earlier } = this;
    const judged = confirmed({ kind: 'DataQuality', violations, alert: DEFAULT_ALERT, earlier, everyHours: 1 });
    const counts = judged.some((violation) => violation.confirmed);
    const isNew = counts && !this.isPaged;
    this.isPaged = counts;
    earlier.unshift(violations);
    earlier.length = Math.min(earlier.length, DEFAULT_ALERT.lastWindows);
    return isNew;
  }
}

/** Columns of a window of the monitor, or of its baseline. */
export function columnsOf({ featureCount, rowsPerWindow }: MonitorLayout, next: Random, of?: 'baseline'): Column[] {
  const rows = of === 'baseline' ? BASELINE_ROWS : rowsPerWindow;
  return Array.from({ length: featureCount }, () => new Column(rows, next));
}

/** The next window: some records come back, the others are new. */
export function advance(columns: readonly Column[], { rowsPerWindow, returning }: QuietMonitor, next: Random): void {
  for (let row = 0; row < rowsPerWindow; row++) {
    if (returning > 0 && next() < returning) continue;
    for (const column of columns) column.replace(row, next());
  }
}

/**
 * What a window of so many rows violates beside this baseline. Windows that are too near to it by the counts of their cells, nearly all, are not looked at
 * closer: what violates is never among them.
 */
export function drift(
  baseline: readonly Column[],
  rows: number,
): (columns: readonly Column[]) => readonly UnjudgedViolation[] {
  const samples = baseline.map(sampleOf);
  const shares = baseline.map((column) => column.shares());
  const near = leastDistance(baseline.length, (rows * BASELINE_ROWS) / (rows + BASELINE_ROWS));
  return (columns) =>
    columns.some((column, index) => column.distanceAtMost(shares[index]) > near) ? violationsOf(columns, samples) : [];
}

/** As `detectDrift` decides by `MassShift`: it takes files, which to make would take nearly all of the time. */
export function violationsOf(columns: readonly Column[], baseline: readonly NumericSample[]): UnjudgedViolation[] {
  const samples = columns.map(sampleOf);
  const adjusted = holmAdjusted(samples.map((sample, index) => kolmogorovSmirnovPValue(baseline[index], sample)));
  return samples.flatMap((sample, index) => {
    const isChance = adjusted[index] > DEFAULT_FALSE_ALARM_RATE;
    if (isChance || kolmogorovSmirnovDistance(baseline[index], sample) <= METHODS.MassShift.numericThreshold) return [];
    return [{ feature: String(index), check: 'baseline_drift_check', description: '', pValue: adjusted[index] }];
  });
}

/** A distance that at least one feature exceeds where any of so many violates: a step below where chance of the farthest one comes to the rate. */
function leastDistance(features: number, size: number): number {
  const step = 1e-3;
  let distance: number = METHODS.MassShift.numericThreshold;
  const isChance = (at: number) => kolmogorovSurvival(at * Math.sqrt(size)) * features > DEFAULT_FALSE_ALARM_RATE;
  while (isChance(distance + step)) distance += step;
  return distance;
}

/** The sample that a detector takes. */
export const sampleOf = (column: Column) => numericSample([Array.from(column.values)]);
