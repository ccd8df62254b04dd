import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HandlerFunction } from '../../core/handler-function';
import { allowMetrics } from '../../outcome/publishing-grant';
import { PROFILE_NODE_OPTIONS } from './contract';

/** Lists the window's objects and groups them. @internal */
export function planFunction(scope: Construct): HandlerFunction {
  return new HandlerFunction(scope, 'Plan', {
    handler: 'plan',
    description: 'Model monitoring: finds the captured objects of a window',
    timeout: Duration.minutes(5),
    memorySize: 512,
  });
}

/** Profiles one group of objects; the memory brings one whole virtual CPU. @internal */
export function profileFunction(scope: Construct): HandlerFunction {
  return new HandlerFunction(scope, 'Profile', {
    handler: 'profile',
    description: 'Model monitoring: profiles captured objects',
    timeout: Duration.minutes(15),
    memorySize: 1769,
    environment: { NODE_OPTIONS: PROFILE_NODE_OPTIONS },
  });
}

/** Merges, checks, reports and publishes. @internal */
export function concludeFunction(scope: Construct): HandlerFunction {
  const handler = new HandlerFunction(scope, 'Conclude', {
    handler: 'conclude',
    description: 'Model monitoring: checks a window against its baseline and reports',
    timeout: Duration.minutes(5),
    memorySize: 1769,
  });
  allowMetrics(handler);
  return handler;
}
