import { Duration } from 'aws-cdk-lib';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { AnalysisWindow } from '../../lib/monitor/analysis-window';
import type { IEngineMetrics } from '../../lib/monitor/engine-metrics';
import { ModelProblem } from '../../lib/monitor/model-problem';
import type { ModelQualityMonitor } from '../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { EngineBinding, IMonitoringEngine, MonitorSpec } from '../../lib/monitor/monitoring-engine';
import { givenLabels } from '../engine/model-monitor/quality';
import { givenBaseline, newEndpoint, newStack } from './fixtures';

/** An engine that remembers what it was asked for. */
function engineOf(asked: MonitorSpec[]): IMonitoringEngine {
  const bind = (_scope: unknown, spec: MonitorSpec): EngineBinding => {
    asked.push(spec);
    return { reconcilerId: 'Stack', metrics: {} as IEngineMetrics };
  };
  return { bind };
}

function newQualityMonitor(engine: IMonitoringEngine, window?: AnalysisWindow): ModelQualityMonitor {
  const stack = newStack();
  return new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    engine,
  }).addModelQualityMonitor('Quality', {
    baseline: givenBaseline(stack),
    problem: ModelProblem.regression({ prediction: '0' }),
    groundTruth: givenLabels(stack),
    window,
  });
}

test('[A2] asks its engine for problem, labels and hours', () => {
  const asked: MonitorSpec[] = [];
  const monitor = newQualityMonitor(engineOf(asked), AnalysisWindow.delayedBy(Duration.hours(6)));
  expect(monitor.monitorKind).toBe(MonitorKind.MODEL_QUALITY);
  const [{ kind, monitorId, modelQuality, frequency }] = asked;
  expect([kind, monitorId, modelQuality?.problem.problemType, modelQuality?.groundTruth.s3Uri]).toEqual([
    'ModelQuality',
    'Stack/Monitoring/Quality',
    'Regression',
    's3://labels/truth',
  ]);
  expect(modelQuality?.window.bind(frequency).startTimeOffset).toBe('-PT7H');
});

test('[B10] analyses the hours since the last run when nothing is said', () => {
  const asked: MonitorSpec[] = [];
  newQualityMonitor(engineOf(asked));
  const [{ modelQuality, frequency }] = asked;
  expect(modelQuality?.window.bind(frequency)).toMatchObject({ startHours: 1, endHours: 0 });
});
