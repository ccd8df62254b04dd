/** Options of the Model Monitor engine. */
export interface ModelMonitorEngineOptions {
  /**
   * Image that analyses data quality, in Amazon ECR: `{account}.dkr.ecr.{region}.{domain}/{repository}:{tag}`. The job may pull it, as far
   * as its repository allows.
   *
   * @default - SageMaker's own analyzer in the stack's region
   */
  readonly analyzerImageUri?: string;
}
