import { AspectPriority, Aspects, Duration, type IAspect, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, type IConstruct } from 'constructs';
import { allow } from '../core/allow';
import { HandlerFunction } from '../core/handler-function';
import { localArn } from '../core/local-arn';
import { grantGetObjects, grantListPrefix } from '../core/s3-grants';
import { stackSingleton } from '../core/stack-singleton';
import { knownPlaces, reportedMonitors } from '../monitor/group-reports';
import type { IMonitorGroup } from '../monitor/monitor-group';
import type { ReportedMonitors } from '../outcome/contract';
import type { ReportsPlace } from '../outcome/reports-place';
import { type FleetRequest, MOST_READ, type MonitorRequest } from './contract';
import { CHOSEN } from './variables';

/** All that widgets read of monitors. */
type Reported = Pick<IMonitorGroup, 'monitorIds' | 'reportsPlaces'>;

const HEIGHT = 9;

/**
 * Draws the newest reports on the dashboards of a stack: one function for all of its widgets. Nobody but who looks at a dashboard calls it, with their own right to.
 *
 * @internal
 */
export class ReportWidgets extends Construct {
  /** Those of a stack, which read the reports of these monitors as well. */
  public static of(scope: Construct, monitors: Reported): ReportWidgets {
    const widgets = stackSingleton(scope, 'Widgets', (stack, id) => new ReportWidgets(stack, id));
    Aspects.of(widgets.handler).add(new Reading(widgets, monitors), { priority: AspectPriority.MUTATING });
    return widgets;
  }

  private readonly handler: HandlerFunction;
  private readonly granted = new Set<string>();

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.handler = new HandlerFunction(this, 'Function', {
      handler: 'widget',
      description: 'Model monitoring: draws the newest reports on dashboards',
      timeout: Duration.minutes(1),
      memorySize: 1024,
    });
    allow(this.handler, {
      actions: ['cloudwatch:DescribeAlarms'],
      resources: [localArn(stack, 'cloudwatch', 'alarm:*')],
      because: 'the widget lists the alarms about models that fire, whichever stack made them',
    });
    allow(this.handler, {
      actions: ['sagemaker:DescribeEndpoint'],
      resources: [localArn(stack, 'sagemaker', 'endpoint/*')],
      because: 'whoever looks at the dashboard chooses whose last deployment is shown',
    });
  }

  /** What the newest run of every monitor came to, those that need somebody first; and the alarms that fire. */
  public fleet(monitors: Reported): cloudwatch.IWidget {
    const { monitorIds: ids, reportsPlaces } = monitors;
    const read = { monitorIds: ids.slice(0, MOST_READ), reportsPlaces };
    const request: { readonly [member in keyof FleetRequest]: unknown } = {
      view: 'fleet',
      monitors: reportedMonitors(this, read),
      monitorCount: ids.length,
    };
    return this.widget('Monitors, and alarms that fire', request);
  }

  /** What the newest run of the chosen monitor came to. */
  public monitor(monitors: Reported): cloudwatch.IWidget {
    const request: { readonly [member in keyof MonitorRequest]: unknown } = {
      view: 'monitor',
      monitorId: CHOSEN.monitor,
      places: Lazy.any({ produce: () => placesOf(this, monitors) }),
    };
    return this.widget('The last run', request);
  }

  /** Lets the function read what lies in a place, once. */
  public read({ bucket, stackPattern }: ReportsPlace): void {
    const permission = `${bucket.bucketArn} ${stackPattern}`;
    if (this.granted.has(permission)) return;
    this.granted.add(permission);
    grantGetObjects(this.handler, bucket, stackPattern);
    grantListPrefix(this.handler, bucket, stackPattern);
  }

  private widget(title: string, params: object): cloudwatch.IWidget {
    const { functionArn } = this.handler;
    return new cloudwatch.CustomWidget({
      title,
      functionArn,
      params,
      width: 24,
      height: HEIGHT,
      updateOnResize: false,
    });
  }
}

/** What precedes the ids of monitors, each once. */
function placesOf(scope: Construct, monitors: Reported): object[] {
  const entries: Partial<ReportedMonitors>[] = Stack.of(scope).resolve(reportedMonitors(scope, monitors));
  return entries.filter(({ bucket }) => bucket !== undefined).map(({ monitorIds, ...place }) => place);
}

/** Grants when the app is complete and not yet written: monitors that join a group later are read as well. */
class Reading implements IAspect {
  private isDone = false; // what is below the function is visited as well

  constructor(
    private readonly widgets: ReportWidgets,
    private readonly monitors: Reported,
  ) {}

  public visit(_: IConstruct): void {
    if (this.isDone) return;
    this.isDone = true;
    for (const place of knownPlaces(this.widgets, this.monitors)) this.widgets.read(place);
  }
}
