import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { CustomResourceOutcome } from '../../runtime/custom-resource';
import { Failure, malformedRequest } from '../../runtime/failure';
import type { RolloutProperties } from '../contract';
import { tellBaking } from './told-baking';

/** A request of CloudFormation about the rollout of an endpoint. */
export type RolloutEvent = CloudFormationCustomResourceEvent & {
  readonly ResourceProperties: Partial<RolloutProperties>;
};

const sageMaker = new SageMakerClient({});

/** Compares the configuration that an endpoint runs with and the one that it is to run with, and tells how much of an update that stays was seen; a deletion asks nothing. */
export async function fulfilRollout(event: RolloutEvent): Promise<CustomResourceOutcome> {
  const { RequestType, ResourceProperties } = event;
  if (RequestType === 'Delete') return { status: 'SUCCESS' };
  const { EndpointName, EndpointConfigName } = ResourceProperties;
  if (!EndpointName || !EndpointConfigName)
    throw malformedRequest('the request names no endpoint and its configuration');
  const found = await sageMaker.send(new DescribeEndpointCommand({ EndpointName }));
  const wrong = whatIsWrong(found, EndpointConfigName);
  if (wrong) throw wrong;
  await tellBaking(event);
  return { status: 'SUCCESS' };
}

/**
 * What keeps an endpoint from being as its deployment wants it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
 */
function whatIsWrong(found: DescribeEndpointCommandOutput, wanted: string): Failure | undefined {
  const { EndpointName, EndpointStatus, EndpointConfigName, FailureReason } = found;
  if (EndpointStatus !== 'InService') {
    const reason = FailureReason ? `: ${FailureReason}` : '';
    return new Failure('EndpointNotInService', `endpoint ${EndpointName} is ${EndpointStatus}${reason}`);
  }
  if (EndpointConfigName === wanted) return undefined;
  return new Failure(
    'RolledBack',
    `endpoint ${EndpointName} runs with ${EndpointConfigName} and not with ${wanted}: SageMaker took the update back, as it does when an alarm of the rollout fires; ` +
      'look at its alarms, mend what they saw, and deploy again',
  );
}
