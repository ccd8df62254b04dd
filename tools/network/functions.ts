import type { Permissions } from '../permissions/page';
import type { DocumentedRole } from '../permissions/roles';

/** A way from a VPC to one service of AWS. */
export interface Way {
  /** as the name of the service ends: `com.amazonaws.{region}.` comes before it */
  readonly service: string;
  readonly kind: 'gateway' | 'interface';
}

/**
 * What the functions call, by the beginning of their actions, and the endpoint that leads there. Undefined is what they do not call themselves: Lambda writes logs
 * and traces, makes network interfaces and fills the dead-letter queue, S3, SNS and DynamoDB ask KMS on behalf of the roles, and a role is passed by a call of SageMaker.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
const WAYS: { readonly [prefix: string]: Way | undefined } = {
  cloudwatch: { service: 'monitoring', kind: 'interface' },
  dynamodb: { service: 'dynamodb', kind: 'gateway' },
  ec2: undefined,
  events: { service: 'events', kind: 'interface' },
  iam: undefined,
  kms: undefined,
  logs: undefined,
  s3: { service: 's3', kind: 'gateway' },
  sagemaker: { service: 'sagemaker.api', kind: 'interface' },
  sns: { service: 'sns', kind: 'interface' },
  sqs: undefined,
  states: { service: 'states', kind: 'interface' },
  xray: undefined,
};

/** One function, and what it reaches. */
export interface NetworkedFunction {
  readonly description: string;
  readonly feature: string;
  readonly ways: readonly Way[];
}

const FEATURES = [
  '`serverless()`',
  '`Predictor`',
  '`modelMonitor()`',
  '`ViolationDigest`',
  '`RetrainingTrigger`',
  '`MonitoringDashboard`',
];

/** The functions of the apps that docs/permissions.md shows, each once, by feature. */
export function networkedFunctions({ shown }: Pick<Permissions, 'shown'>): NetworkedFunction[] {
  const functions = Object.entries(shown).flatMap(([engine, roles]) =>
    roles.filter(({ service }) => service === 'lambda.amazonaws.com').map((role) => networked(engine, role)),
  );
  const each = new Map(functions.map((one) => [`${one.feature}\n${one.description}`, one]));
  return [...each.values()].sort((a, b) => FEATURES.indexOf(a.feature) - FEATURES.indexOf(b.feature));
}

function networked(engine: string, role: DocumentedRole): NetworkedFunction {
  const actions = role.statements.flatMap(({ Action }) => Action);
  const called = answers(role) ? ['s3:PutObject', ...actions] : actions;
  const ways = new Map(called.map(wayOf).flatMap((way): [string, Way][] => (way ? [[way.service, way]] : [])));
  return {
    description: role.description.replace(/^Model monitoring: ([a-z])| \(role\)$/g, (_, first = '') =>
      first.toUpperCase(),
    ),
    feature: featureOf(engine, role, actions),
    ways: [...ways.values()].sort((a, b) => a.service.localeCompare(b.service)),
  };
}

function wayOf(action: string): Way | undefined {
  if (action === 'sagemaker:InvokeEndpoint') return { service: 'sagemaker.runtime', kind: 'interface' };
  const [prefix] = action.split(':');
  if (!(prefix in WAYS))
    throw new Error(`UnknownService: nothing in tools/network/functions.ts says how ${action} is reached`);
  return WAYS[prefix];
}

function featureOf(engine: string, { path }: DocumentedRole, actions: readonly string[]): string {
  if (actions.includes('sagemaker:InvokeEndpoint')) return '`Predictor`';
  if (path.includes('Digest')) return '`ViolationDigest`';
  if (path.endsWith('Widgets/FunctionRole')) return '`MonitoringDashboard`';
  return path.endsWith('/GateRole') ? '`RetrainingTrigger`' : `\`${engine}\``;
}

/** Whether CloudFormation gets an answer of it, at an address of S3's. */
function answers({ description }: DocumentedRole): boolean {
  return /deployment|CloudFormation/.test(description);
}
