import { Fn, type Stack, Token } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import fc from 'fast-check';
import { StackResources } from '../../../lib/core/stack-resources';
import { CapturedData } from '../../../lib/endpoint/captured-data';
import { Endpoint } from '../../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { partOf } from '../../../lib/engine/serverless/shared-concurrency';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newMonitor, newStack } from '../../monitor/fixtures';
import { resourcesOf } from '../../monitor/readable-template';

const SCHEDULE = 'AWS::Scheduler::Schedule';

/** What the runs of a stack's monitors are told, in order of their ids. */
function told(stack: Stack): unknown[] {
  const inputs = resourcesOf(stack, SCHEDULE).map(({ Properties }) => JSON.parse(Properties.Target.Input));
  return inputs.filter(({ mode }) => mode === 'monitor').map(({ maximumConcurrency }) => maximumConcurrency);
}

function dataOf(stack: Stack, index: number): MonitoredData {
  const endpoint = Endpoint.fromEndpointName(stack, `Endpoint${index}`, `endpoint-${index}`);
  const bucket = s3.Bucket.fromBucketName(stack, `Captured${index}`, 'captured');
  return MonitoredData.endpoint(endpoint, { capturedData: CapturedData.at(bucket, 'data') });
}

/** A stack with monitors that ask for so many groups at a time. */
function stackOf(asked: readonly (number | undefined)[], together?: number): Stack {
  const stack = newStack();
  if (together !== undefined) new StackResources(stack, 'Shared', { maxConcurrency: together });
  const files = givenBaseline(stack);
  asked.forEach((maxConcurrency, index) => {
    const engine = MonitoringEngine.serverless({ maxConcurrency });
    newMonitor(stack, { data: dataOf(stack, index), engine, baseline: files }, `Monitor${index}`);
  });
  return stack;
}

test('monitors read ten groups at a time, as long as those of a stack read no more than fifty together', () => {
  expect(told(stackOf([undefined]))).toEqual([10]);
  expect(told(stackOf(Array(5).fill(undefined)))).toEqual(Array(5).fill(10));
});

test('more monitors share the fifty, whoever was there first', () => {
  expect(told(stackOf(Array(6).fill(undefined)))).toEqual(Array(6).fill(8));
  expect(told(stackOf(Array(51).fill(undefined)))).toEqual(Array(51).fill(1));
});

test('who is said to read more does, and leaves the others less', () => {
  expect(told(stackOf([1000]))).toEqual([1000]);
  expect(told(stackOf([40, undefined, undefined]))).toEqual([40, 5, 5]);
  expect(told(stackOf([60, undefined]))).toEqual([60, 1]);
});

test('a stack has another number for all of them together', () => {
  expect(told(stackOf([20, 20], 10))).toEqual([5, 5]);
  expect(told(stackOf([1000, 10], 1010))).toEqual([1000, 10]);
});

test('what is known at deployment only is left as it is', () => {
  const stack = newStack();
  const maxConcurrency = Token.asNumber(Fn.importValue('Concurrency'));
  newMonitor(stack, { engine: MonitoringEngine.serverless({ maxConcurrency }) });
  expect(JSON.stringify(resourcesOf(stack, SCHEDULE))).toContain('Concurrency');
});

test('the parts of any monitors are no more together than is allowed, one at least, and never more than is asked for', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 2000 }), (all, together) => {
      const parts = all.map((asked) => partOf(asked, all, together));
      const usual = Array(all.length).fill(undefined);
      expect(all.length * partOf(undefined, usual, undefined)).toBeLessThanOrEqual(Math.max(50, all.length));
      const sum = parts.reduce((total, part) => total + part, 0);
      expect(sum).toBeLessThanOrEqual(Math.max(together, all.length));
      parts.forEach((part, index) => {
        expect(Number.isInteger(part) && part >= 1 && part <= all[index]).toBe(true);
      });
    }),
  );
});

test('who asks for more gets no less, and what is enough for all is divided by nobody', () => {
  expect([1, 2, 10, 100].map((asked) => partOf(asked, [1, 2, 10, 100], 50))).toEqual([1, 1, 4, 42]);
  expect([1, 2, 10, 100].map((asked) => partOf(asked, [1, 2, 10, 100], 113))).toEqual([1, 2, 10, 100]);
  expect(partOf(10, Array(80).fill(10), 50)).toBe(1);
  expect(partOf(1, [1, 1], 1)).toBe(1);
});

test('fewer than one for each monitor is refused where somebody asks for it, and with it the stack', () => {
  const app = (together: number) => stackOf(Array(3).fill(undefined), together);
  const errors = (stack: Stack) => stack.node.validate();
  expect(errors(app(3))).toEqual([]);
  expect(errors(app(2))).toEqual([
    expect.stringMatching(/InvalidStackResources[\s\S]*'maxConcurrency' is 2, allowed is 3 or more/),
  ]);
  expect(errors(stackOf(Array(51).fill(undefined)))).toEqual([]);
});

test.each([0, 1.5, 10_001, Number.NaN])('%d is no number of groups', (maxConcurrency) => {
  const words = "InvalidStackResources at Stack/Shared: 'maxConcurrency' is ";
  expect(() => new StackResources(newStack(), 'Shared', { maxConcurrency })).toThrow(words);
});

test('a number that is known at deployment only cannot be divided', () => {
  const maxConcurrency = Token.asNumber(Fn.importValue('Concurrency'));
  expect(() => new StackResources(newStack(), 'Shared', { maxConcurrency })).toThrow(
    /'maxConcurrency' is "a token", allowed is a number that is known when the app is synthesized/,
  );
});
