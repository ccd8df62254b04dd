import { CloudError } from '../cloud-error';
import { isMembers, type Members } from '../members';
import { replacementFigures } from '../service-model/replacement';
import { CUSTOM_RESOURCE, IDLE_CUSTOM_RESOURCE_TYPES, isCustomResource } from './custom-resource';
import { EVENT_RESOURCES } from './event-resources';
import { FUNCTION_RESOURCES } from './function-resources';
import { IDENTITY_RESOURCES } from './identity-resources';
import { NETWORK_RESOURCES } from './network-resources';
import { PASSIVE_RESOURCES } from './passive-resources';
import type { Creator, DeployedResource, Resource, ResourceType } from './resource';
import { SAGEMAKER_RESOURCES } from './sagemaker-resources';
import { WAIT_RESOURCES } from './wait-condition';

const IGNORED_TYPES = ['AWS::CDK::Metadata', ...IDLE_CUSTOM_RESOURCE_TYPES];

const TYPES: Readonly<Record<string, Creator | ResourceType>> = {
  ...PASSIVE_RESOURCES,
  ...IDENTITY_RESOURCES,
  ...NETWORK_RESOURCES,
  ...FUNCTION_RESOURCES,
  ...EVENT_RESOURCES,
  ...SAGEMAKER_RESOURCES,
  ...WAIT_RESOURCES,
};

/** Tells whether a type plays no part here. */
export function isIgnored(type: string): boolean {
  return IGNORED_TYPES.includes(type);
}

/** What is done with resources of a type; throws for one that is not known. */
export function resourceType({ type, stackName, logicalId }: Resource): ResourceType {
  const known = isCustomResource(type) ? CUSTOM_RESOURCE : TYPES[type];
  if (known === undefined) {
    throw new CloudError(
      'NotRehearsed',
      `the rehearsal does not know resources of type ${type} (${stackName}/${logicalId})`,
    );
  }
  return typeof known === 'function' ? { create: known } : known;
}

/** Names of properties that differ between a resource as it is and as it shall be. */
export function changedProperties(from: DeployedResource, to: Resource): string[] {
  const names = new Set([...Object.keys(from.properties), ...Object.keys(to.properties)]);
  return [...names].filter((name) => JSON.stringify(from.properties[name]) !== JSON.stringify(to.properties[name]));
}

/**
 * Tells whether a change from one set of properties to another replaces the resource instead of updating it. Only its function replaces a
 * custom resource. Throws for a type whose figures are not kept.
 */
export function isReplaced(type: string, from: Members, to: Members): boolean {
  if (isCustomResource(type)) {
    return false;
  }
  const figures = replacementFigures(type);
  if (figures === undefined) {
    throw new CloudError('NotRehearsed', `no figures are kept of what replaces resources of type ${type}`);
  }
  return figures.createOnly.some((path) => textAt(from, path) !== textAt(to, path));
}

/** Properties beside the name that say what it is unique in: the bus of a rule, the function of an alias, the VPC of a group. */
const NAMESPACES = ['EventBusName', 'FunctionName', 'GroupName', 'LogGroupName', 'ResourceId', 'RoleName', 'VpcId'];

/** The physical name that its template gives a resource, with all that it has to be unique in; undefined where CloudFormation makes one. */
export function givenName({ type, properties }: Resource): string | undefined {
  const property = replacementFigures(type)?.name;
  if (property === undefined || properties[property] === undefined) {
    return undefined;
  }
  return JSON.stringify([type, properties[property], ...NAMESPACES.map((name) => properties[name])]);
}

function textAt(properties: Members, path: string): string | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((owner, name) => (isMembers(owner) ? owner[name] : undefined), properties);
  return JSON.stringify(value);
}

/** Every type that is known, but custom resources. */
export const KNOWN_TYPES: readonly string[] = Object.keys(TYPES);
