import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { ValidationError } from '../../core/validation-error';
import type { IEngineMetrics } from '../../monitor/engine-metrics';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import { featureDriftMetric } from '../../monitor/outcome-metric';

/** What decides on which metrics this engine publishes of a monitor. */
interface MeasuredMonitor {
  readonly monitorId: string;
  readonly frequency: MonitoringFrequency;
  /** Features whose distance to the baseline becomes a metric. */
  readonly featureMetrics: readonly string[];
}

/**
 * The metrics of one monitor on the serverless engine: the drift of those features that its `featureMetrics` name.
 *
 * @internal
 */
export class ServerlessMetrics implements IEngineMetrics {
  constructor(
    private readonly scope: Construct,
    private readonly monitor: MeasuredMonitor,
  ) {}

  public featureDrift(feature: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    const { monitorId, frequency, featureMetrics } = this.monitor;
    if (!featureMetrics.includes(feature)) {
      const allowed = "a feature of 'featureMetrics'";
      const advice = 'its drift is not published, so an alarm on it would never fire: add it to featureMetrics';
      const problem = { prop: 'feature', got: feature, allowed, advice };
      throw new ValidationError('FeatureMetricNotPublished', [problem], this.scope);
    }
    return featureDriftMetric({ monitorId, interval: frequency.interval }, feature, options);
  }

  public featureNonNull(): cloudwatch.Metric {
    return this.unpublished('completeness of a feature');
  }

  public featureData(): cloudwatch.Metric {
    return this.unpublished('values of a feature');
  }

  public modelQuality(): cloudwatch.Metric {
    return this.unpublished('a measure of model quality');
  }

  public bias(): cloudwatch.Metric {
    return this.unpublished('a metric of bias');
  }

  public featureAttribution(): cloudwatch.Metric {
    return this.unpublished('attribution of a feature');
  }

  private unpublished(got: string): never {
    const allowed = "metrics of the outcome, and metricFeatureDrift(feature) for 'featureMetrics' on serverless()";
    const advice =
      'an alarm on it would never fire: read statistics.json of the report, or take MonitoringEngine.modelMonitor({ serviceMetrics: ServiceMetrics.published() })';
    throw new ValidationError('ServiceMetricNotPublished', [{ prop: 'metric', got, allowed, advice }], this.scope);
  }
}
