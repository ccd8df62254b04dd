import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  Baseline,
  type Endpoint,
  GroundTruth,
  ModelMonitoring,
  ModelProblem,
  MonitoredData,
  MonitoringEngine,
} from '../../../lib';
import { CONSTRAINTS_CHECK_TYPE } from '../../../lib/baseline/contract';
import { deployedCharacters, INLINE_POLICY_CHARACTERS } from '../../../lib/core/policy-size';
import { DRAIN_RESOURCE_TYPE } from '../../../lib/engine/model-monitor/schedule/drain/contract';
import { newEndpoint } from '../../monitor/fixtures';
import { biasAnalysis, shapAnalysis } from './clarify';

/** One stack with so many endpoints, each with four monitors, eight alarms, a topic and a rule. */
function stackOf(endpoints: number): Stack {
  const stack = new Stack(new App(), 'Largest', { env: { account: '111122223333', region: 'eu-west-1' } });
  const files = s3.Bucket.fromBucketName(stack, 'Files', 'files');
  for (let index = 0; index < endpoints; index++)
    watch(stack, newEndpoint(stack, `Endpoint${index}`), { index, files });
  return stack;
}

interface Place {
  readonly index: number;
  readonly files: s3.IBucket;
}

function watch(stack: Stack, endpoint: Endpoint, { index, files }: Place): void {
  const monitoring = new ModelMonitoring(stack, `Monitoring${index}`, {
    data: MonitoredData.endpoint(endpoint),
    engine: MonitoringEngine.modelMonitor(),
    notificationTopic: new sns.Topic(stack, `Topic${index}`),
  });
  const baselineOf = (kind: string) =>
    Baseline.fromFiles({
      bucket: files,
      statisticsKey: `baselines/endpoint-${index}/${kind}/2026-03/statistics.json`,
      constraintsKey: `baselines/endpoint-${index}/${kind}/2026-03/constraints.json`,
    });
  const groundTruth = GroundTruth.fromBucket(files, `endpoint-${index}/labels`);
  monitoring.addDataQualityMonitor('DataQuality', { baseline: baselineOf('data-quality') });
  const problem = ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });
  monitoring.addModelQualityMonitor('ModelQuality', { groundTruth, problem, baseline: baselineOf('model-quality') });
  monitoring.addModelBiasMonitor('ModelBias', { groundTruth, analysis: biasAnalysis(), baseline: baselineOf('bias') });
  monitoring.addModelExplainabilityMonitor('ModelExplainability', {
    analysis: shapAnalysis(),
    baseline: baselineOf('shap'),
  });
}

/** What Lambda takes of an asynchronous invocation. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ASYNCHRONOUS_BYTES = 256 * 1024;

type Resources = ReturnType<Template['findResources']>;

describe('the largest stack that is promised, 15 endpoints with four monitors each,', () => {
  const stack = stackOf(15);
  const resources = Template.fromStack(stack).toJSON().Resources as Resources;
  const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);

  test('fits into a stack of CloudFormation', () => {
    expect(Object.keys(resources).length).toBeLessThanOrEqual(500);
  });

  test('has at most 30 resources for each endpoint, its bucket aside', () => {
    const shared = Object.keys(Template.fromStack(stackOf(1)).toJSON().Resources).length;
    const perEndpoint = (Object.keys(resources).length - shared) / 14;
    expect(perEndpoint).toBeLessThanOrEqual(30 + 1);
  });

  test('has roles whose policies IAM takes', () => {
    const sizes = Object.entries(resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([id, { Properties }]) => [id, deployedCharacters(Properties.Policies ?? [])] as const);
    expect(sizes.length).toBeGreaterThan(75);
    expect(sizes.filter(([, size]) => size > INLINE_POLICY_CHARACTERS)).toEqual([]);
  });

  test('has one resource that judges the constraints of its 45 monitors without statistics, in what Lambda takes', () => {
    const [{ Properties }, ...others] = ofType(CONSTRAINTS_CHECK_TYPE);
    expect(others).toEqual([]);
    expect(Properties.Files).toHaveLength(45);
    const ofRequest = 2 * JSON.stringify(Properties.Files).length; // as they are, and as they were
    expect(ofRequest).toBeLessThan(ASYNCHRONOUS_BYTES / 2);
  });

  test('[F4] has one drain for its sixty schedules', () => {
    const [drain, ...others] = ofType(DRAIN_RESOURCE_TYPE);
    expect(others).toEqual([]);
    expect(drain.Properties.ScheduleNames).toHaveLength(60);
    expect(ofType('AWS::SageMaker::MonitoringSchedule')).toHaveLength(60);
  });
});

test('a stack beyond the limit says what to do', () => {
  const stack = stackOf(18);
  expect(() => (stack.node.root as App).synth()).toThrow('StackTooLarge at Largest: ');
});
