import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { HandlerFunction } from '../../lib/core/handler-function';
import { newStack } from '../monitor/fixtures';
import { resourceOf, statementsOfRole } from '../monitor/readable-template';

const PROPS = { handler: 'plan', description: 'Plans', timeout: Duration.minutes(1), memorySize: 512 };
const newFunction = (scope: Construct, id = 'Plan') => new HandlerFunction(scope, id, PROPS);
const LOGGING = {
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Effect: 'Allow',
  Resource: `\${HandlerLogs.Arn}`,
};

describe('a handler function', () => {
  test('runs its bundle', () => {
    const stack = newStack();
    newFunction(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Description: 'Plans',
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 60,
      MemorySize: 512,
    });
  });

  test('gets its environment', () => {
    const stack = newStack();
    new HandlerFunction(stack, 'Plan', { ...PROPS, environment: { TOPIC_ARN: 'arn' } });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { TOPIC_ARN: 'arn' } },
    });
  });

  test.each([
    // {"A":"…","B":"x","STACK_ACCOUNT":…,} as it is counted, the account with its digits alone
    ['a text', 'x', 4096 - '{"A":"","B":"x","STACK_ACCOUNT":111122223333,}'.length],
    ['quotes, which JSON escapes', '"', (4096 - '{"A":"","B":"x","STACK_ACCOUNT":111122223333,}'.length) / 2],
    ['what is no ASCII', 'ä', (4096 - '{"A":"","B":"x","STACK_ACCOUNT":111122223333,}'.length) / 2],
  ])('takes 4 KB of environment, of %s, and no more', (_, character, count, beside = 'x') => {
    const synth = (B: string) => {
      const stack = newStack();
      new HandlerFunction(stack, 'Plan', { ...PROPS, environment: { A: character.repeat(count), B } });
      return () => Template.fromStack(stack);
    };
    expect(synth(beside)).not.toThrow();
    expect(synth(`${beside}x`)).toThrow(
      /EnvironmentTooLarge at Stack\/Plan: 'environment' is "4097 bytes", allowed is at most 4096 bytes of names and values \(most are of A, /,
    );
  });

  test('has its environment measured with what is added to it', () => {
    const stack = newStack();
    newFunction(stack).addEnvironment('LIST', 'x'.repeat(5000));
    expect(() => Template.fromStack(stack)).toThrow('most are of LIST, 5002 bytes');
  });

  test('has a role of its own that may write the log, and nothing else', () => {
    const stack = newStack();
    newFunction(stack);
    const { Properties } = resourceOf(stack, 'AWS::IAM::Role', 'PlanRole');
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
    ]);
    expect(statementsOfRole(stack, 'PlanRole')).toEqual([LOGGING]);
  });

  test('may do what is added, under the conditions that are added', () => {
    const stack = newStack();
    const conditions = { StringEquals: { 'cloudwatch:namespace': 'A' } };
    newFunction(stack).addStatement(['cloudwatch:PutMetricData'], ['*'], conditions);
    expect(statementsOfRole(stack, 'PlanRole')).toEqual([
      LOGGING,
      { Action: 'cloudwatch:PutMetricData', Condition: conditions, Effect: 'Allow', Resource: '*' },
    ]);
  });

  test('shares one log group with the others of its stack, kept for three months and deleted with the stack', () => {
    const stack = newStack();
    newFunction(stack, 'One');
    newFunction(stack, 'Two');
    expect(resourceOf(stack, 'AWS::Logs::LogGroup')).toMatchObject({
      Properties: { RetentionInDays: 90 },
      DeletionPolicy: 'Delete',
    });
    expect(resourceOf(stack, 'AWS::Lambda::Function', 'One').Properties.LoggingConfig).toEqual({
      LogGroup: `\${HandlerLogs}`,
    });
  });
});
