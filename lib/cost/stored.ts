import { KINDS } from '../kind/kinds';
import { analysedShare, type MonitorRuns } from './monitor-runs';
import { capturedSize, itemsOf, recordsIn, shareOf, type Workload } from './workload';

const DAY_HOURS = 24;
const YEAR_HOURS = 365 * DAY_HOURS;

/** Hours for which extracts of columns are kept, and bytes of one, of twenty columns of numbers. */
const PROFILES = { hours: 90 * DAY_HOURS, bytes: 600_000 };
/** Bytes of a scored record, and of a label, in extracts; they are kept two days after the longest window has waited for its labels. */
const RECORD_BYTES = 35;
const LABEL_BYTES = 33;
const SPARE_DAYS = 2;
/** Bytes of the files of a report: with the statistics of twenty columns, and without. */
const REPORT_BYTES = { columns: 300_000, none: 15_000 };
/** Bytes of the page beside it. */
const PAGE_BYTES = { columns: 57_000, none: 14_000 };

/** Gigabytes of the reports of a year, with the pages beside them where there are any. */
export function reportGigabytes({ monitor: { kind, hours } }: MonitorRuns, hasPages: boolean): number {
  const form = KINDS[kind].baseline.hasStatistics ? 'columns' : 'none';
  const bytes = REPORT_BYTES[form] + (hasPages ? PAGE_BYTES[form] : 0);
  return ((YEAR_HOURS / hours) * bytes) / 1e9;
}

/** Gigabytes of extracts that a monitor's runs leave, as soon as as much expires as comes. */
export const extractGigabytes = (runs: MonitorRuns, workload: Workload): number => extractBytes(runs, workload) / 1e9;

function extractBytes({ monitor, isOwnSection }: MonitorRuns, workload: Workload): number {
  const { data, labels } = monitor.reading ?? {};
  if (data === undefined || !isOwnSection) return 0;
  const share = analysedShare(monitor, workload);
  if (!labels) return PROFILES.hours * itemsOf(shareOf(capturedSize(workload, 1), share)) * PROFILES.bytes;
  const keptHours = (Math.ceil(labels.hours / DAY_HOURS) + SPARE_DAYS) * DAY_HOURS;
  return recordsIn(workload, keptHours) * (RECORD_BYTES * share + LABEL_BYTES);
}
