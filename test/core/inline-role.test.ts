import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { AllowedActions } from '../../lib/core/inline-policy';
import { InlineRole } from '../../lib/core/inline-role';
import { newStack } from '../monitor/fixtures';
import { resourceOf } from '../monitor/readable-template';
import { temporaryFolder } from '../project/synthesis';

function make() {
  const stack = newStack();
  return {
    stack,
    role: new InlineRole(stack, 'Role', { assumedBy: 'lambda.amazonaws.com', description: 'Does one thing' }),
  };
}

describe('an inline role', () => {
  test('holds what is granted later, and is one resource', () => {
    const { stack, role } = make();
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantDelete(role, 'a/*');
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects('b/*')] }));

    Template.fromStack(stack).resourceCountIs('AWS::IAM::Policy', 0);
    expect(resourceOf(stack, 'AWS::IAM::Role').Properties).toEqual({
      AssumeRolePolicyDocument: {
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
        Version: '2012-10-17',
      },
      Description: 'Does one thing',
      Policies: [
        {
          PolicyName: 'Inline',
          PolicyDocument: {
            Statement: [
              { Action: 's3:DeleteObject*', Effect: 'Allow', Resource: `\${Bucket.Arn}/a/*` },
              { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Bucket.Arn}/b/*` },
            ],
            Version: '2012-10-17',
          },
        },
      ],
    });
  });

  test('is what a dependant of a grant waits for', () => {
    const { stack, role } = make();
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantDelete(role).applyBefore(new s3.CfnBucket(stack, 'Dependant'));
    expect(resourceOf(stack, 'AWS::S3::Bucket', 'Dependant').DependsOn).toEqual(['Role']);
  });

  test('without a grant has no policy', () => {
    const { stack } = make();
    expect(resourceOf(stack, 'AWS::IAM::Role').Properties.Policies).toBeUndefined();
  });

  test("is the CDK's own role, with the resource inside as its default child", () => {
    const { role } = make();
    expect(role).toBeInstanceOf(iam.Role);
    expect(iam.CfnRole.isCfnRole(role.node.defaultChild)).toBe(true);
  });

  test('refuses a statement that a policy of an identity cannot have', () => {
    const { stack, role } = make();
    role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'] }));
    expect(() => Template.fromStack(stack)).toThrow('must specify at least one resource');
  });

  test('has a statement that is granted twice but once', () => {
    const { stack, role } = make();
    const statement = () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/*'] });
    role.addToPrincipalPolicy(statement());
    role.addToPrincipalPolicy(statement());
    expect(resourceOf(stack, 'AWS::IAM::Role').Properties.Policies[0].PolicyDocument.Statement).toHaveLength(1);
  });

  test('has managed policies, and lets itself be passed and assumed', () => {
    const { stack, role } = make();
    const other = new InlineRole(stack, 'Other', { assumedBy: 'states.amazonaws.com', description: 'Passes' });
    role.addManagedPolicy(
      iam.ManagedPolicy.fromManagedPolicyArn(stack, 'Policy', 'arn:aws:iam::aws:policy/ReadOnlyAccess'),
    );
    role.grantPassRole(other);
    role.grantAssumeRole(other);
    const [first, second] = ['Role', 'Other'].map((id) => resourceOf(stack, 'AWS::IAM::Role', id).Properties);
    expect(first.ManagedPolicyArns).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
    expect(second.Policies[0].PolicyDocument.Statement).toEqual([
      { Action: 'iam:PassRole', Effect: 'Allow', Resource: `\${Role.Arn}` },
      { Action: 'sts:AssumeRole', Effect: 'Allow', Resource: `\${Role.Arn}` },
    ]);
  });

  test('is a principal that resource policies can name', () => {
    const { stack, role } = make();
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [role],
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects('*')],
      }),
    );
    const [statement] = resourceOf(stack, 'AWS::S3::BucketPolicy').Properties.PolicyDocument.Statement;
    expect(statement.Principal).toEqual({ AWS: `\${Role.Arn}` });
  });
});

test.each<[string, (bucket: s3.IBucket) => AllowedActions]>([
  ['resources', ({ bucketArn }) => ({ actions: ['s3:GetObject'], resources: [bucketArn] })],
  [
    'conditions',
    ({ bucketName }) => ({
      actions: ['s3:GetObject'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:ResourceTag/of': bucketName } },
    }),
  ],
])('an inline role refers to other stacks in its %s', (_, allowed) => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const role = new InlineRole(stack, 'Role', { assumedBy: 'lambda.amazonaws.com', description: 'Does one thing' });
  const there = new Stack(app, 'There');
  role.allow(allowed(new s3.Bucket(there, 'Bucket')));
  expect(JSON.stringify(Template.fromStack(stack))).toContain('Fn::ImportValue');
  expect(Object.keys(Template.fromStack(there).toJSON().Outputs)).toHaveLength(1);
});

test('an inline role that the app may not make is the one that is given, and what it needs stands in the report', () => {
  const app = new App({ outdir: temporaryFolder() });
  iam.Role.customizeRoles(app, { usePrecreatedRoles: { 'Stack/Role': 'given' } });
  const stack = new Stack(app, 'Stack');
  const role = new InlineRole(stack, 'Role', { assumedBy: 'lambda.amazonaws.com', description: 'Does one thing' });
  role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
  const statements = [new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: ['*'] })];
  role.permitBeside(stack, 'Beside', { statements, because: 'it shows what becomes of it' });

  const { directory } = app.synth();
  for (const type of ['Role', 'Policy']) Template.fromStack(stack).resourceCountIs(`AWS::IAM::${type}`, 0);
  expect(role.roleName).toBe('given');
  const [reported] = JSON.parse(readFileSync(join(directory, 'iam-policy-report.json'), 'utf8')).roles;
  expect(reported.identityPolicyStatements).toEqual([
    { Action: 's3:GetObject', Effect: 'Allow', Resource: '*' },
    { Action: 's3:PutObject', Effect: 'Allow', Resource: '*' },
  ]);
});
