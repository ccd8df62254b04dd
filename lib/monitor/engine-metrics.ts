import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { BiasMetricOptions } from './bias-metric';
import type { ModelQualityMetric } from './model-quality-metric';

/**
 * What an engine publishes of a monitor's features, measures and groups, beside the outcome of its runs.
 *
 * A method throws where the engine publishes no such metric, because an alarm on it would never fire; the error says what to do.
 */
export interface IEngineMetrics {
  /**
   * Distance of a feature's distribution to its baseline, 0 to 1.
   *
   * @default - maximum over the time between two runs
   */
  featureDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * Completeness of a feature.
   *
   * @default - sum over the time between two runs
   */
  featureNonNull(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * The values of a numeric feature.
   *
   * @default - average over the time between two runs
   */
  featureData(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * A measure of the model's quality.
   *
   * @default - average over the time between two runs
   */
  modelQuality(metric: ModelQualityMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How differently a group is treated.
   *
   * @default - average over the time between two runs
   */
  bias(bias: BiasMetricOptions, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /**
   * How much the predictions rest on a feature.
   *
   * @param labelHeader the output of the model
   * @default - of the first output, average over the time between two runs
   */
  featureAttribution(feature: string, labelHeader?: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}
