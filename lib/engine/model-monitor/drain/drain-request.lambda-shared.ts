import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { Failure } from '../../../runtime/failure';
import type { CloudFormationCallback } from '../../serverless/contract';
import type { DrainProperties, DrainRequest } from './contract';

/** A request of CloudFormation for a drain. */
export type DrainEvent = CloudFormationCustomResourceEvent<DrainProperties, DrainProperties>;

/** How to answer a request. The physical id never changes, so no update of the list is a replacement, whose deletion would drain all. */
export function callbackOf(event: DrainEvent): CloudFormationCallback {
  return {
    responseUrl: event.ResponseURL,
    stackId: event.StackId,
    requestId: event.RequestId,
    logicalResourceId: event.LogicalResourceId,
    physicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : event.LogicalResourceId,
  };
}

/**
 * What a request asks for: nothing at first; on an update, to drain the schedules that left the list (CloudFormation deletes them
 * afterwards) and to resume those that are new to it, as in a rollback; on deletion, to drain all.
 *
 * Throws `MalformedRequest` when there is no list.
 */
export function drainRequest(event: DrainEvent): DrainRequest {
  const callback = callbackOf(event);
  const names = scheduleNames(event.ResourceProperties);
  if (event.RequestType === 'Create') return { drain: [], resume: [], callback };
  if (event.RequestType === 'Delete') return { drain: names, resume: [], callback };
  const before = scheduleNames(event.OldResourceProperties);
  return { drain: without(before, names), resume: without(names, before), callback };
}

function scheduleNames(properties: Partial<DrainProperties>): string[] {
  const { ScheduleNames: names } = properties;
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  throw new Failure('MalformedRequest', "property 'ScheduleNames' is no list of names");
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}
