/**
 * What each instance of a run gets of the captured data.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
 */
export enum DataDistribution {
  /** Every instance gets all objects. */
  FULLY_REPLICATED = 'FullyReplicated',
  /** The objects are divided among the instances by their keys. */
  SHARDED_BY_S3_KEY = 'ShardedByS3Key',
}
