import { readFileSync } from 'node:fs';
import type { Account } from '../account/account';
import { isMembers, type Members, objectMember, optionalText } from '../members';
import { RehearsalError } from '../rehearsal-error';
import { TemplateResolver } from '../semantics/intrinsics/intrinsics';
import type { Assembly, AssemblyStack, FileAsset } from './assembly';
import { CUSTOM_RESOURCE_TYPES, customResource, IDLE_CUSTOM_RESOURCE_TYPES } from './custom-resource';
import { EVENT_RESOURCES } from './event-resources';
import { FUNCTION_RESOURCES } from './function-resources';
import { IDENTITY_RESOURCES } from './identity-resources';
import { PASSIVE_RESOURCES } from './passive-resources';
import type { Creator, DeployedResource, DeploymentContext, Resource } from './resource';
import type { Workshop } from './workshop';

const IGNORED_TYPES = ['AWS::CDK::Metadata', ...IDLE_CUSTOM_RESOURCE_TYPES];

const CREATORS: Readonly<Record<string, Creator>> = {
  ...IDENTITY_RESOURCES,
  ...FUNCTION_RESOURCES,
  ...EVENT_RESOURCES,
  ...PASSIVE_RESOURCES,
  ...Object.fromEntries(CUSTOM_RESOURCE_TYPES.map((type) => [type, customResource])),
};

/** Deploys the stacks of an assembly into an account, dependencies first; throws with the resource's name when one cannot be created. */
export async function deploy(assembly: Assembly, account: Account, workshop: Workshop): Promise<DeployedResource[]> {
  publish(assembly.assets, account);
  const deployed: DeployedResource[] = [];
  const exports: Record<string, unknown> = {};
  for (const stack of assembly.stacks) {
    const context = { account, assets: assembly.assets, workshop, deployed };
    Object.assign(exports, await deployStack(stack, context, exports));
  }
  return deployed;
}

/** Puts file assets where templates look for them; folders are run from where they are. */
function publish(assets: readonly FileAsset[], account: Account): void {
  const pseudo: Record<string, string> = { AccountId: account.id, Region: account.region, Partition: 'aws' };
  for (const { bucket, objectKey, path, packaging } of assets) {
    const name = bucket.replace(/\$\{AWS::(\w+)\}/g, (whole, parameter: string) => pseudo[parameter] ?? whole);
    account.objects.createBucket(name);
    if (packaging === 'file' && !objectKey.endsWith('.json')) {
      account.objects.put({ bucket: name, key: objectKey }, readFileSync(path));
    }
  }
}

/** Returns the stack's exports. */
async function deployStack(
  stack: AssemblyStack,
  context: DeploymentContext & { readonly deployed: DeployedResource[] },
  imported: Members,
): Promise<Record<string, unknown>> {
  const { account, deployed } = context;
  const own = new Map<string, DeployedResource>();
  const resolver = resolverOf(stack, account, { exports: imported, own });
  const resources = objectMember(stack.template, 'Resources', stack.name);
  for (const logicalId of resolver.order()) {
    const type = String(objectMember(resources, logicalId, stack.name).Type);
    if (IGNORED_TYPES.includes(type)) {
      continue;
    }
    const title = stack.titles.get(logicalId) ?? logicalId;
    const properties = resolver.properties(logicalId);
    const resource: Resource = { stackName: stack.name, logicalId, type, title, properties };
    const created = { ...resource, ...(await create(resource, context)) };
    own.set(logicalId, created);
    deployed.push(created);
    for (const name of [created.ref, ...Object.values(created.attributes)].filter((text) => text.startsWith('arn:'))) {
      account.recorder.call(name, title);
    }
  }
  account.recorder.happened('deployment', `stack ${stack.name} is deployed`, `${own.size} resources`);
  return exportsOf(stack, resolver);
}

async function create(resource: Resource, context: DeploymentContext) {
  const creator = CREATORS[resource.type];
  if (creator === undefined) {
    throw new RehearsalError(
      'NotRehearsed',
      `the rehearsal does not know resources of type ${resource.type} (${resource.stackName}/${resource.logicalId})`,
    );
  }
  return creator(resource, context);
}

function resolverOf(
  { name, template }: AssemblyStack,
  account: Account,
  { exports, own }: { readonly exports: Members; readonly own: ReadonlyMap<string, DeployedResource> },
): TemplateResolver {
  const find = (logicalId: string): DeployedResource => {
    const resource = own.get(logicalId);
    if (resource === undefined) {
      throw new RehearsalError('MissingResource', `${name}: '${logicalId}' is not deployed`);
    }
    return resource;
  };
  return new TemplateResolver({
    template,
    pseudo: { region: account.region, accountId: account.id, stackName: name },
    parameters: bootstrapParameters(template),
    exports,
    lookup: {
      ref: (logicalId) => find(logicalId).ref,
      getAtt: (logicalId, attribute) => {
        const { attributes, type } = find(logicalId);
        if (attributes[attribute] === undefined) {
          throw new RehearsalError(
            'NotRehearsed',
            `${name}: the rehearsal does not know attribute '${attribute}' of ${logicalId} (${type})`,
          );
        }
        return attributes[attribute];
      },
    },
  });
}

/** The version of the bootstrap stack, which templates read from a parameter of Systems Manager. */
function bootstrapParameters(template: Members): Record<string, string> {
  return isMembers(template.Parameters) && template.Parameters.BootstrapVersion !== undefined
    ? { BootstrapVersion: '999' }
    : {};
}

function exportsOf({ name, template }: AssemblyStack, resolver: TemplateResolver): Record<string, unknown> {
  const outputs = isMembers(template.Outputs) ? Object.values(template.Outputs).filter(isMembers) : [];
  const entries = outputs.flatMap((output) => {
    const exported = isMembers(output.Export) ? resolver.resolve(output.Export) : undefined;
    const exportName = isMembers(exported) ? optionalText(exported, 'Name', name) : undefined;
    return exportName === undefined ? [] : [[exportName, resolver.resolve(output.Value)]];
  });
  return Object.fromEntries(entries);
}
