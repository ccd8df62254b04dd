import { createHash } from 'node:crypto';
import type { Account } from '../account/account';
import { type Members, optionalText } from '../members';
import { ServiceError } from '../stand-in/service';
import type { FileAsset } from './assembly';
import type { Workshop } from './workshop';

/** One resource of a template, its properties resolved. */
export interface Resource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Members;
  /** construct path within the stack, or the logical id */
  readonly title: string;
  /** how many resources this logical id had before this one; names that CloudFormation makes differ by it */
  readonly generation?: number;
}

/** What came of creating or updating a resource. */
export interface Created {
  /** what `Ref` gives: the physical id */
  readonly ref: string;
  /** what `Fn::GetAtt` gives, by name */
  readonly attributes: Readonly<Record<string, string>>;
  /** takes the resource out of the account again; absent where nothing is left behind that matters */
  readonly undo?: () => void;
}

/** A resource as the rest of its template refers to it. */
export interface DeployedResource extends Resource, Created {
  /** logical ids that it needs, in the template that it was deployed from */
  readonly dependencies?: readonly string[];
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
}

/** What creating a resource may use. */
export interface DeploymentContext {
  readonly account: Account;
  readonly assets: readonly FileAsset[];
  readonly workshop: Workshop;
  /** ARN of the stack that is worked on */
  readonly stackId: string;
  /** resources of all stacks that exist so far */
  readonly deployed: readonly DeployedResource[];
}

/** Creates one resource and says how others refer to it. */
export type Creator = (resource: Resource, context: DeploymentContext) => Promise<Created> | Created;

/** Everything that CloudFormation does with resources of one type. */
export interface ResourceType {
  readonly create: Creator;
  /** changes a resource in place; where absent it is created once more under its name, over the old one */
  readonly update?: (
    resource: Resource,
    previous: DeployedResource,
    context: DeploymentContext,
  ) => Promise<Created> | Created;
  /** deletes it; where absent its creation is undone */
  readonly remove?: (resource: DeployedResource, context: DeploymentContext) => Promise<void> | void;
}

/** An update that CloudFormation refuses by itself: nothing was changed that would have to be rolled back. */
export class UpdateRefusal extends ServiceError {
  public constructor(message: string) {
    super('ValidationError', message);
  }
}

/** A type whose update takes the old resource away first: what it adds to others, or its place in a list, is made anew. */
export function anew(create: Creator): ResourceType {
  return {
    create,
    update: (resource, previous, context) => {
      previous.undo?.();
      return create(resource, context);
    },
  };
}

/** The name that a template gives, or one as CloudFormation makes them: stack, logical id, and something unique. */
export function physicalName(resource: Resource, property: string, maximum = 64): string {
  const { stackName, logicalId, properties } = resource;
  const given = optionalText(properties, property, logicalId);
  const unique = uniquePart(resource).toUpperCase();
  return given ?? `${`${stackName}-${logicalId}`.slice(0, maximum - 13)}-${unique}`;
}

/** Twelve characters that tell this resource from every other, and from those that had its logical id before. */
export function uniquePart({ stackName, logicalId, generation = 0 }: Resource): string {
  const seed = `${stackName}/${logicalId}${generation === 0 ? '' : `/${generation}`}`;
  return createHash('sha256').update(seed).digest('hex').slice(0, 12);
}
