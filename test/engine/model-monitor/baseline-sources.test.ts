import { Duration, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline, type ModelPackageBaselineOptions } from '../../../lib/baseline/baseline';
import type { BaselineSpec } from '../../../lib/baseline/contract';
import { Dataset } from '../../../lib/baseline/dataset';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { resourceOf, resourcesOf, statementsOfRole } from '../../monitor/readable-template';
import { biasStackWith, explainabilityStackWith } from './clarify';
import { qualityStackWith } from './quality';

const BASELINE = 'Custom::SageMakerMonitoringBaseline';
const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:model-package/churn/3';
const CONSTRAINTS = 'analysis/constraints.json';

type Make = (baseline: Baseline, stack: Stack) => Stack;

const dataQuality: Make = (baseline, stack) => {
  newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), baseline });
  return stack;
};
const KINDS: [kind: string, id: string, make: Make][] = [
  ['DataQuality', 'DataQuality', dataQuality],
  ['ModelQuality', 'ModelQuality', (baseline, stack) => qualityStackWith({}, { baseline }, stack)],
  ['ModelBias', 'Bias', (baseline, stack) => biasStackWith({}, { baseline }, stack)],
  ['ModelExplainability', 'Explainability', (baseline, stack) => explainabilityStackWith({}, { baseline }, stack)],
];
const OTHER_KINDS = KINDS.slice(1);

const given = (stack: Stack, statisticsKey?: string) =>
  Baseline.fromFiles({
    bucket: s3.Bucket.fromBucketName(stack, 'Given', 'given'),
    statisticsKey,
    constraintsKey: CONSTRAINTS,
  });

/** The baseline of the only job definition of a stack. */
function baselineConfigOf(stack: Stack, kind: string): unknown {
  return resourceOf(stack, `AWS::SageMaker::${kind}JobDefinition`).Properties[`${kind}BaselineConfig`];
}

const specOf = (stack: Stack): BaselineSpec => JSON.parse(resourceOf(stack, BASELINE).Properties.Spec);

describe('given files', () => {
  test.each(OTHER_KINDS)('[D8] of %s are constraints alone', (kind, id, make) => {
    const stack = newStack();
    make(given(stack), stack);
    expect(baselineConfigOf(stack, kind)).toEqual({ ConstraintsResource: { S3Uri: `s3://given/${CONSTRAINTS}` } });
    expect(JSON.stringify(statementsOfRole(stack, `${id}Role`))).toContain(`given/${CONSTRAINTS}`);
    Template.fromStack(stack).resourceCountIs(BASELINE, 0);
  });

  test.each(OTHER_KINDS)('[E6] of %s: statistics are not read, although they are given', (_, id, make) => {
    const stack = newStack();
    make(given(stack, 'churn/statistics.json'), stack);
    expect(JSON.stringify(statementsOfRole(stack, `${id}Role`))).not.toContain('statistics.json');
  });

  test('[D8] of data quality fail without statistics', () => {
    const stack = newStack();
    expect(() => dataQuality(given(stack), stack)).toThrow(
      "InvalidBaselineFiles at Stack/DataQuality: 'statisticsKey' is undefined, allowed is the key of statistics.json for " +
        'a monitor of data quality (distributions are compared with it; Baseline.fromDataset(...) makes both files)',
    );
  });

  test('[D10] of model quality may have thresholds of metrics', () => {
    const stack = newStack();
    qualityStackWith({}, { baseline: given(stack).withOverrides({ metricThresholds: { rmse: 12 } }) }, stack);
    expect(specOf(stack).overrides).toEqual({ metricThresholds: { rmse: 12 } });
    expect(baselineConfigOf(stack, 'ModelQuality')).toEqual({
      ConstraintsResource: { S3Uri: `s3://\${Reports}/\${ModelQualityBaseline.ConstraintsKey}` },
    });
  });
});

describe('[D10] overrides', () => {
  test.each([
    ['DataQuality', { metricThresholds: { auc: 0.8 } }, 'overrides.metricThresholds'],
    ['ModelQuality', { comparisonThreshold: 0.2 }, 'overrides.comparisonThreshold'],
    ['ModelBias', { features: { age: { completeness: 0.5 } } }, 'overrides.features'],
    ['ModelExplainability', { metricThresholds: { auc: 0.8 } }, 'overrides.metricThresholds'],
  ])('of %s fail as %j, which the kind does not have', (kind, overrides, prop) => {
    const stack = newStack();
    const [, id, make] = KINDS.find(([name]) => name === kind) ?? KINDS[0];
    const baseline = given(stack, 'churn/statistics.json').withOverrides(overrides);
    expect(() => make(baseline, stack)).toThrow(`UnsupportedOverrides at Stack/${id}: '${prop}' is `);
  });

  test.each(KINDS)('of %s may be none', (_, __, make) => {
    const stack = newStack();
    expect(() => make(given(stack, 'churn/statistics.json').withOverrides({}), stack)).not.toThrow();
  });
});

describe('a baseline of the registry', () => {
  const registered = (stack: Stack, options: Partial<ModelPackageBaselineOptions> = {}, arn = ARN) =>
    Baseline.fromModelPackage(arn, { bucket: s3.Bucket.fromBucketName(stack, 'Registry', 'registry'), ...options });

  test.each(KINDS)('[D6][D7] of %s is taken by the custom resource', (kind, id, make) => {
    const stack = newStack();
    make(registered(stack), stack);
    expect(specOf(stack)).toEqual({
      modelPackage: { arn: ARN, bucket: 'registry', kind },
      output: { bucket: `\${Reports}`, prefix: `model-monitoring/Stack/${id}/baseline` },
      ...(kind === 'ModelQuality' && { decimal: true }),
    });
    const uri = (name: string) => ({ S3Uri: `s3://\${Reports}/\${${id}Baseline.${name}Key}` });
    expect(baselineConfigOf(stack, kind)).toEqual({
      ...(kind === 'DataQuality' && { StatisticsResource: uri('Statistics') }),
      ConstraintsResource: uri('Constraints'),
    });
    Template.fromStack(stack).resourceCountIs('AWS::CloudFormation::WaitCondition', 0);
  });

  test.each([
    ['anywhere in the bucket', {}, '*'],
    ['below a prefix', { prefix: 'churn/baselines' }, 'churn/baselines/*'],
  ])('[E6] %s lets the handler describe the version, read its files and write copies', (_, options, objects) => {
    const stack = newStack();
    dataQuality(registered(stack, options), stack);
    expect(statementsOfRole(stack, 'BaselinesRole').slice(1)).toEqual([
      { Action: 'sagemaker:DescribeModelPackage', Effect: 'Allow', Resource: ARN },
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `arn:\${AWS::Partition}:s3:::registry/${objects}` },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['model-monitoring/Stack/*/baseline/*'] } },
        Effect: 'Allow',
        Resource: `\${Reports.Arn}`,
      },
      { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*/baseline/*` },
    ]);
  });

  test('[E6] is read by the jobs as a copy only', () => {
    const stack = newStack();
    dataQuality(registered(stack), stack);
    expect(JSON.stringify(statementsOfRole(stack, 'DataQualityRole'))).not.toContain('registry');
  });

  test('[E1] may be encrypted', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'Key') });
    dataQuality(registered(stack, { bucket }), stack);
    expect(statementsOfRole(stack, 'BaselinesRole')).toContainEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });

  test('[D10] may have overrides', () => {
    const stack = newStack();
    dataQuality(registered(stack).withOverrides({ emitMetrics: false }), stack);
    expect(specOf(stack).overrides).toEqual({ emitMetrics: false });
  });

  test('[D6] makes no state machine', () => {
    const stack = newStack();
    dataQuality(registered(stack), stack);
    const machines = resourcesOf(stack, 'AWS::StepFunctions::StateMachine').map(({ id }) => id);
    expect(machines.filter((id) => id.startsWith('BaselineJobs'))).toEqual([]);
  });

  test.each(['churn/3', 'arn:aws:sagemaker:eu-west-1:111122223333:model-package-group/churn'])(
    'fails for the ARN %s',
    (arn) => {
      expect(() => registered(newStack(), {}, arn)).toThrow("InvalidModelPackage: 'modelPackageArn' is ");
    },
  );

  test.each(['/a', 'a/', 'a//b', 'a*'])('fails for the prefix %s', (prefix) => {
    expect(() => registered(newStack(), { prefix })).toThrow("InvalidModelPackageBaseline: 'prefix' is ");
  });

  test('may be of a version that the deployment alone knows', () => {
    const stack = newStack();
    const arn = stack.formatArn({ service: 'sagemaker', resource: 'model-package', resourceName: 'churn/3' });
    expect(() => registered(stack, {}, arn)).not.toThrow();
  });
});

test('on the serverless engine a time of its own fails', () => {
  const stack = newStack();
  const dataset = Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), 'train.csv');
  const baseline = Baseline.fromDataset(dataset, { timeout: Duration.minutes(30) });
  expect(() => newMonitor(stack, { baseline })).toThrow("UnsupportedOnServerless at Stack/DataQuality: 'timeout' is ");
});

test('[D14] on the serverless engine a revision makes another folder', () => {
  const stack = newStack();
  const dataset = Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), 'train.csv');
  newMonitor(stack, { baseline: Baseline.fromDataset(dataset, { revision: '2' }) });
  expect(specOf(stack)).toMatchObject({ revision: '2', dataset: { location: { key: 'train.csv' } } });
});

/** Characters that all inline policies of a role may have. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const INLINE_CHARACTERS = 10_240;

/** What a reference becomes at deployment, as long as it can be. */
const LONGEST: [reference: RegExp, deployed: string][] = [
  [/\$\{\w+Role\.Arn\}/g, `arn:aws-us-gov:iam::111122223333:role/${'r'.repeat(64)}`],
  [/\$\{Reports\.Arn\}/g, `arn:aws-us-gov:s3:::${'b'.repeat(63)}`],
  [/\$\{AWS::Partition\}/g, 'aws-us-gov'],
];

const training = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Training', 'training-data-of-the-whole-company');
const SOURCES: [name: string, of: (bucket: s3.IBucket, folder: string) => Baseline][] = [
  ['datasets', (bucket, folder) => Baseline.fromDataset(Dataset.csv(bucket, `${folder}/train.csv`))],
  [
    'files',
    (bucket, folder) =>
      Baseline.fromFiles({
        bucket,
        statisticsKey: `${folder}/statistics.json`,
        constraintsKey: `${folder}/constraints.json`,
      }),
  ],
];

test.each(SOURCES)(
  '[E6] sixty monitors with %s of their own stay within the policies that a role may have',
  (_, of) => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    const bucket = training(stack);
    const engine = MonitoringEngine.modelMonitor();
    for (let index = 0; index < 60; index += 1) {
      const baseline = of(bucket, `team-number-${index}/churn`).withOverrides({ comparisonThreshold: 0.2 });
      newMonitor(stack, { data: MonitoredData.endpoint(endpoint), engine, baseline }, `Endpoint${index}DataQuality`);
    }
    const roles = resourcesOf(stack, 'AWS::IAM::Role').filter(({ id }) => id.startsWith('Baseline'));
    expect(roles.length).toBeGreaterThan(0);
    for (const { Properties } of roles) {
      const policies = JSON.stringify(Properties.Policies);
      const deployed = LONGEST.reduce((text, [reference, longest]) => text.replace(reference, longest), policies);
      expect(deployed.length).toBeLessThan(INLINE_CHARACTERS);
    }
  },
);
