import { RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../core/allow';
import { InlineRole } from '../core/inline-role';
import { jsonText } from '../core/json-text';
import { serviceOfThisAccount } from '../core/service-principal';

/** Props of a machine's role. */
export interface MachineRoleProps {
  readonly description: string;
  /** What the machine invokes. */
  readonly functions: readonly lambda.IFunction[];
}

/** Props of a machine. */
export interface LoggedMachineProps {
  /** In the States Language; may hold tokens. */
  readonly definition: object;
  readonly role: iam.IRole;
}

/**
 * The role of a state machine of this library, `Role` below the scope: it invokes these functions, and writes its log and its traces.
 *
 * @internal
 */
export function machineRole(scope: Construct, { description, functions }: MachineRoleProps): iam.IRole {
  const role = new InlineRole(scope, 'Role', {
    ...serviceOfThisAccount(scope, 'states.amazonaws.com'),
    description,
  });
  const resources = functions.map(({ functionArn }) => functionArn);
  allow(role, { actions: ['lambda:InvokeFunction'], resources });
  allow(role, LOG_DELIVERY);
  allow(role, TRACING);
  return role;
}

/**
 * A state machine, `Resource` below the scope, that logs every step for three months.
 *
 * @internal
 */
export function loggedMachine(scope: Construct, { definition, role }: LoggedMachineProps): sfn.CfnStateMachine {
  const logGroup = new logs.LogGroup(scope, 'Logs', {
    retention: logs.RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return new sfn.CfnStateMachine(scope, 'Resource', {
    definitionString: jsonText(scope, definition),
    roleArn: role.roleArn,
    stateMachineType: 'STANDARD',
    tracingConfiguration: { enabled: true },
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: false, // the input that a custom resource starts holds CloudFormation's presigned URL
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn } }],
    },
  });
}

/**
 * Log delivery has no resources that a policy could name.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
const LOG_DELIVERY = {
  actions: [
    'logs:CreateLogDelivery',
    'logs:GetLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:DescribeResourcePolicies',
    'logs:DescribeLogGroups',
  ],
  resources: ['*'],
};

/**
 * X-Ray has no resources that a policy could name.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
 */
const TRACING = {
  actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
  resources: ['*'],
};
