import type { Duration } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { DURATION, TOPIC } from '../core/cdk-shapes';
import { instance, list, NUMBER, optional, type Shapes, TEXT } from '../core/prop-shapes';
import { ModelQualityMonitor } from '../monitor/model-quality-monitor';
import { RequestUnit } from './request-unit';
import { VariantMeasure } from './variant-measure';

/** What every test of two variants is told. */
export interface VariantTestOptions {
  /**
   * The monitor whose windows are added up, on `MonitoringEngine.serverless()`, of data with `perVariant`. One monitor has one test, of the pair that its data compare
   * if they compare one.
   */
  readonly monitor: ModelQualityMonitor;

  /** Name of the variant in use. */
  readonly reference: string;

  /** Name of the variant that may take its place. */
  readonly candidate: string;

  /**
   * The least difference that matters, above 0: of `accuracy` for classifications, 0.01 for one answer in a hundred; of the mean absolute error for regressions, in the
   * unit of what is predicted. A smaller one takes longer.
   */
  readonly leastEffect: number;

  /**
   * What is tested beside the quality of predictions, each measure once. Those that SageMaker's metrics tell ask for a monitor of an endpoint.
   *
   * @default - nothing else
   */
  readonly measures?: VariantMeasure[];

  /**
   * What requests are of that depend on each other, as those of one person. All requests of a unit count as one that is seen more often, so that they do not make the test surer than it is. Callers
   * of an `AbTest` keep each unit with one variant, by `TargetVariant`, which weights do not change. Requests that say no unit are one together.
   *
   * @default - each request is one by itself
   */
  readonly unit?: RequestUnit;

  /**
   * How long the test goes on at least before the candidate may be found to be better, or the same: as long as traffic differs by the hour or the day. Worse it
   * may be found at any time. Whole hours.
   *
   * @default Duration.days(1)
   */
  readonly leastDuration?: Duration;

  /**
   * After which the test ends undecided. Whole hours, not less than `leastDuration`.
   *
   * @default Duration.days(28)
   */
  readonly largestDuration?: Duration;

  /**
   * How likely a test of two variants that do not differ ends with `Better` or `Worse`, however often it is looked at; above 0, at most 0.5.
   *
   * @default 0.05
   */
  readonly falseDecisionRate?: number;

  /**
   * Receives a message when the test ends: what it came to, and how to go on.
   *
   * @default - the event alone tells it
   */
  readonly notificationTopic?: sns.ITopic;
}

/** @internal */
export const VARIANT_TEST: Shapes<VariantTestOptions> = {
  monitor: instance(ModelQualityMonitor),
  reference: TEXT,
  candidate: TEXT,
  leastEffect: NUMBER,
  measures: optional(list(instance(VariantMeasure))),
  unit: optional(instance(RequestUnit)),
  leastDuration: optional(DURATION),
  largestDuration: optional(DURATION),
  falseDecisionRate: optional(NUMBER),
  notificationTopic: optional(TOPIC),
};
