import { Duration, Size, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RUNTIME_HOST_VARIABLE } from '../../core/contract';
import { HandlerFunction } from '../../core/handler-function';
import { allowMetrics } from '../../outcome/publishing-grant';
import { CONCLUDE_DISK_MEBIBYTES, PROFILE_NODE_OPTIONS } from './contract';

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

/** Asks a model about a sample of rows. @internal */
export function explainFunction(scope: Construct): HandlerFunction {
  const { region, urlSuffix } = Stack.of(scope);
  return new HandlerFunction(scope, 'Explain', {
    handler: 'explain',
    description: 'Model monitoring: asks a model which features its answers rest on',
    timeout: Duration.minutes(15),
    memorySize: 1769,
    environment: { [RUNTIME_HOST_VARIABLE]: `runtime.sagemaker.${region}.${urlSuffix}` },
  });
}

/** Merges, checks, reports and publishes. @internal */
export function concludeFunction(scope: Construct): HandlerFunction {
  const handler = new HandlerFunction(scope, 'Conclude', {
    handler: 'conclude',
    description: 'Model monitoring: checks a window against its baseline and reports',
    timeout: Duration.minutes(5),
    memorySize: 1769,
    ephemeralStorageSize: Size.mebibytes(CONCLUDE_DISK_MEBIBYTES),
  });
  allowMetrics(handler);
  return handler;
}
