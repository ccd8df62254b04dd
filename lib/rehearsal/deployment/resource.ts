import { createHash } from 'node:crypto';
import type { Account } from '../account/account';
import { type Members, optionalText } from '../members';
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
}

/** A resource as the rest of its template refers to it. */
export interface DeployedResource extends Resource {
  /** what `Ref` gives */
  readonly ref: string;
  /** what `Fn::GetAtt` gives, by name */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What creating a resource may use. */
export interface DeploymentContext {
  readonly account: Account;
  readonly assets: readonly FileAsset[];
  readonly workshop: Workshop;
  /** resources of all stacks that exist so far */
  readonly deployed: readonly DeployedResource[];
}

/** Creates one resource and says how others refer to it. */
export type Creator = (
  resource: Resource,
  context: DeploymentContext,
) => Promise<Pick<DeployedResource, 'ref' | 'attributes'>> | Pick<DeployedResource, 'ref' | 'attributes'>;

/** The name that a template gives, or one as CloudFormation makes them: stack, logical id, and something unique. */
export function physicalName({ stackName, logicalId, properties }: Resource, property: string, maximum = 64): string {
  const given = optionalText(properties, property, logicalId);
  const unique = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 12).toUpperCase();
  return given ?? `${`${stackName}-${logicalId}`.slice(0, maximum - 13)}-${unique}`;
}
