import { Duration, type Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../../lib/baseline/baseline';
import { Dataset } from '../../../lib/baseline/dataset';
import type { Endpoint } from '../../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { Checks } from '../../../lib/engine/serverless/checks';
import type { MonitorRequest } from '../../../lib/engine/serverless/contract';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import { GroundTruth } from '../../../lib/monitor/ground-truth';
import { ModelBiasMonitor } from '../../../lib/monitor/model-bias-monitor';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { ModelQualityMonitor } from '../../../lib/monitor/model-quality-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { RecordFilter } from '../../../lib/monitor/record-filter';
import { RecordFormat } from '../../../lib/monitor/record-format';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourceOf } from '../../monitor/readable-template';
import { biasAnalysis } from '../model-monitor/clarify';

// What a request says of the other monitors of the same data.

const extractsOf = (stack: Stack, id: string) => {
  const { Target } = resourceOf(stack, 'AWS::Scheduler::Schedule', `${id}ServerlessSchedule`).Properties;
  return (JSON.parse(Target.Input) as MonitorRequest).extracts;
};
const othersOf = (stack: Stack, id: string) => extractsOf(stack, id)?.others;

const STATISTICS = { bucket: 'baselines', key: 'churn/statistics.json' };

function labelled(stack: Stack, data: MonitoredData, window?: AnalysisWindow): void {
  const engine = MonitoringEngine.serverless();
  const bucket = s3.Bucket.fromBucketName(stack, 'Own', 'own');
  const baseline = givenBaseline(stack, 'Labelled');
  const groundTruth = GroundTruth.fromBucket(s3.Bucket.fromBucketName(stack, 'Labels', 'labels'), 'truth');
  const problem = ModelProblem.regression({ prediction: '0' });
  new ModelQualityMonitor(stack, 'Scores', { data, engine, groundTruth, problem, baseline });
  const columns = { label: 'income', prediction: 'said' };
  const dataset = Baseline.fromDataset(Dataset.csv(bucket, 'validation.csv', { columns }));
  new ModelBiasMonitor(stack, 'Bias', {
    data,
    engine,
    groundTruth,
    window,
    analysis: biasAnalysis(),
    baseline: dataset,
  });
}

test('monitors of all kinds say to each other what they read', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  newMonitor(stack, { data });
  labelled(stack, data);
  const labels = { bucket: 'labels', prefix: 'truth' };
  const quality = { kind: 'ModelQuality', labels, problem: { type: 'Regression', inferenceAttribute: '0' } };
  const bias = { kind: 'ModelBias', labels, groups: { predicted: { column: 0 }, question: { label: 'income' } } };
  const profile = { kind: 'DataQuality', statistics: STATISTICS };
  expect(othersOf(stack, 'DataQuality')).toMatchObject([quality, bias]);
  expect(othersOf(stack, 'Scores')).toMatchObject([profile, bias]);
  expect(othersOf(stack, 'Bias')).toMatchObject([profile, quality]);
});

/** Two monitors of data quality, of which the second has something of its own. */
function two(
  second: (endpoint: Endpoint, stack: Stack) => Parameters<typeof newMonitor>[1],
  stack = newStack(),
): Stack {
  const endpoint = newEndpoint(stack);
  newMonitor(stack, { data: MonitoredData.endpoint(endpoint) }, 'First');
  newMonitor(stack, { baseline: givenBaseline(stack, 'More'), ...second(endpoint, stack) }, 'Second');
  return stack;
}

const sameData = (endpoint: Endpoint) => ({ data: MonitoredData.endpoint(endpoint) });

test.each<[string, Parameters<typeof two>[0]]>([
  ['reads the same', sameData],
  ['watches another endpoint', (_, stack) => ({ data: MonitoredData.endpoint(newEndpoint(stack, 'Other')) })],
  [
    'leaves no extracts, with the rules of the container',
    (endpoint) => ({ ...sameData(endpoint), engine: MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR }) }),
  ],
  [
    'leaves them in another bucket',
    (endpoint, stack) => ({
      ...sameData(endpoint),
      engine: MonitoringEngine.serverless({ extractsBucket: new s3.Bucket(stack, 'Theirs') }),
    }),
  ],
])('nothing is said of one that %s', (_, second) => {
  expect(othersOf(two(second), 'First')).toBeUndefined();
});

test('records and labels are kept two days longer than the longest window waits for labels, and nothing is said where there are none', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  labelled(stack, data, AnalysisWindow.delayedBy(Duration.days(7)));
  const rules = (of: Stack) => resourceOf(of, 'AWS::S3::Bucket', 'Extracts').Properties.LifecycleConfiguration.Rules;
  const [all, records, ...others] = rules(stack);
  expect(all).toMatchObject({ Id: 'Extracts', ExpirationInDays: 90 });
  expect(records).toEqual({
    Id: 'Records',
    Prefix: 'extracts/Stack/_records/',
    ExpirationInDays: 10,
    Status: 'Enabled',
  });
  expect(others).toEqual([]);
  expect(rules(two(sameData))).toHaveLength(1);
});

test('another filter reads otherwise', () => {
  const filter = RecordFilter.inferenceIds('canary');
  const stack = two((endpoint) => ({ data: MonitoredData.endpoint(endpoint, { filter }) }));
  const [other] = othersOf(stack, 'First') ?? [];
  expect(other).toMatchObject({ kind: 'DataQuality', filter: { inferenceIds: ['canary'] } });
});

test('of windows of different lengths intervals are as long as the shortest', () => {
  const quarter = { frequency: MonitoringFrequency.everyMinutes(15) };
  const stack = two((endpoint) => ({ ...sameData(endpoint), ...quarter }));
  expect(extractsOf(stack, 'First')).toMatchObject({ intervalHours: 0.25 });
  expect(extractsOf(two(sameData), 'First')?.intervalHours).toBeUndefined();
});

describe('what would be more than an execution carries is left unsaid', () => {
  const named = (count: number) => (endpoint: Endpoint) => {
    const requestNames = Array.from({ length: count }, (_, i) => `feature-of-a-long-name-${i}`);
    return {
      data: MonitoredData.endpoint(endpoint, { format: RecordFormat.rowsAt({ request: 'rows', requestNames }) }),
    };
  };

  test('of another monitor', () => {
    expect(othersOf(two(named(300)), 'First')).toHaveLength(1);
    expect(othersOf(two(named(1000)), 'First')).toBeUndefined();
  });

  test('by one that has much to say of itself', () => {
    expect(othersOf(two(named(1000)), 'Second')).toHaveLength(1);
    expect(othersOf(two(named(6000)), 'Second')).toBeUndefined();
  });
});
