import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { callbackOf } from '../../../../../runtime/custom-resource';
import { Failure } from '../../../../../runtime/failure';
import {
  type DrainProperties,
  type DrainRequest,
  REST_RESOURCE_TYPE,
  type RestProperties,
  type ScheduleConfiguration,
} from '../contract';

type Properties = Partial<DrainProperties & RestProperties>;

/** A request of CloudFormation for one of the two custom resources. */
export type DrainEvent = CloudFormationCustomResourceEvent<Properties & { ServiceToken: string }, Properties>;

/**
 * What a request asks for; nothing when something is created.
 *
 * The drain, on an update: to drain the schedules that left the list (CloudFormation deletes them afterwards) and to resume those that are
 * new to it, as in a rollback; on deletion: to drain all. The other, on an update: to settle the schedules that are to be otherwise.
 *
 * The physical id never changes, so no update of the list is a replacement, whose deletion would drain all. Throws `MalformedRequest` when there is
 * no list.
 */
export function drainRequest(event: DrainEvent): DrainRequest {
  const request = { drain: [], resume: [], settle: [], callback: callbackOf(event) };
  if (event.RequestType === 'Create') return request;
  return event.ResourceType === REST_RESOURCE_TYPE
    ? { ...request, settle: settled(event) }
    : { ...request, ...drained(event) };
}

type LaterEvent = Exclude<DrainEvent, { RequestType: 'Create' }>;

function drained(event: LaterEvent): Pick<DrainRequest, 'drain' | 'resume'> {
  const names = scheduleNames(event.ResourceProperties);
  if (event.RequestType === 'Delete') return { drain: names, resume: [] };
  const before = scheduleNames(event.OldResourceProperties);
  return { drain: without(before, names), resume: without(names, before) };
}

/** Those alone that were there before: a new schedule has no executions. */
function settled(event: LaterEvent): ScheduleConfiguration[] {
  if (event.RequestType === 'Delete') return [];
  const before = new Map(configurations(event.OldResourceProperties).map((one) => [one.Name, one]));
  return configurations(event.ResourceProperties).filter((one) => {
    const other = before.get(one.Name);
    return other && !isSame(one, other);
  });
}

function isSame(one: ScheduleConfiguration, other: ScheduleConfiguration): boolean {
  return one.JobDefinitionName === other.JobDefinitionName && one.ScheduleExpression === other.ScheduleExpression;
}

function scheduleNames({ ScheduleNames: names }: Properties): string[] {
  if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  throw new Failure('MalformedRequest', "property 'ScheduleNames' is no list of names");
}

function configurations({ Schedules: schedules }: Properties): ScheduleConfiguration[] {
  if (Array.isArray(schedules) && schedules.every(({ Name }) => typeof Name === 'string')) return schedules;
  throw new Failure('MalformedRequest', "property 'Schedules' is no list of schedules");
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}
