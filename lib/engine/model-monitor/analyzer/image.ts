import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ValidationError } from '../../../core/validation-error';
import { KIND_SERVICES } from '../../../kind/kind-services';
import { KINDS } from '../../../kind/kinds';
import { registryAccount, serviceImageUri, unknownImage } from '../job/service-image';

/**
 * The URI of the analyzer image, which runs data quality and model quality; the role may pull it.
 *
 * The image has no tag.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-built-container.html
 * @internal
 */
export function analyzerImageUri(scope: Construct, role: iam.IRole): string {
  const account = registryAccount(scope, 'analyzer');
  if (account) return serviceImageUri(scope, role, { account, repository: 'sagemaker-model-monitor-analyzer' });
  const props = Object.values(KINDS)
    .filter(({ kind }) => KIND_SERVICES[kind].container === 'analyzer')
    .map(({ prop }) => `'${prop}.imageUri'`);
  const advice = `name the image with ${props.join(' or ')}; MonitoringEngine.serverless() needs none`;
  throw new ValidationError('UnknownAnalyzerImage', [unknownImage(scope, 'analyzer', advice)], scope);
}
