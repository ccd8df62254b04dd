import type { AppParts } from './app-parts';
import { PRICES } from './prices';
import { RUN_FIGURES, type RunCounts, runCounts } from './run-figures';
import { capturedBytes, runSize, SECONDS_PER_GB, type Workload } from './workload';

/** One line of a month's bill, in US dollars. */
export interface CostLine {
  readonly part: string;
  /** what it is computed from */
  readonly of: string;
  readonly least: number;
  /** differs from the least where only a range is known */
  readonly most: number;
}

const MONTH_HOURS = 730;

/** GiB of memory, and seconds of a call beside what it reads. */
const FUNCTIONS = {
  plan: { memory: 0.5, seconds: 1 },
  profile: { memory: 1769 / 1024, seconds: 1 },
  conclude: { memory: 1769 / 1024, seconds: 1 },
  watch: { memory: 0.5, seconds: 1 },
};

/** Billed minutes of a job of Model Monitor. */
const JOB_MINUTES = { least: 10, most: 15 };

/** What an app costs a month whose every endpoint has this workload, by part. */
export function monthlyCost(app: AppParts, workload: Workload): CostLine[] {
  const [own, jobs] = ['serverless', 'model-monitor'].map((name) =>
    app.monitors.filter(({ engine }) => engine === name),
  );
  const lines = [
    fixed('metrics', `${app.metrics} at ${PRICES.metric}`, app.metrics * PRICES.metric),
    fixed('alarms', `${app.alarms} at ${PRICES.alarm}`, app.alarms * PRICES.alarm),
    ...compositeLines(app),
    ...(own.length > 0 ? runLines({ ...app, monitors: own }, workload) : []),
    ...(jobs.length > 0 ? [jobLine(runsOf(jobs))] : []),
  ];
  return [...lines, sumOf(lines)];
}

function compositeLines({ compositeAlarms: count }: AppParts): CostLine[] {
  if (count === 0) return [];
  return [fixed('composite alarms', `${count} at ${PRICES.compositeAlarm}`, count * PRICES.compositeAlarm)];
}

/** Runs of a month. */
const runsOf = (monitors: AppParts['monitors']): number =>
  monitors.reduce((sum, { hours }) => sum + MONTH_HOURS / hours, 0);

function runLines(app: AppParts, workload: Workload): CostLine[] {
  const counts = countsOf(app, workload);
  const { transitions, s3Puts, s3Gets, events, metricCalls, plans } = counts;
  const lesser = events * PRICES.event + metricCalls * PRICES.metricCall + plans * PRICES.scheduledStart;
  return [
    lambdaLine(app, workload, counts),
    fixed('Step Functions', `${whole(transitions)} transitions`, transitions * PRICES.transition),
    fixed(
      'requests to S3',
      `${whole(s3Puts)} PUT and LIST, ${whole(s3Gets)} GET`,
      s3Puts * PRICES.s3Put + s3Gets * PRICES.s3Get,
    ),
    fixed('events, schedules, calls of CloudWatch', `${whole(events + metricCalls + plans)}`, lesser),
  ];
}

function lambdaLine({ isArm, monitors, watchers }: AppParts, workload: Workload, counts: RunCounts): CostLine {
  const calls = { ...counts, watches: watchers * MONTH_HOURS };
  const price = isArm ? PRICES.lambdaGbSecondArm : PRICES.lambdaGbSecond;
  const { plan, profile, conclude, watch } = FUNCTIONS;
  const idle =
    calls.plans * plan.seconds * plan.memory +
    calls.profiles * profile.seconds * profile.memory +
    calls.conclusions * conclude.seconds * conclude.memory +
    calls.watches * watch.seconds * watch.memory;
  const requests = calls.plans + calls.profiles + calls.conclusions + calls.watches;
  const read = (monitors.length * capturedBytes(workload, MONTH_HOURS)) / 1e9;
  const cost = (secondsPerGb: number) =>
    (idle + read * secondsPerGb * profile.memory) * price + requests * PRICES.lambdaRequest;
  const of = `${whole(requests)} calls, ${whole(read)} GB read`;
  return { part: 'Lambda', of, least: cost(SECONDS_PER_GB.least), most: cost(SECONDS_PER_GB.most) };
}

/** Of all runs of a month, and of the watcher. */
function countsOf({ monitors }: AppParts, workload: Workload): RunCounts {
  const { watch } = RUN_FIGURES;
  const names = Object.keys(RUN_FIGURES.run) as (keyof RunCounts)[];
  const each = monitors.map(({ hours }) => ({
    runs: MONTH_HOURS / hours,
    counts: runCounts(runSize(workload, hours)),
  }));
  const total = (name: keyof RunCounts) => {
    const watched = monitors.length * MONTH_HOURS * ((watch as Partial<RunCounts>)[name] ?? 0);
    return each.reduce((sum, { runs, counts }) => sum + runs * counts[name], watched);
  };
  return Object.fromEntries(names.map((name) => [name, total(name)])) as unknown as RunCounts;
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
