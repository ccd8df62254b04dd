import { createHash } from 'node:crypto';
import { NestedStack, type Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ModelMonitorEngineOptions } from '../../../lib';
import { checkDefinition } from '../../../lib/cloud/semantics/states-language/definition';
import { DRAIN_RESOURCE_TYPE, REST_RESOURCE_TYPE } from '../../../lib/engine/model-monitor/schedule/drain/contract';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { awaitedBy, resourceOf, resourcesOf, statementsOfRole } from '../../monitor/readable-template';

const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';

/** A stack with a monitor on Model Monitor for each id, all of one endpoint. */
function stackOf(ids: string[], stack = newStack(), options: ModelMonitorEngineOptions = {}): Stack {
  const endpoint = newEndpoint(stack);
  const baseline = givenBaseline(stack);
  const engine = MonitoringEngine.modelMonitor(options);
  for (const id of ids) newMonitor(stack, { data: MonitoredData.endpoint(endpoint), baseline, engine }, id);
  return stack;
}

/** Names, which nested stacks know at deployment only. */
function listedNames(stack: Stack): unknown[] {
  const [drain] = Object.values(Template.fromStack(stack).findResources(DRAIN_RESOURCE_TYPE));
  return drain.Properties.ScheduleNames;
}

describe('the drain of a stack', () => {
  test('[F4] is one, and has the names of all schedules', () => {
    const stack = stackOf(['A', 'B', 'C']);
    const schedules = Object.values(Template.fromStack(stack).findResources(SCHEDULE));
    const [drain, ...others] = Object.values(Template.fromStack(stack).findResources(DRAIN_RESOURCE_TYPE));
    expect(others).toEqual([]);
    expect(drain.Properties.ScheduleNames).toEqual(
      schedules.map(({ Properties }) => Properties.MonitoringScheduleName),
    );
    expect(drain.Properties.ScheduleNames).toHaveLength(3);
  });

  test('knows what the reconciler expects of the monitors of these schedules alone', () => {
    const stack = stackOf(['A', 'B']);
    newMonitor(
      stack,
      { data: MonitoredData.endpoint(newEndpoint(stack, 'Other')), baseline: givenBaseline(stack, 'Files') },
      'C',
    );
    const monitors = JSON.parse(resourceOf(stack, DRAIN_RESOURCE_TYPE).Properties.Monitors);
    expect(monitors.map(({ id }: { id: string }) => id)).toEqual(['Stack/A', 'Stack/B']);
    const { Input } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ReconcilerSchedule').Properties.Target;
    expect(JSON.parse(Input).monitors.slice(0, 2)).toEqual(monitors);
  });

  test('[F4] depends on all schedules: deleted before them, updated before those that left are deleted', () => {
    const stack = stackOf(['A', 'B', 'C']);
    const { DependsOn } = resourceOf(stack, DRAIN_RESOURCE_TYPE);
    expect(DependsOn).toEqual([
      'ASchedule',
      'BSchedule',
      'CSchedule',
      'DrainDrainingOtherDrains',
      'ReconcilerSchedule',
    ]);
  });

  test('[F3] makes every schedule wait for what looks after its executions, which waits for every definition', () => {
    const stack = stackOf(['A', 'B']);
    for (const id of ['ASchedule', 'BSchedule']) {
      expect(resourceOf(stack, SCHEDULE, id).DependsOn).toEqual(['DrainRest']);
      expect(awaitedBy(stack, SCHEDULE, id)).toEqual(expect.arrayContaining(['DrainRest', 'Endpoint']));
    }
    const { ServiceToken, Schedules } = resourceOf(stack, REST_RESOURCE_TYPE).Properties;
    expect(ServiceToken).toBe(`\${DrainHandler.Arn}`);
    expect(Schedules).toEqual(
      ['A', 'B'].map((id) => {
        const { MonitoringScheduleName, MonitoringScheduleConfig } = resourceOf(
          stack,
          SCHEDULE,
          `${id}Schedule`,
        ).Properties;
        return {
          Name: MonitoringScheduleName,
          JobDefinitionName: `\${${id}JobDefinition.JobDefinitionName}`,
          ScheduleExpression: MonitoringScheduleConfig.ScheduleConfig.ScheduleExpression,
        };
      }),
    );
  });

  test('[F2][F4] lists names in the order of paths, whatever the order of the app', () => {
    expect(listedNames(stackOf(['C', 'A', 'B']))).toEqual(listedNames(stackOf(['A', 'B', 'C'])));
  });

  test('has its function and its machine as dependencies, so that they outlive it', () => {
    const stack = stackOf(['A']);
    expect(resourceOf(stack, DRAIN_RESOURCE_TYPE).Properties.ServiceToken).toBe(`\${DrainHandler.Arn}`);
    const { Environment } = resourceOf(stack, 'AWS::Lambda::Function', 'DrainHandler').Properties;
    expect(Environment.Variables).toMatchObject({ STATE_MACHINE_ARN: `\${DrainMachine}` });
    const machine = resourceOf(stack, 'AWS::StepFunctions::StateMachine', 'DrainMachine').Properties;
    expect(machine.RoleArn).toBe(`\${DrainMachineRole.Arn}`);
    expect(machine.DefinitionString).toContain(`\${DrainDraining.Arn}`);
  });

  test('has a machine that the rehearsal can interpret, and that logs no data: the answer is sent to a secret address', () => {
    const machine = resourceOf(stackOf(['A']), 'AWS::StepFunctions::StateMachine', 'DrainMachine').Properties;
    expect(
      Object.keys(checkDefinition(machine.DefinitionString.replaceAll(`\${AWS::Partition}`, 'aws')).States),
    ).toContain('Wait');
    expect(machine.LoggingConfiguration.IncludeExecutionData).toBe(false);
  });

  test('asks again what failed, seven times in all and not at once: a deployment drains all schedules together', () => {
    const machine = resourceOf(stackOf(['A']), 'AWS::StepFunctions::StateMachine', 'DrainMachine').Properties;
    const { States } = checkDefinition(machine.DefinitionString.replaceAll(`\${AWS::Partition}`, 'aws'));
    const retry = { IntervalSeconds: 5, MaxAttempts: 6, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: 'FULL' };
    expect(States.Advance.Retry).toEqual([{ ErrorEquals: ['States.ALL'], ...retry }]);
  });

  test('is not there on the serverless engine', () => {
    const stack = newStack();
    newMonitor(stack);
    expect(resourcesOf(stack, DRAIN_RESOURCE_TYPE)).toEqual([]);
  });

  test('is one for each nested stack, as each has its own schedules', () => {
    const parent = newStack();
    const nested = new NestedStack(parent, 'Nested');
    stackOf(['A'], parent);
    newMonitor(
      nested,
      { engine: MonitoringEngine.modelMonitor(), data: MonitoredData.endpoint(newEndpoint(nested)) },
      'B',
    );
    expect(listedNames(parent)).toHaveLength(1);
    expect(listedNames(nested)).toHaveLength(1);
  });

  test('adds ten resources to a stack, however many monitors it has', () => {
    const count = (stack: Stack) => Object.keys(Template.fromStack(stack).toJSON().Resources).length;
    const ofDrain = (stack: Stack) =>
      Object.keys(Template.fromStack(stack).toJSON().Resources).filter((id) =>
        id.startsWith('SageMakerMonitoringDrain'),
      );
    const [one, three] = [stackOf(['A']), stackOf(['A', 'B', 'C'])];
    expect(ofDrain(one)).toHaveLength(10);
    expect(ofDrain(three)).toEqual(ofDrain(one));
    expect((count(three) - count(one)) / 2).toBeLessThanOrEqual(8);
  });
});

describe('the permissions of the drain', () => {
  /** Of the stack's name. */
  const fragment = createHash('sha256').update('Stack').digest('hex').slice(0, 8);

  test('[F4] reach the schedules of this stack alone, and every job of a schedule', () => {
    const sageMaker = `arn:\${AWS::Partition}:sagemaker:eu-west-1:111122223333`;
    const statements = statementsOfRole(stackOf(['A', 'B']), 'DrainDrainingRole').slice(1);
    expect(statements.filter(({ Action }) => [Action].flat().some((one) => one.startsWith('sagemaker:')))).toEqual([
      {
        Action: [
          'sagemaker:DescribeMonitoringSchedule',
          'sagemaker:StartMonitoringSchedule',
          'sagemaker:StopMonitoringSchedule',
        ],
        Effect: 'Allow',
        Resource: `${sageMaker}:monitoring-schedule/*-${fragment}`,
      },
      { Action: 'sagemaker:ListMonitoringExecutions', Effect: 'Allow', Resource: '*' },
      { Action: 'sagemaker:StopProcessingJob', Effect: 'Allow', Resource: `${sageMaker}:processing-job/*` },
    ]);
  });

  test('tell the last runs of what goes on with another engine, and no more', () => {
    const statements = statementsOfRole(stackOf(['A', 'B']), 'DrainDrainingRole').slice(1);
    const others = statements.filter(({ Action }) => ![Action].flat().some((one) => one.startsWith('sagemaker:')));
    expect(others.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ['cloudwatch:PutMetricData', '*'],
      ['events:PutEvents', `arn:\${AWS::Partition}:events:eu-west-1:111122223333:event-bus/default`],
      ['s3:GetObject', `\${Reports.Arn}/model-monitoring/Stack/*`],
      ['s3:ListBucket', `\${Reports.Arn}`],
      ['s3:PutObject', `\${Reports.Arn}/model-monitoring/Stack/*/report.json`],
    ]);
  });

  test('match the names of the schedules', () => {
    const template = Template.fromStack(stackOf(['A']));
    const [schedule] = Object.values(template.findResources(SCHEDULE));
    expect(schedule.Properties.MonitoringScheduleName).toMatch(new RegExp(`-${fragment}$`));
  });

  test('let the function of the custom resource start the machine, and no more', () => {
    expect(statementsOfRole(stackOf(['A']), 'DrainHandlerRole').slice(1)).toEqual([
      { Action: 'states:StartExecution', Effect: 'Allow', Resource: `\${DrainMachine}` },
    ]);
  });

  test('let the steps see the executions of this one machine, before anything is asked of them', () => {
    const stack = stackOf(['A']);
    const { PolicyDocument, Roles } = resourceOf(stack, 'AWS::IAM::Policy', 'DrainDrainingOtherDrains').Properties;
    expect(PolicyDocument.Statement).toEqual([
      { Action: 'states:ListExecutions', Effect: 'Allow', Resource: `\${DrainMachine}` },
    ]);
    expect(Roles).toEqual([`\${DrainDrainingRole}`]);
    for (const type of [REST_RESOURCE_TYPE, DRAIN_RESOURCE_TYPE])
      expect(resourceOf(stack, type).DependsOn).toContain('DrainDrainingOtherDrains');
  });

  test('let the machine invoke the function of its steps', () => {
    expect(statementsOfRole(stackOf(['A']), 'DrainMachineRole')[0]).toEqual({
      Action: 'lambda:InvokeFunction',
      Effect: 'Allow',
      Resource: `\${DrainDraining.Arn}`,
    });
  });
});

describe('what an account demands of every resource', () => {
  test('[E9] a permissions boundary goes to every role, those of the drain included', () => {
    const stack = stackOf(['A']);
    iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
    const roles = resourcesOf(stack, 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThan(5);
    const without = roles.filter(({ Properties }) => Properties.PermissionsBoundary === undefined);
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test("[E9][F6] the CDK's tags go to schedules, definitions, roles and functions", () => {
    const stack = stackOf(['A']);
    Tags.of(stack).add('CostCenter', '42');
    const tag = { Key: 'CostCenter', Value: '42' };
    const types = [SCHEDULE, 'AWS::SageMaker::DataQualityJobDefinition', 'AWS::IAM::Role', 'AWS::Lambda::Function'];
    for (const type of [...types, 'AWS::StepFunctions::StateMachine']) {
      for (const { Properties } of resourcesOf(stack, type)) expect(Properties.Tags).toContainEqual(tag);
    }
  });

  test('[F6] the tags of the engine go to schedule and definition', () => {
    const stack = stackOf(['A'], newStack(), { tags: { Team: 'Risk' } });
    for (const type of [SCHEDULE, 'AWS::SageMaker::DataQualityJobDefinition']) {
      expect(resourceOf(stack, type).Properties.Tags).toContainEqual({ Key: 'Team', Value: 'Risk' });
    }
  });
});
