import { RemovalPolicy, type Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ARCHITECTURE, KEY, SECURITY_GROUP, VPC } from './cdk-shapes';
import { allowServices } from './key-policy';
import { numberProblems } from './limits';
import { BOOLEAN, list, NUMBER, oneOf, optional, requireProps, type Shapes, struct } from './prop-shapes';
import { stackSingleton } from './stack-singleton';
import { type Problem, throwIfAny, ValidationError } from './validation-error';
import { type VpcPlacement, vpcProblems } from './vpc-props';

/** Props of `StackResources`. */
export interface StackResourcesProps {
  /**
   * Encrypts what handlers and state machines log, the dead-letter queue, and the table of retraining leases. The policy of a key that is made in the
   * app gets what CloudWatch Logs and EventBridge need; that of any other has to have it, and synthesis warns with the statements.
   *
   * @default - keys that AWS owns
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long log events are kept.
   *
   * @default RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What becomes of the log groups when the stack goes.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * Whether log groups of state machines have names below `/aws/vendedlogs/states/`. Step Functions lists each other one in a resource policy of the account and region
   * that has room for some forty, so that in an account with dozens of machines a new stack may fail. In a stack that is deployed, a change makes other log groups: what the old ones hold goes as `logRemovalPolicy` says.
   *
   * @default false - names that CloudFormation makes
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
   */
  readonly vendedLogs?: boolean;

  /**
   * Whether each run leaves a page for people, `report.html` beside its `report.json`: one function of the stack draws it, which costs about 0.04 USD a month for each monitor
   * that runs hourly. Runs whose events go to an `eventBus` of another account or region leave none.
   *
   * @default true
   */
  readonly runPages?: boolean;

  /**
   * How many groups of captured objects the runs of the stack's monitors on `MonitoringEngine.serverless()` read at the same time, all together, 1 to 10,000 and one at least for each
   * monitor: as many Lambda functions may run at once, of the pool that an account's functions share. It is divided among the monitors, by what their `maxConcurrency` asks for, so
   * that windows with much traffic take longer where it is small. Baselines at a deployment, and runs that are started by hand, come on top.
   *
   * @default 50 for monitors that do not say their own, less what those take that do; one for each monitor where that is more
   */
  readonly maxConcurrency?: number;

  /**
   * The VPC that every function of this library in the stack is attached to. They call AWS and nothing else: `docs/network.md` lists the VPC endpoints that they
   * need, feature by feature; with these, no NAT gateway is needed. Functions are made after all that is below the VPC, as endpoints by `vpc.addInterfaceEndpoint`.
   *
   * @default - none: Lambda's own network
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Which subnets of `vpc`, 1 to 16; none of them public, as functions have no public address.
   *
   * @default - those of the VPC's default strategy: private ones, or else isolated ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Security groups of the functions in `vpc`, 1 to 5.
   *
   * @default - one for all functions of the stack, which lets them out by HTTPS alone
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The processors that the functions run on. That results are equal to the last digit was measured on x86.
   *
   * @default Architecture.X86_64
   */
  readonly architecture?: lambda.Architecture;
}

const PROPS: Shapes<StackResourcesProps> = {
  encryptionKey: optional(KEY),
  logRetention: optional(NUMBER),
  logRemovalPolicy: optional(oneOf(RemovalPolicy)),
  vendedLogs: optional(BOOLEAN),
  runPages: optional(BOOLEAN),
  maxConcurrency: optional(NUMBER),
  vpc: optional(VPC),
  vpcSubnets: optional(struct({})),
  securityGroups: optional(list(SECURITY_GROUP)),
  architecture: optional(ARCHITECTURE),
};

/**
 * Says what the resources are like that all monitors of a stack share, on both engines: their functions and how many of these run at once, logs, dead-letter queue, the table of retraining
 * leases.
 *
 * Make one in a stack, before its first monitor. Buckets have keys of their own: `reportsBucket` of a monitor, `DataCapture`.
 *
 * @example
 * import * as kms from 'aws-cdk-lib/aws-kms';
 * import * as logs from 'aws-cdk-lib/aws-logs';
 *
 * declare const endpoint: Endpoint;
 *
 * new StackResources(this, 'Shared', {
 *   encryptionKey: new kms.Key(this, 'Key', { enableKeyRotation: true }),
 *   logRetention: logs.RetentionDays.ONE_YEAR,
 * });
 * new ModelMonitoring(this, 'Churn', { data: MonitoredData.endpoint(endpoint) });
 */
export class StackResources extends Construct implements ec2.IConnectable {
  private readonly network?: ec2.Connections;

  constructor(scope: Construct, id: string, props: StackResourcesProps = {}) {
    super(scope, id);
    requireProps(props, PROPS, this);
    throwIfAny('InvalidStackResources', [...concurrencyProblems(props), ...vpcProblems(props)], this);
    const { vpc, encryptionKey } = props;
    const securityGroups = vpc && (props.securityGroups ?? [httpsOnly(this, vpc)]);
    let isFirst = false;
    stackSingleton(this, SETTINGS, (stack, settingsId) => {
      isFirst = true;
      return new Settings(stack, settingsId, { ...props, securityGroups });
    });
    if (!isFirst) throw tooLate(this);
    if (encryptionKey) allowServices(this, encryptionKey);
    this.network = securityGroups && new ec2.Connections({ securityGroups });
  }

  /** What the functions may reach in `vpc`, as VPC endpoints that admit a group only; throws where there is none. */
  public get connections(): ec2.Connections {
    if (!this.network) throw withoutVpc(this);
    return this.network;
  }
}

/** More than any account has by default, and fewer than a typing error. */
const MAX_CONCURRENCY = 10_000;

/** It is divided when the app is synthesized. */
function concurrencyProblems({ maxConcurrency: got }: StackResourcesProps): Problem[] {
  const prop = 'maxConcurrency';
  if (!Token.isUnresolved(got)) return numberProblems(prop, got, { maximum: MAX_CONCURRENCY });
  return [{ prop, got: 'a token', allowed: 'a number that is known when the app is synthesized' }];
}

/** What is said of a stack's shared resources; what nobody said before is as by default, and stays so. */
const SETTINGS = 'SharedSettings';

class Settings extends Construct {
  constructor(
    stack: Stack,
    id: string,
    public readonly props: StackResourcesProps,
  ) {
    super(stack, id);
  }
}

function settingsOf(scope: Construct): StackResourcesProps {
  return stackSingleton(scope, SETTINGS, (stack, id) => new Settings(stack, id, {})).props;
}

/**
 * The key of what a stack shares, if it has one.
 *
 * @internal
 */
export function sharedKey(scope: Construct): kms.IKey | undefined {
  return settingsOf(scope).encryptionKey;
}

/**
 * Whether log groups of a stack's state machines have names that no resource policy lists.
 *
 * @internal
 */
export function hasVendedLogs(scope: Construct): boolean {
  return settingsOf(scope).vendedLogs ?? false;
}

/**
 * Whether runs of a stack's monitors are drawn.
 *
 * @internal
 */
export function drawsRuns(scope: Construct): boolean {
  return settingsOf(scope).runPages ?? true;
}

/**
 * How many groups of objects the runs of a stack's monitors may read at the same time, where somebody says it.
 *
 * @internal
 */
export function sharedMaxConcurrency(scope: Construct): number | undefined {
  return settingsOf(scope).maxConcurrency;
}

/**
 * A log group of this library.
 *
 * @internal
 */
export function sharedLogGroup(scope: Construct, id: string, logGroupName?: string): logs.LogGroup {
  const { encryptionKey, logRetention, logRemovalPolicy } = settingsOf(scope);
  return new logs.LogGroup(scope, id, {
    logGroupName,
    encryptionKey,
    retention: logRetention ?? logs.RetentionDays.THREE_MONTHS,
    removalPolicy: logRemovalPolicy ?? RemovalPolicy.DESTROY,
  });
}

/**
 * Where the functions of a stack run.
 *
 * @internal
 */
export function sharedPlacement(scope: Construct): VpcPlacement & Pick<StackResourcesProps, 'architecture'> {
  const { vpc, vpcSubnets, securityGroups, architecture } = settingsOf(scope);
  return { vpc, vpcSubnets, securityGroups, architecture };
}

function httpsOnly(scope: Construct, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'SecurityGroup', {
    vpc,
    description: 'Functions that monitor models',
    allowAllOutbound: false,
  });
  group.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'The APIs of AWS');
  return group;
}

function withoutVpc(scope: Construct): ValidationError {
  const problem = { prop: 'vpc', got: undefined, allowed: "a VPC, of which 'connections' speaks" };
  return new ValidationError('InvalidStackResources', [problem], scope);
}

function tooLate(scope: Construct): ValidationError {
  const problem = {
    prop: 'scope',
    got: 'a stack whose shared resources are made already, or said to be otherwise',
    allowed: 'one StackResources in a stack, before its first monitor, alarm or trigger',
  };
  return new ValidationError('StackResourcesTooLate', [problem], scope);
}
