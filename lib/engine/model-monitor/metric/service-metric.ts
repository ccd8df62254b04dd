import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { instance, requireProps, TEXT } from '../../../core/prop-shapes';
import { MonitorKind } from '../../../kind/monitor-kind';
import { BIAS_METRIC, BiasMetric, type BiasMetricOptions } from '../../../monitor/bias-metric';
import { ModelQualityMetric } from '../../../monitor/model-quality-metric';

/** What is special about one metric. */
interface ServiceMetricProps {
  readonly metricName: string;
  readonly statistic: string;
  readonly dimensions?: { readonly [name: string]: string };
}

/**
 * One of the metrics that SageMaker publishes of a monitor, by SageMaker's own name. Monitors of this library have a method for each; this is for
 * schedules that were made elsewhere.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-cloudwatch.html
 *
 * @example
 * ServiceMetrics.published().metricOf(
 *   { monitoringScheduleName: 'churn-data-quality', endpointName: 'churn' },
 *   ServiceMetric.featureBaselineDrift('tenure'),
 *   { period: Duration.hours(1) },
 * );
 */
export class ServiceMetric {
  /**
   * Distance of a feature to its baseline, 0 to 1: `feature_baseline_drift_{feature}`, maximum. For numbers and texts.
   *
   * @param feature its name as the data have it; the container calls the columns of data without names `_c0`, `_c1`, ...
   */
  public static featureBaselineDrift(feature: string): ServiceMetric {
    requireProps({ feature }, { feature: TEXT });
    return ServiceMetric.ofFeature(`feature_baseline_drift_${feature}`, cloudwatch.Stats.MAXIMUM);
  }

  /**
   * Completeness of a feature: `feature_non_null_{feature}`, sum. For numbers and texts.
   *
   * @param feature its name as the data have it
   */
  public static featureNonNull(feature: string): ServiceMetric {
    requireProps({ feature }, { feature: TEXT });
    return ServiceMetric.ofFeature(`feature_non_null_${feature}`, cloudwatch.Stats.SUM);
  }

  /**
   * The values of a numeric feature: `feature_data_{feature}`, average; minimum, maximum, sum and sample count are there, too.
   *
   * @param feature its name as the data have it
   */
  public static featureData(feature: string): ServiceMetric {
    requireProps({ feature }, { feature: TEXT });
    return ServiceMetric.ofFeature(`feature_data_${feature}`, cloudwatch.Stats.AVERAGE);
  }

  /**
   * How well the model predicts, average.
   *
   * @param metric which measure
   */
  public static modelQuality(metric: ModelQualityMetric): ServiceMetric {
    requireProps({ metric }, { metric: instance(ModelQualityMetric) });
    const { metricName } = metric;
    return new ServiceMetric(MonitorKind.MODEL_QUALITY, { metricName, statistic: cloudwatch.Stats.AVERAGE });
  }

  /**
   * How differently a group is treated: `bias_metric_{metric}`, average. Infinity is published as 2.348543e108, with its sign; what could not be
   * computed is not published.
   *
   * @param bias which metric of which group
   */
  public static bias(bias: BiasMetricOptions): ServiceMetric {
    requireProps(bias, BIAS_METRIC);
    const { metric, facet, facetValue, label, labelValue } = bias;
    return new ServiceMetric(MonitorKind.MODEL_BIAS, {
      metricName: `bias_metric_${metric}`,
      statistic: cloudwatch.Stats.AVERAGE,
      dimensions: {
        BiasStage: stageOf(metric),
        Label: label,
        LabelValue: labelValue,
        Facet: facet,
        FacetValue: facetValue,
      },
    });
  }

  /**
   * How much the predictions rest on a feature, the mean of its absolute SHAP values: `feature_{feature}`, average. (The score that decides on
   * drift is in no metric of the service; a violation of it is.)
   *
   * @param feature its name as the data have it
   * @param label the output of the model: its header, or `label0`, `label1`, ... for outputs without one
   */
  public static featureAttribution(feature: string, label: string = 'label0'): ServiceMetric {
    requireProps({ feature, label }, { feature: TEXT, label: TEXT });
    return new ServiceMetric(MonitorKind.MODEL_EXPLAINABILITY, {
      metricName: `feature_${feature}`,
      statistic: cloudwatch.Stats.AVERAGE,
      dimensions: { ExplainabilityMethod: 'KernelShap', Label: label, ValueType: 'GlobalShapValues' },
    });
  }

  private static ofFeature(metricName: string, statistic: string): ServiceMetric {
    return new ServiceMetric(MonitorKind.DATA_QUALITY, { metricName, statistic });
  }

  /** As CloudWatch has it. */
  public readonly metricName: string;
  /** The one that is taken unless another is asked for. */
  public readonly statistic: string;
  private readonly further: { readonly [name: string]: string };

  private constructor(
    /** The kind of monitor that has it. */
    public readonly monitorKind: MonitorKind,
    { metricName, statistic, dimensions = {} }: ServiceMetricProps,
  ) {
    this.metricName = metricName;
    this.statistic = statistic;
    this.further = dimensions;
  }

  /** Dimensions beside those of the schedule. */
  public get dimensions(): { [name: string]: string } {
    return { ...this.further };
  }
}

/** What is computed of labels alone, without predictions. */
const PRE_TRAINING: readonly BiasMetric[] = [
  BiasMetric.CI,
  BiasMetric.DPL,
  BiasMetric.KL,
  BiasMetric.JS,
  BiasMetric.LP,
  BiasMetric.TVD,
  BiasMetric.KS,
  BiasMetric.CDDL,
];

/** The values have their capitals from the documentation. */
function stageOf(metric: BiasMetric): string {
  return PRE_TRAINING.includes(metric) ? 'Pre-training' : 'Post-Training';
}
