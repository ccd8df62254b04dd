import { type BaselineConfig, statisticsKeyOf } from '../../baseline/baseline';
import { ownTelling } from '../own-telling';
import type { AnalysableSpec } from './analysable-spec';
import type { MonitorRequest } from './contract';

/** What each request says of the engine's options. */
export type RunSettings = Required<Pick<MonitorRequest, 'maximumConcurrency' | 'drift'>> &
  Pick<MonitorRequest, 'checks' | 'limits'>;

/**
 * What a monitor's schedule asks of the machine.
 *
 * @internal
 */
export function monitorRequest(spec: AnalysableSpec, baseline: BaselineConfig, settings: RunSettings): MonitorRequest {
  const { watched, capturedData, filter, format, transformations = [] } = spec.records;
  const { excludedFeatures, featureMetrics } = spec.dataQuality;
  const { monitoringId, runMetrics } = ownTelling(spec);
  return {
    mode: 'monitor',
    scheduledTime: '<aws.scheduler.scheduled-time>',
    monitor: {
      id: spec.monitorId,
      kind: spec.kind,
      ...watched,
      monitoringId,
    },
    capture: { bucket: capturedData.bucket.bucketName, prefix: capturedData.prefix },
    filter: filter?._condition,
    recordFormat: format?._settings,
    transformations: transformations.length > 0 ? transformations.map(({ _settings }) => _settings) : undefined,
    windowHours: spec.frequency.intervalHours,
    baseline: {
      statistics: { bucket: baseline.statisticsBucket.bucketName, key: statisticsKeyOf(baseline) },
      constraints: { bucket: baseline.constraintsBucket.bucketName, key: baseline.constraintsKey },
    },
    ...settings,
    excludedFeatures: excludedFeatures.length > 0 ? excludedFeatures : undefined,
    alert: spec.alertPolicy?._settings,
    output: { bucket: spec.reports.bucket.bucketName, prefix: spec.reports.prefix },
    runMetrics,
    featureMetrics,
    eventBus: spec.eventBus?.eventBusArn,
  };
}
