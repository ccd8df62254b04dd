import { CfnMapping, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { allow } from '../../../core/allow';
import { stackSingleton } from '../../../core/stack-singleton';
import type { Problem } from '../../../core/validation-error';
import { IMAGE_REGISTRIES, IMAGE_REGISTRIES_DATE, type ImageRegistry } from './image-registries';

/** An image that SageMaker brings. */
export interface ServiceImage {
  /** Account of the repository in the stack's region. */
  readonly account: string;
  readonly repository: string;
  readonly tag?: string;
}

const PULL_ACTIONS = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];

/**
 * The URI of an image in the stack's region and partition; the role may pull it.
 *
 * @internal
 */
export function serviceImageUri(scope: Construct, role: iam.IRole, image: ServiceImage): string {
  const { account, repository } = image;
  const { partition, region } = Stack.of(scope);
  const repositoryArn = `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;
  allow(role, { actions: PULL_ACTIONS, resources: [repositoryArn] });
  allow(role, {
    actions: ['ecr:GetAuthorizationToken'],
    resources: ['*'],
    because: 'ecr:GetAuthorizationToken knows no resource: its token is for a registry, not for a repository',
  });
  return imageUri(Stack.of(scope), image);
}

/**
 * The URI of an image in the stack's region and partition.
 *
 * @internal
 */
export function imageUri(stack: Stack, { account, repository, tag }: ServiceImage): string {
  return `${account}.dkr.ecr.${stack.region}.${domainSuffix(stack)}/${repository}${tag ? `:${tag}` : ''}`;
}

/**
 * The account that holds an image in the stack's region, by a mapping when the region is known at deployment only; undefined in a region
 * without it.
 *
 * @internal
 */
export function registryAccount(scope: Construct, registry: ImageRegistry): string | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region)
    ? registries(scope).findInMap(region, registry)
    : IMAGE_REGISTRIES[region]?.[registry];
}

/**
 * Says that no image is known for the stack's region.
 *
 * @param advice what to do
 * @internal
 */
export function unknownImage(scope: Construct, registry: ImageRegistry, advice: string): Problem {
  const regions = Object.keys(IMAGE_REGISTRIES).filter((region) => IMAGE_REGISTRIES[region][registry]);
  const allowed = `one of ${regions.join(', ')} (known in ${IMAGE_REGISTRIES_DATE})`;
  return { prop: 'region', got: Stack.of(scope).region, allowed, advice };
}

/** Plain text where the region is known. */
function domainSuffix({ region, urlSuffix }: Stack): string {
  return Token.isUnresolved(region) ? urlSuffix : (RegionInfo.get(region).domainSuffix ?? urlSuffix);
}

/** One for all images and monitors of a stack. */
function registries(scope: Construct): CfnMapping {
  return stackSingleton(scope, 'ImageRegistries', (stack, id) => {
    const table = Object.entries(IMAGE_REGISTRIES).map(([region, accounts]) => [region, { ...accounts }]);
    return new CfnMapping(stack, id, { mapping: Object.fromEntries(table) });
  });
}
