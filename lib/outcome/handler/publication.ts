import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { putEvent } from '../../runtime/events';
import { Failure, wordsOf } from '../../runtime/failure';
import { putMetrics } from '../../runtime/metrics';
import { VARIANT_DIFFERENCES } from '../comparison/contract';
import {
  EVENT_DETAIL_TYPE,
  EVENT_SOURCE,
  type ExecutionCompletedDetail,
  type ExecutionReport,
  isAnalysed,
  METRIC_DIMENSIONS,
  METRIC_NAMESPACE,
  METRICS,
  PUBLICATION_STEPS,
  type PublicationStep,
  type Publishing,
} from '../contract';
import { SIGNAL_METRICS } from '../quality/contract';
import { type Decision, noteTold } from './decision';

/**
 * The metrics of one run, stamped with the time of publication: Health always, Violations only when something was analysed; differences of variants,
 * ConceptDrift, ModelDecay, Completed, Failed and NoData where they are asked for.
 */
export function outcomeMetrics(
  report: ExecutionReport,
  { monitoringId, runMetrics = false }: Pick<Publishing, 'monitoringId' | 'runMetrics'>,
  now: Date,
): MetricDatum[] {
  const { monitorId, status, violationCount, health, comparison } = report.outcome;
  const { signalCounts = {} } = report;
  const differences = comparison?.differenceCount;
  const monitor = { Name: METRIC_DIMENSIONS.monitor, Value: monitorId };
  const count = (MetricName: string, Value: number): MetricDatum => ({
    MetricName,
    Value,
    Unit: 'Count',
    Timestamp: now,
    Dimensions: [monitor],
  });
  const ofRun = [
    [METRICS.completed, status !== 'Failed'],
    [METRICS.failed, status === 'Failed'],
    [METRICS.noData, status === 'NoData'],
  ] as const;
  return [
    healthMetric(monitoringId, health ?? (status === 'Failed' ? 2 : 0), now), // reports of earlier versions have none
    ...(isAnalysed(status) ? [count(METRICS.violations, violationCount)] : []),
    ...(differences === undefined ? [] : [count(VARIANT_DIFFERENCES, differences)]),
    ...SIGNAL_METRICS.flatMap((signal) => {
      const found = signalCounts[signal];
      return found === undefined ? [] : [count(signal, found)];
    }),
    ...(runMetrics ? ofRun.map(([name, is]) => count(name, is ? 1 : 0)) : []),
  ];
}

/** The health of a run, for all monitors that belong together. */
export function healthMetric(monitoringId: string, level: number, now: Date): MetricDatum {
  const Dimensions = [{ Name: METRIC_DIMENSIONS.monitoring, Value: monitoringId }];
  return { MetricName: METRICS.health, Value: level, Unit: 'None', Timestamp: now, Dimensions };
}

/** FeatureDrift of those of `featureMetrics` that have a distance, within what CloudWatch takes: of variants that are judged apart, the largest. */
export function featureMetrics(report: ExecutionReport, features: readonly string[], now: Date): MetricDatum[] {
  const monitor = { Name: METRIC_DIMENSIONS.monitor, Value: report.outcome.monitorId };
  return [...largestDistances(report)]
    .filter(([feature]) => features.includes(feature))
    .map(([feature, distance]) => ({
      MetricName: METRICS.featureDrift,
      Value: Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, distance)),
      Unit: 'None',
      Timestamp: now,
      Dimensions: [monitor, { Name: METRIC_DIMENSIONS.feature, Value: feature }],
    }));
}

function largestDistances({ distances }: ExecutionReport): Map<string, number> {
  const largest = new Map<string, number>();
  for (const { feature, distance } of distances)
    if (!Number.isNaN(distance)) largest.set(feature, Math.max(distance, largest.get(feature) ?? distance));
  return largest;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const LARGEST_VALUE = 2 ** 360;

/** The event of one run, for a bus, or for the account's default bus. */
export function outcomeEvent(outcome: ExecutionCompletedDetail, eventBus?: string): PutEventsRequestEntry {
  const event = { Source: EVENT_SOURCE, DetailType: EVENT_DETAIL_TYPE, Detail: JSON.stringify(outcome) };
  return eventBus === undefined ? event : { ...event, EventBusName: eventBus };
}

/**
 * Publishes what is left to publish of a decision: its metrics, its event, and what was asked for beyond. Of a run that a pause keeps quiet there are no metrics: a gap is none of
 * the values by which an alarm, or who looks, takes it for bad, or for good. None of them waits for another: what CloudWatch
 * refuses keeps no event back.
 *
 * After each step the decision remembers what was told, so that whoever tries again goes on where this ended. When that fails, the step before it is
 * done again: delivery is at least once. A step that has nothing to tell is remembered with the first that has. Returns the decision as it stands in the end; undefined where another has come in its place, so that nothing
 * more of this one is told. Throws at the end where a step failed: what was thrown, or `RunNotTold` with the words of several.
 */
export async function publishOutcome(decision: Decision, publishing: Publishing): Promise<Decision | undefined> {
  const steps = publicationSteps(decision.report, publishing);
  const open = PUBLICATION_STEPS.filter((step) => !decision.report.published.includes(step));
  const silent = open.filter((step) => !steps[step]);
  const spoken = open.filter((step) => steps[step]);
  const failures: unknown[] = [];
  const told: PublicationStep[] = [];
  let current = decision;
  for (const step of spoken.length > 0 ? spoken : silent.slice(0, 1)) {
    if (current.report.published.includes(step)) continue;
    try {
      await steps[step]?.();
      told.push(step, ...silent);
      const noted = await noteTold(current, told);
      if (!noted) return undefined;
      current = noted;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 1) throw new Failure('RunNotTold', failures.map(wordsOf).join('; '));
  if (failures.length === 1) throw failures[0];
  return current;
}

/** What each step does; absent where it has nothing to tell. */
function publicationSteps(
  report: ExecutionReport,
  { featureMetrics: features, eventBus, ...vital }: Publishing,
): { readonly [step in PublicationStep]?: () => Promise<void> } {
  const event = () => putEvent(outcomeEvent(report.outcome, eventBus));
  if (report.outcome.paused) return { event };
  const ofFeatures = featureMetrics(report, features, new Date());
  return {
    metrics: () => putMetrics(METRIC_NAMESPACE, outcomeMetrics(report, vital, new Date())),
    event,
    ...(ofFeatures.length > 0 && { featureMetrics: () => putMetrics(METRIC_NAMESPACE, ofFeatures) }),
  };
}
