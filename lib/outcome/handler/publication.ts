import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { putEvent } from '../../runtime/events';
import { putMetrics } from '../../runtime/metrics';
import {
  EVENT_DETAIL_TYPE,
  EVENT_SOURCE,
  type ExecutionCompletedDetail,
  type ExecutionReport,
  METRIC_DIMENSIONS,
  METRIC_NAMESPACE,
  METRICS,
  type PublicationStep,
} from '../contract';

/** Where and how a run is told. */
export interface Publishing {
  /** Features whose drift becomes a metric. */
  readonly featureMetrics: readonly string[];
  /** ARN of the bus that receives the event; the account's default bus where absent. */
  readonly eventBus?: string;
}

/**
 * The metrics of one run, stamped with the time of publication: Completed, Failed and NoData always, as 0 or 1; Violations only when
 * something was analysed; FeatureDrift for those of `featureMetrics` that have a distance.
 */
export function outcomeMetrics(report: ExecutionReport, featureMetrics: readonly string[], now: Date): MetricDatum[] {
  const { monitorId, status, violationCount } = report.outcome;
  const monitor = { Name: METRIC_DIMENSIONS.monitor, Value: monitorId };
  const analysed = status === 'Completed' || status === 'CompletedWithViolations';
  const count = (MetricName: string, Value: number): MetricDatum => ({
    MetricName,
    Value,
    Unit: 'Count',
    Timestamp: now,
    Dimensions: [monitor],
  });
  const drift = report.distances
    .filter(({ feature, distance }) => featureMetrics.includes(feature) && Number.isFinite(distance))
    .map(
      ({ feature, distance }): MetricDatum => ({
        MetricName: METRICS.featureDrift,
        Value: distance,
        Unit: 'None',
        Timestamp: now,
        Dimensions: [monitor, { Name: METRIC_DIMENSIONS.feature, Value: feature }],
      }),
    );
  return [
    count(METRICS.completed, status === 'Failed' ? 0 : 1),
    count(METRICS.failed, status === 'Failed' ? 1 : 0),
    count(METRICS.noData, status === 'NoData' ? 1 : 0),
    ...(analysed ? [count(METRICS.violations, violationCount)] : []),
    ...drift,
  ];
}

/** The event of one run, for a bus, or for the account's default bus. */
export function outcomeEvent(outcome: ExecutionCompletedDetail, eventBus?: string): PutEventsRequestEntry {
  const event = { Source: EVENT_SOURCE, DetailType: EVENT_DETAIL_TYPE, Detail: JSON.stringify(outcome) };
  return eventBus === undefined ? event : { ...event, EventBusName: eventBus };
}

/**
 * Publishes what is left to publish of a run: its metrics, then its event.
 *
 * After each step `save` keeps the report, so that a retry goes on where this ended. When `save` itself fails, the step before it is
 * done again: delivery is at least once.
 */
export async function publishOutcome(
  report: ExecutionReport,
  { featureMetrics, eventBus }: Publishing,
  save: (report: ExecutionReport) => Promise<void>,
): Promise<void> {
  const steps: { readonly [step in PublicationStep]: () => Promise<void> } = {
    metrics: () => putMetrics(METRIC_NAMESPACE, outcomeMetrics(report, featureMetrics, new Date())),
    event: () => putEvent(outcomeEvent(report.outcome, eventBus)),
  };
  let current = report;
  for (const step of ['metrics', 'event'] as const) {
    if (current.published.includes(step)) continue;
    await steps[step]();
    current = { ...current, published: [...current.published, step] };
    await save(current);
  }
}
