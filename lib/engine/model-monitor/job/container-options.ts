import type { Duration } from 'aws-cdk-lib';
import { DURATION } from '../../../core/cdk-shapes';
import { instance, list, map, optional, type Shapes, struct, TEXT } from '../../../core/prop-shapes';
import { AnalysisScript } from '../analyzer/analysis-script';

/** The container of jobs that SageMaker's analyzer runs: data quality and model quality. */
export interface AnalyzerOptions {
  /**
   * Image of the container, in Amazon ECR: `{account}.dkr.ecr.{region}.{domain}/{repository}:{tag}`, at most 255 characters. The
   * job may pull it, as far as its repository allows.
   *
   * @default - SageMaker's own analyzer in the stack's region
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-containers.html
   */
  readonly imageUri?: string;

  /**
   * Entry point of your image, 1 to 100 texts of at most 256 characters. Only with `imageUri`.
   *
   * @default - the image's own
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataQualityAppSpecification.html
   */
  readonly containerEntrypoint?: string[];

  /**
   * Arguments of your image, 1 to 50 texts of at most 256 characters. Only with `imageUri`.
   *
   * @default - the image's own
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataQualityAppSpecification.html
   */
  readonly containerArguments?: string[];

  /**
   * Environment variables of the container, at most 49: names of letters, digits and `_`, names and values of at most 256 characters each.
   * What Model Monitor sets itself cannot be named, nor `publish_cloudwatch_metrics`, which is `serviceMetrics` of the engine.
   *
   * @default - none but those that Model Monitor sets
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
   */
  readonly environment?: { [name: string]: string };

  /**
   * Called for each captured record before the analysis. Only SageMaker's analyzer runs it.
   *
   * @default - records are analysed as they were captured
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
   */
  readonly recordPreprocessor?: AnalysisScript;

  /**
   * Called once after the analysis. Only SageMaker's analyzer runs it.
   *
   * @default - nothing is called
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
   */
  readonly postAnalytics?: AnalysisScript;

  /**
   * Called for each record of a dataset before a baseline is computed from it; it defines `preprocess_handler`. The keys of both have to agree with what
   * `recordPreprocessor` makes of captured records. Only SageMaker's analyzer runs it, and only for data quality.
   *
   * @default - datasets are analysed as they are
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
   */
  readonly datasetPreprocessor?: AnalysisScript;

  /**
   * Called once after a baseline was computed from a dataset. Only SageMaker's analyzer runs it.
   *
   * @default - nothing is called
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-and-post-processing.html
   */
  readonly datasetPostAnalytics?: AnalysisScript;

  /**
   * When a run is stopped, as `maxRuntime` of the engine, which it replaces.
   *
   * @default - that of the engine
   */
  readonly maxRuntime?: Duration;
}

/** The container of jobs that SageMaker Clarify runs: bias and explainability. It takes no scripts, entry point or arguments. */
export interface ClarifyOptions {
  /**
   * Image of the container, in Amazon ECR: `{account}.dkr.ecr.{region}.{domain}/{repository}:{tag}`, at most 255 characters. The
   * job may pull it, as far as its repository allows.
   *
   * @default - SageMaker Clarify's own in the stack's region
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-container.html
   */
  readonly imageUri?: string;

  /**
   * Environment variables of the container, at most 49: names of letters, digits and `_`, names and values of at most 256 characters each.
   * What Model Monitor sets itself cannot be named, nor `publish_cloudwatch_metrics`, which is `serviceMetrics` of the engine.
   *
   * @default - none but those that Model Monitor sets
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelBiasAppSpecification.html
   */
  readonly environment?: { [name: string]: string };

  /**
   * When a run is stopped, as `maxRuntime` of the engine, which it replaces.
   *
   * @default - that of the engine
   */
  readonly maxRuntime?: Duration;
}

const CONTAINER: Shapes<ClarifyOptions> = {
  imageUri: optional(TEXT),
  environment: optional(map(TEXT)),
  maxRuntime: optional(DURATION),
};

const SCRIPT = optional(instance(AnalysisScript));

/**
 * What the options of the analyzer's container have to be.
 *
 * @internal
 */
export const ANALYZER_OPTIONS = optional(
  struct<AnalyzerOptions>({
    ...CONTAINER,
    containerEntrypoint: optional(list(TEXT)),
    containerArguments: optional(list(TEXT)),
    recordPreprocessor: SCRIPT,
    postAnalytics: SCRIPT,
    datasetPreprocessor: SCRIPT,
    datasetPostAnalytics: SCRIPT,
  }),
);

/**
 * What the options of Clarify's container have to be.
 *
 * @internal
 */
export const CLARIFY_OPTIONS = optional(struct(CONTAINER));
