import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What all monitors found, as a part of dashboards that other constructs make. It has the methods of `IDashboardSegment` of cdk-monitoring-constructs, whose facade takes it.
 *
 * @see https://github.com/cdklabs/cdk-monitoring-constructs
 */
export interface IDashboardSegment {
  /** Alarms alone, for the dashboard that has those of everything. */
  alarmWidgets(): cloudwatch.IWidget[];

  /** The page of the fleet, for the dashboard of a team. */
  summaryWidgets(): cloudwatch.IWidget[];

  /** The page of the fleet, for the detailed dashboard: pages of one monitor and one endpoint need variables, which only the library's own dashboard has. */
  widgets(): cloudwatch.IWidget[];
}
