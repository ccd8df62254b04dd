import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCOUNT } from '../core/cdk-shapes';
import { having, list, optional, requireProps, type Shapes } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import type { IMonitorGroup } from '../monitor/monitor-group';
import { DASHBOARD_NAME } from '../notification/message-options';
import type { IDashboardSegment } from './dashboard-segment';
import { endpointRows } from './endpoint-page';
import { alarmRow, fleetRows } from './fleet-page';
import { FleetSegment } from './fleet-segment';
import { hasMonitoringJobs, knownAlarmArns, knownLogGroups, together } from './known-fleet';
import { LateRows } from './late-rows';
import { logRows } from './log-page';
import { monitorRows } from './monitor-page';
import { ReportWidgets } from './report-widgets';
import { CHOSEN, variables } from './variables';

/** Props of `MonitoringDashboard`. */
export interface MonitoringDashboardProps {
  /**
   * Name of the dashboard: 1 to 255 letters, digits, - and _. Dashboards of an account are of all its regions: two stages need two names.
   *
   * @default - CloudFormation chooses one
   */
  readonly dashboardName?: string;

  /**
   * The monitors whose newest reports are drawn, wherever they are made: `ModelMonitoring`, or monitors by themselves; of these, 500. A function reads them for who looks, where the stack of the
   * dashboard can name their bucket and it is of its account and region. What runs publish is found by searches, whether or not its monitor stands here.
   *
   * @default - no report is drawn, and there is no function
   */
  readonly monitors?: IMonitorGroup[];

  /**
   * Further alarms to show, as those of other stacks or of your own, first in the list. Those of this library in the stack of the dashboard are on it without; of all, CloudWatch shows
   * 100.
   *
   * @default - the alarms of the stack
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * Further log groups of functions that monitor, as those of other stacks. The ones of the stack of the dashboard, the endpoint's and those of SageMaker's jobs are searched without.
   *
   * @default - the functions of the stack
   */
  readonly logGroups?: logs.ILogGroup[];

  /**
   * The accounts whose monitors and endpoints are shown, each 12 digits, 1 to 100 of them, from an account that cross-account observability lets see their metrics. Its own
   * is shown where it stands here.
   *
   * @default - the account of the dashboard
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Unified-Cross-Account.html
   */
  readonly accounts?: string[];
}

const PROPS: Shapes<MonitoringDashboardProps> = {
  dashboardName: optional(DASHBOARD_NAME),
  monitors: optional(list(having('monitorIds', 'monitors (IMonitorGroup)'))),
  alarms: optional(list(having('alarmArn', 'an alarm (IAlarm)'))),
  logGroups: optional(list(having('logGroupName', 'a log group (ILogGroup)'))),
  accounts: optional(list(ACCOUNT)),
};

/** Of one chart, which draws up to five searches of each, and at most 500. */
const MOST_ACCOUNTS = 100;

/**
 * One dashboard for all models of an account and stage: alarms first, then what all monitors found, one monitor and one endpoint that are chosen at the top, and their logs.
 *
 * It shows monitors and endpoints of any number of stacks, and those that are added later, without being deployed again: all but alarms and logs is found by searches on what is published. No
 * stack refers to another for it.
 *
 * The first three dashboards of an account are free, each further one costs 3 USD a month.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 *
 * @example
 * declare const churn: ModelMonitoring;
 * declare const credit: ModelMonitoring;
 * new MonitoringDashboard(this, 'Models', { monitors: [churn, credit] });
 */
export class MonitoringDashboard extends Construct {
  /** The dashboard itself, for widgets of your own: they stand below. */
  public readonly dashboard: cloudwatch.Dashboard;
  private readonly props: MonitoringDashboardProps;
  private readonly widgets?: ReportWidgets;

  constructor(scope: Construct, id: string, props: MonitoringDashboardProps = {}) {
    super(scope, id);
    requireProps(props, PROPS, this);
    const { dashboardName, accounts = [] } = props;
    throwIfAny('InvalidDashboard', accountProblems(props), this);
    this.dashboard = new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName,
      defaultInterval: Duration.days(7),
      periodOverride: cloudwatch.PeriodOverride.INHERIT, // values of runs are hours apart
      variables: variables(accounts),
    });
    this.props = props;
    this.widgets = props.monitors && ReportWidgets.of(this, together(props.monitors));
    this.dashboard.addWidgets(new LateRows(() => this.rows()));
  }

  /**
   * Its page of the fleet as a part of dashboards that others make, as `facade.addSegment(...)` of cdk-monitoring-constructs does. What is added to the app later is on it as well.
   */
  public dashboardSegment(): IDashboardSegment {
    const alarms = () => [alarmRow(this.alarmArns())].filter((row) => row.length > 0);
    return new FleetSegment(alarms, () => this.fleet());
  }

  private alarmArns(): string[] {
    const { alarms = [], logGroups = [] } = this.props;
    return knownAlarmArns(this, { alarms, logGroups });
  }

  private fleet(): cloudwatch.IWidget[][] {
    const { monitors = [], accounts = [] } = this.props;
    const reported = together(monitors);
    const drawn = this.widgets?.fleet(reported);
    return fleetRows({ alarmArns: this.alarmArns(), monitorCount: reported.monitorIds.length, accounts, drawn });
  }

  private rows(): cloudwatch.IWidget[][] {
    const { monitors = [], alarms = [], logGroups = [], accounts = [] } = this.props;
    const chosen = accounts.length > 0 ? CHOSEN.account : undefined;
    const handlers = knownLogGroups(this, { alarms, logGroups });
    return [
      ...this.fleet(),
      ...monitorRows(chosen, this.widgets?.monitor(together(monitors))),
      ...endpointRows(chosen),
      ...logRows({ handlers, hasJobs: hasMonitoringJobs(this) }),
    ];
  }
}

function accountProblems({ accounts }: MonitoringDashboardProps): Problem[] {
  if (accounts === undefined) return [];
  const twice = accounts.filter((account, index) => accounts.indexOf(account) < index);
  const isSome = accounts.length > 0 && accounts.length <= MOST_ACCOUNTS;
  const count: Problem = { prop: 'accounts', got: accounts.length, allowed: `1 to ${MOST_ACCOUNTS} accounts` };
  return [
    ...(isSome ? [] : [count]),
    ...twice.map((got) => ({ prop: 'accounts', got, allowed: 'each account once' })),
    ...(accounts.includes(CHOSEN.account)
      ? [{ prop: 'accounts', got: CHOSEN.account, allowed: 'the id of an account' }]
      : []),
  ];
}
