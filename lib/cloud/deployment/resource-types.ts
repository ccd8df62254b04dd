import { CloudError } from '../cloud-error';
import { CUSTOM_RESOURCE, IDLE_CUSTOM_RESOURCE_TYPES, isCustomResource } from './custom-resource';
import { EVENT_RESOURCES } from './event-resources';
import { FUNCTION_RESOURCES } from './function-resources';
import { IDENTITY_RESOURCES } from './identity-resources';
import { PASSIVE_RESOURCES } from './passive-resources';
import type { Creator, DeployedResource, Resource, ResourceType } from './resource';
import { SAGEMAKER_RESOURCES } from './sagemaker-resources';
import { WAIT_RESOURCES } from './wait-condition';

const IGNORED_TYPES = ['AWS::CDK::Metadata', ...IDLE_CUSTOM_RESOURCE_TYPES];

const TYPES: Readonly<Record<string, Creator | ResourceType>> = {
  ...PASSIVE_RESOURCES,
  ...IDENTITY_RESOURCES,
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

/** Tells whether changes of these properties replace a resource instead of updating it. */
export function isReplaced({ replacedBy = [], updatable = [] }: ResourceType, changed: readonly string[]): boolean {
  return replacedBy === 'all'
    ? changed.some((name) => !updatable.includes(name))
    : changed.some((name) => replacedBy.includes(name));
}
