/**
 * Monitors that are taken together. A single monitor is a group of one.
 *
 * Whatever takes a group reads it when the app is synthesized, so a monitor that is added later is included.
 */
export interface IMonitorGroup {
  /** The ids of the monitors that are in the group by now. They are known at synthesis and hold no token. */
  readonly monitorIds: string[];
}
