import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { allow } from '../../lib/core/allow';
import { InlineRole } from '../../lib/core/inline-role';
import { resourceOf } from '../monitor/readable-template';

const PERMISSION = {
  actions: ['s3:ListBucket'],
  resources: ['arn:aws:s3:::bucket'],
  conditions: { StringLike: { 's3:prefix': 'a/*' } },
};
const STATEMENT = {
  Action: 's3:ListBucket',
  Condition: { StringLike: { 's3:prefix': 'a/*' } },
  Effect: 'Allow',
  Resource: 'arn:aws:s3:::bucket',
};

test('a permission for a role of this library stands inside it', () => {
  const stack = new Stack(new App(), 'Stack');
  allow(new InlineRole(stack, 'Role', { assumedBy: 'lambda.amazonaws.com', description: 'Reads' }), PERMISSION);
  const [{ PolicyDocument }] = resourceOf(stack, 'AWS::IAM::Role').Properties.Policies;
  expect(PolicyDocument.Statement).toEqual([STATEMENT]);
});

test('a permission for any other role stands in its policy', () => {
  const stack = new Stack(new App(), 'Stack');
  allow(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }), PERMISSION);
  expect(resourceOf(stack, 'AWS::IAM::Policy').Properties.PolicyDocument.Statement).toEqual([STATEMENT]);
});
