import type { CfnEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import type { Problem } from '../core/validation-error';
import type { Endpoint } from './endpoint';

/**
 * Weights that variants start with, by their names.
 *
 * @internal
 */
export interface InitialWeights {
  readonly [variantName: string]: number;
}

/**
 * What keeps the weights of an endpoint from being changed while it is in service: one that the app says would do nothing after the first deployment.
 *
 * @internal
 */
export function leftWeightsProblems({ _allVariants }: Endpoint): Problem[] {
  const allowed = "nothing beside a test with 'backToReference', whose weights updates of the endpoint keep";
  const advice = "'candidateShare' of the test says which part of the requests the candidate starts with";
  return _allVariants
    .filter(({ _capacity }) => _capacity.hasOwnWeight)
    .map(({ variantName, _capacity }) => {
      const got = `${_capacity.weight} of ${variantName}`;
      return { prop: 'initialVariantWeight', got, allowed, advice };
    });
}

/**
 * Leaves the weights of an endpoint's variants to what changes them while it is in service: updates keep them, and those of the app are what variants start with. Counts of instances
 * are the app's, unless some are scaled.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
 * @internal
 */
export function leaveWeights(endpoint: Endpoint, initial: InitialWeights): void {
  const resource = endpoint.node.defaultChild as CfnEndpoint;
  const { _allVariants, variantNames, endpointConfig } = endpoint;
  const isScaled = _allVariants.some(({ _capacity }) => _capacity.scaling);
  resource.retainAllVariantProperties = true;
  resource.excludeRetainedVariantProperties = isScaled ? undefined : [{ variantPropertyType: 'DesiredInstanceCount' }];
  for (const [index, name] of variantNames.entries()) {
    if (initial[name] === undefined) continue;
    endpointConfig.addPropertyOverride(`ProductionVariants.${index}.InitialVariantWeight`, initial[name]);
  }
}
