import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { KINDS } from '../../../kind/kinds';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { BaselineJobParts } from '../kinds/blueprint';
import { AnalysisConfigFile } from './analysis-config/analysis-config-file';
import { type ClarifyContainer, clarifyContainerImage } from './container';

/** What a baseline job of Clarify is made of. */
interface ClarifyBaseline {
  readonly spec: MonitorSpec;
  readonly container: ClarifyContainer;
  readonly role: iam.IRole;
  /** The whole configuration, of which runs of the monitor read a subset. */
  readonly config: object;
}

/**
 * The processing job by which Clarify computes a baseline: the inputs that the SageMaker Python SDK sends. What it finds is what runs of the
 * monitor are compared with.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-parameters.html
 * @see https://github.com/aws/sagemaker-python-sdk/blob/v3.20.0/sagemaker-core/src/sagemaker/core/clarify/__init__.py
 * @internal
 */
export function clarifyBaselineJob(
  scope: Construct,
  { spec, container, role, config }: ClarifyBaseline,
): BaselineJobParts {
  const file = new AnalysisConfigFile(scope, 'BaselineAnalysisConfig', { spec, config, reader: role });
  return {
    imageUri: clarifyContainerImage(scope, container, role),
    environment: container.options.environment,
    datasetInput: { name: 'dataset', localPath: '/opt/ml/processing/input/data' },
    furtherInputs: [{ name: 'analysis_config', localPath: '/opt/ml/processing/input/config', s3Uri: file.s3Uri }],
    outputName: 'analysis_result',
    constraintsFile: KINDS[container.kind].baseline.constraintsFile,
  };
}
