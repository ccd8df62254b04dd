import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ValidationError } from '../../../core/validation-error';
import { registryAccount, serviceImageUri, unknownImage } from '../job/service-image';

/**
 * The URI of SageMaker Clarify's image, which runs bias and explainability; the role may pull it.
 *
 * @param prop of the engine's options that can name another image, as `modelBias`
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-container.html
 * @internal
 */
export function clarifyImageUri(scope: Construct, role: iam.IRole, prop: string): string {
  const account = registryAccount(scope, 'clarify');
  if (account) return serviceImageUri(scope, role, { account, repository: 'sagemaker-clarify-processing', tag: '1.0' });
  const advice = `name the image with '${prop}.imageUri'`;
  throw new ValidationError('UnknownClarifyImage', [unknownImage(scope, 'clarify', advice)], scope);
}
