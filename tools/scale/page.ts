import { type QuotaUse, quotaUse, secondsToAlarm } from '../../lib/cost/limits';
import { readingMonth, watchLine } from '../../lib/cost/monthly-cost';
import { PRICES } from '../../lib/cost/prices';
import { COUNT_NAMES, type PieceFigures, RUN_FIGURES, type RunCounts } from '../../lib/cost/run-figures';
import { KINDS } from '../../lib/kind/kinds';
import { range, row, thousands } from './figures';
import { PAGE } from './page-text';
import {
  ALL,
  accountOf,
  type Bar,
  bars,
  FIRST,
  type LeastCost,
  leastCosts,
  monthOf,
  SCENARIOS,
  type Scenario,
  sumOf,
  workloadFor,
} from './scenarios';

/** What `docs/scale.md` has to say. */
export function scalePage(): string {
  const scenarios: Scenario[] = Object.values(SCENARIOS);
  return PAGE.replace('{counts}', () => countRows().join('\n'))
    .replace('{one}', () => scenarios.map((scenario) => costRow(scenario, [FIRST])).join('\n'))
    .replace('{all}', () => scenarios.map((scenario) => costRow(scenario, ALL)).join('\n'))
    .replace('{bars}', () => bars().map(barRow).join('\n'))
    .replace('{least}', () => leastCosts().map(leastRow).join('\n'))
    .replace('{quotas}', () => scenarios.map(quotaRow).join('\n'))
    .replace('{prices}', () => priceRows().join('\n'))
    .replace('{metric}', () => PRICES.metric.toFixed(2))
    .replace('{watch}', () => range(watchLine({ trainingWatches: 1, isArm: false })))
    .replace('{read}', () => readingMonth().toFixed(2))
    .replaceAll('{collected}', () => PRICES.collected);
}

const WORDS: { readonly [name in keyof RunCounts]: string } = {
  s3Puts: 'PUT and LIST to S3',
  s3Gets: 'GET to S3',
  transitions: 'state transitions',
  plans: 'calls of *plan*',
  profiles: 'calls of *profile*',
  explanations: 'calls of *explain*',
  conclusions: 'calls of *conclude*',
  events: 'events',
  metricCalls: 'calls of PutMetricData',
};

/** One row for each kind and piece: columns are what is counted. */
function countRows(): string[] {
  const { kinds, found, lone, page, hour, labelHour } = RUN_FIGURES;
  const ofKinds = ALL.flatMap((kind) => pieceRows(KINDS[kind].aspect, kinds[kind]));
  const head = ['', ...COUNT_NAMES.map((name) => WORDS[name])];
  return [
    row(head),
    `|---|${'---:|'.repeat(COUNT_NAMES.length)}`,
    ...ofKinds,
    countRow('more for an item that is alone', lone),
    countRow('more for an item that is found', found.item),
    countRow('more for an object that is found', found.object),
    countRow('the page of a run', page),
    countRow('each further hour of a window', hour),
    countRow('each further hour of labels', labelHour),
    countRow('the watcher, an hour and monitor', kinds[FIRST].watch),
  ];
}

function pieceRows(aspect: string, { run, item, object }: PieceFigures): string[] {
  return [
    countRow(`${aspect}: a run`, run),
    countRow(`${aspect}: each item`, item),
    countRow(`${aspect}: each object`, object),
  ];
}

const countRow = (title: string, counts: Partial<RunCounts>): string =>
  row([title, ...COUNT_NAMES.map((name) => String(counts[name] ?? 0))]);

const PARTS = ['metrics', 'alarms', 'Lambda', 'Step Functions', 'requests to S3', 'storage in S3'];

function costRow(scenario: Scenario, kinds: typeof ALL): string {
  const { title, endpoints, requestsPerSecond } = scenario;
  const lines = monthOf(scenario, kinds);
  const one = { ...scenario, endpoints: 1, accounts: 1 };
  const jobs = monthOf(one, kinds, 'model-monitor').find(({ part }) => part === 'jobs of Model Monitor');
  return row([
    title,
    thousands(requestsPerSecond),
    ...PARTS.map((part) => range(lines.find((line) => line.part === part))),
    range(sumOf(lines)),
    range(sumOf(lines), endpoints),
    range(jobs),
  ]);
}

function barRow({ asked, most, found }: Bar): string {
  return row([asked, String(most), found.toFixed(2), found <= most ? 'met' : 'not met']);
}

function leastRow({ title, most, published, kept, asked, functions }: LeastCost): string {
  const costs = [published, kept, asked, functions];
  const sum = costs.reduce((all, cost) => all + cost, 0);
  return row([title, String(most), ...costs.map((cost) => cost.toFixed(2)), sum.toFixed(2)]);
}

function quotaRow(scenario: Scenario): string {
  const { title, requestsPerSecond } = scenario;
  const [account, workload] = [accountOf(scenario, ALL), workloadFor(scenario)];
  const minutes = (secondsToAlarm(account, workload) / 60).toFixed(0);
  return row([title, thousands(requestsPerSecond), minutes, ...quotaUse(account, workload).slice(0, 3).map(used)]);
}

const used = ({ quota, allowed, used: count, isHard }: QuotaUse) =>
  `${quota}${isHard ? ' (hard)' : ''}: ${Number(count.toPrecision(2))} of ${thousands(allowed)}${count > allowed / 100 ? ` (${Math.round((count / allowed) * 100)} %)` : ''}`;

function priceRows(): string[] {
  const { collected, region, ...prices } = PRICES;
  return Object.entries(prices).map(([name, price]) => row([`\`${name}\``, price.toFixed(10).replace(/\.?0+$/, '')]));
}
