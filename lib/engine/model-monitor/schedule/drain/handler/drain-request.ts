import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { callbackOf } from '../../../../../runtime/custom-resource';
import { malformedRequest } from '../../../../../runtime/failure';
import type { ExpectedMonitor } from '../../../../reconciler/contract';
import {
  type DrainProperties,
  type DrainRequest,
  type LeavingSchedule,
  REST_RESOURCE_TYPE,
  type RestProperties,
  type ScheduleConfiguration,
} from '../contract';

type Properties = Partial<DrainProperties & RestProperties>;

/** A request of CloudFormation for one of the two custom resources. */
export type DrainEvent = CloudFormationCustomResourceEvent<Properties & { ServiceToken: string }, Properties>;

/**
 * What a request asks for.
 *
 * The drain, on creation: to let the engines before this one end what they owe; on an update: that for new schedules, to drain the schedules that left
 * the list (CloudFormation deletes them afterwards), and to resume those that are new to it, as in a rollback; on deletion: to drain all. The other,
 * on an update: to settle the schedules that are to be otherwise.
 *
 * The physical id never changes, so no update of the list is a replacement, whose deletion would drain all. Throws `MalformedRequest` when there is
 * no list.
 */
export function drainRequest(event: DrainEvent): DrainRequest {
  const request = { drain: [], resume: [], settle: [], succeed: [], callback: callbackOf(event) };
  return event.ResourceType === REST_RESOURCE_TYPE
    ? { ...request, settle: settled(event) }
    : { ...request, ...drained(event) };
}

function drained(event: DrainEvent): Pick<DrainRequest, 'drain' | 'resume' | 'succeed'> {
  const { ResourceProperties: properties } = event;
  const names = scheduleNames(properties);
  if (event.RequestType === 'Delete') return { drain: leaving(names, properties), resume: [], succeed: [] };
  if (event.RequestType === 'Create') return { drain: [], resume: [], succeed: monitorsOf(names, properties) };
  const before = scheduleNames(event.OldResourceProperties);
  const come = without(names, before);
  const gone = leaving(without(before, names), event.OldResourceProperties);
  return { drain: gone, resume: come, succeed: monitorsOf(come, properties) };
}

function leaving(names: readonly string[], properties: Properties): LeavingSchedule[] {
  const monitors = monitorsOf(names, properties);
  return names.map((name) => ({ name, monitor: monitors.find((one) => one.monitoringScheduleName === name) }));
}

function monitorsOf(names: readonly string[], { Monitors: monitors = '[]' }: Properties): ExpectedMonitor[] {
  const all: ExpectedMonitor[] = JSON.parse(monitors);
  return all.filter(({ monitoringScheduleName: name }) => name !== undefined && names.includes(name));
}

/** Those alone that were there before: a new schedule has no executions. */
function settled(event: DrainEvent): ScheduleConfiguration[] {
  if (event.RequestType !== 'Update') return [];
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
  throw malformedRequest("property 'ScheduleNames' is no list of names");
}

function configurations({ Schedules: schedules }: Properties): ScheduleConfiguration[] {
  if (Array.isArray(schedules) && schedules.every(({ Name }) => typeof Name === 'string')) return schedules;
  throw malformedRequest("property 'Schedules' is no list of schedules");
}

function without(names: readonly string[], others: readonly string[]): string[] {
  return names.filter((name) => !others.includes(name));
}
