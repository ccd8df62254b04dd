import { Lazy, Stack, Token } from 'aws-cdk-lib';
import { jsonListText } from '../../lib/core/json-text';

const stack = () => new Stack(undefined, 'Stack');

test('members are written as the CDK writes them, whatever tokens they hold', () => {
  const scope = stack();
  const members = [
    { id: 'a "quoted" one', left: undefined, hours: 1 },
    { arn: `arn:${scope.partition}:s3:::data` },
    { hours: Token.asNumber({ resolve: () => 24 }) },
    { names: Lazy.list({ produce: () => ['one', 'two'] }) },
    { request: Lazy.any({ produce: () => ({ text: 'a "quoted" one', arn: scope.stackId }) }), flags: [true, null] },
    { nested: [[Lazy.any({ produce: () => [1] })]] },
  ];
  expect(scope.resolve(jsonListText(scope, members))).toEqual(scope.resolve(scope.toJsonString(members)));
});

test('without members it is an empty list', () => {
  expect(jsonListText(stack(), [])).toBe('[]');
});
