import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { HandlerFunction } from '../../core/handler-function';
import { allowEvents } from '../../outcome/publishing-grant';
import type { ReportsPlace } from '../../outcome/reports-place';

/** What a function of a stack is allowed for all its monitors: each permission is granted once. */
export class SharedGrants {
  private readonly allowed = new Set<string>();

  constructor(private readonly handler: HandlerFunction) {}

  /** Events on a bus; by default on that of the account. */
  public events(eventBus?: IEventBus): void {
    this.once(`events ${eventBus?.eventBusArn}`, () => allowEvents(this.handler, eventBus));
  }

  /** The reports of all monitors of a stack lie together: what is allowed for one of them is allowed for all. */
  public onReports(reports: ReportsPlace, purpose: string, grant: (reports: ReportsPlace) => void): void {
    const { bucketArn, encryptionKey } = reports.bucket;
    this.once([purpose, bucketArn, encryptionKey?.keyArn, reports.stackPattern].join(' '), () => grant(reports));
  }

  /** What is granted for one monitor and serves all. */
  public once(permission: string, grant: () => void): void {
    if (this.allowed.has(permission)) return;
    this.allowed.add(permission);
    grant();
  }
}
