import type { Schedule } from '../cloud/account/schedules';
import type { DeployedResource } from '../cloud/deployment/resource';
import { isMembers, objectList } from '../cloud/members';
import type { MonitorRequest } from '../engine/serverless/contract';
import type { CapturedPlace } from './captured-place';
import { RehearsalError } from './rehearsal-error';
import type { ServiceMonitor } from './service-monitors';

/** An endpoint whose captured data a schedule has analysed. */
export interface MonitoredEndpoint extends CapturedPlace {
  readonly endpointName: string;
  readonly variant: string;
}

/** The variant's name of an endpoint that is not part of the app. */
const OTHER_VARIANT = 'AllTraffic';

/** The monitor runs that schedules ask for. */
export function monitorRequests(schedules: readonly Pick<Schedule, 'target'>[]): MonitorRequest[] {
  return schedules.flatMap(({ target }) => {
    const input: unknown = JSON.parse(target.input);
    return isMembers(input) && input.mode === 'monitor' ? [input as unknown as MonitorRequest] : [];
  });
}

/** What is known of an endpoint that a monitor watches. */
export interface WatchedEndpoint {
  readonly endpointName: string;
  readonly capture: CapturedPlace;
}

/** The endpoints of monitors that are rehearsed, on every engine. */
export function watchedEndpoints(
  requests: readonly MonitorRequest[],
  monitors: readonly ServiceMonitor[],
): WatchedEndpoint[] {
  const rehearsed = monitors.filter(({ obstacle }) => obstacle === undefined);
  return [
    ...requests.map(({ monitor: { endpointName }, capture }) => ({ endpointName, capture })),
    ...rehearsed.flatMap(({ endpointName, capture }) =>
      endpointName === undefined || capture === undefined ? [] : [{ endpointName, capture }],
    ),
  ];
}

/** The endpoint that gets the traffic: the named one, or the only one; throws where that is not clear. */
export function monitoredEndpoint(
  watched: readonly WatchedEndpoint[],
  deployed: readonly DeployedResource[],
  name?: string,
): MonitoredEndpoint {
  const candidates = new Map(watched.map(({ endpointName, capture }) => [endpointName, capture]));
  const names = [...candidates.keys()];
  const endpointName = name ?? names[0];
  const capture = endpointName === undefined ? undefined : candidates.get(endpointName);
  if (endpointName === undefined || capture === undefined) {
    throw new RehearsalError(
      'UnclearEndpoint',
      `no schedule monitors ${name === undefined ? 'an endpoint' : `'${name}'`}: ${names.join(', ') || 'none'}`,
    );
  }
  if (name === undefined && names.length > 1) {
    throw new RehearsalError(
      'UnclearEndpoint',
      `several endpoints are monitored, say which one gets the traffic: ${names.join(', ')}`,
    );
  }
  return { endpointName, variant: variantOf(endpointName, deployed), ...capture };
}

function variantOf(endpointName: string, deployed: readonly DeployedResource[]): string {
  const endpoint = deployed.find(
    ({ type, attributes }) => type === 'AWS::SageMaker::Endpoint' && attributes.EndpointName === endpointName,
  );
  const configuration = deployed.find(
    ({ type, attributes }) =>
      type === 'AWS::SageMaker::EndpointConfig' &&
      attributes.EndpointConfigName === endpoint?.properties.EndpointConfigName,
  );
  const [variant] = configuration
    ? objectList(configuration.properties, 'ProductionVariants', configuration.logicalId)
    : [];
  return typeof variant?.VariantName === 'string' ? variant.VariantName : OTHER_VARIANT;
}
