import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { ENDPOINT } from '../core/cdk-shapes';
import { oneOf, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { type Problem, ValidationError } from '../core/validation-error';
import { endpointNameOf } from './endpoint-name';
import { variantsOf } from './endpoint-variants';
import { configOf, knownItems } from './known-properties';
import { OperationsMetric } from './operations-metric';
import {
  ASYNCHRONOUS,
  BY_COMPONENT,
  BY_INSTANCES,
  ofNewFleet,
  type PublishedMetric,
  SERVERLESS,
  type ServedOperations,
} from './published-operations';

/** What of an endpoint cannot be read from the app. */
export interface EndpointOperationsOptions {
  /**
   * The endpoint's name in its own case.
   *
   * @default - the name of the endpoint; required when it holds only its ARN
   */
  readonly endpointName?: string;

  /**
   * The variant that is watched, production or shadow.
   *
   * @default - the only production variant, where the app tells it; required otherwise
   */
  readonly variantName?: string;
}

const OPTIONS: Shapes<EndpointOperationsOptions> = { endpointName: optional(TEXT), variantName: optional(TEXT) };
const GIVEN = { endpoint: ENDPOINT, options: struct(OPTIONS) };

/**
 * How a variant of an endpoint, or an inference component, does its work: the metrics that SageMaker publishes of it, and no others.
 *
 * Any endpoint will do: one of this library, of `@aws-cdk/aws-sagemaker-alpha`, a `CfnEndpoint`, one that exists already. Of what the app itself makes, `of` tells how it
 * answers; of others it is said.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 *
 * @example
 * declare const endpoint: Endpoint;
 * const operations = EndpointOperations.of(endpoint);
 * operations.metric(OperationsMetric.MODEL_LATENCY, { statistic: 'p90' }); // in milliseconds
 */
export class EndpointOperations {
  /**
   * Tells by the endpoint's configuration, which has to be part of the app, whether it answers on instances, without servers or asynchronously.
   *
   * @param endpoint in the app
   * @param options which variant, of several
   */
  public static of(endpoint: sagemaker.IEndpointRef, options: EndpointOperationsOptions = {}): EndpointOperations {
    requireProps({ endpoint, options }, GIVEN);
    return EndpointOperations.ofVariant(endpoint, servedBy(endpoint, options), options);
  }

  /**
   * A variant that answers on instances of its own.
   *
   * @param endpoint wherever it was made
   * @param options which name and variant, where the app does not tell
   */
  public static instances(
    endpoint: sagemaker.IEndpointRef,
    options: EndpointOperationsOptions = {},
  ): EndpointOperations {
    requireProps({ endpoint, options }, GIVEN);
    return EndpointOperations.ofVariant(endpoint, BY_INSTANCES, options);
  }

  /**
   * A serverless variant.
   *
   * @param endpoint wherever it was made
   * @param options which name and variant, where the app does not tell
   */
  public static serverless(
    endpoint: sagemaker.IEndpointRef,
    options: EndpointOperationsOptions = {},
  ): EndpointOperations {
    requireProps({ endpoint, options }, GIVEN);
    return EndpointOperations.ofVariant(endpoint, SERVERLESS, options);
  }

  /**
   * A variant of an endpoint for asynchronous inference.
   *
   * @param endpoint wherever it was made
   * @param options which name and variant, where the app does not tell
   */
  public static asynchronous(
    endpoint: sagemaker.IEndpointRef,
    options: EndpointOperationsOptions = {},
  ): EndpointOperations {
    requireProps({ endpoint, options }, GIVEN);
    return EndpointOperations.ofVariant(endpoint, ASYNCHRONOUS, options);
  }

  /**
   * One of the inference components that share the instances of an endpoint.
   *
   * @param inferenceComponentName the dimension of its metrics
   */
  public static inferenceComponent(inferenceComponentName: string): EndpointOperations {
    requireProps({ inferenceComponentName }, { inferenceComponentName: TEXT });
    return new EndpointOperations(BY_COMPONENT, { InferenceComponentName: inferenceComponentName });
  }

  private static ofVariant(
    endpoint: sagemaker.IEndpointRef,
    served: ServedOperations,
    options: EndpointOperationsOptions,
  ): EndpointOperations {
    const { endpointName = endpointNameOf(endpoint), variantName = onlyVariantOf(endpoint) } = options;
    if (endpointName !== undefined && variantName !== undefined) {
      return new EndpointOperations(served, { EndpointName: endpointName, VariantName: variantName });
    }
    const problems: Problem[] = Object.entries({ endpointName, variantName })
      .filter(([, value]) => value === undefined)
      .map(([prop, got]) => ({ prop, got, allowed: 'a name', advice: "it cannot be read from 'endpoint'" }));
    throw new ValidationError('InvalidEndpointOperations', problems, endpoint);
  }

  private constructor(
    private readonly served: ServedOperations,
    private readonly dimensions: { readonly [name: string]: string },
  ) {}

  /** The metrics that are published of it. */
  public get metrics(): OperationsMetric[] {
    return Object.values(OperationsMetric).filter((metric) => this.served.metrics[metric]);
  }

  /**
   * A metric over 5 minutes. Durations are in milliseconds: SageMaker's own are in microseconds.
   *
   * Throws for one that is not published: an alarm on it would be silent for ever.
   *
   * @param metric what is measured
   * @param options changes statistic, period, label
   */
  public metric(metric: OperationsMetric, options: cloudwatch.MetricOptions = {}): cloudwatch.IMetric {
    requireProps({ metric }, { metric: oneOf(OperationsMetric) });
    const published = this._metric(metric, options);
    if (!this.publishedMetric(metric).isMicroseconds) return published;
    const { period, label = `${metric} (milliseconds)`, color } = published;
    return new cloudwatch.MathExpression({
      expression: 'microseconds / 1000',
      usingMetrics: { microseconds: published },
      period,
      label,
      color,
    });
  }

  /**
   * A metric in the unit of the service, for alarms whose threshold this library converts.
   *
   * @internal
   */
  public _metric(metric: OperationsMetric, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const { namespace, metricName, statistic, of } = this.publishedMetric(metric);
    const { VariantName, ...ofEndpoint } = this.dimensions;
    const dimensionsMap = of === 'endpoint' ? ofEndpoint : this.dimensions;
    return new cloudwatch.Metric({ namespace, metricName, dimensionsMap, statistic, ...options });
  }

  /**
   * The same of the instances alone that an update makes, which run with a configuration of their own.
   *
   * @param endpointConfigName of that configuration
   * @internal
   */
  public _ofNewFleet(endpointConfigName: string): EndpointOperations {
    return new EndpointOperations(ofNewFleet(this.served), {
      ...this.dimensions,
      EndpointConfigName: endpointConfigName,
    });
  }

  /**
   * How long SageMaker waits for an answer.
   *
   * @internal
   */
  public get _timeout() {
    return this.served.timeout;
  }

  private publishedMetric(metric: OperationsMetric): PublishedMetric {
    const published = this.served.metrics[metric];
    if (published) return published;
    const problem = {
      prop: 'metric',
      got: metric,
      allowed: `what ${this.served.name} has: ${this.metrics.join(', ')}`,
    };
    throw new ValidationError('MetricNotPublished', [problem]);
  }
}

function onlyVariantOf(endpoint: sagemaker.IEndpointRef): string | undefined {
  const { production = [] } = variantsOf(endpoint) ?? {};
  return production.length === 1 ? production[0] : undefined;
}

/** How the variants of an endpoint answer, by its configuration. */
function servedBy(endpoint: sagemaker.IEndpointRef, { variantName }: EndpointOperationsOptions): ServedOperations {
  const config = configOf(endpoint);
  if (config === undefined) throw unknownKind(endpoint, 'an endpoint whose configuration is not in the app');
  if (config.asyncInferenceConfig !== undefined) return ASYNCHRONOUS;
  const all = [...knownItems(config.productionVariants), ...knownItems(config.shadowProductionVariants)];
  const variants = variantName === undefined ? all : all.filter((variant) => variant.variantName === variantName);
  if (variants.length === 0) throw unknownKind(endpoint, 'an endpoint whose variants the app does not tell');
  if (variants.some(({ modelName }) => modelName === undefined)) throw ofComponents(endpoint);
  return variants.some(({ serverlessConfig }) => serverlessConfig !== undefined) ? SERVERLESS : BY_INSTANCES;
}

function unknownKind(endpoint: sagemaker.IEndpointRef, got: string): ValidationError {
  const advice = 'say how it answers: EndpointOperations.instances, serverless or asynchronous';
  const allowed = 'an endpoint that the app makes';
  return new ValidationError('InvalidEndpointOperations', [{ prop: 'endpoint', got, allowed, advice }], endpoint);
}

function ofComponents(endpoint: sagemaker.IEndpointRef): ValidationError {
  const advice = 'its metrics are those of its components: EndpointOperations.inferenceComponent(name)';
  const problem = {
    prop: 'endpoint',
    got: 'an endpoint of inference components',
    allowed: 'variants with a model',
    advice,
  };
  return new ValidationError('InvalidEndpointOperations', [problem], endpoint);
}
