import { join } from 'node:path';
import { Aws, type Duration, type Size, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct, IDependable } from 'constructs';
import { ASSETS_FOLDER } from '../assets-folder';
import { allow, type Permission } from './allow';
import { ACCOUNT_VARIABLE, DOCUMENTATION_VARIABLE } from './contract';
import { deployedBytes, largestMember } from './deployed-size';
import { documentationUrlOf } from './documentation';
import { InlineRole } from './inline-role';
import { sharedLogGroup, sharedPlacement } from './stack-resources';
import { stackSingleton } from './stack-singleton';
import { watchStackSize } from './stack-size';
import { ValidationError } from './validation-error';

/** Props of a `HandlerFunction`. */
export interface HandlerFunctionProps {
  /** The folder of `assets/` that holds the bundle. */
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  /** MiB, 128 to 10,240. */
  readonly memorySize: number;
  /** @default 512 MiB */
  readonly ephemeralStorageSize?: Size;
  readonly environment?: { [name: string]: string };
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution */
const ENVIRONMENT_BYTES = 4 * 1024;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
const ATTACHING: Permission = {
  actions: [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ],
  resources: ['*'],
  because:
    'Lambda makes the network interfaces by which the function reaches the VPC, and its documentation asks for all resources',
};

/**
 * A Lambda function that runs one of the library's own bundles, with a role of its own that may write the log and nothing else.
 *
 * @internal
 */
export class HandlerFunction extends lambda.Function {
  private readonly inlineRole: InlineRole;

  constructor(scope: Construct, id: string, { handler, ...others }: HandlerFunctionProps) {
    const logGroup = handlerLogGroup(scope);
    const documentation = documentationUrlOf(scope);
    const inlineRole = new InlineRole(scope, `${id}Role`, {
      assumedBy: 'lambda.amazonaws.com',
      description: `${others.description} (role)`,
    });
    const placement = sharedPlacement(scope);
    super(scope, id, {
      ...others,
      ...placement,
      code: lambda.Code.fromAsset(join(ASSETS_FOLDER, handler)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      role: inlineRole,
      logGroup,
    });
    this.inlineRole = inlineRole;
    this.addEnvironment(ACCOUNT_VARIABLE, Aws.ACCOUNT_ID);
    if (documentation) this.addEnvironment(DOCUMENTATION_VARIABLE, documentation);
    this.addStatement(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.node.addValidation({ validate: () => environmentFaults(this) });
    if (this.isBoundToVpc) allow(this, ATTACHING);
    if (placement.vpc) this.node.defaultChild?.node.addDependency(placement.vpc); // with its endpoints and routes: a deployment calls the function as soon as it is there
  }

  /** Allows the function exactly these actions on exactly these resources. */
  public addStatement(actions: string[], resources: string[], conditions?: Permission['conditions']): void {
    allow(this, { actions, resources, conditions });
  }

  /** Allows by a policy beside the role what refers to something that itself refers to the function; returns what dependants wait for. */
  public permitBeside(id: string, { actions, resources }: Permission): IDependable {
    const statements = [new iam.PolicyStatement({ actions, resources })];
    return this.inlineRole.permitBeside(this, id, { statements });
  }
}

/**
 * Lambda measures the variables as JSON, in which quotes in a value count twice: the error of the service shows what it measured.
 *
 * @see https://github.com/github-aws-runners/terraform-aws-github-runner/issues/3594
 */
function environmentFaults(handler: HandlerFunction): string[] {
  const { environment } = handler.node.defaultChild as lambda.CfnFunction;
  const { variables = {} } = Stack.of(handler).resolve(environment) ?? {};
  const bytes = deployedBytes(variables);
  if (bytes <= ENVIRONMENT_BYTES) return [];
  const largest = largestMember(variables);
  const problem = {
    prop: 'environment',
    got: `${bytes} bytes`,
    allowed: `at most ${ENVIRONMENT_BYTES} bytes of names and values`,
    advice: `most are of ${largest.name}, ${largest.bytes} bytes: a gate's are the parameters of its pipeline, which may keep their defaults`,
  };
  return [new ValidationError('EnvironmentTooLarge', [problem], handler).message];
}

/** One log group for all handlers of a stack. */
function handlerLogGroup(scope: Construct): logs.ILogGroup {
  return stackSingleton(scope, 'HandlerLogs', (stack, id) => {
    watchStackSize(stack); // whatever has a handler is a stack of ours, and comes here once
    return sharedLogGroup(stack, id);
  });
}
