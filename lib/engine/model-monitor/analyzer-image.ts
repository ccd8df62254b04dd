import { CfnMapping, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { stackSingleton } from '../../core/stack-singleton';
import { ValidationError } from '../../core/validation-error';
import { ANALYZER_REGISTRIES, ANALYZER_REGISTRIES_DATE } from './analyzer-registries';

const REPOSITORY = 'sagemaker-model-monitor-analyzer';

/**
 * The URI of the analyzer image in the stack's region and partition, by a mapping when the region is known at deployment only; the role
 * may pull it.
 *
 * The image has no tag.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-pre-built-container.html
 * @internal
 */
export function analyzerImageUri(scope: Construct, role: iam.IRole): string {
  const stack = Stack.of(scope);
  const account = registryAccount(scope, stack);
  const repositoryArn = `arn:${stack.partition}:ecr:${stack.region}:${account}:repository/${REPOSITORY}`;
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: pull, resources: [repositoryArn] }));
  // a token for a registry is not bound to a repository
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }));
  return `${account}.dkr.ecr.${stack.region}.${stack.urlSuffix}/${REPOSITORY}`;
}

function registryAccount(scope: Construct, stack: Stack): string {
  if (Token.isUnresolved(stack.region)) return registries(scope).findInMap(stack.region, 'account');
  const account = ANALYZER_REGISTRIES[stack.region];
  if (account) return account;
  const allowed = `one of ${Object.keys(ANALYZER_REGISTRIES).join(', ')} (known in ${ANALYZER_REGISTRIES_DATE})`;
  const advice = "name the image with 'analyzerImageUri', or use MonitoringEngine.serverless()";
  throw new ValidationError('UnknownAnalyzerImage', [{ prop: 'region', got: stack.region, allowed, advice }], scope);
}

function registries(scope: Construct): CfnMapping {
  return stackSingleton(scope, 'AnalyzerRegistries', (stack, id) => {
    const table = Object.entries(ANALYZER_REGISTRIES).map(([region, account]) => [region, { account }]);
    return new CfnMapping(stack, id, { mapping: Object.fromEntries(table) });
  });
}
