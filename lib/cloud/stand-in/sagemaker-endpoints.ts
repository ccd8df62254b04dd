import type { Authorizer } from '../account/authorizer';
import type { Recorder } from '../account/recorder';
import type { DeployedEndpoint, SageMakerInventory } from '../account/sagemaker/inventory';
import { type Members, objectList, optionalNumber, textMember } from '../members';
import { operation } from './sagemaker-jobs';
import { type JsonOperation, refuseUnknown, ServiceError } from './service';

/** What the operations work on. */
export interface EndpointOperationsProps {
  readonly inventory: SageMakerInventory;
  readonly authorizer: Authorizer;
  readonly recorder: Recorder;
  /** `arn:aws:sagemaker:{region}:{account}` */
  readonly arnPrefix: string;
}

/**
 * SageMaker endpoints, as far as they are looked at and given other weights: here they are always in service, with the configuration of their last update that was not taken back.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
 */
export function endpointOperations(props: EndpointOperationsProps): Record<string, JsonOperation> {
  const { inventory, authorizer, arnPrefix, recorder } = props;
  return {
    DescribeEndpoint: operation('DescribeEndpoint', (input, caller) => {
      const EndpointName = textMember(input, 'EndpointName', 'DescribeEndpoint');
      const EndpointArn = `${arnPrefix}:endpoint/${EndpointName}`;
      authorizer.require(caller, { action: 'sagemaker:DescribeEndpoint', resource: EndpointArn });
      const endpoint = found(inventory, EndpointName);
      const ProductionVariants = servedVariants(inventory, endpoint);
      return {
        EndpointName,
        EndpointArn,
        EndpointConfigName: endpoint.configName,
        EndpointStatus: 'InService',
        ProductionVariants,
      };
    }),
    UpdateEndpointWeightsAndCapacities: operation('UpdateEndpointWeightsAndCapacities', (input, caller) => {
      const EndpointName = textMember(input, 'EndpointName', 'UpdateEndpointWeightsAndCapacities');
      const EndpointArn = `${arnPrefix}:endpoint/${EndpointName}`;
      authorizer.require(caller, { action: 'sagemaker:UpdateEndpointWeightsAndCapacities', resource: EndpointArn });
      const endpoint = found(inventory, EndpointName);
      const weights = { ...endpoint.weights, ...desiredWeights(input, servedVariants(inventory, endpoint)) };
      inventory.endpoints.set(EndpointName, { ...endpoint, weights });
      const told = Object.entries(weights).map(([name, weight]) => `${name} ${weight}`);
      recorder.happened('deployment', `weights of ${EndpointName} are ${told.join(', ')}`, `by ${caller.name}`);
      return { EndpointArn };
    }),
  };
}

function found(inventory: SageMakerInventory, name: string): DeployedEndpoint {
  const endpoint = inventory.endpoints.get(name);
  if (endpoint) return endpoint;
  throw new ServiceError('ValidationException', `Could not find endpoint "${name}".`);
}

/** The production variants of an endpoint; those that are scaled have the count that they began with. */
function servedVariants({ endpointConfigs }: SageMakerInventory, { configName, weights = {} }: DeployedEndpoint) {
  const config = endpointConfigs.get(configName) ?? {};
  return objectList(config, 'ProductionVariants', configName).map((variant) => {
    const VariantName = textMember(variant, 'VariantName', configName);
    const weight = weights[VariantName] ?? optionalNumber(variant, 'InitialVariantWeight', configName) ?? 1;
    const count = optionalNumber(variant, 'InitialInstanceCount', configName);
    const counts = count === undefined ? {} : { DesiredInstanceCount: count, CurrentInstanceCount: count };
    return { VariantName, DesiredWeight: weight, CurrentWeight: weight, ...counts };
  });
}

/** Weights alone: counts are not modelled. */
function desiredWeights(input: Members, served: readonly { readonly VariantName: string }[]) {
  const where = 'UpdateEndpointWeightsAndCapacities';
  const desired = objectList(input, 'DesiredWeightsAndCapacities', where).map((one) => {
    refuseUnknown(one, ['VariantName', 'DesiredWeight'], where);
    const name = textMember(one, 'VariantName', where);
    if (!served.some(({ VariantName }) => VariantName === name))
      throw new ServiceError('ValidationException', `Could not find variant "${name}".`);
    return [name, optionalNumber(one, 'DesiredWeight', where)] as const;
  });
  return Object.fromEntries(desired.filter(([, weight]) => weight !== undefined)) as { [name: string]: number };
}
