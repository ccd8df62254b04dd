import type { Authorizer } from '../account/authorizer';
import type { SageMakerInventory } from '../account/sagemaker/inventory';
import { textMember } from '../members';
import { operation } from './sagemaker-jobs';
import { type JsonOperation, ServiceError } from './service';

/** What the operations work on. */
export interface EndpointOperationsProps {
  readonly inventory: SageMakerInventory;
  readonly authorizer: Authorizer;
  /** `arn:aws:sagemaker:{region}:{account}` */
  readonly arnPrefix: string;
}

/**
 * SageMaker endpoints, as far as they are looked at: here they are always in service, with the configuration of their last update that was not taken back.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
 */
export function endpointOperations(props: EndpointOperationsProps): Record<string, JsonOperation> {
  const { inventory, authorizer, arnPrefix } = props;
  return {
    DescribeEndpoint: operation('DescribeEndpoint', (input, caller) => {
      const EndpointName = textMember(input, 'EndpointName', 'DescribeEndpoint');
      const EndpointArn = `${arnPrefix}:endpoint/${EndpointName}`;
      authorizer.require(caller, { action: 'sagemaker:DescribeEndpoint', resource: EndpointArn });
      const endpoint = inventory.endpoints.get(EndpointName);
      if (endpoint === undefined) {
        throw new ServiceError('ValidationException', `Could not find endpoint "${EndpointName}".`);
      }
      return { EndpointName, EndpointArn, EndpointConfigName: endpoint.configName, EndpointStatus: 'InService' };
    }),
  };
}
