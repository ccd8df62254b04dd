import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { Checks } from '../../lib/engine/serverless/checks';
import { DriftMethod } from '../../lib/engine/serverless/drift-method';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { ModelDecay } from '../../lib/monitor/model-decay';
import { ModelProblem } from '../../lib/monitor/model-problem';
import type { ModelQualityMonitorOptions } from '../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import { givenLabels } from '../engine/model-monitor/quality';
import { givenBaseline, newEndpoint, newStack } from './fixtures';
import { resourceOf } from './readable-template';

type Asked = Partial<Pick<ModelQualityMonitorOptions, 'decay' | 'problem' | 'signalMetrics'>>;

const BINARY = ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });

function made(asked: Asked, engine: IMonitoringEngine = MonitoringEngine.serverless()) {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  const monitor = new ModelMonitoring(stack, 'Monitoring', { data, engine }).addModelQualityMonitor('Quality', {
    ...{ baseline: givenBaseline(stack), problem: BINARY, groundTruth: givenLabels(stack) },
    ...asked,
  });
  return { stack, monitor };
}

function requestOf(asked: Asked) {
  const { stack } = made(asked);
  return JSON.parse(resourceOf(stack, 'AWS::Scheduler::Schedule', 'QualityServerlessSchedule').Properties.Target.Input);
}

test('metrics of signals travel in the request of a run where they are asked for, and nowhere else', () => {
  expect(requestOf({ signalMetrics: true }).signalMetrics).toBe(true);
  expect(requestOf({ signalMetrics: false })).not.toHaveProperty('signalMetrics');
  expect(requestOf({})).not.toHaveProperty('signalMetrics');
});

test.each([
  ['metricConceptDrift', 'ConceptDrift'],
  ['metricModelDecay', 'ModelDecay'],
] as const)('%s is there where it is asked for, and is refused elsewhere', (method, metricName) => {
  const { stack, monitor } = made({ signalMetrics: true });
  expect(stack.resolve(monitor[method]().toMetricConfig().metricStat)).toMatchObject({
    ...{ namespace: 'SageMakerMonitoring', metricName, statistic: 'Maximum' },
    dimensions: [{ name: 'MonitorId', value: monitor.monitorId }],
  });
  expect(monitor[method]({ statistic: 'Sum' }).statistic).toBe('Sum');
  const refused = /SignalMetricNotPublished[\s\S]*'signalMetrics' is false[\s\S]*true/;
  expect(() => made({}).monitor[method]()).toThrow(refused);
  expect(() => made({ signalMetrics: false }).monitor[method]()).toThrow(refused);
});

test.each([
  ModelProblem.regression({ prediction: '0' }),
  ModelProblem.binaryClassification({ prediction: '0' }),
  ModelProblem.multiclassClassification({ prediction: '0', probability: '1' }),
])('concept drift has no metric where nothing is estimated, and decay has one', (problem) => {
  const { monitor } = made({ problem, signalMetrics: true });
  expect(() => monitor.metricConceptDrift()).toThrow(/SignalMetricNotPublished[\s\S]*'problem'/);
  expect(monitor.metricModelDecay().metricName).toBe('ModelDecay');
});

test('probabilities of several labels are enough for a metric of concept drift', () => {
  const problem = ModelProblem.multiclassClassification({ prediction: '0', probabilities: { cat: '1', dog: '2' } });
  expect(made({ problem, signalMetrics: true }).monitor.metricConceptDrift().metricName).toBe('ConceptDrift');
});

test('decay has no metric where it is not watched', () => {
  const { monitor } = made({ decay: ModelDecay.notWatched(), signalMetrics: true });
  expect(() => monitor.metricModelDecay()).toThrow(/SignalMetricNotPublished[\s\S]*'decay'/);
  expect(monitor.metricConceptDrift().metricName).toBe('ConceptDrift');
});

test.each([
  ['Model Monitor', () => MonitoringEngine.modelMonitor(), 'UnsupportedOnModelMonitor'],
  ['its checks', () => MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR }), 'UnsupportedOnServerless'],
  [
    'its rule of drift',
    () => MonitoringEngine.serverless({ driftMethod: DriftMethod.MODEL_MONITOR }),
    'UnsupportedOnServerless',
  ],
])('metrics of signals are refused on %s, which makes neither check', (_, engine, code) => {
  expect(() => made({ signalMetrics: true }, engine())).toThrow(new RegExp(`${code}[\\s\\S]*'signalMetrics' is true`));
  expect(() => made({ signalMetrics: false }, engine())).not.toThrow();
});

test('whether there are metrics of signals is true or false', () => {
  expect(() => made({ signalMetrics: 1 as never })).toThrow(/InvalidProps[\s\S]*signalMetrics/);
});
