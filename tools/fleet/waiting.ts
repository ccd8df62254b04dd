import { type Random, random } from '../../test/analysis/data-quality/detectors/traffic';
import type { Column } from './column';
import { columnsOf, drift, type MonitorLayout, Watched } from './monitor';

/** Drift that stays: of one feature, so many of whose values moved, 0 to 0.5. */
export interface LastingDrift {
  readonly moved: number;
  readonly rowsPerWindow: number;
  readonly seed: number;
}

/** By which window so many of the monitors have paged, 1 for the first one that drifted; Infinity for those that do not within a week of hours. */
export interface Waiting {
  readonly half: number;
  readonly nearlyAll: number;
}

const MONITORS = 400;
const FEATURES = 7;
const WEEK = 168;

/** How long hourly monitors of seven features, of which one drifts, wait for their pages. */
export function windowsUntilPaged({ moved, rowsPerWindow, seed }: LastingDrift): Waiting {
  const layout = { rowsPerWindow, featureCount: FEATURES };
  const waited = Array.from({ length: MONITORS }, (_, index) => firstPage(layout, moved, random(seed * 1009 + index)));
  waited.sort((one, other) => one - other);
  return { half: waited[MONITORS / 2 - 1], nearlyAll: waited[MONITORS * 0.95 - 1] };
}

function firstPage(layout: MonitorLayout, moved: number, next: Random): number {
  const violationsOf = drift(columnsOf(layout, next, 'baseline'), layout.rowsPerWindow);
  const watched = new Watched();
  for (let window = 1; window <= WEEK; window++) {
    const columns = columnsOf(layout, next);
    move(columns[0], moved, next);
    if (watched.pages(violationsOf(columns))) return window;
  }
  return Number.POSITIVE_INFINITY;
}

/** Puts so many of a column's values from its lower half to its upper one. */
function move(column: Column, moved: number, next: Random): void {
  for (const [row, value] of column.values.entries()) {
    if (value < 0.5 && next() < moved * 2) column.replace(row, value + 0.5);
  }
}
