import { DEFAULT_ALERT } from '../../lib/outcome/confirmation';
import { alarmBound } from '../../test/analysis/data-quality/detectors/alarm-bound';
import { random } from '../../test/analysis/data-quality/detectors/traffic';
import { type QuietMonitor, quietWindows } from './monitor';

/** What is promised: at most so many pages of so many hourly monitors in so many hours in which nothing changes, in 99 of a hundred such months. */
export const PROMISE = { pages: 5, monitors: 1200, hours: 720 };
const MONTHS = 100;
/** How often an hour is so clear by chance that it may make a page. */
const { chancePerHour = 1 } = DEFAULT_ALERT;

/** Shares of the records that come back in the next window, from independent windows to those that are nearly the same. */
export const RETURNING = [0, 0.5, 0.75, 0.85, 0.95] as const;

/** Small windows of few features alarm most: in 2,000 rows chance moves no tenth of the values, and many features share the false alarm rate. */
const ROWS = [100, 300];
const FEATURES = [1, 7];

/** How large a fleet is, and for how long it is watched. */
export interface Fleet {
  readonly monitors: number;
  readonly hours: number;
  readonly seed: number;
}

/** What became of a fleet's windows. */
export interface FleetMonth {
  readonly windows: number;
  readonly violated: number;
  readonly pages: number;
  /** the most pages that 99 of a hundred such months have: five, of a whole fleet */
  readonly explained: number;
}

/** Lets a fleet of hourly monitors run, as many of each layout, in which nothing changes. */
export function quietFleet(
  { monitors, hours, seed }: Fleet,
  returning: number,
  watched: (monitors: number) => void = () => {},
): FleetMonth {
  let [violated, pages] = [0, 0];
  for (let index = 0; index < monitors; index++) {
    const found = quietWindows(layout(index, returning), hours, random(seed * 1_000_003 + index));
    violated += found.violated;
    pages += found.pages;
    watched(index + 1);
  }
  const windows = monitors * hours;
  return { windows, violated, pages, explained: alarmBound(windows, chancePerHour, MONTHS) };
}

/** Each of the fleet has one of the layouts, all equally often. */
function layout(index: number, returning: number): QuietMonitor {
  const [rowsPerWindow, featureCount] = [ROWS[index % 2], FEATURES[Math.floor(index / 2) % 2]];
  return { rowsPerWindow, featureCount, returning };
}
