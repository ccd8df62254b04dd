import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { MonitorKind } from '../kind/monitor-kind';
import { EngineMonitor } from './engine-monitor';
import { FeatureMetrics } from './feature-metrics';
import type { MonitorOptions, MonitorPlacement } from './monitor-placement';
import type { EngineBinding } from './monitoring-engine';
import { ServiceMetric } from './service-metric';
import { serviceMetricOf } from './service-metrics';

/** Options of a data-quality monitor, whatever it is added to. */
export interface DataQualityMonitorOptions extends MonitorOptions {
  /**
   * Features whose distance to the baseline becomes a metric; each is billed as a custom metric.
   *
   * @default FeatureMetrics.none()
   */
  readonly featureMetrics?: FeatureMetrics;

  /**
   * Features that are left out of the analysis. On Model Monitor: at most 100 characters, with a comma between two of them.
   *
   * (Model Monitor's API takes one text; that commas separate its names is not written down.)
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly excludedFeatures?: string[];
}

/** Props of a `DataQualityMonitor`. */
export interface DataQualityMonitorProps extends MonitorPlacement, DataQualityMonitorOptions {}

/**
 * Watches the data that a model receives and returns, against a baseline: types, completeness, known categories, and the
 * distance between the distributions.
 *
 * Its reports:
 *
 * ```text
 * statistics.json               what the window looked like
 * constraint_violations.json    {"violations": [{"feature_name": ..., "constraint_check_type": ..., "description": ...}]}
 * report.json                   window, counts, unreadable records, distances
 * ```
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-quality.html
 */
export class DataQualityMonitor extends EngineMonitor {
  public readonly monitorKind = MonitorKind.DATA_QUALITY;
  public readonly engineBinding: EngineBinding;
  private readonly featureMetrics: string[];

  constructor(scope: Construct, id: string, props: DataQualityMonitorProps) {
    super(scope, id, props);
    this.featureMetrics = (props.featureMetrics ?? FeatureMetrics.none()).features;
    this.engineBinding = props.engine.bindDataQuality(this, {
      ...this.spec,
      featureMetrics: this.featureMetrics,
      excludedFeatures: props.excludedFeatures ?? [],
    });
  }

  /**
   * SageMaker's own metric `feature_baseline_drift_{feature}`: distance of a feature to its baseline, 0 to 1. Throws unless the engine's
   * `serviceMetrics` are published.
   *
   * @default - maximum over the time between two runs
   */
  public metricFeatureBaselineDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return serviceMetricOf(this, ServiceMetric.featureBaselineDrift(feature), options);
  }

  /**
   * SageMaker's own metric `feature_non_null_{feature}`: completeness of a feature. Throws unless the engine's `serviceMetrics` are published.
   *
   * @default - sum over the time between two runs
   */
  public metricFeatureNonNull(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return serviceMetricOf(this, ServiceMetric.featureNonNull(feature), options);
  }

  /**
   * SageMaker's own metric `feature_data_{feature}`: the values of a numeric feature. Throws unless the engine's `serviceMetrics` are published.
   *
   * @default - average over the time between two runs
   */
  public metricFeatureData(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return serviceMetricOf(this, ServiceMetric.featureData(feature), options);
  }

  protected publishesDriftOf(feature: string): boolean {
    return this.featureMetrics.includes(feature);
  }
}
