import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, type IDependable } from 'constructs';
import { BASELINE_ENV } from '../../baseline/contract';
import { allow } from '../../core/allow';
import { allowDeadLetters, deadLetterQueue } from '../../core/dead-letter-queue';
import type { HandlerFunction } from '../../core/handler-function';
import type { InlineRole } from '../../core/inline-role';
import { localArn } from '../../core/local-arn';
import { schedulerRole } from '../../core/scheduler-role';
import { stackSingleton } from '../../core/stack-singleton';
import { allowStarting, loggedMachine, machineRole } from '../logged-machine';
import { concludeFunction, explainFunction, planFunction, profileFunction } from './analysis-functions';
import { analysisDefinition } from './definition';

/**
 * The state machine that analyses, and the functions that it is made of. One per stack, whatever options its monitors have: these travel with each
 * request, so that none of them moves an id.
 *
 * @internal
 */
export class AnalysisMachine extends Construct {
  /** That of a stack, created when it is first asked for. */
  public static of(scope: Construct): AnalysisMachine {
    return stackSingleton(scope, 'Analysis', (stack, id) => new AnalysisMachine(stack, id));
  }

  /** Lists the window's objects and groups them. */
  public readonly plan: HandlerFunction;
  /** Profiles one group of objects. */
  public readonly profile: HandlerFunction;
  /** Merges, checks, reports, publishes. */
  public readonly conclude: HandlerFunction;
  /** The role of the state machine, which reads the plan. */
  public readonly role: InlineRole;
  public readonly stateMachine: sfn.StateMachine;
  /** What EventBridge Scheduler starts executions with. */
  public readonly schedulerRole: iam.IRole;
  private readonly distributedMapPolicy: IDependable;
  private explainFunction?: HandlerFunction;
  private readonly starters = new Set<HandlerFunction>();

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.plan = planFunction(this);
    this.profile = profileFunction(this);
    this.conclude = concludeFunction(this);
    this.role = machineRole(this, {
      description: 'Runs the analysis of model monitors',
      functions: [this.plan, this.profile, this.conclude],
    });
    this.stateMachine = this.makeStateMachine();
    this.distributedMapPolicy = this.makeDistributedMapPolicy();
    this.schedulerRole = this.makeSchedulerRole();
  }

  /** Asks models about samples of rows. Made when the first monitor needs it: no other stack has it. */
  public get explain(): HandlerFunction {
    this.explainFunction ??= this.makeExplain();
    return this.explainFunction;
  }

  /** Lets the function that answers the baselines' custom resources start analyses of datasets. */
  public allowBaselines(handler: HandlerFunction): void {
    if (this.starters.has(handler)) return;
    this.starters.add(handler);
    allowStarting(handler, this.stateMachine, BASELINE_ENV.analysisMachineArn);
    handler.node.addDependency(this.distributedMapPolicy); // an analysis at deployment needs it
  }

  private makeStateMachine(): sfn.StateMachine {
    const definition = Lazy.any({ produce: () => this.definition() }); // monitors that ask a model come later
    return loggedMachine(this, { definition, role: this.role });
  }

  private definition(): object {
    return analysisDefinition({
      partition: Stack.of(this).partition,
      planFunctionArn: this.plan.functionArn,
      profileFunctionArn: this.profile.functionArn,
      concludeFunctionArn: this.conclude.functionArn,
      explainFunctionArn: this.explainFunction?.functionArn,
    });
  }

  private makeExplain(): HandlerFunction {
    const explain = explainFunction(this);
    allow(this.role, { actions: ['lambda:InvokeFunction'], resources: [explain.functionArn] });
    return explain;
  }

  /**
   * A Distributed Map runs its children as executions of the same machine, hence a policy that is made after it.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
   */
  private makeDistributedMapPolicy(): IDependable {
    // the service names children: arn:{partition}:states:{region}:{account}:execution:{machine}/{label}:{uuid},
    // and its documentation lets them be described and stopped by the name of the machine alone
    const executions = localArn(Stack.of(this), 'states', `execution:${this.stateMachine.stateMachineName}`);
    const onExecutions = ['states:DescribeExecution', 'states:StopExecution'];
    const statements = [
      new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [this.stateMachine.stateMachineArn] }),
      new iam.PolicyStatement({ actions: onExecutions, resources: [`${executions}:*`, `${executions}/*:*`] }),
      new iam.PolicyStatement({ actions: ['states:RedriveExecution'], resources: [`${executions}/*:*`] }),
    ];
    const because = 'the Distributed Map names its child executions, below the name of this one machine';
    return this.role.permitBeside(this, 'DistributedMapPolicy', { statements, because });
  }

  private makeSchedulerRole(): iam.IRole {
    const role = schedulerRole(this, 'Starts the analysis of model monitors on schedule');
    allow(role, { actions: ['states:StartExecution'], resources: [this.stateMachine.stateMachineArn] });
    allowDeadLetters(role, deadLetterQueue(this));
    return role;
  }
}
