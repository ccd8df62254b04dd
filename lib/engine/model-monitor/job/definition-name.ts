import { Fn } from 'aws-cdk-lib';
import type { JobDefinition } from '../kinds/blueprint';

/**
 * Where CloudFormation takes the name from that SageMaker gave a job definition. Both lead to the same name.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-dataqualityjobdefinition.html
 */
export enum JobDefinitionNameSource {
  /**
   * The attribute `JobDefinitionName`: the name as it is. CloudFormation's reference does not list it; AWS's own templates read it.
   *
   * @see https://github.com/aws-solutions/mlops-workload-orchestrator
   */
  ATTRIBUTE = 'Attribute',

  /** The last part of the ARN, which is what `Ref` returns. In some ARNs, SageMaker writes names in lower case. */
  ARN = 'Arn',
}

/**
 * The name of a job definition, known at deployment.
 *
 * @internal
 */
export function jobDefinitionName(definition: JobDefinition, source = JobDefinitionNameSource.ATTRIBUTE): string {
  if (source === JobDefinitionNameSource.ARN) return Fn.select(1, Fn.split('/', definition.ref));
  return definition.getAtt('JobDefinitionName').toString();
}
