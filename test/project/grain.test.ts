import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Aspects, CfnResource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import * as ts from 'typescript';
import { APP_NAMES, APPS } from './apps';
import { nodesOf, parsed, placeOf, type SourceFile, sourceFiles } from './source-files';
import { templatesOf, temporaryFolder } from './synthesis';

/** The constructs of the CDK that tools, aspects and users ask for, by the resource that stands inside each. */
const OWN_CLASSES: { readonly [type: string]: abstract new (...args: never[]) => IConstruct } = {
  'AWS::CloudWatch::Alarm': cloudwatch.Alarm,
  'AWS::Events::Rule': events.Rule,
  'AWS::IAM::Policy': iam.Policy,
  'AWS::IAM::Role': iam.Role,
  'AWS::Lambda::Function': lambda.Function,
  'AWS::Logs::LogGroup': logs.LogGroup,
  'AWS::SNS::Topic': sns.Topic,
  'AWS::SQS::Queue': sqs.Queue,
  'AWS::StepFunctions::StateMachine': sfn.StateMachine,
};

const appOf = (name: keyof typeof APPS, context?: { [key: string]: unknown }) =>
  APPS[name]({ outdir: temporaryFolder(), context });

const constructsOf = (app: App) => app.node.findAll();

const pathsOfRoles = (app: App) =>
  constructsOf(app)
    .filter((construct) => construct instanceof iam.Role)
    .map(({ node }) => node.path);

/** Every role in the templates of an app. */
function rolesOf(app: App): { readonly [name: string]: unknown }[] {
  const resources = [...templatesOf(app).values()].flatMap((template) => Object.values(template.Resources));
  return resources.filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties);
}

describe.each(APP_NAMES)('the constructs of %s', (name) => {
  test("are the CDK's own, or subclasses of them", () => {
    const resources = constructsOf(appOf(name)).filter((construct) => CfnResource.isCfnResource(construct));
    const strangers = resources.filter((resource) => {
      const Class = OWN_CLASSES[resource.cfnResourceType];
      return Class !== undefined && !(resource.node.scope instanceof Class);
    });
    expect(strangers.map(({ node }) => node.path)).toEqual([]);
    expect(resources.some(({ cfnResourceType }) => cfnResourceType in OWN_CLASSES)).toBe(true);
  });

  test('leave the roles to those that the app is given, and report what these need', () => {
    const paths = pathsOfRoles(appOf(name));
    const usePrecreatedRoles = Object.fromEntries(paths.map((path, index) => [path, `given-${index}`]));
    const scope = new App();
    iam.Role.customizeRoles(scope, { usePrecreatedRoles });
    const assembly = appOf(name, scope.node.getAllContext()).synth();
    const types = assembly.stacks.flatMap(({ template }) =>
      Object.values(template.Resources as { [id: string]: { Type: string } }).map(({ Type }) => Type),
    );
    expect(types.filter((type) => type.startsWith('AWS::IAM::'))).toEqual([]);
    const { roles } = JSON.parse(readFileSync(join(assembly.directory, 'iam-policy-report.json'), 'utf8'));
    const needs = new Map(
      (roles as ReportedRole[]).map((role) => [role.roleConstructPath, role.identityPolicyStatements]),
    );
    expect(paths.filter((path) => !needs.get(path)?.length)).toEqual([]);
  });

  test('take a permissions boundary, a path and the beginning of their names', () => {
    const app = appOf(name);
    const boundary = 'arn:aws:iam::111122223333:policy/boundary';
    iam.PermissionsBoundary.of(app).apply(iam.ManagedPolicy.fromManagedPolicyArn(app, 'Boundary', boundary));
    Aspects.of(app).add({ visit: placeRole });
    const roles = rolesOf(app);
    expect(roles.length).toBeGreaterThan(0);
    for (const role of roles) {
      expect(role).toMatchObject({ PermissionsBoundary: boundary, Path: '/monitoring/' });
      expect(role.RoleName).toMatch(/^risk-/);
    }
  });
});

/** A role in the CDK's report. */
interface ReportedRole {
  readonly roleConstructPath: string;
  readonly identityPolicyStatements: readonly unknown[];
}

/** What a platform team does to the roles of all apps. */
function placeRole(construct: IConstruct): void {
  if (!(construct instanceof iam.CfnRole)) return;
  construct.path = '/monitoring/';
  construct.roleName = `risk-${construct.node.addr.slice(-12)}`;
}

const MODULES_OF_CDK = /^(aws-cdk-lib|constructs)(\/|$)/;

/** Ways around what TypeScript lets a caller see: of them one at most finds a private member. */
const DETOURS = ['Reflect', 'prototype', 'defineProperty', 'defineProperties', 'getPrototypeOf', 'setPrototypeOf'];

/** Members that this library itself has declared as internal. */
const OWN_INTERNALS = new Set(
  sourceFiles('lib').flatMap(
    ({ text }) => text.match(/(?<=(?:public|protected|readonly) (?:static |abstract |get )?)_\w+/g) ?? [],
  ),
);

const importsOf = ({ ast }: SourceFile) =>
  nodesOf(ast, ts.isImportDeclaration).map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);

/** Whether something is said to have members that its type does not show. */
const isShape = ({ type }: ts.AsExpression) => ts.isTypeLiteralNode(type) && type.members.some(ts.isPropertySignature);

/** Where a construct reaches for what the CDK does not offer to its users. */
function reachesInside(file: SourceFile): string[] {
  const modules = importsOf(file).filter((module) => MODULES_OF_CDK.test(module));
  if (modules.length === 0) return [];
  const isInside = (name: string) => DETOURS.includes(name) || (name.startsWith('_') && !OWN_INTERNALS.has(name));
  const names = nodesOf(file.ast, ts.isPropertyAccessExpression).flatMap(({ name, expression }) => [name, expression]);
  const texts = nodesOf(file.ast, ts.isStringLiteral).filter(({ parent }) => ts.isElementAccessExpression(parent));
  const reached = [...names.filter(ts.isIdentifier), ...texts].filter(({ text }) => isInside(text));
  const casts = nodesOf(file.ast, ts.isAsExpression).filter(isShape);
  const deep = modules.filter((module) => /\/(lib|private)\//.test(module));
  return [
    ...[...reached, ...casts].map((node) => placeOf(file, node)),
    ...deep.map((module) => `${file.path}: ${module}`),
  ];
}

test('no construct of the library uses what the CDK keeps to itself', () => {
  expect(sourceFiles('lib').flatMap(reachesInside)).toEqual([]);
});

test.each([
  ["Reflect.get(role, 'inlinePolicies');"],
  ["role['_precreatedRole'];"],
  ['role._precreatedRole;'],
  ['(role as unknown as { defaultPolicy: object }).defaultPolicy;'],
  ["Object.defineProperty(iam.CfnRole.prototype, 'renderProperties', {});"],
  ["import { getPrecreatedRoleConfig } from 'aws-cdk-lib/core/lib/helpers-internal';"],
])('a construct that does is found: %s', (line) => {
  const file = parsed('lib/core/one.ts', `import * as iam from 'aws-cdk-lib/aws-iam';\n${line}`);
  expect(reachesInside(file)).not.toEqual([]);
});
