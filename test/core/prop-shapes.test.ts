import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BUCKET, DURATION } from '../../lib/core/cdk-shapes';
import {
  instance,
  list,
  map,
  NUMBER,
  oneOf,
  optional,
  requireProps,
  type Shape,
  struct,
  TEXT,
  TEXT_OR_NUMBER,
} from '../../lib/core/prop-shapes';

class Baseline {
  public readonly statisticsKey = 's.json';

  public static fromFiles(): Baseline {
    return new Baseline();
  }
}

const SHAPES = { baseline: instance(Baseline), timeout: optional(DURATION) };

/** What a shape says about a value. */
function said(shape: Shape, got: unknown): string[] {
  return shape('prop', got).map(({ prop, got: shown, allowed }) => `${prop} is ${shown}, not ${allowed}`);
}

test('all problems of a struct are told at once, with where, what was received and what to do', () => {
  const stack = new Stack(new App(), 'Stack');
  expect(() => requireProps<object>({ timeout: 60 }, SHAPES, stack)).toThrow(
    "InvalidProps at Stack: 'baseline' is undefined, allowed is an object of Baseline (make one with Baseline.fromFiles(...)); " +
      "'timeout' is 60, allowed is a Duration, such as Duration.hours(1)",
  );
});

test.each([undefined, null, 'text', 7, [[]]])('props that are %p are told as such', (props) => {
  expect(() => requireProps<object>(props as unknown as object, SHAPES)).toThrow(
    /^InvalidProps: 'props' is .*an object with baseline, timeout \(\S+#invalidprops\)$/,
  );
});

test('what is right passes, and what is optional may be left out, but not be null', () => {
  expect(() => requireProps<object>({ baseline: new Baseline() }, SHAPES)).not.toThrow();
  expect(() => requireProps<object>({ baseline: new Baseline(), timeout: Duration.hours(1) }, SHAPES)).not.toThrow();
  expect(() => requireProps<object>({ baseline: new Baseline(), timeout: null }, SHAPES)).toThrow("'timeout' is null");
});

test('constructs, which refer to one another in circles, are named', () => {
  const bucket = new s3.Bucket(new Stack(new App(), 'Stack'), 'Bucket');
  expect(said(instance(Baseline), bucket)).toEqual([expect.stringMatching(/^prop is an object of Bucket\d?, not/)]);
  expect(said(BUCKET, bucket)).toEqual([]);
});

test.each([
  [TEXT, 7, 'prop is 7, not a text'],
  [NUMBER, '7', 'prop is 7, not a number'],
  [TEXT_OR_NUMBER, true, 'prop is true, not a text or a number'],
  [instance(Baseline), {}, 'prop is a plain object, not an object of Baseline'],
  [list(TEXT), 'a', 'prop is a, not a list'],
  [list(TEXT), ['a', 7], 'prop[1] is 7, not a text'],
  [map(TEXT), { a: 7 }, 'prop.a is 7, not a text'],
  [struct({ a: TEXT }), { a: 7 }, 'prop.a is 7, not a text'],
  [struct({ a: TEXT }), [], 'prop is a list of 0, not an object with a'],
  [oneOf({ A: 'a', B: 'b' }), 'c', 'prop is c, not one of a, b'],
  [BUCKET, 'name', 'prop is name, not an S3 bucket (IBucket)'],
])('shape %# refuses %p', (shape, got, expected) => {
  expect(said(shape, got)).toEqual([expected]);
});

test.each([
  [TEXT, Lazy.string({ produce: () => 'a' })],
  [TEXT, Lazy.any({ produce: () => 'a' })],
  [NUMBER, Token.asNumber({ Ref: 'A' })],
  [list(TEXT), Token.asList({ Ref: 'A' })],
  [map(TEXT), Lazy.any({ produce: () => ({}) })],
  [oneOf({ A: 'a' }), Lazy.string({ produce: () => 'a' })],
])('shape %# does not judge tokens', (shape, token) => {
  expect(said(shape, token)).toEqual([]);
});
