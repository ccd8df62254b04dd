import { Aws } from 'aws-cdk-lib';
import { DataDistribution } from '../../../lib/engine/model-monitor/job/data-distribution';
import { InputMode } from '../../../lib/engine/model-monitor/job/input-mode';
import type { ModelMonitorEngineOptions } from '../../../lib/engine/model-monitor/model-monitor-engine-options';
import { jobOf, stackWith } from './job';

const inputOf = (options: ModelMonitorEngineOptions) => jobOf(options).DataQualityJobInput.EndpointInput;

test('all captured features reach every instance as files when nothing is said', () => {
  const { S3InputMode, S3DataDistributionType, ExcludeFeaturesAttribute } = inputOf({});
  expect([S3InputMode, S3DataDistributionType, ExcludeFeaturesAttribute]).toEqual([
    'File',
    'FullyReplicated',
    undefined,
  ]);
});

test.each([
  [InputMode.FILE, 'File'],
  [InputMode.PIPE, 'Pipe'],
])('[B15] captured data may come as %s', (inputMode, expected) => {
  expect(inputOf({ inputMode }).S3InputMode).toBe(expected);
});

test.each([
  [DataDistribution.FULLY_REPLICATED, 'FullyReplicated'],
  [DataDistribution.SHARDED_BY_S3_KEY, 'ShardedByS3Key'],
])('[B15] captured data may be distributed as %s', (dataDistribution, expected) => {
  expect(inputOf({ dataDistribution }).S3DataDistributionType).toBe(expected);
});

test.each([
  [[], undefined],
  [['id'], 'id'],
  [['id', 'Session Id'], 'id,Session Id'],
  [['x'.repeat(49), 'y'.repeat(50)], `${'x'.repeat(49)},${'y'.repeat(50)}`],
  [['id', Aws.STACK_NAME], `id,\${AWS::StackName}`],
  [[Aws.STACK_NAME, 'x'.repeat(101)], `\${AWS::StackName},${'x'.repeat(101)}`],
])('[B14] the features %j are excluded as %j', (excludedFeatures, expected) => {
  const { DataQualityJobInput } = jobOf({}, undefined, { excludedFeatures });
  expect(DataQualityJobInput.EndpointInput.ExcludeFeaturesAttribute).toBe(expected);
});

test.each([
  [[''], `'excludedFeatures' is "", allowed is a name without comma, not empty, once`],
  [['a,b'], `'excludedFeatures' is "a,b", allowed is a name without comma`],
  [['a', 'b', 'a'], `'excludedFeatures' is "a", allowed is a name without comma, not empty, once`],
  [
    ['x'.repeat(50), 'y'.repeat(50)],
    `'excludedFeatures' is "101 characters", allowed is names of at most 100 characters`,
  ],
])('the features %j cannot be excluded', (excludedFeatures, message) => {
  expect(() => stackWith({}, { excludedFeatures })).toThrow(message);
});
