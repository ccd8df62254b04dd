import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { HEARTBEAT, METRIC_DIMENSIONS, METRIC_NAMESPACE, METRICS, MISSED_HEALTH } from '../outcome/contract';
import { heading, limit, lines, table } from './charts';
import { dimensionLabel, found, HOUR, MOST_FOUND } from './search';

/** What is known of a fleet when its dashboard is synthesized. */
export interface Fleet {
  /** of the alarms of the stack, those of the library first */
  readonly alarmArns: readonly string[];
  readonly monitorCount: number;
  /** none: what the account of the dashboard sees */
  readonly accounts: readonly string[];
  /** what the newest reports say, where they are drawn */
  readonly drawn?: cloudwatch.IWidget;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const MOST_ALARMS = 100;

/** How many of so many are shown. */
export function shown(most: number, all: number): string {
  return all > most ? ` (${most.toLocaleString('en-US')} of ${all.toLocaleString('en-US')})` : '';
}

/** The states of alarms, those in ALARM first; nothing where synthesis knows none. */
export function alarmRow(alarmArns: readonly string[]): cloudwatch.IWidget[] {
  if (alarmArns.length === 0) return [];
  const title = `Alarms${shown(MOST_ALARMS, alarmArns.length)}`;
  return [new AlarmStates(title, alarmArns.slice(0, MOST_ALARMS))];
}

const counted = (monitors: number) =>
  monitors === 0
    ? 'All monitors that publish. '
    : `All monitors that publish, ${monitors.toLocaleString('en-US')} of them known to the app. `;

/** What needs somebody: alarms, what runs found, and whether runs are whole. */
export function fleetRows({ alarmArns, monitorCount, accounts, drawn }: Fleet): cloudwatch.IWidget[][] {
  return [
    [heading(`# Models\nAlarms first. ${counted(monitorCount)}Then one of them and one endpoint, as chosen above.`)],
    alarmRow(alarmArns),
    drawn ? [drawn] : [],
    [
      table({
        title: `Confirmed violations by monitor${shown(MOST_FOUND, monitorCount)}`,
        metrics: ofAccounts(accounts, violations),
        width: 12,
      }),
      lines({
        title: 'Health of runs: 1 less read or checked than asked, 2 failed, 3 missing',
        metrics: ofAccounts(accounts, health),
        limits: [limit(0, 'alarm above')],
        most: MISSED_HEALTH,
        width: 12,
      }),
    ],
    [
      lines({
        title: 'Runs that failed, had no data, or are missing',
        metrics: ofAccounts(accounts, unwhole),
        width: 12,
      }),
      lines({
        title: 'Signs of life of each stack, one an hour',
        metrics: ofAccounts(accounts, heartbeats),
        width: 12,
      }),
    ],
  ].filter((row) => row.length > 0);
}

type OfAccount = (account: string | undefined) => cloudwatch.IMetric[];

const ofAccounts = (accounts: readonly string[], metrics: OfAccount): cloudwatch.IMetric[] =>
  accounts.length === 0 ? metrics(undefined) : accounts.flatMap(metrics);

/** The most first. */
const violations: OfAccount = (account) => [
  found(
    { namespace: METRIC_NAMESPACE, dimensions: [METRIC_DIMENSIONS.monitor], metricName: METRICS.violations },
    {
      statistic: cloudwatch.Stats.MAXIMUM,
      period: HOUR,
      label: dimensionLabel(METRIC_DIMENSIONS.monitor),
      account,
      formula: 'SORT(SEARCH, MAX, DESC)',
    },
  ),
];

const health: OfAccount = (account) => [
  found(
    { namespace: METRIC_NAMESPACE, dimensions: [METRIC_DIMENSIONS.monitoring], metricName: METRICS.health },
    {
      statistic: cloudwatch.Stats.MAXIMUM,
      period: HOUR,
      label: dimensionLabel(METRIC_DIMENSIONS.monitoring),
      account,
    },
  ),
];

/** There for monitors with `runMetrics` alone. */
const unwhole: OfAccount = (account) =>
  [METRICS.failed, METRICS.noData, METRICS.missed].map((metricName) =>
    found(
      { namespace: METRIC_NAMESPACE, dimensions: [METRIC_DIMENSIONS.monitor], metricName },
      { statistic: cloudwatch.Stats.SUM, period: HOUR, label: metricName, account, formula: 'SUM(SEARCH)' },
    ),
  );

const heartbeats: OfAccount = (account) => [
  found(
    { namespace: METRIC_NAMESPACE, dimensions: [HEARTBEAT.dimension], metricName: HEARTBEAT.metric },
    { statistic: cloudwatch.Stats.SUM, period: HOUR, label: dimensionLabel(HEARTBEAT.dimension), account },
  ),
];

/** As the CDK's `AlarmStatusWidget`, of alarms of which only the ARN is known; as high as they need. */
class AlarmStates extends cloudwatch.ConcreteWidget {
  constructor(
    private readonly title: string,
    private readonly alarms: readonly string[],
  ) {
    super(24, Math.max(2, Math.ceil(alarms.length / 6) + 1));
  }

  public toJson(): object[] {
    const { title, alarms } = this;
    const properties = { title, alarms, sortBy: 'stateUpdatedTimestamp' };
    return [{ type: 'alarm', width: this.width, height: this.height, x: this.x, y: this.y, properties }];
  }
}
