import { Duration } from 'aws-cdk-lib';
import { OperationsMetric } from './operations-metric';

/**
 * Whose dimensions a metric has.
 *
 * @internal
 */
export type OperationsSubject = 'variant' | 'endpoint' | 'component';

/**
 * A metric as the service publishes it.
 *
 * @internal
 */
export interface PublishedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistic: string;
  readonly of: OperationsSubject;
  /** What is a duration is published in microseconds. */
  readonly isMicroseconds: boolean;
}

/**
 * One of the ways in which an endpoint answers.
 *
 * @internal
 */
export interface ServedOperations {
  /** In words. */
  readonly name: string;
  readonly metrics: { readonly [metric in OperationsMetric]?: PublishedMetric };
  /** After which SageMaker gives a request up. */
  readonly timeout: Duration;
}

const REQUESTS = 'AWS/SageMaker';
const HOSTS = '/aws/sagemaker/Endpoints';
const COMPONENTS = '/aws/sagemaker/InferenceComponents';

const PUBLISHED = { namespace: REQUESTS, statistic: 'Average', of: 'variant', isMicroseconds: false } as const;

/** One is sent for each request that fails and zero for each other, so that the average is their share. */
const share = (metricName: string): PublishedMetric => ({ ...PUBLISHED, metricName });
const sum = (metricName: string): PublishedMetric => ({ ...PUBLISHED, metricName, statistic: 'Sum' });
const duration = (metricName: string, statistic: string): PublishedMetric => ({
  ...PUBLISHED,
  metricName,
  statistic,
  isMicroseconds: true,
});
const host = (metricName: string): PublishedMetric => ({
  ...PUBLISHED,
  namespace: HOSTS,
  metricName,
  statistic: 'Maximum',
});
const queue = (metricName: string): PublishedMetric => ({
  ...PUBLISHED,
  metricName,
  statistic: 'Maximum',
  of: 'endpoint',
});
const component = (metric: PublishedMetric): PublishedMetric => ({ ...metric, of: 'component' });
const normalized = (metricName: string): PublishedMetric => ({
  ...component(host(`${metricName}Normalized`)),
  namespace: COMPONENTS,
});

/**
 * The same of the instances that an update makes: what is published with the name of a configuration as a third dimension, which metrics of hosts and queues do not have.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
 * @internal
 */
export function ofNewFleet({ name, timeout, metrics }: ServedOperations): ServedOperations {
  const isOfRequests = ({ namespace, of }: PublishedMetric) => namespace === REQUESTS && of === 'variant';
  const kept = Object.entries(metrics).filter(([, metric]) => isOfRequests(metric));
  return { name: `the new fleet of ${name}`, timeout, metrics: Object.fromEntries(kept) };
}

const ERRORS = {
  [OperationsMetric.CLIENT_ERRORS]: share('Invocation4XXErrors'),
  [OperationsMetric.SERVER_ERRORS]: share('Invocation5XXErrors'),
};

const LATENCY = duration('ModelLatency', 'p99');
const OVERHEAD = duration('OverheadLatency', 'Average');

const HOST_METRICS = {
  [OperationsMetric.CPU_UTILIZATION]: host('CPUUtilization'),
  [OperationsMetric.MEMORY_UTILIZATION]: host('MemoryUtilization'),
  [OperationsMetric.GPU_UTILIZATION]: host('GPUUtilization'),
  [OperationsMetric.GPU_MEMORY_UTILIZATION]: host('GPUMemoryUtilization'),
  [OperationsMetric.DISK_UTILIZATION]: host('DiskUtilization'),
};

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const TIMEOUT = Duration.seconds(60);
/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html */
const ASYNCHRONOUS_TIMEOUT = Duration.hours(1);

/**
 * Variants on instances.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 * @internal
 */
export const BY_INSTANCES: ServedOperations = {
  name: 'a variant on instances',
  timeout: TIMEOUT,
  metrics: {
    ...ERRORS,
    ...HOST_METRICS,
    [OperationsMetric.INVOCATIONS]: sum('Invocations'),
    [OperationsMetric.MODEL_ERRORS]: share('InvocationModelErrors'),
    [OperationsMetric.MODEL_LATENCY]: LATENCY,
    [OperationsMetric.OVERHEAD_LATENCY]: OVERHEAD,
  },
};

/**
 * Serverless variants, which have no host but a limit of memory.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html
 * @internal
 */
export const SERVERLESS: ServedOperations = {
  name: 'a serverless variant',
  timeout: TIMEOUT,
  metrics: {
    ...ERRORS,
    [OperationsMetric.INVOCATIONS]: sum('Invocations'),
    [OperationsMetric.MODEL_LATENCY]: LATENCY,
    [OperationsMetric.OVERHEAD_LATENCY]: OVERHEAD,
    [OperationsMetric.MODEL_SETUP_TIME]: duration('ModelSetupTime', 'Average'),
    [OperationsMetric.MEMORY_UTILIZATION]: host('MemoryUtilization'),
  },
};

/**
 * Variants of asynchronous endpoints. `InvocationsProcesssed` has three s, as it is documented.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
 * @internal
 */
export const ASYNCHRONOUS: ServedOperations = {
  name: 'a variant of an asynchronous endpoint',
  timeout: ASYNCHRONOUS_TIMEOUT,
  metrics: {
    ...ERRORS,
    ...HOST_METRICS,
    [OperationsMetric.INVOCATIONS]: sum('InvocationsProcesssed'),
    [OperationsMetric.MODEL_LATENCY]: LATENCY,
    [OperationsMetric.BACKLOG_SIZE]: queue('ApproximateBacklogSize'),
    [OperationsMetric.OLDEST_REQUEST_AGE]: queue('ApproximateAgeOfOldestRequest'),
    [OperationsMetric.BACKLOG_WITHOUT_CAPACITY]: queue('HasBacklogWithoutCapacity'),
  },
};

/**
 * Inference components, whose metrics are theirs alone.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 * @internal
 */
export const BY_COMPONENT: ServedOperations = {
  name: 'an inference component',
  timeout: TIMEOUT,
  metrics: {
    [OperationsMetric.INVOCATIONS]: component(sum('Invocations')),
    [OperationsMetric.CLIENT_ERRORS]: component(share('Invocation4XXErrors')),
    [OperationsMetric.SERVER_ERRORS]: component(share('Invocation5XXErrors')),
    [OperationsMetric.MODEL_ERRORS]: component(share('InvocationModelErrors')),
    [OperationsMetric.MODEL_LATENCY]: component(LATENCY),
    [OperationsMetric.OVERHEAD_LATENCY]: component(OVERHEAD),
    [OperationsMetric.CPU_UTILIZATION]: normalized('CPUUtilization'),
    [OperationsMetric.MEMORY_UTILIZATION]: normalized('MemoryUtilization'),
    [OperationsMetric.GPU_UTILIZATION]: normalized('GPUUtilization'),
    [OperationsMetric.GPU_MEMORY_UTILIZATION]: normalized('GPUMemoryUtilization'),
  },
};
