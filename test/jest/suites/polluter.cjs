// The body of two suites: each asserts that nothing is left of the other, and then leaves what it can.
const { S3Client } = require('@aws-sdk/client-s3');
const { Stack } = require('aws-cdk-lib');
const { mockClient } = require('aws-sdk-client-mock');

const { send } = S3Client.prototype;
const { exitCode } = process;

test('nothing is left of another suite', () => {
  expect(send).not.toHaveProperty('restore');
  expect(jest.isMockFunction(Stack.of)).toBe(false);
  expect(jest.isMockFunction(fetch)).toBe(false);
  expect(Date.now()).toBeGreaterThan(1e12);
  expect(globalThis).not.toHaveProperty('left');
  expect(process.env).not.toHaveProperty('LEFT');
  expect(process.env.HOME).not.toBe('left');
  expect(exitCode).toBeUndefined();
  expect(process.cwd()).not.toBe('/');
});

test('what a suite writes on a package is there for the next, as the package is shared', () => {
  Stack.suites = (Stack.suites ?? 0) + 1;
  expect(Stack.suites).toBeLessThanOrEqual(2);
  process.stdout.write(`suites that saw this package: ${Stack.suites}\n`);
});

afterAll(() => {
  mockClient(S3Client);
  jest.spyOn(Stack, 'of').mockImplementation();
  jest.spyOn(globalThis, 'fetch').mockImplementation();
  jest.useFakeTimers({ now: 0 });
  globalThis.left = true;
  process.env.LEFT = 'left';
  process.env.HOME = 'left';
  process.exitCode = 0;
  process.chdir('/');
});
