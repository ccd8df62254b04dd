/** Whose rows a monitor of batch transform jobs analyses on `MonitoringEngine.serverless()`. */
export enum TransformRows {
  /** What the jobs transform: the features. */
  INPUT = 'input',

  /**
   * What the jobs answer: predictions alone, or with the columns of the input where the jobs join these to them (`DataProcessing.JoinSource`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html
   */
  OUTPUT = 'output',
}
