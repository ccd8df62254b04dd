import type { AppParts } from './app-parts';
import { functionLine, modelLine } from './month-of-functions';
import { type MonthOfRuns, monthOfRuns } from './month-of-runs';
import { metricsCost, PRICES } from './prices';
import type { Workload } from './workload';

/** One line of a month's bill, in US dollars. */
export interface CostLine {
  readonly part: string;
  /** what it is computed from */
  readonly of: string;
  readonly least: number;
  /** differs from the least where only a range is known */
  readonly most: number;
}

/** Hours of a month. */
export const MONTH_HOURS = 730;

/** Billed minutes of a job of Model Monitor. */
const JOB_MINUTES = { least: 10, most: 15 };

/** What an app costs a month whose every endpoint has this workload, by part. Its stacks are those of one account. */
export function monthlyCost(app: AppParts, workload: Workload): CostLine[] {
  const jobs = app.monitors.filter(({ engine }) => engine === 'model-monitor');
  const runs = monthOfRuns(app, workload);
  const lines = [
    fixed('metrics', metricsOf(app.metrics), metricsCost(app.metrics)),
    fixed('alarms', `${app.alarms} at ${PRICES.alarm}`, app.alarms * PRICES.alarm),
    ...compositeLines(app),
    ...(runs.monitors.length > 0 ? runLines(app, runs) : []),
    ...(jobs.length > 0 ? [jobLine(jobs.reduce((sum, { hours }) => sum + MONTH_HOURS / hours, 0))] : []),
  ];
  return [...lines, sumOf(lines)];
}

const metricsOf = (count: number): string =>
  `${count} at ${PRICES.metric}${count > 10_000 ? `, those above 10,000 at ${PRICES.metricAbove10000}` : ''}`;

function compositeLines({ compositeAlarms: count }: AppParts): CostLine[] {
  if (count === 0) return [];
  return [fixed('composite alarms', `${count} at ${PRICES.compositeAlarm}`, count * PRICES.compositeAlarm)];
}

function runLines(app: AppParts, runs: MonthOfRuns): CostLine[] {
  const { transitions, s3Puts, s3Gets, events, metricCalls, plans } = runs.counts;
  const lesser = events * PRICES.event + metricCalls * PRICES.metricCall + plans * PRICES.scheduledStart;
  const model = modelLine(runs);
  const stored = `${runs.storedGb.toFixed(1)} GB: extracts, and reports of a year`;
  return [
    functionLine(app, runs),
    fixed('Step Functions', `${whole(transitions)} transitions`, transitions * PRICES.transition),
    fixed(
      'requests to S3',
      `${whole(s3Puts)} PUT and LIST, ${whole(s3Gets)} GET`,
      s3Puts * PRICES.s3Put + s3Gets * PRICES.s3Get,
    ),
    fixed('storage in S3', stored, runs.storedGb * PRICES.s3Storage),
    ...(model ? [model] : []),
    fixed('events, schedules, calls of CloudWatch', `${whole(events + metricCalls + plans)}`, lesser),
    fixed('logs', `${(runs.logBytes / 1e9).toFixed(1)} GB`, (runs.logBytes / 1e9) * PRICES.logs),
  ];
}

function jobLine(jobs: number): CostLine {
  const cost = (minutes: number) => ((jobs * minutes) / 60) * PRICES.jobHour;
  const of = `${whole(jobs)} jobs of 10 to 15 minutes on ml.m5.xlarge, without those that merge labels`;
  return { part: 'jobs of Model Monitor', of, least: cost(JOB_MINUTES.least), most: cost(JOB_MINUTES.most) };
}

const fixed = (part: string, of: string, cost: number): CostLine => ({ part, of, least: cost, most: cost });

function sumOf(lines: readonly CostLine[]): CostLine {
  const sum = (bound: 'least' | 'most') => lines.reduce((all, line) => all + line[bound], 0);
  return { part: 'sum', of: '', least: sum('least'), most: sum('most') };
}

const whole = (count: number): string => Math.round(count).toLocaleString('en-US');
