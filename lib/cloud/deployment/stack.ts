import { dependencyOrder } from '../semantics/intrinsics/dependency';
import type { DeployedResource } from './resource';

/** One thing that happened to a resource, or (with the stack's name as logical id) to the stack. */
export interface StackEvent {
  /** ISO 8601, virtual */
  readonly time: string;
  readonly logicalId: string;
  /** `CREATE_COMPLETE`, `UPDATE_FAILED`, `DELETE_SKIPPED` and so on; beginnings are left out */
  readonly status: string;
  readonly physicalId?: string;
  readonly reason?: string;
}

/** Where a stack ends up. */
export type StackStatus =
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

/** How an operation on one stack went. */
export interface StackOutcome {
  readonly stackName: string;
  readonly status: StackStatus;
  /** in the order in which it happened */
  readonly events: readonly StackEvent[];
  /** what failed first, in the words of who refused it */
  readonly reason?: string;
  /** as thrown */
  readonly error?: Error;
}

/** A stack as it stands in the account. */
export interface Stack {
  readonly name: string;
  /** its ARN; a stack that is created again under its name has another one */
  readonly id: string;
  /** by logical id */
  readonly resources: Map<string, DeployedResource>;
  /** how often a logical id was created, also before it was deleted: names that CloudFormation makes come only once */
  readonly creations: Map<string, number>;
  /** values by name of the export */
  exports: Readonly<Record<string, unknown>>;
  /** names of other stacks' exports that it uses */
  imports: ReadonlySet<string>;
}

/** Resources that need others come before these: the order in which CloudFormation deletes. */
export function deletionOrder(resources: readonly DeployedResource[]): DeployedResource[] {
  const byId = new Map<string, DeployedResource[]>();
  for (const resource of resources) {
    byId.set(resource.logicalId, [...(byId.get(resource.logicalId) ?? []), resource]);
  }
  const dependencies = (id: string) =>
    (byId.get(id) ?? []).flatMap((resource) => resource.dependencies ?? []).filter((other) => byId.has(other));
  return dependencyOrder([...byId.keys()], dependencies)
    .reverse()
    .flatMap((id) => byId.get(id) ?? []);
}

/** Resources that a resource needs, directly or through others, among those given. */
export function needs(resource: DeployedResource, others: readonly DeployedResource[]): Set<string> {
  const found = new Set<string>();
  const visit = (ids: readonly string[]): void => {
    for (const id of ids.filter((other) => !found.has(other))) {
      found.add(id);
      visit(others.find(({ logicalId }) => logicalId === id)?.dependencies ?? []);
    }
  };
  visit(resource.dependencies ?? []);
  return found;
}
