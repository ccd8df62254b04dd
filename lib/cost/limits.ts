import type { AppParts } from './app-parts';
import { analysedShare, type MonitorRuns, monitorRuns, type RunSize, runCounts, runSize } from './monitor-runs';
import { ANSWER_SECONDS, MEETING, secondsPerGb } from './processor-time';
import { recordsIn, type Workload } from './workload';

/** A quota of an account and region, and how much of it the busiest minutes need. */
export interface QuotaUse {
  readonly quota: string;
  readonly allowed: number;
  readonly used: number;
  /** whether AWS raises it for nobody */
  readonly isHard: boolean;
}

/** Seconds over which the starts of one hour are spread. */
const SPREAD = 180;
/** Seconds of settle time, and of two evaluations of the alarm. */
const SETTLE = 240;
const EVALUATIONS = 120;
/** Seconds of a run beside what it reads, and of those the ones in which its items are read, by a Map where there are several. */
const RUN_SECONDS = 5;
const MAP_SECONDS = 2;
/** Items that a run reads at the same time, where nothing is said. */
const CONCURRENCY = 10;

/**
 * What the runs of an hour need of the quotas that they meet first, those of us-east-1, the most used first.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function quotaUse(app: AppParts, workload: Workload): QuotaUse[] {
  const busy = monitorRuns(app.monitors).map((runs) => busyRun(runs, workload));
  const total = (of: (one: BusyRun) => number) => busy.reduce((sum, one) => sum + of(one), 0);
  const longest = Math.max(0, ...busy.map(({ seconds }) => seconds));
  const open = ({ items, mapSeconds }: BusyRun) => (items > 1 ? Math.min(1, mapSeconds / SPREAD) : 0);
  const uses = [
    { quota: 'starts of executions a second', allowed: 300, used: busy.length / SPREAD, isHard: false },
    {
      quota: 'state transitions a second',
      allowed: 5000,
      used: total(({ transitions }) => transitions) / (SPREAD + longest),
      isHard: false,
    },
    { quota: 'open Map Runs', allowed: 1000, used: total(open), isHard: true },
    {
      quota: 'concurrent functions',
      allowed: 1000,
      used: total(functionsAtOnce),
      isHard: false,
    },
  ];
  return uses.sort((a, b) => b.used / b.allowed - a.used / a.allowed);
}

/** On average of the minutes in which runs start: some that read, and one before and after. */
const functionsAtOnce = ({ readers, seconds, mapSeconds }: BusyRun): number =>
  (mapSeconds * readers + seconds - mapSeconds) / Math.max(SPREAD, seconds);

/** What a run keeps busy, and for how long. */
interface BusyRun {
  readonly items: number;
  /** functions that read these at the same time */
  readonly readers: number;
  readonly seconds: number;
  readonly mapSeconds: number;
  readonly transitions: number;
}

function busyRun(runs: MonitorRuns, workload: Workload): BusyRun {
  const size = runSize(runs, workload);
  return {
    items: Math.max(1, size.items),
    readers: readersOf(runs, size),
    seconds: runSeconds(runs, workload),
    mapSeconds: MAP_SECONDS + readingSeconds(runs, workload),
    transitions: runCounts(runs.monitor, size).transitions,
  };
}

/** Seconds from a window's end to its alarm, at most: settle time and spread, the run, and two evaluations of the alarm. */
export function secondsToAlarm(app: AppParts, workload: Workload): number {
  const longest = monitorRuns(app.monitors).map((runs) => runSeconds(runs, workload));
  return SETTLE + SPREAD + Math.max(0, ...longest) + EVALUATIONS;
}

/** Of a run that reads, lets labels meet, and asks a model. */
function runSeconds(runs: MonitorRuns, workload: Workload): number {
  const { hours, reading: { labels, asked } = {} } = runs.monitor;
  const records = recordsIn(workload, hours) * analysedShare(runs.monitor, workload);
  const meeting = labels ? (records / 1e6) * MEETING.most : 0;
  const asking = asked ? (asked.requests * ANSWER_SECONDS) / asked.atOnce : 0;
  return RUN_SECONDS + readingSeconds(runs, workload) + meeting + asking;
}

/** Of what a run reads, some items at the same time. */
function readingSeconds(runs: MonitorRuns, workload: Workload): number {
  const size = runSize(runs, workload);
  const { most } = secondsPerGb(runs.makes);
  return ((size.read.bytes / 1e9) * most) / readersOf(runs, size);
}

/** Functions that read the items of a run at the same time. */
const readersOf = ({ monitor }: MonitorRuns, { items }: RunSize): number =>
  Math.min(monitor.reading?.atOnce ?? CONCURRENCY, Math.max(1, items));
