import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { WrittenData } from '../../lib/endpoint/written-data';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { GroundTruth } from '../../lib/monitor/ground-truth';
import { ModelExplainabilityMonitor } from '../../lib/monitor/model-explainability-monitor';
import { ModelProblem } from '../../lib/monitor/model-problem';
import { ModelQualityMonitor } from '../../lib/monitor/model-quality-monitor';
import { MonitoredData, type MonitoredRecordsOptions } from '../../lib/monitor/monitored-data';
import { Predictor } from '../../lib/monitor/predictor';
import { RecordFilter } from '../../lib/monitor/record-filter';
import { RecordFormat } from '../../lib/monitor/record-format';
import { RecordTransformation } from '../../lib/monitor/record-transformation';
import { ShapAnalysis } from '../../lib/monitor/shap-analysis';
import { ShapBaseline } from '../../lib/monitor/shap-baseline';
import { givenBaseline, newMonitor, newStack } from './fixtures';
import { permissionsOfRole, resourceOf } from './readable-template';

const bucketIn = (scope: Construct) => s3.Bucket.fromBucketName(scope, 'Records', 'records');
const writtenIn = (scope: Construct, options?: MonitoredRecordsOptions) =>
  MonitoredData.written(new WrittenData({ name: 'churn', bucket: bucketIn(scope), prefix: 'written' }), options);

function monitored(options?: MonitoredRecordsOptions) {
  const stack = newStack();
  const monitor = newMonitor(stack, { data: writtenIn(stack, options) });
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties;
  return { stack, monitor, request: JSON.parse(Target.Input) };
}

test('a monitor of written data is told their name and place, and knows no endpoint', () => {
  const { request, monitor } = monitored();
  expect(request.monitor).toEqual({ id: monitor.monitorId, kind: 'DataQuality', dataName: 'churn' });
  expect(request.capture).toEqual({ bucket: 'records', prefix: 'written' });
  expect(monitor.endpointName).toBeUndefined();
});

test('records are read as those of an endpoint are: filtered, in lists, changed', () => {
  const { request } = monitored({
    filter: RecordFilter.inferenceIdPrefix('canary-'),
    format: RecordFormat.rowsAt({ request: 'instances[*]' }),
    transformations: [RecordTransformation.drop('id')],
  });
  expect(request.filter).toBeDefined();
  expect(request.recordFormat).toEqual({ request: { path: { keys: ['instances'], itemKeys: [] } } });
  expect(request.transformations).toHaveLength(1);
});

test.each([
  ['PlanRole', 's3:ListBucket', 'written/churn/*'],
  ['ProfileRole', 's3:GetObject', 'written/churn/*'],
])('the role of %s may read what is written, by %s', (role, action, pattern) => {
  const { stack } = monitored();
  const statements = permissionsOfRole(stack, role).filter(({ Action }) => Action === action);
  expect(JSON.stringify(statements)).toContain(pattern);
});

test('Model Monitor reads what SageMaker captures alone, and refuses them', () => {
  const stack = newStack();
  const make = () => newMonitor(stack, { data: writtenIn(stack), engine: MonitoringEngine.modelMonitor() });
  expect(make).toThrow(/UnsupportedOnModelMonitor[\s\S]*MonitoredData\.written\(\.\.\.\)[\s\S]*serverless\(\)/);
});

test('a model is asked about written records', () => {
  const stack = newStack();
  new ModelExplainabilityMonitor(stack, 'Attributions', {
    data: writtenIn(stack),
    engine: MonitoringEngine.serverless(),
    baseline: givenBaseline(stack),
    analysis: ShapAnalysis.of({
      predictor: Predictor.fromModelName('churn'),
      baseline: ShapBaseline.rows([[1]]),
      headers: ['age'],
    }),
  });
  const { Input } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ServerlessSchedule').Properties.Target;
  expect(JSON.parse(Input)).toMatchObject({ monitor: { dataName: 'churn' }, explanation: { headers: ['age'] } });
});

test('predictions of written records are compared with labels', () => {
  const stack = newStack();
  new ModelQualityMonitor(stack, 'Quality', {
    data: writtenIn(stack),
    engine: MonitoringEngine.serverless(),
    baseline: givenBaseline(stack),
    problem: ModelProblem.regression({ prediction: '0' }),
    groundTruth: GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'labels'),
  });
  const { Input } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'QualityServerlessSchedule').Properties.Target;
  expect(JSON.parse(Input)).toMatchObject({
    monitor: { kind: 'ModelQuality', dataName: 'churn' },
    labels: { place: { bucket: 'labels', prefix: 'labels' } },
  });
});
