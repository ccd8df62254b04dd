import type { AppParts, BilledMonitor } from '../../lib/cost/app-parts';
import { type QuotaUse, quotaUse, secondsToAlarm } from '../../lib/cost/limits';
import { type CostLine, monthlyCost } from '../../lib/cost/monthly-cost';
import { PRICES } from '../../lib/cost/prices';
import { RUN_FIGURES, type RunCounts } from '../../lib/cost/run-figures';
import { workloadOf } from '../../lib/cost/workload';

/** Endpoints with one hourly monitor of data quality each, in stacks of their own, all in one account. */
interface Scenario {
  readonly title: string;
  readonly endpoints: number;
  readonly requestsPerSecond: number;
  /** that the endpoints are divided among */
  readonly accounts: number;
}

const SCENARIOS: readonly Scenario[] = [
  { title: '1 endpoint', endpoints: 1, requestsPerSecond: 10, accounts: 1 },
  { title: '1 endpoint', endpoints: 1, requestsPerSecond: 1000, accounts: 1 },
  { title: '1 endpoint', endpoints: 1, requestsPerSecond: 100_000, accounts: 1 },
  { title: '300 endpoints in 12 accounts', endpoints: 300, requestsPerSecond: 10, accounts: 12 },
  { title: '10,000 endpoints in one account', endpoints: 10_000, requestsPerSecond: 10, accounts: 1 },
];

/** Endpoints with a monitor each that one stack has. */
const ENDPOINTS_OF_STACK = 30;

/** What `docs/scale.md` has to say. */
export function scalePage(): string {
  return PAGE.replace('{counts}', () => countRows().join('\n'))
    .replace('{costs}', () => SCENARIOS.map(costRow).join('\n'))
    .replace('{quotas}', () => SCENARIOS.map(quotaRow).join('\n'))
    .replace('{prices}', () => priceRows().join('\n'))
    .replaceAll('{collected}', () => PRICES.collected);
}

function countRows(): string[] {
  const { run, item, object, watch } = RUN_FIGURES;
  const words: { readonly [name in keyof RunCounts]: string } = {
    s3Puts: 'PUT and LIST to S3',
    s3Gets: 'GET to S3',
    transitions: 'state transitions',
    plans: 'calls of *plan*',
    profiles: 'calls of *profile*',
    conclusions: 'calls of *conclude*',
    events: 'events',
    metricCalls: 'calls of PutMetricData',
  };
  return (Object.keys(words) as (keyof RunCounts)[]).map((name) => {
    const watched = (watch as Partial<RunCounts>)[name] ?? 0;
    return `| ${words[name]} | ${run[name]} | ${item[name]} | ${object[name]} | ${watched} |`;
  });
}

const monitorsOf = (count: number, engine: BilledMonitor['engine'] = 'serverless'): BilledMonitor[] =>
  Array.from({ length: count }, () => ({ engine, kind: 'DataQuality', hours: 1 }));

function partsOf({ endpoints, accounts }: Scenario): AppParts {
  const stacks = accounts * Math.ceil(endpoints / accounts / ENDPOINTS_OF_STACK);
  const monitors = monitorsOf(endpoints);
  const parts = { monitors, watchers: stacks, compositeAlarms: 0, isArm: false };
  return { ...parts, metrics: 2 * endpoints + stacks, alarms: 2 * endpoints + 2 * stacks };
}

function costRow(scenario: Scenario): string {
  const { title, endpoints, requestsPerSecond } = scenario;
  const lines = monthlyCost(partsOf(scenario), workloadOf({ requestsPerSecond }));
  const of = (part: string) =>
    range(
      lines.find((line) => line.part === part),
      1,
    );
  const sum = lines.find(({ part }) => part === 'sum');
  const cells = ['metrics', 'alarms', 'Lambda', 'Step Functions', 'requests to S3'].map(of);
  const job = monthlyCost(
    { ...partsOf(scenario), monitors: monitorsOf(1, 'model-monitor') },
    workloadOf({ requestsPerSecond }),
  );
  const jobs = job.find(({ part }) => part === 'jobs of Model Monitor');
  const all = [title, thousands(requestsPerSecond), ...cells, range(sum, 1), range(sum, endpoints), range(jobs, 1)];
  return `| ${all.join(' | ')} |`;
}

function quotaRow(scenario: Scenario): string {
  const { title, endpoints, requestsPerSecond, accounts } = scenario;
  const workload = workloadOf({ requestsPerSecond });
  const ofAccount = { ...partsOf(scenario), monitors: monitorsOf(Math.ceil(endpoints / accounts)) };
  const minutes = (secondsToAlarm(workload, 1) / 60).toFixed(0);
  return `| ${[title, thousands(requestsPerSecond), minutes, ...quotaUse(ofAccount, workload).slice(0, 2).map(used)].join(' | ')} |`;
}

const used = ({ quota, allowed, used: count }: QuotaUse) =>
  `${quota}: ${Number(count.toPrecision(2))} of ${thousands(allowed)}${count > allowed / 100 ? ` (${Math.round((count / allowed) * 100)} %)` : ''}`;

function range(line: CostLine | undefined, endpoints: number): string {
  const [least, most] = [line?.least ?? 0, line?.most ?? 0].map((cost) => dollars(cost / endpoints));
  return least === most ? least : `${least} to ${most}`;
}

const dollars = (cost: number) => (cost >= 100 ? thousands(Math.round(cost)) : cost.toFixed(2));
const thousands = (count: number) => count.toLocaleString('en-US');

function priceRows(): string[] {
  const { collected, region, ...prices } = PRICES;
  return Object.entries(prices).map(([name, price]) => `| \`${name}\` | ${price.toFixed(10).replace(/0+$/, '')} |`);
}

const PAGE = `# Scale and cost

What monitors on \`serverless()\` cost, how soon they tell, and which quota they meet first. Written by \`npm run scale -- --write\`; a test holds that it is current. \`npx cdk-sagemaker-monitoring cost --assembly cdk.out --requests-per-second 100\`
computes the same for your synthesized app.

**Computed, not measured**: what a run asks of AWS was counted by simulation of a synthesized app; times and prices are assumptions, which stand below. Captured data, reports, logs, endpoints and trainings are not in it.

## What a run asks of AWS

Solved from rehearsed hours of 4, 8 and 800 captured objects; each figure is exact. An item is a group of objects that one function reads: at most 64 MiB, and some 370 objects. S3 answers a listing with
1,000 objects at most: three further listings for each thousand.

| | of a run | and of each item | and of each object | of the watcher, an hour and monitor |
|---|---:|---:|---:|---:|
{counts}

## A month

One hourly monitor of data quality for each endpoint, 30 endpoints in a stack; US dollars at list prices of us-east-1 of {collected}, free tiers left out. *profile* takes 12 to 31 seconds for 1.75 GB, the others a second. Capture is taken
to deliver an object a minute for each instance, which serves 100 requests a second, and a record to have 486 bytes.

| what | requests a second, each | metrics | alarms | Lambda | Step Functions | requests to S3 | sum | an endpoint | on Model Monitor, an endpoint |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
{costs}

Metrics are the most of it for small endpoints: CloudWatch bills the first 10,000 of an account at 0.30, more of them at less, which is left out. On Model Monitor each run is a job of 10 to 15 billed minutes on
ml.m5.xlarge, and more where windows are large. A further monitor of data quality, model quality or bias finds [what the first has read](captured-data.md#extracts).

## Time and quotas

Minutes from a window's end to its alarm at most: four of settle time, three over which starts are spread, the run, and two evaluations of the alarm. Quotas are those of an account in us-east-1 without a raise; 10,000 starts in
three minutes are 56 a second.

| what | requests a second, each | minutes to the alarm | nearest quota | next |
|---|---:|---:|---|---|
{quotas}

Where a share is above 100 %, raise the quota, or divide the endpoints among accounts: runs beyond it wait or are tried again for some minutes, and what does not end within its hour is told as missed.

## Prices

Of us-east-1, in US dollars, collected on {collected} from price lists; by the request, the GB-second, the month of a metric or alarm, the hour of an instance.

| price | |
|---|---:|
{prices}
`;
