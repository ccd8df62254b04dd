import { CustomResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { HandlerFunction } from '../../../core/handler-function';
import { localArn } from '../../../core/local-arn';
import { stackSingleton } from '../../../core/stack-singleton';
import { loggedMachine, machineRole } from '../../logged-machine';
import { scheduleNamePattern } from '../schedule-name';
import { DRAIN_ENV, DRAIN_RESOURCE_TYPE } from './contract';
import { drainDefinition } from './drain-definition';

/**
 * Brings monitoring schedules to rest before CloudFormation deletes them: SageMaker refuses to delete one that has a running execution, or
 * is Pending. One per stack.
 *
 * It depends on every schedule of the stack. So CloudFormation updates it after new schedules were made and before removed ones are
 * deleted, and deletes it before all of them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 * @internal
 */
export class ScheduleDrain extends Construct {
  /** The drain of a stack, created when it is first asked for. */
  public static of(scope: Construct): ScheduleDrain {
    return stackSingleton(scope, 'Drain', (stack, id) => new ScheduleDrain(stack, id));
  }

  private readonly resource: CustomResource;
  private readonly schedules: sagemaker.CfnMonitoringSchedule[] = [];

  private constructor(stack: Stack, id: string) {
    super(stack, id);
    this.resource = new CustomResource(this, 'Resource', {
      serviceToken: this.makeHandler(this.makeDraining()).functionArn,
      resourceType: DRAIN_RESOURCE_TYPE,
      properties: { ScheduleNames: Lazy.list({ produce: () => this.scheduleNames() }) },
    });
  }

  /** Drains this schedule, too. */
  public add(schedule: sagemaker.CfnMonitoringSchedule): void {
    this.schedules.push(schedule);
    this.resource.node.addDependency(schedule);
  }

  /** In the order of their paths: the order in which an app makes its monitors is no change. */
  private scheduleNames(): string[] {
    const byPath = this.schedules.map((schedule) => [schedule.node.path, schedule.monitoringScheduleName] as const);
    return byPath.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, name]) => name);
  }

  private makeDraining(): HandlerFunction {
    const stack = Stack.of(this);
    const draining = new HandlerFunction(this, 'Draining', {
      handler: 'draining',
      description: 'Model monitoring: stops schedules and their jobs before they are deleted',
      timeout: Duration.minutes(5),
      memorySize: 512,
    });
    draining.addStatement(
      ['sagemaker:DescribeMonitoringSchedule', 'sagemaker:StartMonitoringSchedule', 'sagemaker:StopMonitoringSchedule'],
      [localArn(stack, 'sagemaker', `monitoring-schedule/${scheduleNamePattern(stack)}`)],
    );
    // ListMonitoringExecutions knows no resources
    draining.addStatement(['sagemaker:ListMonitoringExecutions'], ['*']);
    // SageMaker names the jobs of executions itself: it documents no prefix, and for three of the four kinds none has been seen. Nor do
    // jobs carry a tag by which a condition could know them. The function stops those alone that its schedules' executions list.
    draining.addStatement(['sagemaker:StopProcessingJob'], [localArn(stack, 'sagemaker', 'processing-job/*')]);
    return draining;
  }

  /** The function that answers the custom resource, and the state machine that it starts. */
  private makeHandler(draining: HandlerFunction): HandlerFunction {
    const machine = new Construct(this, 'Machine');
    const stateMachine = loggedMachine(machine, {
      definition: drainDefinition({
        partition: Stack.of(this).partition,
        drainingFunctionArn: draining.functionArn,
      }),
      role: machineRole(machine, { description: 'Drains model monitoring schedules', functions: [draining] }),
    });
    const handler = new HandlerFunction(this, 'Handler', {
      handler: 'drain',
      description: 'Model monitoring: drains schedules before CloudFormation deletes them',
      timeout: Duration.minutes(1),
      memorySize: 512,
      environment: { [DRAIN_ENV.stateMachineArn]: stateMachine.ref },
    });
    handler.addStatement(['states:StartExecution'], [stateMachine.ref]);
    return handler;
  }
}
