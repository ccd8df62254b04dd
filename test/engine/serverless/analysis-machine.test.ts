import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { newMonitor, newStack } from '../../monitor/fixtures';
import { resourceOf, resourcesOf, statementsOfRole } from '../../monitor/readable-template';

function make() {
  const stack = newStack();
  newMonitor(stack);
  return stack;
}

const trustOf = (stack: ReturnType<typeof newStack>, role: string) =>
  resourceOf(stack, 'AWS::IAM::Role', role).Properties.AssumeRolePolicyDocument.Statement;

describe('the state machine', () => {
  test('is a STANDARD one, traced, with a role of its own', () => {
    expect(resourceOf(make(), 'AWS::StepFunctions::StateMachine').Properties).toMatchObject({
      StateMachineType: 'STANDARD',
      RoleArn: `\${AnalysisRole.Arn}`,
      TracingConfiguration: { Enabled: true },
    });
  });

  test('logs its steps, but no data: the input of a baseline holds a presigned URL', () => {
    const stack = make();
    expect(resourceOf(stack, 'AWS::StepFunctions::StateMachine').Properties.LoggingConfiguration).toEqual({
      Level: 'ALL',
      IncludeExecutionData: false,
      Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: `\${AnalysisLogs.Arn}` } }],
    });
    expect(resourceOf(stack, 'AWS::Logs::LogGroup', 'AnalysisLogs')).toMatchObject({
      Properties: { RetentionInDays: 90 },
      DeletionPolicy: 'Delete',
    });
  });

  test('calls the functions of this stack', () => {
    const { DefinitionString } = resourceOf(make(), 'AWS::StepFunctions::StateMachine').Properties;
    const { States } = JSON.parse(DefinitionString);
    const functionOf = (state: { Parameters: { FunctionName: string } }) => state.Parameters.FunctionName;
    expect(functionOf(States.Plan)).toBe(`\${AnalysisPlan.Arn}`);
    expect(functionOf(States.Profile.ItemProcessor.States.ProfileObjects)).toBe(`\${AnalysisProfile.Arn}`);
    expect(functionOf(States.Conclude)).toBe(`\${AnalysisConclude.Arn}`);
    expect(functionOf(States.ConcludeFailure)).toBe(`\${AnalysisConclude.Arn}`);
  });

  test('is trusted for this account only, and allowed to call its functions, to log and to trace', () => {
    const stack = make();
    expect(trustOf(stack, 'AnalysisRole')).toEqual([
      {
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
      },
    ]);
    expect(statementsOfRole(stack, 'AnalysisRole').slice(0, -1)).toEqual([
      {
        Action: 'lambda:InvokeFunction',
        Effect: 'Allow',
        Resource: [`\${AnalysisPlan.Arn}`, `\${AnalysisProfile.Arn}`, `\${AnalysisConclude.Arn}`],
      },
      {
        Action: [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
        ],
        Effect: 'Allow',
        Resource: '*',
      },
      {
        Action: [
          'xray:PutTraceSegments',
          'xray:PutTelemetryRecords',
          'xray:GetSamplingRules',
          'xray:GetSamplingTargets',
        ],
        Effect: 'Allow',
        Resource: '*',
      },
    ]);
  });

  test('may run, look at, stop and redrive its own children, by a policy that is made after it', () => {
    const executions = `arn:\${AWS::Partition}:states:eu-west-1:111122223333:execution:\${Analysis.Name}`;
    expect(resourceOf(make(), 'AWS::IAM::Policy', 'AnalysisDistributedMapPolicy').Properties).toMatchObject({
      Roles: [`\${AnalysisRole}`],
      PolicyDocument: {
        Statement: [
          { Action: 'states:StartExecution', Effect: 'Allow', Resource: `\${Analysis}` },
          {
            Action: ['states:DescribeExecution', 'states:StopExecution'],
            Effect: 'Allow',
            Resource: [`${executions}:*`, `${executions}/*:*`],
          },
          { Action: 'states:RedriveExecution', Effect: 'Allow', Resource: `${executions}/*:*` },
        ],
      },
    });
  });
});

test('the scheduler is trusted for the schedules of this account, and may start this machine, and leave what could not be started', () => {
  const stack = make();
  expect(trustOf(stack, 'AnalysisSchedulerRole')).toEqual([
    {
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: {
          'aws:SourceAccount': '111122223333',
          'aws:SourceArn': `arn:\${AWS::Partition}:scheduler:eu-west-1:111122223333:schedule-group/default`,
        },
      },
      Effect: 'Allow',
      Principal: { Service: 'scheduler.amazonaws.com' },
    },
  ]);
  expect(statementsOfRole(stack, 'AnalysisSchedulerRole')).toEqual([
    { Action: 'states:StartExecution', Effect: 'Allow', Resource: `\${Analysis}` },
    { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: `\${DeadLetters.Arn}` },
  ]);
});

test('the conclusion may publish the own metrics and the own event, nothing else', () => {
  const publishing = statementsOfRole(make(), 'ConcludeRole').filter(({ Action }) => !/^(s3|logs):/.test(`${Action}`));
  expect(publishing).toEqual([
    {
      Action: 'cloudwatch:PutMetricData',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'SageMakerMonitoring' } },
      Effect: 'Allow',
      Resource: '*',
    },
    {
      Action: 'events:PutEvents',
      Condition: {
        StringEquals: {
          'events:source': 'cdk-sagemaker-monitoring',
          'events:detail-type': 'Model Monitoring Execution Completed',
        },
      },
      Effect: 'Allow',
      Resource: `arn:\${AWS::Partition}:events:eu-west-1:111122223333:event-bus/default`,
    },
  ]);
});

test.each([
  ['AnalysisPlan', 300, 512],
  ['AnalysisProfile', 900, 1769],
  ['AnalysisConclude', 300, 1769],
])('%s has %d seconds and %d MiB', (id, Timeout, MemorySize) => {
  expect(resourceOf(make(), 'AWS::Lambda::Function', id).Properties).toMatchObject({ Timeout, MemorySize });
});

test('no function for baselines is made where no baseline has to be made or judged', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Later', 'later');
  const later = { bucket, statisticsKey: 's.json', constraintsKey: 'c.json', checkedAtDeployment: false };
  newMonitor(stack, { baseline: Baseline.fromFiles(later) });
  expect(resourcesOf(stack, 'AWS::Lambda::Function').filter(({ id }) => id.endsWith('Baselines'))).toEqual([]);
  expect(resourceOf(make(), 'AWS::Lambda::Function', 'Baselines')).toBeDefined();
});
