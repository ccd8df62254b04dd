import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';

/** One resource of a template, with intrinsic functions as text, and its logical id without the hash. */
export type ReadableResource = ReturnType<Template['findResources']>[string] & { readonly id: string };

/** One statement of a policy, with intrinsic functions as text. */
export interface ReadableStatement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

/** The resources of a stack of one type, with intrinsic functions as text: `${Bucket.Arn}/prefix/*`. */
export function resourcesOf(scope: IConstruct, type: string): ReadableResource[] {
  const resources = Template.fromStack(Stack.of(scope)).findResources(type);
  return Object.entries(resources).map(([id, resource]) => ({
    ...(readable(resource) as ReadableResource),
    id: short(id),
  }));
}

/** The only resource of a type whose id ends so. */
export function resourceOf(scope: IConstruct, type: string, idEnd = ''): ReadableResource {
  const found = resourcesOf(scope, type).filter(({ id }) => id.endsWith(idEnd));
  expect(found.map(({ id }) => id)).toHaveLength(1);
  return found[0];
}

/** The rules of a stack on the outcomes of its monitors, but for that of the pages, which every stack has. */
export function rulesOf(scope: IConstruct): ReadableResource[] {
  return resourcesOf(scope, 'AWS::Events::Rule').filter(({ id }) => !id.startsWith('PagesRule'));
}

/** The only one of these rules. */
export function ruleOf(scope: IConstruct): ReadableResource {
  const found = rulesOf(scope);
  expect(found.map(({ id }) => id)).toHaveLength(1);
  return found[0];
}

/** What a role allows by its inline policies; the role is named by the end of its logical id without the hash. */
export function statementsOfRole(scope: IConstruct, idEnd: string): ReadableStatement[] {
  const { Properties } = resourceOf(scope, 'AWS::IAM::Role', idEnd);
  const policies: { PolicyDocument: { Statement: ReadableStatement[] } }[] = Properties.Policies;
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** What a role allows by its inline policies, a statement for each resource, however the statements are merged. */
export function permissionsOfRole(scope: IConstruct, idEnd: string): (ReadableStatement & { Resource: string })[] {
  return statementsOfRole(scope, idEnd).flatMap((statement) =>
    [statement.Resource].flat().map((Resource) => ({ ...statement, Resource })),
  );
}

/** The ids of the resources that exist before the only one of a type: it depends on them or refers to them, or what it waits for does. */
export function awaitedBy(scope: IConstruct, type: string, idEnd = ''): string[] {
  const resources: { readonly [id: string]: RawResource } = Template.fromStack(Stack.of(scope)).toJSON().Resources;
  const meant = Object.keys(resources).filter((id) => resources[id].Type === type && short(id).endsWith(idEnd));
  expect(meant).toHaveLength(1);
  const found = new Set(meant);
  for (const id of found) {
    for (const next of directlyAwaited(resources[id])) {
      if (next in resources) found.add(next);
    }
  }
  return [...found].slice(1).map(short);
}

interface RawResource {
  readonly Type: string;
  readonly DependsOn?: string | string[];
}

function directlyAwaited(resource: RawResource): string[] {
  const references = JSON.stringify(resource).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g);
  return [...references].map(([, id]) => id).concat(resource.DependsOn ?? []);
}

/** A value of a template in which references are text. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const [[key, argument], ...others] = [...Object.entries(value), [undefined, undefined]];
  if (others.length > 1) return mapped(value);
  if (key === 'Ref') return `\${${short(argument)}}`;
  if (key === 'Fn::GetAtt') return `\${${short(argument[0])}.${argument[1]}}`;
  if (key === 'Fn::Join') return (readable(argument[1]) as unknown[]).map(asText).join(argument[0]);
  return mapped(value);
}

function mapped(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, key === 'DependsOn' ? child.map(short) : readable(child)]),
  );
}

function asText(part: unknown): string {
  return typeof part === 'string' ? part : JSON.stringify(part);
}

function short(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '').replace(/^SageMakerMonitoring/, '');
}
