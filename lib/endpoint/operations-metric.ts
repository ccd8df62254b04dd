/**
 * What SageMaker publishes about requests to an endpoint, and about what answers them. Which of it there is depends on how the endpoint answers: `EndpointOperations`
 * refuses the rest.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export enum OperationsMetric {
  /** The number of requests; of an asynchronous endpoint, of those that were processed. */
  INVOCATIONS = 'Invocations',
  /** The share of requests that ended with an HTTP status of 400 to 499, 0 to 1; throttled ones among them. */
  CLIENT_ERRORS = 'Invocation4XXErrors',
  /** The share of requests that ended with an HTTP status of 500 to 599, 0 to 1. */
  SERVER_ERRORS = 'Invocation5XXErrors',
  /** The share of requests that the model did not answer with a status of 200 to 299, 0 to 1. */
  MODEL_ERRORS = 'InvocationModelErrors',
  /** The time that the container took to answer, in milliseconds. */
  MODEL_LATENCY = 'ModelLatency',
  /** What SageMaker added to it, in milliseconds. It has no percentiles. */
  OVERHEAD_LATENCY = 'OverheadLatency',
  /** The time that a serverless endpoint took to start a container, in milliseconds. */
  MODEL_SETUP_TIME = 'ModelSetupTime',
  /** In percent, 0 to 100 for each vCPU. */
  CPU_UTILIZATION = 'CPUUtilization',
  /** In percent, 0 to 100. */
  MEMORY_UTILIZATION = 'MemoryUtilization',
  /** In percent, 0 to 100 for each GPU. */
  GPU_UTILIZATION = 'GPUUtilization',
  /** In percent, 0 to 100 for each GPU. */
  GPU_MEMORY_UTILIZATION = 'GPUMemoryUtilization',
  /** In percent, 0 to 100. */
  DISK_UTILIZATION = 'DiskUtilization',
  /** The number of asynchronous requests that wait, or are being processed. */
  BACKLOG_SIZE = 'ApproximateBacklogSize',
  /** How long the oldest asynchronous request has waited, in seconds. */
  OLDEST_REQUEST_AGE = 'ApproximateAgeOfOldestRequest',
  /** 1 while asynchronous requests wait and no instance is there. */
  BACKLOG_WITHOUT_CAPACITY = 'HasBacklogWithoutCapacity',
}
