import { CustomResource, Duration, type Stack } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { allow, READING_METRICS } from '../core/allow';
import { HandlerFunction } from '../core/handler-function';
import { stackSingleton } from '../core/stack-singleton';
import { allowEvents } from '../outcome/publishing-grant';
import { ROLLOUT_ENDED, ROLLOUT_GUARD_TYPE, type RolloutProperties } from './contract';

/** An endpoint, and the configuration that it is to run with. */
interface GuardedEndpoint {
  readonly endpointName: string;
  readonly endpointArn: string;
  readonly endpointConfigName: string;
  readonly variantNames: string[];
  /** 0 where nobody counts requests */
  readonly leastRequests: number;
  /** to which a bake that saw fewer is told */
  readonly topic?: sns.ITopic;
}

/**
 * Looks after an update whether the endpoint runs with the configuration that is wanted, and fails the deployment where it does not: an update that SageMaker took back
 * leaves the endpoint in service, with the configuration of before. Of one that stays it tells how many requests it has seen.
 *
 * @param scope of the endpoint
 * @internal
 */
export function guardRollout(
  scope: Construct,
  { endpointName, endpointArn, endpointConfigName, ...baking }: GuardedEndpoint,
): void {
  const handler = stackSingleton(scope, 'Rollouts', makeHandler);
  handler.addStatement(['sagemaker:DescribeEndpoint'], [endpointArn]);
  new CustomResource(scope, 'RolloutGuard', {
    serviceToken: handler.functionArn,
    resourceType: ROLLOUT_GUARD_TYPE,
    properties: { EndpointName: endpointName, EndpointConfigName: endpointConfigName, ...counted(handler, baking) },
  });
}

/** Lets the requests of a new fleet be counted, and their number be told. */
function counted(
  handler: HandlerFunction,
  { variantNames, leastRequests, topic }: Pick<GuardedEndpoint, 'variantNames' | 'leastRequests' | 'topic'>,
): Pick<RolloutProperties, 'VariantNames' | 'LeastRequests' | 'TopicArn'> {
  if (leastRequests === 0) return {};
  allow(handler, READING_METRICS);
  allowEvents(handler, undefined, ROLLOUT_ENDED);
  topic?.grantPublish(handler);
  return { VariantNames: variantNames, LeastRequests: `${leastRequests}`, TopicArn: topic?.topicArn };
}

function makeHandler(stack: Stack, id: string): HandlerFunction {
  return new HandlerFunction(stack, id, {
    handler: 'rollout',
    description: 'Looks whether endpoints run with the configuration of their deployment',
    timeout: Duration.minutes(1),
    memorySize: 256,
  });
}
