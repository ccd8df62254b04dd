import type * as events from 'aws-cdk-lib/aws-events';
import type { ReportsPlace } from '../outcome/reports-place';

/**
 * Monitors that are taken together. A single monitor is a group of one.
 *
 * Whatever takes a group reads it when the app is synthesized, so a monitor that is added later is included.
 */
export interface IMonitorGroup {
  /** The ids of the monitors that are in the group by now. They are known at synthesis and hold no token. */
  readonly monitorIds: string[];

  /**
   * The bus that receives the events of their runs.
   *
   * @default - the default bus of the account
   */
  readonly eventBus?: events.IEventBus;

  /**
   * The accounts in which they run. A rule believes only events that were put from there, whatever the events say of themselves.
   *
   * @default - that of the stack of the rule
   */
  readonly accounts?: string[];

  /**
   * The regions in which they run. A rule believes only events that were put there.
   *
   * @default - that of the stack of the rule
   */
  readonly regions?: string[];

  /**
   * Where their reports lie, by the id of the monitor: of those of which it is known. Messages and retraining act on `report.json` there, whatever an event
   * claims; of a monitor that is left out, they believe its events.
   *
   * @default - not known
   */
  readonly reportsPlaces?: { [monitorId: string]: ReportsPlace };

  /**
   * Makes a rule for runs with confirmed violations, on the monitors' bus.
   *
   * @param options target, name and so on; an `eventPattern` narrows the rule further, as by `detail: { violations: { feature: ['age'] } }`
   */
  onViolations(id: string, options?: events.OnEventOptions): events.Rule;

  /**
   * Makes a rule for all runs, however they ended, on the monitors' bus. `detail.status` is `Completed`, `Watch` (with violations that are not
   * confirmed), `CompletedWithViolations`, `NoData`, `LabelsMissing` (too few for the `labelCoverage` of its engine's `limits`) or `Failed`.
   *
   * @param options target, name and so on; an `eventPattern` narrows the rule further, as by `detail: { status: ['Failed'] }`
   */
  onOutcome(id: string, options?: events.OnEventOptions): events.Rule;
}
