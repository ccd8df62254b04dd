import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DatasetFormatConfig } from '../../baseline/contract';
import { analyzerImageUri } from './analyzer-image';
import type { AnalyzerOptions } from './container-options';
import type { BaselineJobParts } from './job-blueprint';
import { ownImageUri } from './job-container';

/** What a baseline job of SageMaker's analyzer is made of. */
interface AnalyzerBaseline {
  readonly container: AnalyzerOptions;
  readonly role: iam.IRole;
  readonly format: DatasetFormatConfig;
  /** What the kind of analysis adds. */
  readonly environment: { readonly [name: string]: string };
}

const DATASET = { name: 'baseline_dataset_input', localPath: '/opt/ml/processing/input/baseline_dataset_input' };

/**
 * The processing job by which SageMaker's analyzer computes a baseline: the inputs that the SageMaker Python SDK sends.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/blob/v3.20.0/sagemaker-core/src/sagemaker/core/model_monitor/model_monitoring.py
 * @internal
 */
export function analyzerBaselineJob(
  scope: Construct,
  { container, role, format, environment }: AnalyzerBaseline,
): BaselineJobParts {
  const { imageUri } = container;
  return {
    imageUri: imageUri === undefined ? analyzerImageUri(scope, role) : ownImageUri(scope, imageUri, role),
    environment: {
      ...container.environment,
      dataset_format: JSON.stringify(format),
      dataset_source: DATASET.localPath,
      output_path: '/opt/ml/processing/output',
      publish_cloudwatch_metrics: 'Disabled',
      ...environment,
    },
    datasetInput: DATASET,
    outputName: 'monitoring_output',
    statisticsFile: 'statistics.json',
    constraintsFile: 'constraints.json',
  };
}
