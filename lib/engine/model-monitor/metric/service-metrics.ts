import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { instance, optional, requireProps, type Shapes, struct, TEXT } from '../../../core/prop-shapes';
import { type Problem, throwIfAny, ValidationError } from '../../../core/validation-error';
import { KIND_SERVICES } from '../../../kind/kind-services';
import { KINDS } from '../../../kind/kinds';
import type { MonitorKind } from '../../../kind/monitor-kind';
import { ServiceMetric } from './service-metric';

/** CloudWatch namespaces, 1 to 255 characters each, by kind of monitor. They begin with `aws/sagemaker/` or `/aws/sagemaker/`. */
export interface ServiceNamespaces {
  /**
   * Of monitors of data quality.
   *
   * @default - `data-metrics` behind `aws/sagemaker/Endpoints/`, or behind `aws/sagemaker/ModelMonitoring/` for batch transform
   */
  readonly dataQuality?: string;

  /**
   * Of monitors of model quality.
   *
   * @default - `model-metrics` behind `aws/sagemaker/Endpoints/`, or behind `aws/sagemaker/ModelMonitoring/` for batch transform
   */
  readonly modelQuality?: string;

  /**
   * Of monitors of bias.
   *
   * @default - `bias-metrics` behind `aws/sagemaker/Endpoints/`, or behind `aws/sagemaker/ModelMonitoring/` for batch transform
   */
  readonly modelBias?: string;

  /**
   * Of monitors of feature attributions.
   *
   * @default - `explainability-metrics` behind `aws/sagemaker/Endpoints/`, or behind `aws/sagemaker/ModelMonitoring/` for batch transform
   */
  readonly modelExplainability?: string;
}

/** Where the service puts its own metrics, should it be elsewhere than this library believes. */
export interface ServiceMetricsOptions {
  /**
   * Namespaces for monitors of endpoints.
   *
   * @default - those of the model-quality metrics that the service was seen to publish, and their like
   */
  readonly endpointNamespaces?: ServiceNamespaces;

  /**
   * Namespaces for monitors of batch transform jobs.
   *
   * @default - those that the service's documentation names for model quality, bias and attributions, and their like
   */
  readonly batchNamespaces?: ServiceNamespaces;

  /**
   * Name of the dimension that holds the name of the endpoint, 1 to 255 characters.
   *
   * @default 'Endpoint'
   */
  readonly endpointDimension?: string;

  /**
   * Name of the dimension that holds the name of the monitoring schedule, 1 to 255 characters.
   *
   * @default 'MonitoringSchedule'
   */
  readonly scheduleDimension?: string;
}

/** A monitoring schedule, as its metrics are named after it. */
export interface ServiceMetricsSource {
  /** Name of the monitoring schedule. */
  readonly monitoringScheduleName: string;

  /**
   * Name of the endpoint that is watched.
   *
   * @default - batch transform jobs are watched
   */
  readonly endpointName?: string;
}

/**
 * Where the service puts its own metrics of one monitor.
 *
 * @internal
 */
export interface ServiceMetricsBinding {
  /** The CloudWatch namespace. */
  readonly metricNamespace: string;
  /** Dimensions of every metric of the monitor. */
  readonly dimensions: { [name: string]: string };
}

const NAMESPACES = optional(
  struct<ServiceNamespaces>({
    dataQuality: optional(TEXT),
    modelQuality: optional(TEXT),
    modelBias: optional(TEXT),
    modelExplainability: optional(TEXT),
  }),
);

const SOURCE = struct<ServiceMetricsSource>({ monitoringScheduleName: TEXT, endpointName: optional(TEXT) });

const PUBLISHED: Shapes<ServiceMetricsOptions> = {
  endpointNamespaces: NAMESPACES,
  batchNamespaces: NAMESPACES,
  endpointDimension: optional(TEXT),
  scheduleDimension: optional(TEXT),
};

/**
 * The metrics that SageMaker itself publishes of each run, beside those of this library: one or more for each feature, quality metric, or bias
 * metric of a group.
 *
 * They are off by default, because each is billed as a custom metric. The library's own metrics, alarms and events do not need them.
 *
 * **They come late, and dated back.** A run is given the begin of its window as the time of its metrics, so a value appears an hour or more (for a
 * daily monitor: a day) behind the present. An alarm on one needs a period of at least the time between two runs (the default), several evaluation
 * periods with one datapoint to alarm, and `TreatMissingData.NOT_BREACHING`: a window without data has no value. Metrics of data quality further need
 * `emit_metrics` to be `Enabled` in the baseline's constraints, as the service suggests it.
 *
 * SageMaker's own pages contradict each other on namespaces and dimensions of data quality. The defaults are those of alarms that AWS's samples
 * deploy; all can be replaced here, in one place.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-cloudwatch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-cloudwatch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-cw.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-model-monitor-bias-drift-cw.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-feature-attribute-drift-cw.html
 *
 * @example
 * const engine = MonitoringEngine.modelMonitor({ serviceMetrics: ServiceMetrics.published() });
 */
export class ServiceMetrics {
  /** SageMaker publishes none. */
  public static none(): ServiceMetrics {
    return new ServiceMetrics(false, {});
  }

  /** SageMaker publishes all that it has for the monitors of the engine. */
  public static published(options: ServiceMetricsOptions = {}): ServiceMetrics {
    requireProps(options, PUBLISHED);
    throwIfAny('InvalidServiceMetrics', problemsOf(options));
    return new ServiceMetrics(true, options);
  }

  private constructor(
    /** Whether SageMaker publishes metrics. */
    public readonly isPublished: boolean,
    private readonly options: ServiceMetricsOptions,
  ) {}

  /**
   * Where a schedule's metrics are; undefined where none are published.
   *
   * @internal
   */
  public _bindingOf(kind: MonitorKind, source: ServiceMetricsSource): ServiceMetricsBinding | undefined {
    if (!this.isPublished) return undefined;
    const { endpointNamespaces, batchNamespaces, endpointDimension, scheduleDimension } = this.options;
    const { endpointName, monitoringScheduleName } = source;
    const { prop } = KINDS[kind];
    const name = KIND_SERVICES[kind].metricsNamespace;
    const schedule = { [scheduleDimension ?? 'MonitoringSchedule']: monitoringScheduleName };
    if (endpointName === undefined) {
      const metricNamespace = batchNamespaces?.[prop] ?? `aws/sagemaker/ModelMonitoring/${name}`;
      return { metricNamespace, dimensions: schedule };
    }
    const metricNamespace = endpointNamespaces?.[prop] ?? `aws/sagemaker/Endpoints/${name}`;
    return { metricNamespace, dimensions: { [endpointDimension ?? 'Endpoint']: endpointName, ...schedule } };
  }

  /**
   * A metric of a schedule that was made elsewhere, as by another app or by hand. Whether it is published is not known here.
   *
   * @param options a period of at least the time between two runs of the schedule; by default it is CloudWatch's, 5 minutes, which is too short
   */
  public metricOf(
    source: ServiceMetricsSource,
    metric: ServiceMetric,
    options: cloudwatch.MetricOptions = {},
  ): cloudwatch.Metric {
    requireProps({ source, metric }, { source: SOURCE, metric: instance(ServiceMetric) });
    const binding = this._bindingOf(metric.monitorKind, source);
    if (!binding) throw new ValidationError('ServiceMetricNotPublished', [notPublished(metric)]);
    return metricAt(binding, metric, options);
  }
}

/**
 * A metric where the service puts it.
 *
 * @internal
 */
export function metricAt(
  { metricNamespace: namespace, dimensions }: ServiceMetricsBinding,
  { metricName, statistic, dimensions: further }: ServiceMetric,
  options: cloudwatch.MetricOptions,
): cloudwatch.Metric {
  const dimensionsMap = { ...dimensions, ...further };
  return new cloudwatch.Metric({ namespace, metricName, statistic, dimensionsMap, ...options });
}

/**
 * Says that a metric is not there to be watched.
 *
 * @internal
 */
export function notPublished({ metricName }: ServiceMetric): Problem {
  const advice =
    'an alarm on it would never fire: make the engine with MonitoringEngine.modelMonitor({ serviceMetrics: ServiceMetrics.published() })';
  return { prop: 'metric', got: metricName, allowed: 'a metric that SageMaker publishes of this monitor', advice };
}

function problemsOf(options: ServiceMetricsOptions): Problem[] {
  const { endpointNamespaces = {}, batchNamespaces = {}, endpointDimension, scheduleDimension } = options;
  return [
    ...namespaceProblems('endpointNamespaces', endpointNamespaces),
    ...namespaceProblems('batchNamespaces', batchNamespaces),
    ...textProblems('endpointDimension', endpointDimension, DIMENSION),
    ...textProblems('scheduleDimension', scheduleDimension, DIMENSION),
  ];
}

/** What a name has to be. */
interface NameRule {
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html */
const DIMENSION: NameRule = { pattern: /^.{1,255}$/, allowed: 'the name of a dimension, 1 to 255 characters' };

/**
 * What the role of the jobs may publish to: no other namespace would ever hold a value.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
const NAMESPACE: NameRule = {
  pattern: /^(?=.{1,255}$)\/?aws\/sagemaker\/./,
  allowed: "1 to 255 characters that begin with 'aws/sagemaker/' or '/aws/sagemaker/'",
};

function namespaceProblems(prop: string, namespaces: ServiceNamespaces): Problem[] {
  return Object.values(KINDS).flatMap((kind) => textProblems(`${prop}.${kind.prop}`, namespaces[kind.prop], NAMESPACE));
}

function textProblems(prop: string, got: string | undefined, { pattern, allowed }: NameRule): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || pattern.test(got)) return [];
  return [{ prop, got, allowed }];
}
