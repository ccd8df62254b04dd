import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { jsonText } from '../../lib/core/json-text';

const newStack = () => new Stack(new App(), 'Stack');

describe('a JSON text', () => {
  test.each([
    ['an object', { a: [1, null, 'x"y'], b: { c: true, d: undefined } }, '{"a":[1,null,"x\\"y"],"b":{"c":true}}'],
    ['a text', 'a', '"a"'],
  ])('of %s is plain', (_, value, text) => {
    const written = jsonText(newStack(), value);
    expect(written).toBe(text);
    expect(Token.isUnresolved(written)).toBe(false);
  });

  test.each([
    ['a text', 'String', ({ valueAsString }: CfnParameter) => [`x-${valueAsString}`], ['["x-', { Ref: 'P' }, '"]']],
    ['a number', 'Number', ({ valueAsNumber }: CfnParameter) => [valueAsNumber], ['[', { Ref: 'P' }, ']']],
  ])('holds %s that is known at deployment only', (_, type, value, parts) => {
    const stack = newStack();
    const text = jsonText(stack, value(new CfnParameter(stack, 'P', { type })));
    expect(stack.resolve(text)).toEqual({ 'Fn::Join': ['', parts] });
  });
});
