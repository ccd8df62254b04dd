import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { watchStackSize } from '../../lib/core/stack-size';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor } from '../monitor/fixtures';

function stackWith(count: number, stack = new Stack(new App(), 'Stack')): Stack {
  for (let index = 0; index < count; index++) new CfnResource(stack, `Topic${index}`, { type: 'AWS::SNS::Topic' });
  return stack;
}

function synth(stack: Stack): void {
  (stack.node.root as App).synth();
}

describe('a stack', () => {
  test('may have 500 resources', () => {
    const stack = stackWith(500);
    watchStackSize(stack);
    expect(() => synth(stack)).not.toThrow();
  });

  test('fails with more, and is told to be split', () => {
    const stack = stackWith(501);
    watchStackSize(stack);
    expect(() => synth(stack)).toThrow(
      'StackTooLarge at Stack: \'stack\' is "501 resources", allowed is at most 500 resources in a stack ' +
        '(most are below Topic0 (1), Topic1 (1), Topic2 (1); put some of the endpoints, with their monitors, into another stack: a nested stack does it, too)',
    );
  });

  test('names what has most of its resources', () => {
    const stack = stackWith(400);
    const fleet = new Construct(stack, 'Fleet');
    for (let index = 0; index < 120; index++) new CfnResource(fleet, `Topic${index}`, { type: 'AWS::SNS::Topic' });
    watchStackSize(stack);
    expect(() => synth(stack)).toThrow('(most are below Fleet (120), Topic0 (1), ');
  });

  test.each([
    [499, false],
    [500, true],
  ])('with %d resources and a nested stack, which counts as one: fails is %s', (count, fails) => {
    const stack = stackWith(count);
    stackWith(400, new NestedStack(stack, 'Nested'));
    stackWith(400, new Stack(stack, 'Other'));
    watchStackSize(stack);
    if (fails) expect(() => synth(stack)).toThrow('StackTooLarge at Stack: \'stack\' is "501 resources"');
    else expect(() => synth(stack)).not.toThrow();
  });

  test.each([
    [600, 550, false],
    [500, 501, true],
    [0, 700, false],
  ])("keeps to the CDK's own limit of %d for %d resources", (limit, count, fails) => {
    const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': limit } });
    const stack = stackWith(count, new Stack(app, 'Stack'));
    watchStackSize(stack);
    if (fails) expect(() => synth(stack)).toThrow('StackTooLarge');
    else expect(() => synth(stack)).not.toThrow();
  });

  test('with monitors is watched, once however many there are', () => {
    const stack = stackWith(500);
    const [endpoint, baseline] = [newEndpoint(stack), givenBaseline(stack)];
    const validations = jest.spyOn(stack.node, 'addValidation');
    for (const id of ['One', 'Two']) newMonitor(stack, { data: MonitoredData.endpoint(endpoint), baseline }, id);
    expect(validations).toHaveBeenCalledTimes(1);
    expect(() => synth(stack)).toThrow('StackTooLarge at Stack: ');
  });
});
