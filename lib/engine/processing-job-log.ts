/**
 * Where SageMaker logs the processing jobs of schedules and baselines.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 */
export const PROCESSING_JOB_LOGS = '/aws/sagemaker/ProcessingJobs';

/** Where the log of one job is, in words. */
export const processingJobLog = (jobName: string): string => `${PROCESSING_JOB_LOGS}, streams ${jobName}/`;
