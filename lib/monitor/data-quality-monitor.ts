import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { instance, list, optional, type Shapes, TEXT } from '../core/prop-shapes';
import { MonitorKind } from '../kind/monitor-kind';
import { ENGINE_MONITOR, EngineMonitor, type EngineMonitorProps } from './engine-monitor';
import { FeatureMetrics } from './feature-metrics';
import type { MonitorOptions } from './monitor-placement';
import type { EngineBinding } from './monitoring-engine';

/** Options of a data-quality monitor, whatever it is added to. */
export interface DataQualityMonitorOptions extends MonitorOptions {
  /**
   * Features whose distance to the baseline becomes a metric; each is billed as a custom metric. Of variants that are judged apart it is the largest distance.
   *
   * @default FeatureMetrics.none()
   */
  readonly featureMetrics?: FeatureMetrics;

  /**
   * Features that are left out of every check: by the names of the baseline, or of what the data have beside it. A name that neither has is told by each run
   * on `serverless()`. On Model Monitor: at most 100 characters, with a comma between two of them.
   *
   * (Model Monitor's API takes one text; that commas separate its names is not written down.)
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly excludedFeatures?: string[];
}

/** Props of a `DataQualityMonitor`. */
export interface DataQualityMonitorProps extends EngineMonitorProps, DataQualityMonitorOptions {}

const PROPS: Shapes<DataQualityMonitorProps> = {
  ...ENGINE_MONITOR,
  featureMetrics: optional(instance(FeatureMetrics)),
  excludedFeatures: optional(list(TEXT)),
};

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

  constructor(scope: Construct, id: string, props: DataQualityMonitorProps) {
    super(scope, id, props);
    const { featureMetrics = FeatureMetrics.none(), excludedFeatures = [] } = props;
    this.engineBinding = this._bind(props.engine, {
      dataQuality: { featureMetrics: featureMetrics.features, excludedFeatures },
    });
  }

  /** @internal */
  protected override _propShapes(): Shapes<DataQualityMonitorProps> {
    return PROPS;
  }

  /**
   * Completeness of a feature: SageMaker's own metric `feature_non_null_{feature}`. Throws on an engine that does not publish it: it is Model Monitor's,
   * opt-in by `serviceMetrics`.
   *
   * @default - sum over the time between two runs
   */
  public metricFeatureNonNull(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.engineBinding.metrics.featureNonNull(feature, options);
  }

  /**
   * The values of a numeric feature: SageMaker's own metric `feature_data_{feature}`. Throws on an engine that does not publish it: it is Model Monitor's,
   * opt-in by `serviceMetrics`.
   *
   * @default - average over the time between two runs
   */
  public metricFeatureData(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.engineBinding.metrics.featureData(feature, options);
  }

  /**
   * How many differences two variants have in a window: columns of the candidate that are farther from those of the reference than thresholds and chance explain, 0 or more. It has no value of windows in which nothing could be compared. Throws where the data ask
   * for no such metric: `VariantComparison.between(reference, candidate, { metric: true })`.
   *
   * @default - maximum over the time between two runs
   */
  public metricVariantDifferences(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this._metricVariantDifferences(options);
  }
}
