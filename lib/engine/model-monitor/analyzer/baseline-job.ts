import * as path from 'node:path';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { DatasetFormatConfig } from '../../../baseline/contract';
import { ownImageUri } from '../job/container';
import type { AnalyzerOptions } from '../job/container-options';
import type { BaselineJobParts, JobFolder } from '../kinds/blueprint';
import type { AnalysisScriptConfig } from './analysis-script';
import { analyzerImageUri } from './image';

/** What a baseline job of SageMaker's analyzer is made of. */
interface AnalyzerBaseline {
  readonly container: AnalyzerOptions;
  readonly role: iam.IRole;
  readonly format: DatasetFormatConfig;
  /** What the kind of analysis adds. */
  readonly environment: { readonly [name: string]: string };
}

const INPUT = '/opt/ml/processing/input';
const DATASET = { name: 'baseline_dataset_input', localPath: `${INPUT}/baseline_dataset_input` };

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
  const { imageUri, containerEntrypoint, containerArguments } = container;
  const scripts = scriptsOf(scope, container, role);
  return {
    imageUri: imageUri === undefined ? analyzerImageUri(scope, role) : ownImageUri(scope, imageUri, role),
    containerEntrypoint,
    containerArguments,
    environment: {
      ...container.environment,
      dataset_format: JSON.stringify(format),
      dataset_source: DATASET.localPath,
      output_path: '/opt/ml/processing/output',
      publish_cloudwatch_metrics: 'Disabled',
      ...Object.fromEntries(scripts.map(({ variable, input }) => [variable, pathOf(input)])),
      ...environment,
    },
    datasetInput: DATASET,
    furtherInputs: scripts.map(({ input }) => input),
    outputName: 'monitoring_output',
    statisticsFile: 'statistics.json',
    constraintsFile: 'constraints.json',
  };
}

/** A script of the analyzer: the folder that brings it, and the variable that names it. */
interface BaselineScript {
  readonly variable: string;
  readonly input: JobFolder & { readonly s3Uri: string };
}

/** The scripts for datasets; those for captured records are the monitor's. */
function scriptsOf(scope: Construct, container: AnalyzerOptions, role: iam.IRole): BaselineScript[] {
  const { datasetPreprocessor, datasetPostAnalytics } = container;
  return [
    ...scriptOf('record_preprocessor_script', datasetPreprocessor?._bind(new Construct(scope, 'DatasetScript'), role)),
    ...scriptOf(
      'post_analytics_processor_script',
      datasetPostAnalytics?._bind(new Construct(scope, 'DatasetPostAnalytics'), role),
    ),
  ];
}

function scriptOf(variable: string, script?: AnalysisScriptConfig): BaselineScript[] {
  if (!script) return [];
  const name = `${variable}_input`;
  return [{ variable, input: { name, localPath: `${INPUT}/${name}`, s3Uri: script.s3Uri } }];
}

/** The file keeps its name in the container. */
function pathOf({ localPath, s3Uri }: BaselineScript['input']): string {
  return `${localPath}/${path.posix.basename(s3Uri)}`;
}
