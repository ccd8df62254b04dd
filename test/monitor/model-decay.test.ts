import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { Checks } from '../../lib/engine/serverless/checks';
import { DriftMethod } from '../../lib/engine/serverless/drift-method';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { ModelDecay } from '../../lib/monitor/model-decay';
import { ModelProblem } from '../../lib/monitor/model-problem';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import { givenLabels } from '../engine/model-monitor/quality';
import { givenBaseline, newEndpoint, newStack } from './fixtures';
import { resourceOf } from './readable-template';

function made(engine: IMonitoringEngine, decay?: ModelDecay) {
  const stack = newStack();
  new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    engine,
  }).addModelQualityMonitor('Quality', {
    ...{ baseline: givenBaseline(stack), problem: ModelProblem.regression({ prediction: '0' }), decay },
    groundTruth: givenLabels(stack),
  });
  return stack;
}

test.each([5, 10, 21])('a model may be watched over %d windows', (windows) => {
  expect(ModelDecay.overWindows(windows)._settings).toEqual({ lastWindows: windows });
});

test.each([4, 22, 7.5, Number.NaN])('%d windows are refused', (windows) => {
  expect(() => ModelDecay.overWindows(windows)).toThrow(/^InvalidModelDecay: .*allowed is a whole number of 5 to 21/s);
});

test('what is watched travels in the request of a run, and the default in none', () => {
  const requestOf = (decay?: ModelDecay) => {
    const schedule = resourceOf(
      made(MonitoringEngine.serverless(), decay),
      'AWS::Scheduler::Schedule',
      'QualityServerlessSchedule',
    );
    return JSON.parse(schedule.Properties.Target.Input);
  };
  expect(requestOf(ModelDecay.overWindows(14)).decay).toEqual({ lastWindows: 14 });
  expect(requestOf(ModelDecay.notWatched()).decay).toEqual({ lastWindows: 0 });
  expect(requestOf()).not.toHaveProperty('decay');
});

test.each([
  ['Model Monitor', () => MonitoringEngine.modelMonitor(), 'UnsupportedOnModelMonitor'],
  ['its checks', () => MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR }), 'UnsupportedOnServerless'],
  [
    'its rule of drift',
    () => MonitoringEngine.serverless({ driftMethod: DriftMethod.MODEL_MONITOR }),
    'UnsupportedOnServerless',
  ],
])('a choice is refused on %s, which knows of no errors, and the default is none there', (_, engine, code) => {
  expect(() => made(engine(), ModelDecay.notWatched())).toThrow(code);
  expect(() => made(engine(), ModelDecay.notWatched())).toThrow('\'decay\' is "a ModelDecay"');
  expect(() => made(engine())).not.toThrow();
});
