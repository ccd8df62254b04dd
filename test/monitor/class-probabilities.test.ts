import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { Dataset } from '../../lib/baseline/dataset';
import type { DatasetColumns } from '../../lib/baseline/dataset-columns';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { Checks } from '../../lib/engine/serverless/checks';
import { DriftMethod } from '../../lib/engine/serverless/drift-method';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { ModelProblem } from '../../lib/monitor/model-problem';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import { givenLabels } from '../engine/model-monitor/quality';
import { givenBaseline, newEndpoint, newStack } from './fixtures';
import { resourceOf } from './readable-template';

const problem = ModelProblem.multiclassClassification({ prediction: '0', probabilities: { cat: '1', dog: '2' } });

function made(engine: IMonitoringEngine, columns?: DatasetColumns) {
  const stack = newStack();
  const dataset = columns && Dataset.csv(new s3.Bucket(stack, 'Data'), 'labelled.csv', { columns });
  new ModelMonitoring(stack, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(stack)),
    engine,
  }).addModelQualityMonitor('Quality', {
    ...{ baseline: dataset ? Baseline.fromDataset(dataset) : givenBaseline(stack), problem },
    groundTruth: givenLabels(stack),
  });
  return stack;
}

const COLUMNS = { label: 'kind', prediction: 'said' };

test('the request of a run says where each probability is, and the baseline which columns they are', () => {
  const stack = made(MonitoringEngine.serverless(), { ...COLUMNS, probabilities: { dog: 'p_dog', cat: 'p_cat' } });
  const schedule = resourceOf(stack, 'AWS::Scheduler::Schedule', 'QualityServerlessSchedule');
  expect(JSON.parse(schedule.Properties.Target.Input).problem).toEqual({
    type: 'MulticlassClassification',
    inferenceAttribute: '0',
    probabilityAttributes: { cat: '1', dog: '2' },
  });
  const { Properties } = resourceOf(stack, 'Custom::SageMakerMonitoringBaseline');
  expect(JSON.stringify(Properties)).toContain(
    JSON.stringify(JSON.stringify({ cat: 'p_cat', dog: 'p_dog' })).slice(1, -1),
  );
});

test('a dataset that does not name the column of each label is refused', () => {
  const incomplete = () => made(MonitoringEngine.serverless(), { ...COLUMNS, probabilities: { cat: 'p_cat' } });
  expect(incomplete).toThrow('IncompleteDataset');
  expect(incomplete).toThrow('the column of the dataset that holds the probability of dog');
});

test.each([
  ['Model Monitor', () => MonitoringEngine.modelMonitor(), 'UnsupportedOnModelMonitor'],
  ['its checks', () => MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR }), 'UnsupportedOnServerless'],
  [
    'its rule of drift',
    () => MonitoringEngine.serverless({ driftMethod: DriftMethod.MODEL_MONITOR }),
    'UnsupportedOnServerless',
  ],
])('they are refused on %s, which estimates nothing', (_, engine, code) => {
  expect(() => made(engine())).toThrow(code);
  expect(() => made(engine())).toThrow('\'problem.probabilities\' is "probabilities of several labels"');
});
