import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { stackFragment } from '../../lib/core/stack-fragment';

describe('the fragment of a stack', () => {
  test("is eight digits of the hash of its name, whatever the construct's id and the environment are", () => {
    const one = new Stack(new App(), 'One', { stackName: 'churn' });
    const other = new Stack(new App(), 'Other', { stackName: 'churn', env: { region: 'eu-west-1' } });
    expect(stackFragment(one)).toBe('88b2072e');
    expect(stackFragment(other)).toBe('88b2072e');
  });

  test('differs between names', () => {
    expect(stackFragment(new Stack(new App(), 'One'))).not.toBe(stackFragment(new Stack(new App(), 'Other')));
  });

  test('is of the UUID in its id where the name is known at deployment only', () => {
    const nested = new NestedStack(new Stack(new App(), 'Stack'), 'Nested');
    expect(nested.resolve(stackFragment(nested))).toEqual({
      'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }],
    });
  });
});
