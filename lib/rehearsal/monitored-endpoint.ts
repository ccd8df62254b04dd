import type { Schedule } from '../cloud/account/schedules';
import type { DeployedResource } from '../cloud/deployment/resource';
import { isMembers, objectList } from '../cloud/members';
import type { MonitorRequest } from '../engine/serverless/contract';
import { RehearsalError } from './rehearsal-error';

/** An endpoint whose captured data a schedule has analysed. */
export interface MonitoredEndpoint {
  readonly endpointName: string;
  readonly variant: string;
  readonly bucket: string;
  /** of the captured data, without slashes at its ends */
  readonly prefix: string;
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

/** The endpoint that gets the traffic: the named one, or the only one; throws where that is not clear. */
export function monitoredEndpoint(
  requests: readonly MonitorRequest[],
  deployed: readonly DeployedResource[],
  name?: string,
): MonitoredEndpoint {
  const candidates = new Map(requests.map(({ monitor, capture }) => [monitor.endpointName, capture]));
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
