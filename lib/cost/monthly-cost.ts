import type { AppParts } from './app-parts';
import { type CostLine, fixedLine, sumLine, whole } from './cost-line';
import { functionLine, modelLine } from './month-of-functions';
import { type MonthOfRuns, monthOfRuns } from './month-of-runs';
import { metricsCost, PRICES } from './prices';
import type { Workload } from './workload';

/** Hours of a month. */
export const MONTH_HOURS = 730;

/** Billed minutes of a job of Model Monitor. */
const JOB_MINUTES = { least: 10, most: 15 };

/** What an app costs a month whose every endpoint has this workload, by part. Its stacks are those of one account. */
export function monthlyCost(app: AppParts, workload: Workload): CostLine[] {
  const jobs = app.monitors.filter(({ engine }) => engine === 'model-monitor');
  const runs = monthOfRuns(app, workload);
  const lines = [
    fixedLine('metrics', metricsOf(app.metrics), metricsCost(app.metrics)),
    fixedLine('alarms', `${app.alarms} at ${PRICES.alarm}`, app.alarms * PRICES.alarm),
    ...countedLine('composite alarms', app.compositeAlarms, PRICES.compositeAlarm),
    ...countedLine('dashboards', app.dashboards, PRICES.dashboard),
    ...(app.trainingWatches > 0 ? [watchLine(app)] : []),
    ...(runs.monitors.length > 0 ? runLines(app, runs) : []),
    ...(jobs.length > 0 ? [jobLine(jobs.reduce((sum, { hours }) => sum + MONTH_HOURS / hours, 0))] : []),
  ];
  const { terms, ...sum } = sumLine('sum', '', lines);
  return [...lines, sum];
}

const metricsOf = (count: number): string =>
  `${Number(count.toFixed(1))} at ${PRICES.metric}${count > 10_000 ? `, those above 10,000 at ${PRICES.metricAbove10000}` : ''}`;

/** Of what an app may have none of. */
function countedLine(name: string, count: number, price: number): CostLine[] {
  return count === 0 ? [] : [fixedLine(name, `${count} at ${price}`, count * price)];
}

function runLines(app: AppParts, runs: MonthOfRuns): CostLine[] {
  const { transitions, s3Puts, s3Gets, events, metricCalls, plans } = runs.counts;
  const lesser = events * PRICES.event + metricCalls * PRICES.metricCall + plans * PRICES.scheduledStart;
  const model = modelLine(runs);
  return [
    functionLine(app, runs),
    fixedLine('Step Functions', `${whole(transitions)} transitions`, transitions * PRICES.transition),
    sumLine('requests to S3', `${whole(s3Puts)} PUT and LIST, ${whole(s3Gets)} GET`, [
      fixedLine('PUT and LIST', `${whole(s3Puts)} at ${PRICES.s3Put}`, s3Puts * PRICES.s3Put),
      fixedLine('GET', `${whole(s3Gets)} at ${PRICES.s3Get}`, s3Gets * PRICES.s3Get),
    ]),
    sumLine('storage in S3', `${(runs.extractGb + runs.reportGb).toFixed(1)} GB`, [
      storedLine('extracts', runs.extractGb),
      storedLine('reports of a year', runs.reportGb),
    ]),
    ...(model ? [model] : []),
    fixedLine('events, schedules, calls of CloudWatch', `${whole(events + metricCalls + plans)}`, lesser),
    fixedLine('logs', `${(runs.logBytes / 1e9).toFixed(1)} GB`, (runs.logBytes / 1e9) * PRICES.logs),
  ];
}

/** Hours between two looks of a watch of trainings, GiB of its function, and seconds of a look. */
const LOOK = { hours: 0.25, memory: 0.25, seconds: 1 };

/** What watches of trainings cost that look at those under way, whether there are any or not; the metrics of a training are billed when they are read. */
export function watchLine({ trainingWatches, isArm }: Pick<AppParts, 'trainingWatches' | 'isArm'>): CostLine {
  const looks = trainingWatches * (MONTH_HOURS / LOOK.hours);
  const second = LOOK.memory * (isArm ? PRICES.lambdaGbSecondArm : PRICES.lambdaGbSecond);
  const cost = looks * (LOOK.seconds * second + PRICES.lambdaRequest + PRICES.scheduledStart);
  return fixedLine('watches of trainings', `${whole(looks)} looks of ${LOOK.seconds} s`, cost);
}

/** Dollars for a metric of a training job that is under way for a month, and looked at each time. */
export const readingMonth = (): number => (MONTH_HOURS / LOOK.hours) * PRICES.metricRead;

function jobLine(jobs: number): CostLine {
  const cost = (minutes: number) => ((jobs * minutes) / 60) * PRICES.jobHour;
  const of = `${whole(jobs)} jobs of 10 to 15 minutes on ml.m5.xlarge, without those that merge labels`;
  return { part: 'jobs of Model Monitor', of, least: cost(JOB_MINUTES.least), most: cost(JOB_MINUTES.most) };
}

const storedLine = (part: string, gigabytes: number): CostLine =>
  fixedLine(part, `${gigabytes.toFixed(1)} GB`, gigabytes * PRICES.s3Storage);
