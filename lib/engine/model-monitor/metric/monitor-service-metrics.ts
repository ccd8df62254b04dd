import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ValidationError } from '../../../core/validation-error';
import type { MonitorKind } from '../../../kind/monitor-kind';
import type { BiasMetricOptions } from '../../../monitor/bias-metric';
import type { IEngineMetrics } from '../../../monitor/engine-metrics';
import type { ModelProblem } from '../../../monitor/model-problem';
import type { ModelQualityMetric } from '../../../monitor/model-quality-metric';
import type { MonitoringFrequency } from '../../../monitor/monitoring-frequency';
import { ServiceMetric } from './service-metric';
import { metricAt, notPublished, type ServiceMetrics, type ServiceMetricsSource } from './service-metrics';

/** What decides on which metrics SageMaker publishes of a monitor. */
interface MeasuredMonitor {
  readonly serviceMetrics: ServiceMetrics;
  readonly kind: MonitorKind;
  readonly source: ServiceMetricsSource;
  readonly frequency: MonitoringFrequency;
  /** Of a monitor of model quality. */
  readonly problem?: ModelProblem;
}

/**
 * SageMaker's own metrics of one monitor, as far as they are published.
 *
 * @internal
 */
export class MonitorServiceMetrics implements IEngineMetrics {
  constructor(
    private readonly scope: Construct,
    private readonly monitor: MeasuredMonitor,
  ) {}

  public featureDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.published(ServiceMetric.featureBaselineDrift(feature), options);
  }

  public featureNonNull(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.published(ServiceMetric.featureNonNull(feature), options);
  }

  public featureData(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.published(ServiceMetric.featureData(feature), options);
  }

  public modelQuality(metric: ModelQualityMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { problem } = this.monitor;
    if (problem && !metric.isPublishedFor(problem)) {
      const allowed = `a metric of a ${problem.problemType}, with a probability for those of its curves`;
      const advice = 'SageMaker is not known to publish it here; ModelQualityMetric.of(name) takes a name as it is';
      const wrong = { prop: 'metric', got: metric.metricName, allowed, advice };
      throw new ValidationError('ServiceMetricNotPublished', [wrong], this.scope);
    }
    return this.published(ServiceMetric.modelQuality(metric), options);
  }

  public bias(bias: BiasMetricOptions, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.published(ServiceMetric.bias(bias), options);
  }

  public featureAttribution(
    feature: string,
    labelHeader?: string,
    options?: cloudwatch.MetricOptions,
  ): cloudwatch.Metric {
    return this.published(ServiceMetric.featureAttribution(feature, labelHeader), options);
  }

  private published(metric: ServiceMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { serviceMetrics, kind, source, frequency } = this.monitor;
    const binding = metric.monitorKind === kind ? serviceMetrics._bindingOf(kind, source) : undefined;
    if (!binding) throw new ValidationError('ServiceMetricNotPublished', [notPublished(metric)], this.scope);
    return metricAt(binding, metric, { period: frequency.interval, ...options });
  }
}
