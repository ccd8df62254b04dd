import { join } from 'node:path';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { ASSETS_FOLDER } from '../assets-folder';
import { allow } from './allow';
import type { Permission } from './inline-policy';
import { InlineRole } from './inline-role';
import { stackSingleton } from './stack-singleton';
import { watchStackSize } from './stack-size';

/** Props of a `HandlerFunction`. */
export interface HandlerFunctionProps {
  /** The folder of `assets/` that holds the bundle. */
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  /** MiB, 128 to 10,240. */
  readonly memorySize: number;
  readonly environment?: { [name: string]: string };
}

/**
 * A Lambda function that runs one of the library's own bundles, with a role of its own that may write the log and nothing else.
 *
 * As the CDK's own `Function`, but for the many options that no handler needs.
 *
 * @internal
 */
export class HandlerFunction extends lambda.FunctionBase {
  public readonly functionArn: string;
  public readonly functionName: string;
  public readonly role: iam.IRole;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly permissionsNode = this.node;
  public readonly architecture = lambda.Architecture.X86_64;
  public readonly resourceArnsForGrantInvoke: string[];
  public readonly tenancyConfig?: lambda.TenancyConfig;
  protected readonly canCreatePermissions = true;
  private readonly resource: lambda.CfnFunction;
  private readonly variables: { [name: string]: string } = {};

  constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    const { description } = props;
    const logGroup = handlerLogGroup(scope);
    this.role = new InlineRole(scope, `${id}Role`, {
      assumedBy: 'lambda.amazonaws.com',
      description: `${description} (role)`,
    });
    this.grantPrincipal = this.role.grantPrincipal;
    this.addStatement(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.resource = new lambda.CfnFunction(this, 'Resource', {
      description,
      code: this.bundle(props.handler),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X.name,
      timeout: props.timeout.toSeconds(),
      memorySize: props.memorySize,
      role: this.role.roleArn,
      loggingConfig: { logGroup: logGroup.logGroupName },
    });
    if (props.environment) this.addEnvironment(props.environment);
    this.functionArn = this.resource.attrArn;
    this.functionName = this.resource.ref;
    this.resourceArnsForGrantInvoke = [this.functionArn, `${this.functionArn}:*`];
  }

  /** Allows the function exactly these actions on exactly these resources. */
  public addStatement(actions: string[], resources: string[], conditions?: Permission['conditions']): void {
    allow(this, { actions, resources, conditions });
  }

  /** Sets further variables. */
  public addEnvironment(variables: { readonly [name: string]: string }): void {
    Object.assign(this.variables, variables);
    this.resource.environment = { variables: this.variables };
  }

  private bundle(handler: string): lambda.CfnFunction.CodeProperty {
    const { s3BucketName, s3ObjectKey } = new Asset(this, 'Code', { path: join(ASSETS_FOLDER, handler) });
    return { s3Bucket: s3BucketName, s3Key: s3ObjectKey };
  }
}

/** One log group for all handlers of a stack, kept for three months and deleted with the stack. */
function handlerLogGroup(scope: Construct): logs.ILogGroup {
  return stackSingleton(scope, 'HandlerLogs', (stack, id) => {
    watchStackSize(stack); // whatever has a handler is a stack of ours, and comes here once
    return new logs.LogGroup(stack, id, {
      retention: logs.RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  });
}
