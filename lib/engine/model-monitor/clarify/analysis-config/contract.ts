// Names and shapes that the custom resource of an analysis configuration and its handler share. Imports nothing.

/** Type of the custom resource. */
export const ANALYSIS_CONFIG_RESOURCE_TYPE = 'Custom::SageMakerMonitoringAnalysisConfig';

/** Attribute of the custom resource: key of the object, `{prefix}/{hash of the text}/analysis_config.json`. */
export const ANALYSIS_CONFIG_KEY = 'Key';

/**
 * What Clarify's container looks for in the folder of the configuration.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export const ANALYSIS_CONFIG_FILE = 'analysis_config.json';

/** Properties of the custom resource. */
export interface AnalysisConfigProperties {
  readonly ServiceToken: string;
  readonly Bucket: string;
  /** id of its account, where that is not the stack's */
  readonly BucketOwner?: string;
  /** without slash at either end */
  readonly Prefix: string;
  /** JSON of the configuration */
  readonly Text: string;
}
