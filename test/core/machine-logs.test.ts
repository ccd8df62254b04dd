import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { machineLogGroup } from '../../lib/core/machine-logs';
import { StackResources } from '../../lib/core/stack-resources';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { ENV, givenBaseline, newEndpoint, newMonitor, newStack } from '../monitor/fixtures';
import { resourcesOf } from '../monitor/readable-template';

/** A stack with a state machine. */
function withMachine(stack: Stack): Stack {
  const data = MonitoredData.endpoint(newEndpoint(stack));
  newMonitor(stack, { engine: MonitoringEngine.serverless(), data, baseline: givenBaseline(stack) });
  return stack;
}

const namesOf = (scope: Construct) =>
  resourcesOf(scope, 'AWS::Logs::LogGroup').map(({ Properties }) => Properties.LogGroupName);

test('log groups of machines have names of CloudFormation’s', () => {
  expect(namesOf(withMachine(newStack()))).toEqual([undefined, undefined]);
});

test('where it is asked for, those of machines have names that no resource policy lists, each of its stack and machine', () => {
  const stack = newStack();
  new StackResources(stack, 'Shared', { vendedLogs: true });
  const names = namesOf(withMachine(stack)).filter((name) => name !== undefined);
  expect(names).toEqual([
    expect.stringMatching(/^\/aws\/vendedlogs\/states\/Stack\/Stack-SageMakerMonitoringAnalysis-[0-9A-F]{8}$/),
  ]);
  expect(names[0].length).toBeLessThanOrEqual(512);
});

describe('log groups', () => {
  /** So many, of two stacks with long names. */
  function groups(count: number, vendedLogs = false): Stack[] {
    const app = new App();
    return ['A', 'B'].map((name) => {
      const stack = new Stack(app, name.padEnd(128, 'x'), { env: ENV });
      if (vendedLogs) new StackResources(stack, 'Shared', { vendedLogs });
      for (let index = 0; index < count / 2; index++) machineLogGroup(new Construct(stack, `Machine${index}`), 'Logs');
      return stack;
    });
  }

  const told = (all: readonly Stack[]) =>
    all.flatMap((stack) => Annotations.fromStack(stack).findInfo('*', Match.stringLikeRegexp('log groups')));

  test('whose names fill the resource policy of an account and region are told of, once', () => {
    expect(told(groups(26)).map(({ entry }) => String(entry.data))).toEqual([
      expect.stringMatching(
        /^the names of 26 log groups of state machines take 5\d{3} characters of a resource policy that has room for 5120 .* StackResources with vendedLogs/,
      ),
    ]);
  });

  test('that leave room are not, nor those that no policy lists', () => {
    expect(told(groups(20))).toEqual([]);
    expect(told(groups(26, true))).toEqual([]);
  });
});
