import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { BaselineConfig } from '../../baseline/baseline';
import { throwIfAny } from '../../core/validation-error';
import type { DataQualitySpec } from '../../monitor/monitoring-engine';
import { clusterProblems, jobResources, stoppingCondition } from './job-cluster';
import { appSpecification, containerProblems } from './job-container';
import { endpointInput, inputProblems } from './job-input';
import { networkConfig, networkProblems } from './job-network';
import { tagProblems, tagsOf } from './job-tags';
import type { ModelMonitorEngineOptions } from './model-monitor-engine-options';

/** What a job definition is made of. */
interface JobParts {
  readonly options: ModelMonitorEngineOptions;
  readonly role: iam.IRole;
  readonly baseline: BaselineConfig;
}

/**
 * Throws one error for all options that SageMaker would refuse for a monitor.
 *
 * @internal
 */
export function validateJob(scope: Construct, spec: DataQualitySpec, options: ModelMonitorEngineOptions): void {
  const problems = [
    ...clusterProblems(options, spec.frequency),
    ...networkProblems(options),
    ...containerProblems(options),
    ...inputProblems(options),
    ...tagProblems(options),
  ];
  throwIfAny('InvalidModelMonitorEngine', problems, scope);
}

/**
 * The job of a data-quality monitor; its role may do what the options ask for.
 *
 * Every property is create-only, so the definition has no name: a replacement must not collide with what it replaces.
 *
 * @internal
 */
export function jobDefinition(
  scope: Construct,
  spec: DataQualitySpec,
  { options, role, baseline }: JobParts,
): sagemaker.CfnDataQualityJobDefinition {
  return new sagemaker.CfnDataQualityJobDefinition(scope, 'JobDefinition', {
    roleArn: role.roleArn,
    dataQualityAppSpecification: appSpecification(scope, options, role),
    dataQualityBaselineConfig: {
      statisticsResource: { s3Uri: baseline.statisticsBucket.s3UrlForObject(baseline.statisticsKey) },
      constraintsResource: { s3Uri: baseline.constraintsBucket.s3UrlForObject(baseline.constraintsKey) },
    },
    dataQualityJobInput: { endpointInput: endpointInput(spec.endpointName, options) },
    dataQualityJobOutputConfig: outputConfig(spec),
    jobResources: jobResources(options, role),
    networkConfig: networkConfig(scope, options, role),
    stoppingCondition: stoppingCondition(options),
    tags: tagsOf(options),
  });
}

function outputConfig(spec: DataQualitySpec): sagemaker.CfnDataQualityJobDefinition.MonitoringOutputConfigProperty {
  const s3Output = {
    s3Uri: spec.reportsBucket.s3UrlForObject(`${spec.reportsPrefix}/${spec.monitorId}`),
    localPath: '/opt/ml/processing/output',
    s3UploadMode: 'EndOfJob',
  };
  return { kmsKeyId: spec.reportsBucket.encryptionKey?.keyArn, monitoringOutputs: [{ s3Output }] };
}
