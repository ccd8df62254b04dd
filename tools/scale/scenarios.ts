import { type AppParts, publishedShare } from '../../lib/cost/app-parts';
import { type BilledMonitor, requestsOf } from '../../lib/cost/billed-monitor';
import type { CostLine } from '../../lib/cost/cost-line';
import { quotaUse } from '../../lib/cost/limits';
import { monthlyCost } from '../../lib/cost/monthly-cost';
import { type Workload, workloadOf } from '../../lib/cost/workload';
import { KINDS } from '../../lib/kind/kinds';

/** Endpoints that are watched alike, in stacks of their own. */
export interface Scenario {
  readonly title: string;
  readonly endpoints: number;
  readonly requestsPerSecond: number;
  /** that the endpoints are divided among */
  readonly accounts: number;
}

export const SCENARIOS = {
  little: { title: '1 endpoint', endpoints: 1, requestsPerSecond: 10, accounts: 1 },
  much: { title: '1 endpoint', endpoints: 1, requestsPerSecond: 1000, accounts: 1 },
  most: { title: '1 endpoint', endpoints: 1, requestsPerSecond: 100_000, accounts: 1 },
  divided: { title: '300 endpoints in 12 accounts', endpoints: 300, requestsPerSecond: 10, accounts: 12 },
  fleet: { title: '10,000 endpoints in one account', endpoints: 10_000, requestsPerSecond: 10, accounts: 1 },
} as const satisfies { readonly [name: string]: Scenario };

type Kind = BilledMonitor['kind'];

/** All kinds, and the first one alone. */
export const ALL = Object.keys(KINDS) as Kind[];
export const [FIRST] = ALL;

/** Endpoints that one stack has. */
const ENDPOINTS_OF_STACK = 20;

/** What a model of twenty numbers is asked in a run, by the defaults. */
const ASKED = {
  requests: requestsOf({ features: 20, records: 100, rows: 1, recordsPerRequest: 200 }),
  atOnce: 5,
  memory: 2,
};

/** What one of the accounts has: hourly monitors, but for those that ask a model, which do once a day. */
export function accountOf({ endpoints, accounts }: Scenario, kinds: readonly Kind[], engine = 'serverless'): AppParts {
  const count = Math.ceil(endpoints / accounts);
  const stacks = Math.ceil(count / ENDPOINTS_OF_STACK);
  return {
    monitors: Array.from({ length: count }, (_, endpoint) =>
      kinds.map((kind) => monitorOf(kind, endpoint, engine)),
    ).flat(),
    watchers: stacks,
    trainingWatches: 0,
    trainingMetrics: 0,
    alarms: count * (kinds.length + 1) + 2 * stacks,
    compositeAlarms: 0,
    dashboards: 0,
    metrics: count * (1 + kinds.reduce((sum, kind) => sum + publishedShare(hoursOf(kind)), 0)) + stacks,
    isArm: false,
    hasPages: true,
    tagged: 0,
  };
}

function monitorOf(kind: Kind, endpoint: number, engine: string): BilledMonitor {
  const { asksModel, readsLabels } = KINDS[kind];
  const hours = hoursOf(kind);
  const reading = asksModel
    ? { section: kind, asked: ASKED }
    : { data: `${endpoint}`, section: kind, ...(readsLabels && { labels: { place: 'labels', hours: 1 } }) };
  return { engine: engine as BilledMonitor['engine'], kind, hours, reading };
}

const hoursOf = (kind: Kind): number => (KINDS[kind].asksModel ? 24 : 1);

export const workloadFor = ({ requestsPerSecond }: Scenario): Workload => workloadOf({ requestsPerSecond });

/** A month of a scenario, all accounts together. */
export function monthOf(scenario: Scenario, kinds: readonly Kind[], engine?: string): CostLine[] {
  const lines = monthlyCost(accountOf(scenario, kinds, engine), workloadFor(scenario));
  const { accounts } = scenario;
  return lines.map((line) => ({ ...line, least: line.least * accounts, most: line.most * accounts }));
}

/** What is asked of the costs and quotas of monitors, and what they come to. */
export interface Bar {
  readonly asked: string;
  readonly most: number;
  readonly found: number;
}

/** The bars, of all kinds. */
export function bars(): Bar[] {
  const { little, much, divided, fleet } = SCENARIOS;
  const each = (scenario: Scenario) => sumOf(monthOf(scenario, ALL)).most / scenario.endpoints;
  const hardest = [little, much, divided, fleet].map((scenario) => hardShare(scenario));
  return [
    { asked: '1 endpoint at 1,000 requests a second: dollars a month', most: 10, found: each(much) },
    { asked: '10,000 endpoints in one account: dollars a month for each', most: 1.5, found: each(fleet) },
    { asked: '300 endpoints in 12 accounts: dollars a month for each', most: 2.5, found: each(divided) },
    { asked: 'share of a hard quota', most: 0.5, found: Math.max(...hardest) },
  ];
}

function hardShare(scenario: Scenario): number {
  const uses = quotaUse(accountOf(scenario, ALL), workloadFor(scenario)).filter(({ isHard }) => isHard);
  return Math.max(...uses.map(({ used, allowed }) => used / allowed));
}

/** Dollars a month for each endpoint that stay, however its windows are analysed. */
export interface LeastCost {
  readonly title: string;
  /** that is aimed at for all of it */
  readonly most: number;
  readonly published: number;
  readonly kept: number;
  readonly asked: number;
  readonly functions: number;
}

const WORK = ['reading', 'labels that meet', 'asking models', 'page'];

/** Of the fleets for whose endpoints there are bars, with all kinds. */
export function leastCosts(): LeastCost[] {
  const all = bars();
  return [SCENARIOS.fleet, SCENARIOS.divided].map((scenario) => {
    const { title, endpoints, accounts } = scenario;
    const lines = monthOf(scenario, ALL);
    const of = (...parts: string[]) => most(lines, parts) / endpoints;
    const functions = lines.find(({ part }) => part === 'Lambda')?.terms ?? []; // of one account
    return {
      title,
      most: all.find(({ asked }) => asked.startsWith(title))?.most ?? 0,
      published: of('metrics', 'alarms'),
      kept: of('storage in S3'),
      asked: of('models asked for attributions', 'events, schedules, calls of CloudWatch'),
      functions: (accounts * most(functions, WORK)) / endpoints,
    };
  });
}

const most = (lines: readonly CostLine[], parts: readonly string[]): number =>
  lines.filter(({ part }) => parts.includes(part)).reduce((sum, line) => sum + line.most, 0);

export function sumOf(lines: readonly CostLine[]): CostLine {
  return lines[lines.length - 1];
}
