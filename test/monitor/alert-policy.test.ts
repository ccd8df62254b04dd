import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { TURNS_RESOURCE_TYPE } from '../../lib/engine/reconciler/contract';
import { AlertPolicy } from '../../lib/monitor/alert-policy';
import { newMonitor, newStack } from './fixtures';
import { resourceOf } from './readable-template';

const SCHEDULE = 'AWS::Scheduler::Schedule';

test.each([
  [1, 1],
  [2, 3],
  [24, 24],
])('%d of the last %d windows are a policy', (windows, lastWindows) => {
  expect(AlertPolicy.confirmedIn(windows, lastWindows)._settings).toEqual({ windows, lastWindows });
});

test.each([
  [0, 3, "'windows' is 0, allowed is a whole number of 1 to 3"],
  [4, 3, "'windows' is 4, allowed is a whole number of 1 to 3"],
  [1.5, 3, "'windows' is 1.5, allowed is a whole number of 1 to 3"],
  [2, 25, "'lastWindows' is 25, allowed is a whole number of 1 to 24"],
  [1, 0, "'lastWindows' is 0, allowed is a whole number of 1 to 24"],
])('%d of the last %d windows are none', (windows, lastWindows, words) => {
  expect(() => AlertPolicy.confirmedIn(windows, lastWindows)).toThrow('InvalidAlertPolicy');
  expect(() => AlertPolicy.confirmedIn(windows, lastWindows)).toThrow(words);
});

test('the policy of a monitor on the serverless engine travels in its request, and the default in none', () => {
  const requestOf = (alertPolicy?: AlertPolicy) => {
    const stack = newStack();
    newMonitor(stack, { alertPolicy });
    return JSON.parse(resourceOf(stack, SCHEDULE, 'DataQualityServerlessSchedule').Properties.Target.Input);
  };
  expect(requestOf(AlertPolicy.confirmedIn(3, 5)).alert).toEqual({ windows: 3, lastWindows: 5 });
  expect(requestOf(AlertPolicy.everyWindow()).alert).toEqual({ windows: 1, lastWindows: 1 });
  expect(requestOf()).not.toHaveProperty('alert');
});

test('that of a monitor on Model Monitor is known to the reconciler, and changes nothing about turns', () => {
  const made = (alertPolicy?: AlertPolicy) => {
    const stack = newStack();
    newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), alertPolicy });
    return {
      expected: JSON.parse(resourceOf(stack, SCHEDULE, 'ReconcilerSchedule').Properties.Target.Input).monitors[0],
      turns: resourceOf(stack, TURNS_RESOURCE_TYPE, 'ReconcilerTurns').Properties.Monitors,
    };
  };
  expect(made(AlertPolicy.everyWindow()).expected.alert).toEqual({ windows: 1, lastWindows: 1 });
  expect(made().expected).not.toHaveProperty('alert');
  expect(made(AlertPolicy.everyWindow()).turns).toEqual(made().turns);
});
