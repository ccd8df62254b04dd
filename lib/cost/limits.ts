import type { AppParts } from './app-parts';
import { runCounts } from './run-figures';
import { ITEM_BYTES, runSize, SECONDS_PER_GB, type Workload } from './workload';

/** A quota of an account and region, and how much of it the busiest minutes need. */
export interface QuotaUse {
  readonly quota: string;
  readonly allowed: number;
  readonly used: number;
}

/** Seconds over which the starts of one hour are spread. */
const SPREAD = 180;
/** Seconds of settle time, and of two evaluations of the alarm. */
const SETTLE = 240;
const EVALUATIONS = 120;
/** Seconds of a run beside what it reads. */
const RUN_SECONDS = 5;
/** Items that a run reads at the same time, where nothing is said. */
const CONCURRENCY = 10;

/**
 * What the runs of an hour need of the quotas that they meet first, those of us-east-1, the most used first.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function quotaUse(app: AppParts, workload: Workload): QuotaUse[] {
  const monitors = app.monitors.filter(({ engine }) => engine === 'serverless');
  const starts = monitors.length / SPREAD;
  const items = monitors.map(({ hours }) => runSize(workload, hours).items);
  const most = Math.max(0, ...items);
  const seconds = runSeconds(most);
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
  return SETTLE + SPREAD + runSeconds(items) + EVALUATIONS;
}

/** Of a run that reads so many items, some at the same time. */
const runSeconds = (items: number): number =>
  RUN_SECONDS + Math.ceil(items / CONCURRENCY) * (ITEM_BYTES / 1e9) * SECONDS_PER_GB.most;
