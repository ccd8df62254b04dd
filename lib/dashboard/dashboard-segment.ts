import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What all monitors found, as a part of dashboards that other constructs make. It has the methods of `IDashboardSegment` of cdk-monitoring-constructs, whose facade takes it.
 *
 * @see https://github.com/cdklabs/cdk-monitoring-constructs
 */
export class DashboardSegment {
  /**
   * Of widgets that are made anew for each dashboard, as each has its own place in one.
   *
   * @internal
   */
  public static _of(alarms: () => cloudwatch.IWidget, fleet: () => cloudwatch.IWidget): DashboardSegment {
    return new DashboardSegment(alarms, fleet);
  }

  private constructor(
    private readonly alarms: () => cloudwatch.IWidget,
    private readonly fleet: () => cloudwatch.IWidget,
  ) {}

  /** Alarms alone, for the dashboard that has those of everything. */
  public alarmWidgets(): cloudwatch.IWidget[] {
    return [this.alarms()];
  }

  /** The page of the fleet, for the dashboard of a team. */
  public summaryWidgets(): cloudwatch.IWidget[] {
    return [this.fleet()];
  }

  /** The page of the fleet, for the detailed dashboard: pages of one monitor and one endpoint need variables, which only the library's own dashboard has. */
  public widgets(): cloudwatch.IWidget[] {
    return [this.fleet()];
  }
}
