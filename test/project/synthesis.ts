import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { App } from 'aws-cdk-lib';

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
}

/** A CloudFormation template. */
export interface CloudFormationTemplate {
  readonly Resources: { readonly [logicalId: string]: Resource };
}

/** One statement of an IAM policy, as the template has it. */
export interface Statement {
  /** `stack/logical id` of the resource that the policy belongs to. */
  readonly at: string;
  readonly actions: string[];
  /** Texts, or JSON of what is resolved at deployment. */
  readonly resources: string[];
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** A new folder that is removed when the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-sagemaker-monitoring-')));
  folders.push(folder);
  return folder;
}

/** The templates of an app, by the ids of its stacks. */
export function templatesOf(app: App): ReadonlyMap<string, CloudFormationTemplate> {
  return new Map(app.synth().stacks.map((stack) => [stack.id, stack.template as CloudFormationTemplate]));
}

/** Every policy document of an app, with the resource that it belongs to. */
export function policiesOf(app: App): { readonly at: string; readonly document: PolicyDocument }[] {
  return [...templatesOf(app)].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([id, resource]) =>
      documentsIn(resource.Properties).map((document) => ({ at: `${stack}/${id}`, document })),
    ),
  );
}

/** Every statement that an identity has. Policies of resources (topics, queues, buckets, trust) are left out. */
export function identityStatements(app: App): Statement[] {
  return [...templatesOf(app)].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources)
      .filter(([, { Type }]) => Type.startsWith('AWS::IAM::'))
      .flatMap(
        ([
          id,
          {
            Properties: { AssumeRolePolicyDocument: _, ...properties },
          },
        ]) =>
          documentsIn(properties).flatMap(({ Statement }) =>
            [Statement].flat().map(({ Action, Resource }) => ({
              at: `${stack}/${id}`,
              actions: [Action ?? []].flat(),
              resources: [Resource ?? []].flat().map((one) => (typeof one === 'string' ? one : JSON.stringify(one))),
            })),
          ),
      ),
  );
}

interface PolicyStatement {
  readonly Action?: string | string[];
  readonly Resource?: unknown;
}

/** A policy as the template has it. */
export interface PolicyDocument {
  readonly Statement: PolicyStatement | PolicyStatement[];
}

function documentsIn(value: unknown): PolicyDocument[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('Statement' in value) return [value as PolicyDocument];
  return Object.values(value).flatMap(documentsIn);
}
