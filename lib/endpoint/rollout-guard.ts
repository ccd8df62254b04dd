import { CustomResource, Duration, type Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HandlerFunction } from '../core/handler-function';
import { stackSingleton } from '../core/stack-singleton';
import { ROLLOUT_GUARD_TYPE } from './contract';

/** An endpoint, and the configuration that it is to run with. */
interface GuardedEndpoint {
  readonly endpointName: string;
  readonly endpointArn: string;
  readonly endpointConfigName: string;
}

/**
 * Looks after an update whether the endpoint runs with the configuration that is wanted, and fails the deployment where it does not: an update that SageMaker took back
 * leaves the endpoint in service, with the configuration of before.
 *
 * @param scope of the endpoint
 * @internal
 */
export function guardRollout(
  scope: Construct,
  { endpointName, endpointArn, endpointConfigName }: GuardedEndpoint,
): void {
  const handler = stackSingleton(scope, 'Rollouts', makeHandler);
  handler.addStatement(['sagemaker:DescribeEndpoint'], [endpointArn]);
  new CustomResource(scope, 'RolloutGuard', {
    serviceToken: handler.functionArn,
    resourceType: ROLLOUT_GUARD_TYPE,
    properties: { EndpointName: endpointName, EndpointConfigName: endpointConfigName },
  });
}

function makeHandler(stack: Stack, id: string): HandlerFunction {
  return new HandlerFunction(stack, id, {
    handler: 'rollout',
    description: 'Looks whether endpoints run with the configuration of their deployment',
    timeout: Duration.minutes(1),
    memorySize: 256,
  });
}
