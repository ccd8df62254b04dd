import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { logicalIdOnce } from '../../lib/core/logical-id-once';

@logicalIdOnce
class Once extends CfnResource {}

/** A resource below a scope, and three that refer to it. */
function make(Class: typeof CfnResource) {
  const stack = new Stack(new App(), 'Stack');
  const target = new Class(new Construct(stack, 'Scope'), 'Resource', { type: 'AWS::SNS::Topic' });
  for (const id of ['A', 'B', 'C'])
    new CfnResource(stack, id, { type: 'AWS::SNS::Subscription', properties: { TopicArn: target.ref } });
  return { stack, target };
}

const idsOf = (stack: Stack) => Object.keys(Template.fromStack(stack).toJSON().Resources);
const TOPIC = 'ScopeE5C01514';

describe('a logical id that is allocated once', () => {
  test('is that of the CDK', () => {
    expect(idsOf(make(Once).stack)).toEqual(idsOf(make(CfnResource).stack));
  });

  test('is allocated once, however many refer to it', () => {
    const allocations = [Once, CfnResource].map((Class) => {
      const { stack, target } = make(Class);
      const allocate = jest.spyOn(stack, 'getLogicalId');
      (stack.node.root as App).synth();
      return allocate.mock.calls.filter(([element]) => element === target).length;
    });
    expect(allocations[0]).toBe(1);
    expect(allocations[1]).toBeGreaterThan(4);
  });

  test('can be overridden, even after its first use', () => {
    const { stack, target } = make(Once);
    expect(stack.resolve(target.ref)).toEqual({ Ref: TOPIC });
    target.overrideLogicalId('Mine');
    expect(stack.resolve(target.ref)).toEqual({ Ref: 'Mine' });
    target.overrideLogicalId('Yours');
    expect(idsOf(stack)).toEqual(['Yours', 'A', 'B', 'C']);
  });

  test('can be renamed before its first use', () => {
    const { stack, target } = make(Once);
    stack.renameLogicalId(TOPIC, 'Mine');
    expect(stack.resolve(target.ref)).toEqual({ Ref: 'Mine' });
    expect(idsOf(stack)).toEqual(['Mine', 'A', 'B', 'C']);
  });

  test('is locked by an export, as ever', () => {
    const { stack, target } = make(Once);
    stack.exportValue(target.getAtt('TopicName'));
    expect(() => target.overrideLogicalId('Mine')).toThrow('has been locked');
  });
});
