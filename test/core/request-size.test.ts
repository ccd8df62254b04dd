import { App, Aws, Stack } from 'aws-cdk-lib';
import { LINE_BYTES, STATE_BYTES } from '../../lib/core/contract';
import { excessiveBytes, limitRequest, MAPPED_REQUEST_BYTES, REQUEST_BYTES } from '../../lib/core/request-size';

function limited(request: object, limit?: number): () => void {
  const stack = new Stack(new App(), 'Stack');
  limitRequest(stack, request, limit);
  return () => (stack.node.root as App).synth();
}

/** A request whose JSON, `{"names":"…","n":1}`, has so many bytes as it is counted: with one comma more than JSON has. */
const ofBytes = (bytes: number, character = 'x') => ({
  names: character.repeat((bytes - '{"names":"","n":1,}'.length) / Buffer.byteLength(character)),
  n: 1,
});

describe('a request', () => {
  test('leaves room for what an execution adds, and for the item of a child', () => {
    expect(REQUEST_BYTES).toBe(STATE_BYTES - 4096);
    expect(MAPPED_REQUEST_BYTES).toBe(REQUEST_BYTES - LINE_BYTES);
  });

  test('may be as large as its execution carries, and not one byte larger', () => {
    expect(limited(ofBytes(258_048))).not.toThrow();
    expect(limited(ofBytes(258_049))).toThrow(
      "RequestTooLarge at Stack: 'request' is \"258049 bytes\", allowed is at most 258048 bytes, which a run of the state machine carries (most are of 'names', ",
    );
    expect(limited(ofBytes(1001), 1001)).not.toThrow();
    expect(limited(ofBytes(1001), 1000)).toThrow('allowed is at most 1000 bytes');
  });

  test('is measured in bytes, not in characters', () => {
    expect(limited(ofBytes(1019, 'ä'), 1019)).not.toThrow();
    expect(limited(ofBytes(1019, 'ä'), 1018)).toThrow('\'request\' is "1019 bytes"');
  });

  test('counts quotes within texts twice, as JSON has them', () => {
    expect(limited({ a: '"'.repeat(400) }, 700)).toThrow('\'request\' is "809 bytes"');
  });

  test('counts what only the deployment knows as long as it usually is', () => {
    const tokens = Array.from({ length: 100 }, () => `${Aws.STACK_NAME}`);
    expect(limited({ tokens }, 9000)).toThrow(/'request' is "1\d{4} bytes"/);
    expect(limited({ tokens }, 11_000)).not.toThrow();
  });

  test('is not resolved where it is small', () => {
    const stack = new Stack(new App(), 'Stack');
    const resolve = jest.spyOn(stack, 'resolve');
    expect(excessiveBytes(stack, ofBytes(1000), REQUEST_BYTES)).toBeUndefined();
    expect(resolve).not.toHaveBeenCalled();
  });
});
