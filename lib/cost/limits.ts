import type { AppParts } from './app-parts';
import { runCounts } from './run-figures';
import { runSize, type Workload } from './workload';

/** A quota of an account and region, and how much of it the busiest minutes need. */
export interface QuotaUse {
  readonly quota: string;
  readonly allowed: number;
  readonly used: number;
}

/** Seconds over which the starts of one hour are spread. */
const SPREAD = 180;
/** Seconds of a run beside what it reads, and those of a gigabyte. */
const RUN_SECONDS = 5;
const SECONDS_PER_GB = 31 / 1.75;
const ITEM_GB = 64 / 1024;
/** Items that a run reads at the same time, where nothing is said. */
const CONCURRENCY = 10;

/**
 * What the runs of an hour need of the quotas that they meet first, those of us-east-1, the most used first.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function quotaUse({ monitors }: AppParts, workload: Workload): QuotaUse[] {
  const starts = monitors.length / SPREAD;
  const items = monitors.map(({ hours }) => runSize(workload, hours).items);
  const most = Math.max(0, ...items);
  const seconds = RUN_SECONDS + Math.ceil(most / CONCURRENCY) * ITEM_GB * SECONDS_PER_GB;
  const transitions = monitors.reduce((sum, { hours }) => sum + runCounts(runSize(workload, hours)).transitions, 0);
  const open = Math.min(monitors.length, starts * seconds);
  const uses = [
    { quota: 'starts of executions a second', allowed: 300, used: starts },
    { quota: 'state transitions a second', allowed: 5000, used: transitions / (SPREAD + seconds) },
    { quota: 'open Map Runs', allowed: 1000, used: open },
    { quota: 'concurrent functions', allowed: 1000, used: open * Math.min(CONCURRENCY, Math.max(1, most)) },
  ];
  return uses.sort((a, b) => b.used / b.allowed - a.used / a.allowed);
}

/** Seconds from a window's end to its alarm, at most: settle time and spread, the run, and two evaluations of the alarm. */
export function secondsToAlarm(workload: Workload, hours: number): number {
  const { items } = runSize(workload, hours);
  return 240 + SPREAD + RUN_SECONDS + Math.ceil(items / CONCURRENCY) * ITEM_GB * SECONDS_PER_GB + 120;
}
