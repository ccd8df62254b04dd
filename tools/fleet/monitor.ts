import { DEFAULT_FALSE_ALARM_RATE } from '../../lib/analysis/data-quality/detectors/detect-drift';
import { METHODS } from '../../lib/analysis/data-quality/detectors/drift-method';
import {
  kolmogorovSmirnovDistance,
  kolmogorovSmirnovPValue,
} from '../../lib/analysis/data-quality/detectors/kolmogorov-smirnov';
import { type NumericSample, numericSample } from '../../lib/analysis/data-quality/detectors/numeric-sample';
import { holmAdjusted } from '../../lib/analysis/numbers/holm';
import { confirmed, DEFAULT_ALERT, type UnjudgedViolation } from '../../lib/outcome/confirmation';
import type { Random } from '../../test/analysis/data-quality/detectors/traffic';

/** A monitor whose data never change, but for chance. */
export interface QuietMonitor {
  readonly featureCount: number;
  readonly rowsPerWindow: number;
  /** of what a record is in one window and in the next, 0 to below 1: the same customers come back */
  readonly autocorrelation: number;
}

/** What became of a monitor's windows. */
export interface QuietWindows {
  /** with a violation, confirmed or not */
  readonly violated: number;
  /** confirmed violations after a window without: each makes one alarm */
  readonly pages: number;
}

const BASELINE_ROWS = 2000;

/** Lets a monitor run for so many windows, as it is by default, but for the checks that the form of such data never violates. */
export function quietWindows(monitor: QuietMonitor, windows: number, next: Random): QuietWindows {
  const baseline = columnsOf(monitor, BASELINE_ROWS, next).map(sampleOf);
  const columns = columnsOf(monitor, monitor.rowsPerWindow, next);
  const earlier: UnjudgedViolation[][] = [];
  let [violated, pages, isPaged] = [0, 0, false];
  for (let window = 0; window < windows; window++) {
    if (window > 0) for (const column of columns) advance(column, monitor.autocorrelation, next);
    const violations = violationsOf(columns, baseline);
    const judged = confirmed({ kind: 'DataQuality', violations, alert: DEFAULT_ALERT, earlier });
    const counts = judged.some((violation) => violation.confirmed);
    if (violations.length > 0) violated += 1;
    if (counts && !isPaged) pages += 1;
    isPaged = counts;
    earlier.unshift(violations);
    earlier.length = Math.min(earlier.length, DEFAULT_ALERT.lastWindows);
  }
  return { violated, pages };
}

/** As `detectDrift` decides by `MassShift`: it takes files, which to make would take nearly all of the time. */
function violationsOf(columns: readonly Float64Array[], baseline: readonly NumericSample[]): UnjudgedViolation[] {
  const samples = columns.map(sampleOf);
  const adjusted = holmAdjusted(samples.map((sample, index) => kolmogorovSmirnovPValue(baseline[index], sample)));
  return samples.flatMap((sample, index) => {
    const isChance = adjusted[index] > DEFAULT_FALSE_ALARM_RATE;
    if (isChance || kolmogorovSmirnovDistance(baseline[index], sample) <= METHODS.MassShift.numericThreshold) return [];
    return [{ feature: String(index), check: 'baseline_drift_check', description: '', pValue: adjusted[index] }];
  });
}

/** Continuous numbers, for which the test is exact; with ties it alarms less often. */
function columnsOf({ featureCount }: QuietMonitor, rows: number, next: Random): Float64Array[] {
  return Array.from({ length: featureCount }, () => Float64Array.from({ length: rows }, () => normal(next)));
}

const sampleOf = (column: Float64Array) => numericSample([Array.from(column)]);

/** A step that keeps the distribution of each number, and correlates it with what it was. */
function advance(column: Float64Array, correlation: number, next: Random): void {
  const fresh = Math.sqrt(1 - correlation ** 2);
  for (let row = 0; row < column.length; row++) column[row] = correlation * column[row] + fresh * normal(next);
}

const normal = (next: Random) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
