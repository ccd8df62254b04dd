import { Duration, type Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HandlerFunction } from '../core/handler-function';
import { stackSingleton } from '../core/stack-singleton';

/**
 * The function that answers the custom resources of all baselines of a stack, whichever engine a monitor has.
 *
 * CloudFormation refuses another function for a custom resource that exists, so its id depends on nothing. Engines let it start what analyses
 * datasets; without a dataset it starts nothing.
 *
 * @internal
 */
export function baselineHandler(scope: Construct): HandlerFunction {
  return stackSingleton(scope, 'Baselines', makeHandler);
}

function makeHandler(stack: Stack, id: string): HandlerFunction {
  return new HandlerFunction(stack, id, {
    handler: 'baseline',
    description: 'Makes the baselines of model monitors at deployment',
    timeout: Duration.minutes(1),
    memorySize: 512,
  });
}
