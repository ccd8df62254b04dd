import type { Account } from '../account/account';
import { CloudError } from '../cloud-error';
import { isMembers, type Members, objectMember } from '../members';
import { TemplateResolver } from '../semantics/intrinsics/intrinsics';
import { ServiceError } from '../stand-in/service';
import type { AssemblyStack } from './assembly';
import { CustomResourceFailure } from './custom-resource';
import { exportRefusal, exportsOf, importsOf } from './exports';
import { type Created, type DeployedResource, type DeploymentContext, type Resource, UpdateRefusal } from './resource';
import { changedProperties, givenName, isIgnored, isReplaced, resourceType } from './resource-types';
import { deletionOrder, needs, type Stack, type StackEvent, type StackOutcome, type StackStatus } from './stack';

/** What an operation did to one logical id, so that it can be undone or cleaned up. */
interface Step {
  readonly before?: DeployedResource;
  /** absent where an update in place failed half-way */
  readonly after?: DeployedResource;
  /** properties that a failed update had asked for */
  readonly attempted?: Resource;
}

/** What an operation works with. */
export interface StackOperationProps {
  readonly stack: Stack;
  readonly context: DeploymentContext;
  /** all stacks of the account: some export what others import */
  readonly stacks: readonly Stack[];
}

/**
 * One operation of CloudFormation on one stack: what exists is created, updated or replaced in dependency order; what is replaced or gone
 * is deleted afterwards, in reverse order; a failure rolls all of it back. One resource is worked on at a time.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
export class StackOperation {
  private readonly events: StackEvent[] = [];
  private readonly steps: Step[] = [];
  private failure?: Error;

  public constructor(private readonly props: StackOperationProps) {}

  /** Creates the stack, or updates the one that exists. Without `rollback` a failure leaves all as it is. */
  public async deploy(template: AssemblyStack, { rollback }: { readonly rollback: boolean }): Promise<StackOutcome> {
    const { stack } = this.props;
    const isNew = stack.resources.size === 0;
    const resolver = this.resolverOf(template);
    try {
      await this.work(template, resolver);
      this.putExports(template, resolver);
    } catch (error) {
      this.failure = asError(error);
      if (!rollback) {
        return this.outcome(isNew ? 'CREATE_FAILED' : 'UPDATE_ROLLBACK_FAILED');
      }
      return isNew ? this.rollbackOfCreation() : this.rollbackOfUpdate();
    }
    await this.cleanUp(resolver);
    return this.outcome(isNew ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
  }

  /** Deletes the stack; what cannot be deleted, and all that it needs, stays. */
  public async destroy(): Promise<StackOutcome> {
    const { stack, stacks } = this.props;
    const { resources } = stack;
    const refusal = exportRefusal(stack, {}, stacks);
    if (refusal !== undefined) {
      this.failure = new UpdateRefusal(refusal);
      return this.outcome('DELETE_FAILED');
    }
    const kept = await this.deleteAll([...resources.values()], 'deletionPolicy');
    for (const id of [...resources.keys()].filter((logicalId) => !kept.has(logicalId))) {
      resources.delete(id);
    }
    return this.outcome(kept.size === 0 ? 'DELETE_COMPLETE' : 'DELETE_FAILED');
  }

  private async work(template: AssemblyStack, resolver: TemplateResolver): Promise<void> {
    const { stack, context } = this.props;
    const resources = objectMember(template.template, 'Resources', stack.name);
    for (const logicalId of resolver.order()) {
      const { Type: type, DeletionPolicy, UpdateReplacePolicy } = objectMember(resources, logicalId, stack.name);
      if (!isIgnored(String(type))) {
        const title = template.titles.get(logicalId) ?? logicalId;
        const properties = resolver.properties(logicalId);
        const after = await this.workOn({
          stackName: stack.name,
          logicalId,
          type: String(type),
          title,
          properties,
          dependencies: resolver.dependencies(logicalId),
          deletionPolicy: String(DeletionPolicy ?? 'Delete'),
          updateReplacePolicy: String(UpdateReplacePolicy ?? 'Delete'),
        });
        this.put(after);
        name(after, context.account);
      }
    }
  }

  private putExports(template: AssemblyStack, resolver: TemplateResolver): void {
    const { stack, stacks } = this.props;
    const exports = exportsOf(template, resolver);
    const refusal = exportRefusal(stack, exports, stacks);
    if (refusal !== undefined) {
      throw new UpdateRefusal(refusal);
    }
    stack.exports = exports;
    stack.imports = importsOf(template.template, resolver);
  }

  /** Creates, updates, replaces or leaves one resource. */
  private async workOn(wanted: Wanted): Promise<DeployedResource> {
    const before = this.props.stack.resources.get(wanted.logicalId);
    if (before === undefined) {
      return this.create(wanted, undefined);
    }
    if (before.type !== wanted.type) {
      throw this.failed('UPDATE_FAILED', wanted, new UpdateRefusal('Update of resource type is not permitted'));
    }
    const changed = changedProperties(before, wanted);
    const current = { ...wanted, ...(before.generation === undefined ? {} : { generation: before.generation }) };
    if (changed.length === 0) {
      return { ...before, ...current };
    }
    return isReplaced(wanted.type, before.properties, wanted.properties)
      ? this.create(wanted, before)
      : this.update(current, before);
  }

  private async create(asked: Wanted, before: DeployedResource | undefined): Promise<DeployedResource> {
    const wanted = this.counted(asked);
    const verb = before === undefined ? 'CREATE' : 'UPDATE';
    try {
      this.refuseTakenName(wanted);
      const created = await resourceType(wanted).create(wanted, this.props.context);
      return this.done(`${verb}_COMPLETE`, wanted, { before, created });
    } catch (error) {
      if (error instanceof CustomResourceFailure) {
        this.steps.push({ after: { ...wanted, ref: error.physicalResourceId, attributes: {} } });
      }
      throw this.failed(`${verb}_FAILED`, wanted, error);
    }
  }

  /** What is replaced or no longer wanted exists until the end of the update, and keeps its name until then. */
  private refuseTakenName(wanted: Wanted): void {
    const name = givenName(wanted);
    const existing = [...this.props.context.deployed, ...this.steps.flatMap(({ before }) => before ?? [])];
    const owner = name === undefined ? undefined : existing.find((resource) => givenName(resource) === name);
    if (owner !== undefined) {
      throw new ServiceError('AlreadyExists', `${owner.ref} already exists in stack ${owner.stackName}`);
    }
  }

  private counted(wanted: Wanted): Wanted {
    const { creations } = this.props.stack;
    const generation = creations.get(wanted.logicalId) ?? 0;
    creations.set(wanted.logicalId, generation + 1);
    return generation === 0 ? wanted : { ...wanted, generation };
  }

  private async update(wanted: Wanted, before: DeployedResource): Promise<DeployedResource> {
    const { create, update } = resourceType(wanted);
    try {
      const { context } = this.props;
      const created = await (update === undefined ? create(wanted, context) : update(wanted, before, context));
      return this.done('UPDATE_COMPLETE', wanted, { before, created });
    } catch (error) {
      if (!(error instanceof UpdateRefusal)) {
        this.steps.push({ before, attempted: wanted });
      }
      throw this.failed('UPDATE_FAILED', wanted, error);
    }
  }

  private done(status: string, wanted: Wanted, { before, created }: Done): DeployedResource {
    const after = { ...wanted, ...created };
    this.steps.push({ ...(before && { before }), after });
    this.event({ logicalId: wanted.logicalId, status, physicalId: created.ref });
    return after;
  }

  /** Deletes what was replaced and what the template has no more; what cannot be deleted is told, and forgotten. */
  private async cleanUp(resolver: TemplateResolver): Promise<void> {
    const { resources } = this.props.stack;
    const wanted = new Set(resolver.order());
    const removed = [...resources.values()].filter(({ logicalId }) => !wanted.has(logicalId));
    for (const { logicalId } of removed) {
      resources.delete(logicalId);
    }
    const replaced = this.steps.flatMap(({ before, after }) =>
      before !== undefined && after !== undefined && before.ref !== after.ref ? [before] : [],
    );
    await this.deleteAll(replaced, 'updateReplacePolicy');
    await this.deleteAll(removed, 'deletionPolicy');
  }

  private async rollbackOfCreation(): Promise<StackOutcome> {
    const { resources } = this.props.stack;
    const made = this.steps.flatMap(({ after }) => after ?? []);
    const kept = await this.deleteAll(made, undefined);
    resources.clear();
    return this.outcome(kept.size === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED');
  }

  /** Updates back what was updated, in the order in which it was, then deletes what the operation had made. */
  private async rollbackOfUpdate(): Promise<StackOutcome> {
    const { stack } = this.props;
    const made: DeployedResource[] = [];
    let isComplete = true;
    for (const { before, after, attempted } of this.steps) {
      if (before !== undefined) {
        isComplete = (await this.restore(before, after ?? attempted)) && isComplete;
      }
      if (after !== undefined && (before === undefined || stack.resources.get(after.logicalId)?.ref !== after.ref)) {
        made.push(after);
      }
      if (after !== undefined && before === undefined) {
        stack.resources.delete(after.logicalId);
      }
    }
    await this.deleteAll(made, undefined);
    return this.outcome(isComplete ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED');
  }

  /** Puts a resource back to what it was; one that was replaced is still there. Tells whether that worked. */
  private async restore(before: DeployedResource, now: DeployedResource | Resource | undefined): Promise<boolean> {
    const { context } = this.props;
    const current = { ...before, ...now } as DeployedResource;
    const isReplacement = now !== undefined && isReplaced(before.type, before.properties, now.properties);
    try {
      if (!isReplacement) {
        const { create, update } = resourceType(before);
        const created = await (update === undefined ? create(before, context) : update(before, current, context));
        this.put({ ...before, ...created });
        this.event({ logicalId: before.logicalId, status: 'UPDATE_COMPLETE', physicalId: created.ref });
      } else {
        this.put(before);
      }
      return true;
    } catch (error) {
      this.failed('UPDATE_FAILED', before, error);
      return false;
    }
  }

  /** Deletes in reverse dependency order; returns the logical ids that are left: what failed, and what that needs. */
  private async deleteAll(
    resources: readonly DeployedResource[],
    policy: 'deletionPolicy' | 'updateReplacePolicy' | undefined,
  ): Promise<Set<string>> {
    const kept = new Set<string>();
    for (const resource of deletionOrder(resources)) {
      const { logicalId, ref: physicalId } = resource;
      if (kept.has(logicalId)) {
        continue;
      }
      if (policy !== undefined && resource[policy] === 'Retain') {
        this.event({ logicalId, status: 'DELETE_SKIPPED', physicalId });
      } else if (await this.delete(resource)) {
        this.event({ logicalId, status: 'DELETE_COMPLETE', physicalId });
      } else {
        kept.add(logicalId);
        for (const needed of needs(resource, resources)) {
          kept.add(needed);
        }
      }
    }
    return kept;
  }

  private async delete(resource: DeployedResource): Promise<boolean> {
    try {
      const { remove } = resourceType(resource);
      await (remove === undefined ? resource.undo?.() : remove(resource, this.props.context));
      return true;
    } catch (error) {
      this.failed('DELETE_FAILED', resource, error);
      return false;
    }
  }

  private put(resource: DeployedResource): void {
    this.props.stack.resources.set(resource.logicalId, resource);
  }

  private failed(status: string, { logicalId }: Resource, error: unknown): Error {
    const { code, message } =
      error instanceof ServiceError ? error : { code: undefined, message: asError(error).message };
    const reason = code === undefined ? message : `${code}: ${message}`;
    this.event({ logicalId, status, reason });
    this.props.context.account.recorder.problem('deployment', `${logicalId}: ${status}`, reason);
    const failure =
      error instanceof ServiceError
        ? Object.assign(new Error(`${logicalId}: ${reason}`), { cause: error })
        : asError(error);
    this.failure ??= failure;
    return failure;
  }

  private event(event: Omit<StackEvent, 'time'>): void {
    this.events.push({ time: this.props.context.account.recorder.time, ...event });
  }

  private outcome(status: StackStatus): StackOutcome {
    const { stack, context } = this.props;
    const failure = this.failure;
    this.event({ logicalId: stack.name, status, ...(failure && { reason: failure.message }) });
    context.account.recorder.happened(
      'deployment',
      `stack ${stack.name}: ${status}`,
      `${stack.resources.size} resources`,
    );
    return {
      stackName: stack.name,
      status,
      events: this.events,
      ...(failure && { reason: failure.message, error: failure }),
    };
  }

  private resolverOf({ template }: AssemblyStack): TemplateResolver {
    const { stack, stacks, context } = this.props;
    const { account } = context;
    const find = (logicalId: string): DeployedResource => {
      const resource = stack.resources.get(logicalId);
      if (resource === undefined) {
        throw new CloudError('MissingResource', `${stack.name}: '${logicalId}' is not deployed`);
      }
      return resource;
    };
    return new TemplateResolver({
      template,
      pseudo: { region: account.region, accountId: account.id, stackName: stack.name, stackId: stack.id },
      parameters: bootstrapParameters(template),
      exports: Object.assign({}, ...stacks.map(({ exports }) => exports)),
      lookup: {
        ref: (logicalId) => find(logicalId).ref,
        getAtt: (logicalId, attribute) => attributeOf(find(logicalId), attribute),
      },
    });
  }
}

/** A resource as its template wants it. */
type Wanted = Omit<DeployedResource, keyof Created>;

interface Done {
  readonly before: DeployedResource | undefined;
  readonly created: Created;
}

function attributeOf({ attributes, logicalId, type, stackName }: DeployedResource, attribute: string): string {
  const value = attributes[attribute];
  if (value === undefined) {
    throw new CloudError(
      'NotRehearsed',
      `${stackName}: the rehearsal does not know attribute '${attribute}' of ${logicalId} (${type})`,
    );
  }
  return value;
}

/** From now on the resource goes by its title. */
function name({ ref, attributes, title }: DeployedResource, account: Account): void {
  for (const arn of [ref, ...Object.values(attributes)].filter((text) => text.startsWith('arn:'))) {
    account.recorder.call(arn, title);
  }
}

/** The version of the bootstrap stack, which templates read from a parameter of Systems Manager. */
function bootstrapParameters(template: Members): Record<string, string> {
  return isMembers(template.Parameters) && template.Parameters.BootstrapVersion !== undefined
    ? { BootstrapVersion: '999' }
    : {};
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
