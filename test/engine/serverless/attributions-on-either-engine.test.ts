import type { Stack } from 'aws-cdk-lib';
import {
  Baseline,
  Dataset,
  type IMonitoringEngine,
  MonitoringEngine,
  MonitoringFrequency,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from '../../../lib';
import { newModel } from '../../endpoint/fixtures';
import { newEndpoint } from '../../monitor/fixtures';
import { resourcesOf } from '../../monitor/readable-template';
import { frontDoorOn } from './either-engine';

/** An app with a monitor of feature attributions: nothing but a line of it knows the engine. */
function app(engine: IMonitoringEngine): Stack {
  const { stack, bucket, monitoring } = frontDoorOn(engine);
  monitoring.addModelExplainabilityMonitor('Attributions', {
    analysis: ShapAnalysis.of({
      predictor: Predictor.fromModel(newModel(stack, 'Asked')),
      baseline: ShapBaseline.rows([[40, 1, 3]]),
      headers: ['age', 'sex', 'job'],
      probability: '1',
    }),
    baseline: Baseline.fromDataset(Dataset.csv(bucket, 'train.csv', { columns: { label: 'income' } })),
    frequency: MonitoringFrequency.dailyAt(4),
  });
  return stack;
}

const stacks = { serverless: app(MonitoringEngine.serverless()), modelMonitor: app(MonitoringEngine.modelMonitor()) };

test.each(['AWS::CloudWatch::Alarm', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SageMaker::Model'])(
  'what is an %s is the same on either engine',
  (type) => {
    const [one, other] = [stacks.serverless, stacks.modelMonitor].map((stack) => resourcesOf(stack, type));
    expect(one.length).toBeGreaterThan(0);
    expect(one).toEqual(other);
  },
);

test('messages are about the same events on either engine', () => {
  const rules = (stack: Stack) =>
    resourcesOf(stack, 'AWS::Events::Rule')
      .map(({ id, Properties }) => [id, Properties.EventPattern])
      .filter(([, pattern]) => JSON.stringify(pattern).includes('Model Monitoring Execution Completed'));
  expect(rules(stacks.serverless).length).toBeGreaterThan(0);
  expect(rules(stacks.serverless)).toEqual(rules(stacks.modelMonitor));
});

test('where a run is analysed, and who is asked, is what differs', () => {
  const counts = (type: string) => Object.values(stacks).map((stack) => resourcesOf(stack, type).length);
  expect(counts('AWS::SageMaker::ModelExplainabilityJobDefinition')).toEqual([0, 1]);
  expect(counts('AWS::SageMaker::Endpoint')).toEqual([2, 1]);
});

test('what either engine alone would follow, the other refuses', () => {
  const { stack, bucket, monitoring } = frontDoorOn(MonitoringEngine.modelMonitor());
  const adding = () =>
    monitoring.addModelExplainabilityMonitor('Attributions', {
      analysis: ShapAnalysis.of({
        predictor: Predictor.fromEndpoint(newEndpoint(stack, 'Other'), { maxConcurrency: 2, recordsPerRequest: 5 }),
        headers: ['age'],
        recordCount: 10,
      }),
      baseline: Baseline.fromFiles({ bucket, constraintsKey: 'analysis.json' }),
    });
  expect(adding).toThrow(/UnsupportedOnModelMonitor.*fromEndpoint.*maxConcurrency.*recordsPerRequest.*recordCount/s);
});
