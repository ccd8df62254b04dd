import type { AppParts } from './app-parts';
import { analysedShare, type MonitorRuns, monitorRuns, runCounts, runSize } from './monitor-runs';
import { LABELS, MEETING, type SecondsRange, secondsPerGb, sumOfRanges, times } from './processor-time';
import { RUN_FIGURES, type RunCounts, sumOfCounts } from './run-figures';
import { extractGigabytes, reportGigabytes } from './stored';
import { capturedSize, labelsSize, recordsIn, type Workload } from './workload';

const MONTH_HOURS = 730;

/** A watcher, of however many monitors, publishes that it has looked at all of them: what single runs miss is seldom. */
const HEARTBEATS = { metricCalls: 1 };

/** Bytes that a call of a function leaves in logs. */
const LOG_BYTES = 1200;

/** What the runs of an app on the serverless engine come to in a month. */
export interface MonthOfRuns {
  readonly monitors: readonly MonitorRuns[];
  /** those of the watcher and of pages among them */
  readonly counts: RunCounts;
  readonly watches: number;
  /** of runs that leave one */
  readonly pages: number;
  /** gigabytes of captured objects and labels that are read */
  readonly readGb: number;
  /** of *profile*, for what it reads */
  readonly readSeconds: SecondsRange;
  /** of *conclude*, in which predictions meet labels */
  readonly meetingSeconds: SecondsRange;
  readonly extractGb: number;
  readonly reportGb: number;
  readonly logBytes: number;
}

/** Adds up the runs of a month. */
export function monthOfRuns({ monitors, watchers, hasPages }: AppParts, workload: Workload): MonthOfRuns {
  const each = monitorRuns(monitors).map((runs) => ofMonitor(runs, workload, hasPages));
  const total = (of: (one: (typeof each)[number]) => number) => each.reduce((sum, one) => sum + of(one), 0);
  const watches = each.length > 0 ? watchers * MONTH_HOURS : 0;
  const pages = hasPages ? total(({ runs: { monitor } }) => MONTH_HOURS / monitor.hours) : 0;
  const counts = sumOfCounts([
    ...each.map(({ counts: own }) => [1, own] as const),
    [watches, HEARTBEATS],
    [pages, RUN_FIGURES.page],
  ]);
  return {
    monitors: each.map(({ runs }) => runs),
    counts,
    watches,
    pages,
    readGb: total((one) => one.readGb),
    readSeconds: sumOfRanges(each.map((one) => one.readSeconds)),
    meetingSeconds: sumOfRanges(each.map((one) => one.meetingSeconds)),
    extractGb: total((one) => one.extractGb),
    reportGb: total((one) => one.reportGb),
    logBytes: LOG_BYTES * (callsOf(counts) + watches + pages),
  };
}

/** Calls of functions, but for the watcher and those that draw. */
export const callsOf = ({ plans, profiles, explanations, conclusions }: RunCounts): number =>
  plans + profiles + explanations + conclusions;

function ofMonitor(runs: MonitorRuns, workload: Workload, hasPages: boolean) {
  const { monitor } = runs;
  const month = MONTH_HOURS / monitor.hours;
  const size = runSize(runs, workload);
  const { metricCalls, ...watch } = RUN_FIGURES.kinds[monitor.kind].watch;
  return {
    runs,
    counts: sumOfCounts([
      [month, runCounts(monitor, size)],
      [MONTH_HOURS, watch],
    ]),
    readGb: (month * size.read.bytes) / 1e9,
    readSeconds: readSeconds(runs, workload),
    meetingSeconds: times(
      monitor.reading?.labels ? (recordsIn(workload, MONTH_HOURS) * analysedShare(monitor, workload)) / 1e6 : 0,
      MEETING,
    ),
    extractGb: extractGigabytes(runs, workload),
    reportGb: reportGigabytes(runs, hasPages),
  };
}

/** Of what a monitor reads for all: records once for whoever finds something of them, labels once for each that makes something of its own. */
function readSeconds({ monitor, makes, isOwnSection }: MonitorRuns, workload: Workload): SecondsRange {
  const labels = monitor.reading?.labels && isOwnSection ? labelsSize(workload, MONTH_HOURS).bytes : 0;
  return sumOfRanges([
    times((capturedSize(workload, MONTH_HOURS).bytes * analysedShare(monitor, workload)) / 1e9, secondsPerGb(makes)),
    times(labels / 1e9, LABELS),
  ]);
}
