import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from '../core/allow';
import type { HandlerFunction } from '../core/handler-function';
import { explain, InlineRole } from '../core/inline-role';
import { machineLogGroup } from '../core/machine-logs';
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
 * The role of a state machine of this library, `Role` below the scope: it invokes these functions.
 *
 * @internal
 */
export function machineRole(scope: Construct, { description, functions }: MachineRoleProps): InlineRole {
  const role = new InlineRole(scope, 'Role', {
    ...serviceOfThisAccount(scope, 'states.amazonaws.com'),
    description,
  });
  allow(role, { actions: ['lambda:InvokeFunction'], resources: functions.map(({ functionArn }) => functionArn) });
  return role;
}

/** The CDK allows it. */
const OBSERVED =
  'the actions of log delivery and tracing, which Step Functions calls for an execution, know no resource';

/**
 * A state machine, the default child of the scope, that logs every step and traces it.
 *
 * @internal
 */
export function loggedMachine(scope: Construct, { definition, role }: LoggedMachineProps): sfn.StateMachine {
  explain({ grantPrincipal: role }, ['*'], OBSERVED);
  return new sfn.StateMachine(scope, 'Default', {
    definitionBody: sfn.DefinitionBody.fromString(Stack.of(scope).toJsonString(definition)),
    stateMachineType: sfn.StateMachineType.STANDARD,
    role,
    tracingEnabled: true,
    logs: {
      level: sfn.LogLevel.ALL,
      includeExecutionData: false, // the input that a custom resource starts holds CloudFormation's presigned URL
      destination: machineLogGroup(scope, 'Logs'),
    },
  });
}

/**
 * Lets a function start executions; it knows the machine by a variable of its environment.
 *
 * @internal
 */
export function allowStarting(starter: HandlerFunction, { stateMachineArn }: sfn.StateMachine, variable: string): void {
  starter.addEnvironment(variable, stateMachineArn);
  starter.addStatement(['states:StartExecution'], [stateMachineArn]);
}
