import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline } from '../../lib/baseline/baseline';
import { ComparisonMethod } from '../../lib/baseline/constraint-overrides';
import { BASELINE_ATTRIBUTES, BASELINE_RESOURCE_TYPE, type BaselineSpec } from '../../lib/baseline/contract';
import { ColumnType, Dataset, TextValues } from '../../lib/baseline/dataset';
import { MonitoringEngine } from '../../lib/engine/monitoring-engine';
import { Checks } from '../../lib/engine/serverless/checks';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { DriftMethod } from '../../lib/engine/serverless/drift-method';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../../lib/monitor/monitoring-engine';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../monitor/fixtures';
import { awaitedBy, permissionsOfRole, resourceOf, resourcesOf, statementsOfRole } from '../monitor/readable-template';

const OUTPUT = 'model-monitoring/Stack/DataQuality/baseline';
/** Of all monitors of the stack: their number does not matter to the handler's policy. */
const OUTPUTS = 'model-monitoring/Stack/*/baseline/*';
const training = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Training', 'training');
const fromDataset = (stack: Stack, objectKey = 'churn/train.csv') =>
  Baseline.fromDataset(Dataset.csv(training(stack), objectKey));

function specOf(stack: Stack): BaselineSpec {
  return JSON.parse(resourceOf(stack, BASELINE_RESOURCE_TYPE).Properties.Spec);
}

function requestOf(stack: Stack): MonitorRequest {
  return JSON.parse(
    resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties.Target.Input,
  );
}

test('a dataset with a label fails for data quality, whose captured data have none', () => {
  const stack = newStack();
  const dataset = Dataset.csv(training(stack), 'churn/labelled.csv', { columns: { label: 'churned' } });
  expect(() => newMonitor(stack, { baseline: Baseline.fromDataset(dataset) })).toThrow(
    `LabelInDataset at Stack/DataQuality/Serverless: 'columns.label' is "churned", allowed is none for data quality`,
  );
});

describe('a baseline of given files', () => {
  test('is used where it lies', () => {
    const stack = newStack();
    newMonitor(stack);
    expect(requestOf(stack).baseline).toEqual({
      statistics: { bucket: 'baselines', key: 'churn/statistics.json' },
      constraints: { bucket: 'baselines', key: 'churn/constraints.json' },
    });
  });

  test.each([
    ['Meaning', MonitoringEngine.serverless()],
    ['Type', MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR })],
    [undefined, MonitoringEngine.modelMonitor()],
  ] as const)('is judged at deployment with rigour %s, by what makes no file', (rigour, engine) => {
    const stack = newStack();
    newMonitor(stack, { engine });
    expect(specOf(stack)).toEqual({
      constraints: { bucket: 'baselines', key: 'churn/constraints.json' },
      statistics: { bucket: 'baselines', key: 'churn/statistics.json' },
      output: { bucket: `\${Reports}`, prefix: OUTPUT },
      ...(rigour && { rigour }),
    });
    const statements = statementsOfRole(stack, 'BaselinesRole').filter(({ Action }) => `${Action}`.startsWith('s3:'));
    expect(statements).toEqual([
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: ['constraints', 'statistics'].map(
          (file) => `arn:\${AWS::Partition}:s3:::baselines/churn/${file}.json`,
        ),
      },
    ]);
  });

  test.each([
    ['AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule', MonitoringEngine.serverless()],
    ['AWS::SageMaker::DataQualityJobDefinition', '', MonitoringEngine.modelMonitor()],
  ])('is judged before there is its %s', (type, id, engine) => {
    const stack = newStack();
    newMonitor(stack, { engine });
    expect(awaitedBy(stack, type, id)).toContainEqual(expect.stringMatching(/^DataQuality(Serverless)?Baseline$/));
  });

  test('is judged after what the monitor depends on, as what uploads it', () => {
    const stack = newStack();
    const upload = new CfnResource(stack, 'Upload', { type: 'Custom::Upload' });
    newMonitor(stack).node.addDependency(upload);
    expect(resourceOf(stack, BASELINE_RESOURCE_TYPE).DependsOn).toContain('Upload');
  });

  test('that comes after the deployment is judged by runs alone', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Later', 'later');
    const files = { bucket, statisticsKey: 's.json', constraintsKey: 'c.json', checkedAtDeployment: false };
    newMonitor(stack, { baseline: Baseline.fromFiles(files) });
    Template.fromStack(stack).resourceCountIs(BASELINE_RESOURCE_TYPE, 0);
    expect(() => Baseline.fromFiles(files).withOverrides({ comparisonThreshold: 0.2 })).toThrow(
      "InvalidBaselineFiles: 'checkedAtDeployment' is false, allowed is true, or nothing, with overrides",
    );
  });

  test('may be read by the analysis: these two objects, and no others', () => {
    const stack = newStack();
    newMonitor(stack);
    const permissions = permissionsOfRole(stack, 'ConcludeRole');
    for (const file of ['statistics', 'constraints']) {
      const Resource = `arn:\${AWS::Partition}:s3:::baselines/churn/${file}.json`;
      expect(permissions).toContainEqual({ Action: 's3:GetObject', Effect: 'Allow', Resource });
    }
    expect(JSON.stringify(permissions).split(':s3:::baselines')).toHaveLength(3);
  });

  test('may be encrypted', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'Key') });
    newMonitor(stack, {
      baseline: Baseline.fromFiles({ bucket, statisticsKey: 's.json', constraintsKey: 'c.json' }),
    });
    expect(statementsOfRole(stack, 'ConcludeRole')).toContainEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });
});

describe('a baseline of given files with overrides', () => {
  const OVERRIDES = { comparisonMethod: ComparisonMethod.SIMPLE, features: { tenure: { completeness: 0.7 } } };

  function make(engine: IMonitoringEngine = MonitoringEngine.serverless()) {
    const stack = newStack();
    newMonitor(stack, { engine, baseline: givenBaseline(stack).withOverrides(OVERRIDES) });
    return stack;
  }

  test('has its constraints overridden by a custom resource', () => {
    expect(specOf(make())).toEqual({
      constraints: { bucket: 'baselines', key: 'churn/constraints.json' },
      overrides: OVERRIDES,
      output: { bucket: `\${Reports}`, prefix: OUTPUT },
      statistics: { bucket: 'baselines', key: 'churn/statistics.json' },
      rigour: 'Meaning',
    });
  });

  test.each([
    MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR }),
    MonitoringEngine.serverless({ driftMethod: DriftMethod.MODEL_MONITOR }),
  ])("is asked for the types of its values alone where the container's rules hold", (engine) => {
    expect(specOf(make(engine)).rigour).toBe('Type');
  });

  test('is asked for no more on Model Monitor than what nothing can read, and its statistics for nothing', () => {
    const { rigour, statistics } = specOf(make(MonitoringEngine.modelMonitor()));
    expect({ rigour, statistics }).toEqual({});
  });

  test('keeps its own statistics', () => {
    expect(requestOf(make()).baseline).toEqual({
      statistics: { bucket: 'baselines', key: 'churn/statistics.json' },
      constraints: {
        bucket: `\${Reports}`,
        key: `\${DataQualityServerlessBaseline.${BASELINE_ATTRIBUTES.constraintsKey}}`,
      },
    });
  });

  test('lets the handler read the given files and write the new constraints, and nothing else', () => {
    const statements = statementsOfRole(make(), 'BaselinesRole').filter(({ Action }) => `${Action}`.startsWith('s3:'));
    expect(statements).toEqual([
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: ['constraints', 'statistics'].map(
          (file) => `arn:\${AWS::Partition}:s3:::baselines/churn/${file}.json`,
        ),
      },
      { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Reports.Arn}/${OUTPUTS}` },
    ]);
  });

  test('replaces earlier overrides by later ones, and leaves the baseline without them alone', () => {
    const stack = newStack();
    const baseline = givenBaseline(stack);
    const overridden = baseline.withOverrides(OVERRIDES).withOverrides({ comparisonThreshold: 0.2 });
    const endpoint = newEndpoint(stack);
    newMonitor(stack, { data: MonitoredData.endpoint(endpoint), baseline: overridden }, 'Overridden');
    newMonitor(stack, { data: MonitoredData.endpoint(endpoint), baseline }, 'Plain');
    const specs = resourcesOf(stack, BASELINE_RESOURCE_TYPE).map(({ Properties }) => JSON.parse(Properties.Spec));
    expect(specs.map(({ overrides }) => overrides)).toEqual([{ comparisonThreshold: 0.2 }, undefined]);
  });

  test('fails at once for overrides that are wrong', () => {
    expect(() => givenBaseline(newStack()).withOverrides({ comparisonThreshold: 2 })).toThrow(
      "InvalidConstraintOverrides: 'overrides.comparisonThreshold' is 2, allowed is a share from 0 to 1",
    );
  });
});

describe('a baseline of a dataset', () => {
  function make(objectKey?: string) {
    const stack = newStack();
    newMonitor(stack, { baseline: fromDataset(stack, objectKey) });
    return stack;
  }

  test('is made by a custom resource with an hour of time, whose specification is JSON', () => {
    const stack = make();
    expect(resourceOf(stack, BASELINE_RESOURCE_TYPE).Properties).toEqual({
      ServiceToken: `\${Baselines.Arn}`,
      ServiceTimeout: '3600',
      Spec: expect.any(String),
    });
    expect(specOf(stack)).toEqual({
      dataset: {
        location: { bucket: 'training', key: 'churn/train.csv' },
        format: { csv: { header: true } },
        maximumConcurrency: 10,
      },
      output: { bucket: `\${Reports}`, prefix: OUTPUT },
    });
  });

  test('gives the monitor its files by attributes', () => {
    expect(requestOf(make()).baseline).toEqual({
      statistics: { bucket: `\${Reports}`, key: `\${DataQualityServerlessBaseline.StatisticsKey}` },
      constraints: { bucket: `\${Reports}`, key: `\${DataQualityServerlessBaseline.ConstraintsKey}` },
    });
  });

  test('waits until the Distributed Map may run', () => {
    const stack = make();
    expect(resourceOf(stack, 'AWS::Lambda::Function', 'Baselines').DependsOn).toContain('AnalysisDistributedMapPolicy');
  });

  test('may have overrides', () => {
    const stack = newStack();
    newMonitor(stack, { baseline: fromDataset(stack).withOverrides({ comparisonThreshold: 0.2 }) });
    expect(specOf(stack).overrides).toEqual({ comparisonThreshold: 0.2 });
  });

  test('fails at once for overrides that are wrong', () => {
    expect(() => fromDataset(newStack()).withOverrides({ domainContentThreshold: -1 })).toThrow(
      "InvalidConstraintOverrides: 'overrides.domainContentThreshold' is -1",
    );
  });

  test.each([
    ['churn/train.csv', 'churn/train.csv'],
    ['churn/2024/', 'churn/2024/*'],
  ])('at %s may be listed by the plan and read by the profile at %s', (objectKey, objects) => {
    const stack = make(objectKey);
    expect(statementsOfRole(stack, 'PlanRole')).toContainEqual({
      Action: 's3:ListBucket',
      Condition: { StringLike: { 's3:prefix': [objectKey] } },
      Effect: 'Allow',
      Resource: `arn:\${AWS::Partition}:s3:::training`,
    });
    expect(permissionsOfRole(stack, 'ProfileRole')).toContainEqual({
      Action: 's3:GetObject',
      Effect: 'Allow',
      Resource: `arn:\${AWS::Partition}:s3:::training/${objects}`,
    });
  });

  test('lets the handler start the analysis and find files that exist, and nothing else', () => {
    expect(statementsOfRole(make(), 'BaselinesRole').slice(1)).toEqual([
      { Action: 'states:StartExecution', Effect: 'Allow', Resource: `\${Analysis}` },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': [OUTPUTS] } },
        Effect: 'Allow',
        Resource: `\${Reports.Arn}`,
      },
    ]);
  });

  test('may be read by the analysis', () => {
    expect(permissionsOfRole(make(), 'ConcludeRole')).toContainEqual({
      Action: 's3:GetObject',
      Effect: 'Allow',
      Resource: `\${Reports.Arn}/model-monitoring/Stack/*`, // of all monitors of the stack
    });
  });

  test('may be encrypted', () => {
    const stack = newStack();
    const bucket = new s3.Bucket(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'Key') });
    newMonitor(stack, { baseline: Baseline.fromDataset(Dataset.csv(bucket, 'train.csv')) });
    expect(statementsOfRole(stack, 'ProfileRole')).toContainEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: `\${Key.Arn}`,
    });
  });
});

test('given files fail for keys that are none, both at once', () => {
  const bucket = s3.Bucket.fromBucketName(newStack(), 'Given', 'given');
  const make = () => Baseline.fromFiles({ bucket, statisticsKey: '/statistics.json', constraintsKey: '*' });
  expect(make).toThrow(/InvalidBaselineFiles: 'statisticsKey' is .*; 'constraintsKey' is "\*"/);
});

describe('values of text in clear', () => {
  const make = (textValues?: TextValues, checks?: Checks) => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    const dataset = Dataset.jsonLines(bucket, 'train.jsonl', { textValues });
    newMonitor(stack, { engine: MonitoringEngine.serverless({ checks }), baseline: Baseline.fromDataset(dataset) });
    return stack;
  };

  test('are kept where they are asked for, and nothing is said of the default', () => {
    expect(specOf(make(TextValues.IN_CLEAR)).dataset?.keepsTextValues).toBe(true);
    for (const textValues of [TextValues.HASHED, undefined])
      expect(specOf(make(textValues)).dataset).not.toHaveProperty('keepsTextValues');
  });

  test("fail with the container's rules, which look at no such text", () => {
    expect(() => make(TextValues.IN_CLEAR, Checks.MODEL_MONITOR)).toThrow(
      /^UnsupportedDataset at .*: 'textValues' is "InClear", allowed is nothing with the rules of Model Monitor \(/,
    );
    expect(() => make(TextValues.HASHED, Checks.MODEL_MONITOR)).not.toThrow();
  });

  test('fail for what is none', () => {
    expect(() => make('Plain' as TextValues)).toThrow(
      /^InvalidProps: 'options.textValues' is "Plain", allowed is one of/,
    );
  });
});

describe('columns with types', () => {
  const columnTypes = { zip: ColumnType.CATEGORICAL, id: ColumnType.IDENTIFIER };

  function make(engine: IMonitoringEngine = MonitoringEngine.serverless()) {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    newMonitor(stack, { engine, baseline: Baseline.fromDataset(Dataset.csv(bucket, 'train.csv', { columnTypes })) });
    return stack;
  }

  test('are told to the analysis', () => {
    expect(specOf(make()).dataset?.columnTypes).toEqual({ zip: 'Categorical', id: 'Identifier' });
  });

  test("fail with the container's rules, which go by the values", () => {
    expect(() => make(MonitoringEngine.serverless({ checks: Checks.MODEL_MONITOR }))).toThrow(
      /^UnsupportedDataset at .*: 'columnTypes' is .*, allowed is nothing with the rules of Model Monitor \(.*take Checks.BY_MEANING\)/,
    );
  });

  test('fail for a type that is none', () => {
    const bucket = s3.Bucket.fromBucketName(newStack(), 'Training', 'training');
    const wrong = { zip: 'Code' as ColumnType };
    expect(() => Dataset.json(bucket, 'train.json', { columnTypes: wrong })).toThrow(
      /^InvalidProps: 'options.columnTypes/,
    );
  });
});
