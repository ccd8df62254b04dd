import * as fs from 'node:fs';
import * as path from 'node:path';
import { flattened } from '../../lib/core/flattened';
import { type Boundary, boundaryOf } from './boundary';
import { DEPLOYMENT_ACTIONS } from './deployment';
import { purposeOf } from './purposes';
import type { DocumentedRole, Statement } from './roles';

/** What the page is made from. */
export interface Permissions {
  /** Roles of the examples, by the engine that they run on. */
  readonly shown: { readonly [engine: string]: readonly DocumentedRole[] };
  /** Roles of every app. */
  readonly all: readonly DocumentedRole[];
  /** Of all resources of every app. */
  readonly resourceTypes: readonly string[];
}

/** What `docs/permissions.md` has to say. */
export function permissionsPage({ shown, all, resourceTypes }: Permissions): string {
  const engines = Object.entries(shown).map(([engine, roles]) =>
    [`## On \`${engine}\``, ...roles.map(section)].join('\n\n'),
  );
  const roleNames = fs.readFileSync(path.join(__dirname, 'role-names.ts'), 'utf8').trim();
  return PAGE.replace('{roleNames}', () => roleNames)
    .replace('{boundary}', () => writtenBoundary(boundaryOf(all)))
    .replace('{engines}', () => engines.join('\n\n'))
    .replace('{deployment}', () => deploymentRows(resourceTypes).join('\n'));
}

/** One statement on a line: the text is to be pasted, and read. */
export function writtenBoundary({ Version, Statement }: Boundary): string {
  const statements = Statement.map((statement) => `    ${JSON.stringify(statement)}`).join(',\n');
  return `{\n  "Version": "${Version}",\n  "Statement": [\n${statements}\n  ]\n}`;
}

function section({ path: place, service, description, statements }: DocumentedRole): string {
  const rows = statements.map((statement) => `| ${cellsOf(statement).join(' | ')} |`);
  const intro = `\`${readable(place)}\`, for \`${service}\`: ${readable(description).replace(/ \(role\)$/, '')}.`;
  return [intro, ['| actions | on | if | for |', '|---|---|---|---|', ...rows].join('\n')].join('\n\n');
}

function cellsOf({ Action, Resource, Condition }: Statement): string[] {
  const actions = [Action].flat();
  const resources = [Resource].flat().map((resource) => readable(flattened(resource)));
  const purposes = [...new Set(actions.map(purposeOf))];
  return [codes(actions), codes(resources), codes(conditionsOf(Condition)), purposes.join(', ')];
}

function conditionsOf(condition: Statement['Condition'] = {}): string[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const texts = [values].flat().map((value) => readable(flattened(value)));
      return `${key} ${operator === 'StringLike' ? 'like' : 'is'} ${texts.join(' or ')}`;
    }),
  );
}

function codes(texts: readonly string[]): string {
  return texts.map((text) => `\`${text}\``).join('<br>');
}

/** Without the hashes of logical ids and of the name of the stack. */
function readable(text: string): string {
  return text
    .replace(/<(\w+?)[0-9A-F]{8}(\.\w+)?>/g, '<$1$2>')
    .replace(/-[0-9a-f]{8}(?=-\*|$)/g, '-{hash}')
    .replace(/[0-9a-f]{64}/g, '{hash}')
    .replaceAll('<AWS::Partition>', 'aws')
    .replaceAll('<AWS::Region>:<AWS::AccountId>', '{region}:{account}')
    .replaceAll('<AWS::Region>', '{region}')
    .replaceAll('<AWS::AccountId>', '{account}');
}

function deploymentRows(resourceTypes: readonly string[]): string[] {
  return resourceTypes.map((type) => `| \`${type}\` | ${codes(deploymentActions(type)).replaceAll('<br>', ' ')} |`);
}

function deploymentActions(type: string): readonly string[] {
  if (type.startsWith('Custom::')) return ['lambda:InvokeFunction'];
  const actions = DEPLOYMENT_ACTIONS[type];
  if (actions === undefined)
    throw new Error(`UnknownType: nothing in tools/permissions/deployment.ts is said of ${type}`);
  return actions;
}

const PAGE = `# Permissions

Every role that this library makes, what it is allowed and why, and what has to be allowed to deploy it. Written by \`npm run permissions -- --write\` from the example apps; a test holds that it is
current. Names in angle brackets are resources of the same stack.

## A permissions boundary

All roles of this library work under this policy, whatever the engine, the kinds of monitor and the keys. It limits actions; narrow \`Resource\` to your buckets, keys and topics where you know them. The rehearsal
runs apps of both engines under it, with a path and a prefix of their roles, and fails without any statement that its stand-in for AWS evaluates (it does not evaluate Ec2, Ecr, Kms, Logs, Sqs and Xray), naming the action. What your model itself calls comes on top of it: the role of a \`Model\` has the
boundary, too. \`npx cdk-sagemaker-monitoring rehearse --boundary boundary.json\` tries your own on your app.

\`\`\`json
{boundary}
\`\`\`

It is made as a managed policy, which may have 6,144 characters ([quotas](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html)), white space not counted. In \`cdk.json\`, its name stands for the whole app, and \`cdk bootstrap --custom-permissions-boundary\` asks for it
account-wide:

\`\`\`json
{ "context": { "@aws-cdk/core:permissionsBoundary": { "name": "monitoring-boundary" } } }
\`\`\`

Where roles need a path and a prefix as well, an aspect gives both to all roles of an app: \`Aspects.of(app).add(new RoleNames('/monitoring/', 'risk-'))\`.

\`\`\`ts
{roleNames}
\`\`\`

{engines}

## To deploy

CloudFormation, or the role that it is given (\`cdk bootstrap --cloudformation-execution-policies\`), calls these actions for the resources of an app, on both engines. It is what the registry of CloudFormation says of each
type, without properties that this library never sets. Where roles have to have a path or a boundary, \`iam:CreateRole\` and \`iam:PassRole\` are limited by them.

| resource | actions |
|---|---|
{deployment}
`;
