import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Problem } from '../core/validation-error';
import { serverlessVariantsOf } from './known-properties';

/**
 * Says why a configuration that this library did not make cannot be made to capture.
 *
 * Every property of a configuration but its tags is create-only, so that what is changed is replaced: a fixed name would
 * collide.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sagemaker-endpointconfig.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
 * @internal
 */
export function problemsOfTarget(config: sagemaker.CfnEndpointConfig): Problem[] {
  const problems: Problem[] = [];
  if (config.endpointConfigName !== undefined) {
    const advice = 'remove it, and let the endpoint refer to attrEndpointConfigName';
    problems.push({ prop: 'endpointConfigName', got: config.endpointConfigName, allowed: 'no name', advice });
  }
  if (config.dataCaptureConfig !== undefined) {
    const advice = 'remove it, or name where its data lie with CapturedData.at(bucket, prefix)';
    problems.push({ prop: 'dataCaptureConfig', got: 'set already', allowed: 'no data capture', advice });
  }
  const serverless = serverlessVariantsOf(config);
  if (serverless.length > 0) {
    const advice = 'SageMaker captures no data of serverless variants';
    problems.push({ prop: 'productionVariants', got: serverless, allowed: 'variants on instances', advice });
  }
  return problems;
}
