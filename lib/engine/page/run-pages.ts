import { Annotations, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketLocation } from '../../core/bucket-location';
import { HandlerFunction } from '../../core/handler-function';
import { servedTarget, serveRules } from '../../core/rule-delivery';
import { grantGetObjects, grantListPrefix, grantPutObjects } from '../../core/s3-grants';
import { drawsRuns } from '../../core/stack-resources';
import { stackSingleton } from '../../core/stack-singleton';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import { isBusElsewhere } from '../../monitor/outcome-rule';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, FILES } from '../../outcome/contract';
import { reconcilerIdOf } from '../../outcome/monitor-id';
import type { ReportsPlace } from '../../outcome/reports-place';
import { TEST_ENDED } from '../../outcome/tested/contract';
import type { PageRequest } from './contract';

/** What of a monitor is drawn: the runs whose reports lie there, and that are told on this bus. */
type DrawnMonitor = Pick<MonitorSpec, 'reports' | 'eventBus'>;

/**
 * Draws each run of a stack's monitors, on every engine, once its event is there: `report.html` beside its report. One function, and a rule for each bus that the runs
 * are told on; a run does not wait for its page, and ends as it does whatever becomes of it.
 *
 * @internal
 */
export class RunPages extends Construct {
  /** Has the runs of a monitor drawn, and lets what draws them read these objects as well: the files that they are compared with. */
  public static draw(scope: Construct, monitor: DrawnMonitor, compared: readonly ComparedObject[] = []): void {
    const { eventBus, reports } = monitor;
    if (!drawsRuns(scope)) return;
    if (eventBus && isBusElsewhere(scope, eventBus)) {
      sayWithout(scope, eventBus);
      return;
    }
    const pages = stackSingleton(scope, 'Pages', (stack, id) => new RunPages(stack, id));
    pages.listen(eventBus);
    pages.grantReports(reports);
    for (const { bucket, key } of compared)
      pages.grantOnce([bucket, key], () => grantGetObjects(pages.handler, bucket, key));
  }

  private readonly handler: HandlerFunction;
  private readonly buckets = new Set<IBucket>();
  private readonly granted = new Set<string>();

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.handler = new HandlerFunction(this, 'Function', {
      handler: 'page',
      description: 'Model monitoring: draws what a monitor found',
      timeout: Duration.minutes(1),
      memorySize: 1024,
    });
    serveRules(this.handler);
  }

  /** Ids of monitors begin with the name of their stack: one rule is for all on a bus. */
  private listen(eventBus: events.IEventBus | undefined): void {
    const id = eventBus ? `Rule${eventBus.node.addr.slice(-8)}` : 'Rule';
    if (this.node.tryFindChild(id)) return;
    const { account, region } = Stack.of(this);
    new events.Rule(this, id, {
      eventBus,
      description: 'Runs of model monitors, to be drawn',
      eventPattern: {
        source: [EVENT_SOURCE],
        detailType: [EVENT_DETAIL_TYPE, TEST_ENDED], // what has ended is drawn as such
        account: [account],
        region: [region],
        detail: { monitorId: events.Match.prefix(`${reconcilerIdOf(this)}/`) },
      },
      targets: [servedTarget(this.handler, this.request())],
    });
  }

  private request(): events.RuleTargetInput {
    const { account, region, fromPath } = events.EventField;
    const buckets = Lazy.any({ produce: () => [...this.buckets].map((bucket) => bucketLocation(this, bucket)) });
    const request: { readonly [member in keyof PageRequest]: unknown } = {
      account,
      region,
      monitorId: fromPath('$.detail.monitorId'),
      reportUri: fromPath('$.detail.reportUri'),
      buckets,
    };
    return events.RuleTargetInput.fromObject(request);
  }

  /** Those of all monitors of a stack lie together. */
  private grantReports({ bucket, stackPattern }: ReportsPlace): void {
    this.grantOnce([bucket, stackPattern], () => {
      this.buckets.add(bucket);
      grantGetObjects(this.handler, bucket, stackPattern);
      grantListPrefix(this.handler, bucket, stackPattern);
      grantPutObjects(this.handler, bucket, `${stackPattern}/${FILES.page}`);
    });
  }

  private grantOnce([{ bucketArn }, pattern]: readonly [IBucket, string], grant: () => void): void {
    const permission = `${bucketArn} ${pattern}`;
    if (this.granted.has(permission)) return;
    this.granted.add(permission);
    grant();
  }
}

/** An object that runs are compared with. */
export interface ComparedObject {
  readonly bucket: IBucket;
  readonly key: string;
}

function sayWithout(scope: Construct, { eventBusName }: events.IEventBus): void {
  Annotations.of(scope).addInfo(
    `its runs have no report.html: their events go to the bus ${eventBusName} of another account or region, where no rule of this stack can be; the command 'report' makes a page of a run's files`,
  );
}
