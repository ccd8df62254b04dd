import type { MonitorSpec } from '../monitor/monitoring-engine';

/** How the runs of a monitor are told, where it is not as those of a monitor that stands alone: what is absent has its default. */
export interface OwnTelling {
  /** what the health of its runs counts for */
  readonly monitoringId?: string;
  readonly runMetrics?: true;
}

/**
 * What runs are told of how they are to be told, as short as it can be.
 *
 * @internal
 */
export function ownTelling({ monitorId, monitoringId, runMetrics }: MonitorSpec): OwnTelling {
  return {
    monitoringId: monitoringId === monitorId ? undefined : monitoringId,
    runMetrics: runMetrics || undefined,
  };
}
