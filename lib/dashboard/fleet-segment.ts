import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IDashboardSegment } from './dashboard-segment';
import { LateRows } from './late-rows';

/** How rows of widgets are made. */
type Rows = () => cloudwatch.IWidget[][];

/** The page of the fleet, made anew for each dashboard, as widgets have one place in one. */
export class FleetSegment implements IDashboardSegment {
  constructor(
    private readonly alarms: Rows,
    private readonly fleet: Rows,
  ) {}

  public alarmWidgets(): cloudwatch.IWidget[] {
    return [new LateRows(this.alarms)];
  }

  public summaryWidgets(): cloudwatch.IWidget[] {
    return this.widgets();
  }

  public widgets(): cloudwatch.IWidget[] {
    return [new LateRows(this.fleet)];
  }
}
