import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BASELINE_ENV } from '../../baseline/contract';
import { allow } from '../../core/allow';
import { HandlerFunction } from '../../core/handler-function';
import { InlineRole } from '../../core/inline-role';
import { localArn } from '../../core/local-arn';
import { serviceOfThisAccount } from '../../core/service-principal';
import { loggedMachine, machineRole } from '../logged-machine';
import { concludeFunction, planFunction, profileFunction } from './analysis-functions';
import { analysisDefinition } from './definition';

/** Options of an `AnalysisMachine`. */
export interface AnalysisMachineProps {
  /** How many groups of objects are profiled at the same time, 1 to 1,000. */
  readonly maximumConcurrency: number;
}

/**
 * The state machine that analyses, and the functions that it is made of. One per stack and set of options.
 *
 * @internal
 */
export class AnalysisMachine extends Construct {
  /** Lists the window's objects and groups them. */
  public readonly plan: HandlerFunction;
  /** Profiles one group of objects. */
  public readonly profile: HandlerFunction;
  /** Merges, checks, reports, publishes. */
  public readonly conclude: HandlerFunction;
  /** The role of the state machine, which reads the plan. */
  public readonly role: iam.IRole;
  public readonly stateMachine: sfn.CfnStateMachine;
  /** What EventBridge Scheduler starts executions with. */
  public readonly schedulerRole: iam.IRole;
  private readonly distributedMapPolicy: iam.CfnPolicy;
  private baselineFunction?: HandlerFunction;

  constructor(scope: Construct, id: string, props: AnalysisMachineProps) {
    super(scope, id);
    this.plan = planFunction(this);
    this.profile = profileFunction(this);
    this.conclude = concludeFunction(this);
    this.role = machineRole(this, {
      description: 'Runs the analysis of model monitors',
      functions: [this.plan, this.profile, this.conclude],
    });
    this.stateMachine = this.makeStateMachine(props);
    this.distributedMapPolicy = this.makeDistributedMapPolicy();
    this.schedulerRole = this.makeSchedulerRole();
  }

  /** The function that answers the baselines' custom resources; made when it is first asked for. */
  public baselineHandler(): HandlerFunction {
    this.baselineFunction ??= this.makeBaselineFunction();
    return this.baselineFunction;
  }

  private makeStateMachine(props: AnalysisMachineProps): sfn.CfnStateMachine {
    const definition = analysisDefinition({
      partition: Stack.of(this).partition,
      planFunctionArn: this.plan.functionArn,
      profileFunctionArn: this.profile.functionArn,
      concludeFunctionArn: this.conclude.functionArn,
      maximumConcurrency: props.maximumConcurrency,
    });
    return loggedMachine(this, { definition, role: this.role });
  }

  /**
   * A Distributed Map runs its children as executions of the same machine, hence a policy that is made after it.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
   */
  private makeDistributedMapPolicy(): iam.CfnPolicy {
    // the service names children: arn:{partition}:states:{region}:{account}:execution:{machine}/{label}:{uuid},
    // and its documentation lets them be described and stopped by the name of the machine alone
    const executions = localArn(Stack.of(this), 'states', `execution:${this.stateMachine.attrName}`);
    const onExecutions = ['states:DescribeExecution', 'states:StopExecution'];
    return new iam.CfnPolicy(this, 'DistributedMapPolicy', {
      policyName: 'DistributedMap',
      roles: [this.role.roleName],
      policyDocument: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [this.stateMachine.ref] }),
          new iam.PolicyStatement({ actions: onExecutions, resources: [`${executions}:*`, `${executions}/*:*`] }),
          new iam.PolicyStatement({ actions: ['states:RedriveExecution'], resources: [`${executions}/*:*`] }),
        ],
      }),
    });
  }

  private makeSchedulerRole(): iam.IRole {
    const group = localArn(Stack.of(this), 'scheduler', 'schedule-group/default');
    const role = new InlineRole(this, 'SchedulerRole', {
      ...serviceOfThisAccount(this, 'scheduler.amazonaws.com', group),
      description: 'Starts the analysis of model monitors on schedule',
    });
    allow(role, { actions: ['states:StartExecution'], resources: [this.stateMachine.ref] });
    return role;
  }

  private makeBaselineFunction(): HandlerFunction {
    const handler = new HandlerFunction(this, 'Baseline', {
      handler: 'baseline',
      description: 'Makes the baselines of model monitors at deployment',
      timeout: Duration.minutes(1),
      memorySize: 512,
      environment: { [BASELINE_ENV.stateMachineArn]: this.stateMachine.ref },
    });
    handler.addStatement(['states:StartExecution'], [this.stateMachine.ref]);
    handler.node.addDependency(this.distributedMapPolicy);
    return handler;
  }
}
