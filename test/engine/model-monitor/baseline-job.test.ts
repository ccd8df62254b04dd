import * as path from 'node:path';
import { App, Aws, Duration, NestedStack, Size, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Baseline, type BaselineDatasetOptions } from '../../../lib/baseline/baseline';
import { CategoricalDriftMethod, type ConstraintOverrides } from '../../../lib/baseline/constraint-overrides';
import type { BaselineSpec } from '../../../lib/baseline/contract';
import { ColumnType, CsvDelimiter, Dataset, DatasetEncoding, TextValues } from '../../../lib/baseline/dataset';
import { InstanceType } from '../../../lib/endpoint/instance-type';
import { AnalysisScript } from '../../../lib/engine/model-monitor/analyzer/analysis-script';
import type { ModelMonitorEngineOptions } from '../../../lib/engine/model-monitor/model-monitor-engine-options';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import {
  permissionsOfRole,
  readable,
  resourceOf,
  resourcesOf,
  statementsOfRole,
} from '../../monitor/readable-template';

const BASELINE = 'Custom::SageMakerMonitoringBaseline';
const SCRIPTS = path.join(__dirname, 'fixtures');

const { account, region } = newStack();
const ENV = { account, region };

interface Props {
  readonly engine?: ModelMonitorEngineOptions;
  readonly dataset?: (bucket: s3.IBucket) => Dataset;
  readonly options?: BaselineDatasetOptions;
  readonly overrides?: ConstraintOverrides;
  readonly reportsBucket?: s3.IBucket;
}

/** A stack with a monitor `DataQuality` whose baseline is computed from `s3://training/churn/train.csv`. */
function make(props: Props = {}, stack: Stack = newStack()): Stack {
  const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
  const dataset = props.dataset?.(bucket) ?? Dataset.csv(bucket, 'churn/train.csv');
  const baseline = Baseline.fromDataset(dataset, props.options);
  newMonitor(
    stack,
    {
      engine: MonitoringEngine.modelMonitor(props.engine),
      baseline: props.overrides ? baseline.withOverrides(props.overrides) : baseline,
      reportsBucket: props.reportsBucket,
    },
    'DataQuality',
  );
  return stack;
}

function specOf(stack: Stack): BaselineSpec {
  return JSON.parse(resourceOf(stack, BASELINE).Properties.Spec);
}

const requestOf = (stack: Stack) => specOf(stack).job?.request;

test('fails for a dataset with a delimiter that the container does not take', () => {
  const withDelimiter = (delimiter: CsvDelimiter) =>
    make({ dataset: (bucket) => Dataset.csv(bucket, 'a.csv', { delimiter }) });
  expect(() => withDelimiter(CsvDelimiter.SEMICOLON)).toThrow(
    /^UnsupportedDataset at .*: 'delimiter' is ";", allowed is CsvDelimiter.COMMA on modelMonitor\(\) \(write the dataset with commas/,
  );
  expect(requestOf(withDelimiter(CsvDelimiter.COMMA))).toEqual(
    requestOf(make({ dataset: (bucket) => Dataset.csv(bucket, 'a.csv') })),
  );
});

test('fails for a dataset whose columns have types, which the container does not take', () => {
  const columnTypes = { zip: ColumnType.CATEGORICAL };
  expect(() => make({ dataset: (bucket) => Dataset.parquet(bucket, 'a.parquet', { columnTypes }) })).toThrow(
    /^UnsupportedDataset at .*: 'columnTypes' is .*, allowed is nothing on modelMonitor\(\) /,
  );
});

test('fails for a dataset whose text is to be kept, which the container does not do', () => {
  const kept = (textValues?: TextValues) => make({ dataset: (bucket) => Dataset.csv(bucket, 'a.csv', { textValues }) });
  expect(() => kept(TextValues.IN_CLEAR)).toThrow(
    /^UnsupportedDataset at .*: 'textValues' is "InClear", allowed is nothing on modelMonitor\(\) \(the container keeps nothing/,
  );
  expect(requestOf(kept(TextValues.HASHED))).toEqual(requestOf(kept()));
});

test('fails for a dataset in an encoding that the container is not told of', () => {
  const encoded = (encoding?: DatasetEncoding) =>
    make({ dataset: (bucket) => Dataset.csv(bucket, 'a.csv', { encoding }) });
  expect(() => encoded(DatasetEncoding.UTF_16LE)).toThrow(
    /^UnsupportedDataset at .*: 'encoding' is "UTF-16LE", allowed is DatasetEncoding.UTF_8 on modelMonitor\(\) \(write the dataset in UTF-8/,
  );
  expect(requestOf(encoded(DatasetEncoding.UTF_8))).toEqual(requestOf(encoded()));
});

test('fails for a dataset with lists, which the container does not read', () => {
  const listLengths = { embedding: 8 };
  expect(() => make({ dataset: (bucket) => Dataset.jsonLines(bucket, 'a.jsonl', { listLengths }) })).toThrow(
    /^UnsupportedDataset at .*: 'listLengths' is .*, allowed is nothing on modelMonitor\(\) \(the container reads no lists; write each/,
  );
});

describe('the processing job of a baseline', () => {
  test('[D1][defect 2] is what the SageMaker Python SDK sends, without name and output URI', () => {
    expect(specOf(make())).toEqual({
      job: {
        request: {
          AppSpecification: {
            ImageUri: '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer',
          },
          Environment: {
            dataset_format: '{"csv":{"header":true}}',
            dataset_source: '/opt/ml/processing/input/baseline_dataset_input',
            output_path: '/opt/ml/processing/output',
            publish_cloudwatch_metrics: 'Disabled',
          },
          RoleArn: `\${DataQualityRole.Arn}`,
          Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/DataQuality' }],
          ProcessingInputs: [
            {
              InputName: 'baseline_dataset_input',
              S3Input: {
                S3Uri: 's3://training/churn/train.csv',
                LocalPath: '/opt/ml/processing/input/baseline_dataset_input',
                S3DataType: 'S3Prefix',
                S3InputMode: 'File',
                S3DataDistributionType: 'FullyReplicated',
                S3CompressionType: 'None',
              },
            },
          ],
          ProcessingOutputConfig: {
            Outputs: [
              {
                OutputName: 'monitoring_output',
                S3Output: { LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' },
              },
            ],
          },
          ProcessingResources: {
            ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 },
          },
          StoppingCondition: { MaxRuntimeInSeconds: 3300 },
        },
        statisticsFile: 'statistics.json',
        constraintsFile: 'constraints.json',
        timeoutSeconds: 3300,
      },
      output: { bucket: `\${Reports}`, prefix: 'model-monitoring/Stack/DataQuality/baseline' },
    });
  });

  test('[D2][defect 4] is awaited: the definition takes its files from the custom resource', () => {
    const stack = make();
    expect(resourceOf(stack, 'AWS::SageMaker::DataQualityJobDefinition').Properties.DataQualityBaselineConfig).toEqual({
      StatisticsResource: { S3Uri: `s3://\${Reports}/\${DataQualityBaseline.StatisticsKey}` },
      ConstraintsResource: { S3Uri: `s3://\${Reports}/\${DataQualityBaseline.ConstraintsKey}` },
    });
    expect(resourceOf(stack, BASELINE).Properties).toMatchObject({ ServiceTimeout: '3600' });
    expect(resourceOf(stack, BASELINE).Properties.SignalUrl).toBeUndefined();
    Template.fromStack(stack).resourceCountIs('AWS::CloudFormation::WaitCondition', 0);
  });

  test('[D12] has the cluster, the volume key, the network and the tags of the engine, and the key of the reports', () => {
    const stack = newStack();
    const reportsBucket = new s3.Bucket(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'ReportsKey') });
    const engine: ModelMonitorEngineOptions = {
      instanceType: InstanceType.of('ml.r5.2xlarge'),
      instanceCount: 2,
      volumeSize: Size.gibibytes(50),
      volumeEncryptionKey: new kms.Key(stack, 'VolumeKey'),
      vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 }),
      networkIsolation: true,
      interContainerTrafficEncryption: true,
      tags: { team: 'churn' },
    };
    const request = requestOf(make({ engine, reportsBucket }, stack));
    expect(request?.ProcessingResources.ClusterConfig).toEqual({
      InstanceCount: 2,
      InstanceType: 'ml.r5.2xlarge',
      VolumeSizeInGB: 50,
      VolumeKmsKeyId: `\${VolumeKey.Arn}`,
    });
    expect(request?.NetworkConfig).toEqual({
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
      VpcConfig: {
        SecurityGroupIds: [`\${DataQualitySecurityGroup.GroupId}`],
        Subnets: [`\${VpcPrivateSubnet1Subnet}`],
      },
    });
    expect(request?.ProcessingOutputConfig.KmsKeyId).toBe(`\${ReportsKey.Arn}`);
    expect(request?.Tags).toContainEqual({ Key: 'team', Value: 'churn' });
  });

  describe('has tags', () => {
    const tag = (Key: string, Value: string) => ({ Key, Value });

    const monitor = (id = 'Stack/DataQuality') => tag('cdk-sagemaker-monitoring:monitor', id);

    test('of the app, of the stack and of the engine', () => {
      const app = new App({ context: { '@aws-cdk/core:explicitStackTags': true } });
      const stack = new Stack(app, 'Stack', { env: ENV, tags: { owner: 'risk', stage: 'stack' } });
      make({ engine: { tags: { team: 'churn', stage: 'engine' } } }, stack);
      Tags.of(app).add('cost', Aws.ACCOUNT_ID);
      expect(requestOf(stack)?.Tags).toEqual([
        monitor(),
        tag('cost', `\${AWS::AccountId}`),
        tag('owner', 'risk'),
        tag('stage', 'engine'),
        tag('team', 'churn'),
      ]);
    });

    test('of the stack around a nested one, as CloudFormation gives them to its resources', () => {
      const parent = newStack();
      Tags.of(parent).add('owner', 'risk', { includeResourceTypes: ['aws:cdk:stack'] });
      expect(requestOf(make({}, new NestedStack(parent, 'Nested')))?.Tags).toContainEqual(tag('owner', 'risk'));
    });

    test('that Tags gives to processing jobs alone, or removes from them', () => {
      const stack = make({ engine: { tags: { team: 'churn' } } });
      const processing = { includeResourceTypes: ['AWS::SageMaker::ProcessingJob'] };
      Tags.of(stack).add('job', 'baseline', processing);
      Tags.of(stack).add('queue', 'any', { excludeResourceTypes: processing.includeResourceTypes });
      Tags.of(stack).remove('team', processing);
      expect(requestOf(stack)?.Tags).toContainEqual(tag('job', 'baseline'));
      expect(requestOf(stack)?.Tags).not.toContainEqual(tag('team', 'churn'));
    });

    test('that win over those of the engine, as on its other resources', () => {
      const stack = make({ engine: { tags: { team: 'churn' } } });
      Tags.of(stack).add('team', 'risk');
      expect(requestOf(stack)?.Tags).toEqual([monitor(), tag('team', 'risk')]);
      expect(resourceOf(stack, 'AWS::SageMaker::DataQualityJobDefinition').Properties.Tags).toEqual([
        monitor(),
        tag('team', 'risk'),
      ]);
    });

    test('or fails for more than 50, which SageMaker takes at most', () => {
      const tagged = (count: number) => {
        const stack = make({ engine: { tags: { team: 'churn' } } });
        for (let index = 1; index < count; index++) Tags.of(stack).add(`key${index}`, 'value');
        return () => requestOf(stack)?.Tags?.length;
      };
      expect(tagged(49)()).toBe(50);
      expect(tagged(50)).toThrow(
        /InvalidModelMonitorEngine.*'tags' is "50 tags", allowed is a whole number, 1 to 49 tags/,
      );
    });
  });

  test('[D12] shares its security group with the runs of the monitor', () => {
    const stack = newStack();
    make({ engine: { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 }) } }, stack);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroup', 1);
  });

  test.each([
    [
      'JSON Lines',
      (bucket: s3.IBucket) => Dataset.jsonLines(bucket, 'a/'),
      '{"json":{"lines":true}}',
      's3://training/a/',
    ],
    [
      'JSON',
      (bucket: s3.IBucket) => Dataset.json(bucket, 'a.json'),
      '{"json":{"lines":false}}',
      's3://training/a.json',
    ],
    ['Parquet', (bucket: s3.IBucket) => Dataset.parquet(bucket, 'a/'), '{"parquet":{}}', 's3://training/a/'],
    [
      'CSV without header',
      (bucket: s3.IBucket) => Dataset.csv(bucket, 'a.csv', { header: false }),
      '{"csv":{"header":false}}',
      's3://training/a.csv',
    ],
  ])('reads %s', (_, dataset, format, uri) => {
    const request = requestOf(make({ dataset }));
    expect(request?.Environment?.dataset_format).toBe(format);
    expect(request?.ProcessingInputs[0].S3Input.S3Uri).toBe(uri);
  });

  test('reads a file of the machine that synthesizes from its asset', () => {
    const file = path.join(__dirname, '../../baseline/fixtures/churn.csv');
    const request = requestOf(make({ dataset: () => Dataset.csvFile(file) }));
    expect(request?.ProcessingInputs[0].S3Input.S3Uri).toMatch(/^s3:\/\/cdk-.*\/[0-9a-f]{64}\.csv$/);
  });

  test('[B16][B17] may run scripts on the dataset, which are none of the monitor', () => {
    const dataQuality = {
      datasetPreprocessor: AnalysisScript.fromAsset(path.join(SCRIPTS, 'preprocessor.py')),
      datasetPostAnalytics: AnalysisScript.fromBucket(
        s3.Bucket.fromBucketName(newStack(), 'Scripts', 'scripts'),
        'churn/tell.py',
      ),
    };
    const stack = make({ engine: { dataQuality } });
    const request = requestOf(stack);
    const [, pre, post] = request?.ProcessingInputs ?? [];
    expect([pre.InputName, post.InputName]).toEqual([
      'record_preprocessor_script_input',
      'post_analytics_processor_script_input',
    ]);
    expect(pre.S3Input).toMatchObject({
      S3Uri: expect.stringMatching(/\/[0-9a-f]{64}\.py$/),
      LocalPath: '/opt/ml/processing/input/record_preprocessor_script_input',
    });
    expect(post.S3Input.S3Uri).toBe('s3://scripts/churn/tell.py');
    expect(request?.Environment).toMatchObject({
      record_preprocessor_script: expect.stringMatching(
        /^\/opt\/ml\/processing\/input\/record_preprocessor_script_input\/[0-9a-f]{64}\.py$/,
      ),
      post_analytics_processor_script: '/opt/ml/processing/input/post_analytics_processor_script_input/tell.py',
    });
    const definition = resourceOf(stack, 'AWS::SageMaker::DataQualityJobDefinition').Properties;
    expect(Object.keys(definition.DataQualityAppSpecification)).not.toContain('RecordPreprocessorSourceUri');
    expect(permissionsOfRole(stack, 'DataQualityRole')).toContainEqual(
      expect.objectContaining({
        Action: 's3:GetObject',
        Resource: `arn:\${AWS::Partition}:s3:::scripts/churn/tell.py`,
      }),
    );
  });

  test('[A6][A7] may run in an image of the user', () => {
    const dataQuality = {
      imageUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:7',
      containerEntrypoint: ['python3', 'analyze.py'],
      containerArguments: ['--fast'],
      environment: { MODE: 'strict' },
    };
    const request = requestOf(make({ engine: { dataQuality } }));
    expect(request?.AppSpecification).toEqual({
      ImageUri: dataQuality.imageUri,
      ContainerEntrypoint: ['python3', 'analyze.py'],
      ContainerArguments: ['--fast'],
    });
    expect(request?.Environment).toMatchObject({ MODE: 'strict', dataset_source: expect.any(String) });
  });

  test("has its own time, whatever the time of the monitor's runs is", () => {
    const maxRuntime = Duration.minutes(10);
    expect(requestOf(make({ engine: { maxRuntime } }))?.StoppingCondition).toEqual({ MaxRuntimeInSeconds: 3300 });
    const shorter = make({ engine: { maxRuntime }, options: { timeout: Duration.minutes(20) } });
    expect(specOf(shorter).job).toMatchObject({
      timeoutSeconds: 1200,
      request: { StoppingCondition: { MaxRuntimeInSeconds: 1200 } },
    });
  });

  test('[D14] may be run anew by a revision', () => {
    expect(specOf(make({ options: { revision: '2026-11' } })).revision).toBe('2026-11');
  });
});

describe('a baseline that may take long', () => {
  const HOURS = { options: { timeout: Duration.hours(3) } };

  test.each([
    [Duration.minutes(55), 0],
    [Duration.seconds(3301), 1],
  ])('[D2] of %s has %d wait conditions', (timeout, count) => {
    Template.fromStack(make({ options: { timeout } })).resourceCountIs('AWS::CloudFormation::WaitCondition', count);
  });

  test('[D2] is awaited by a condition that the job definition depends on', () => {
    const stack = make(HOURS);
    const condition = resourceOf(stack, 'AWS::CloudFormation::WaitCondition');
    const [handle] = resourcesOf(stack, 'AWS::CloudFormation::WaitConditionHandle');
    expect(condition.Properties).toEqual({ Count: 1, Handle: `\${${handle.id}}`, Timeout: String(3 * 3600 + 300) });
    expect(condition.DependsOn).toEqual(['DataQualityBaseline']);
    expect(resourceOf(stack, BASELINE).Properties.SignalUrl).toBe(`\${${handle.id}}`);
    expect(resourceOf(stack, 'AWS::SageMaker::DataQualityJobDefinition').DependsOn).toEqual([condition.id]);
  });

  test('[D2] has a new condition and handle for each specification, and the same for the same', () => {
    const idsOf = (props: Props) =>
      ['AWS::CloudFormation::WaitCondition', 'AWS::CloudFormation::WaitConditionHandle'].flatMap((type) =>
        Object.keys(Template.fromStack(make(props)).findResources(type)),
      );
    const ids = idsOf(HOURS);
    expect(idsOf(HOURS)).toEqual(ids);
    const others = idsOf({ options: { ...HOURS.options, revision: '2' } });
    expect(others.filter((id) => ids.includes(id))).toEqual([]);
  });

  test('of 12 hours leaves five minutes of the longest condition', () => {
    const stack = make({ options: { timeout: Duration.hours(12) } });
    expect(resourceOf(stack, 'AWS::CloudFormation::WaitCondition').Properties.Timeout).toBe('43200');
    expect(specOf(stack).job?.timeoutSeconds).toBe(43_200 - 300);
  });

  test.each([Duration.seconds(0), Duration.millis(1500), Duration.seconds(43_201), Duration.days(1)])(
    'fails for %s',
    (timeout) => {
      expect(() => make({ options: { timeout } })).toThrow(
        /InvalidBaselineTimeout: 'timeout' is ".* s", allowed is whole seconds, from 1 s to 12 h/,
      );
    },
  );
});

describe('the permissions of baselines', () => {
  test('[E6] let the role of the monitor read the dataset, and nothing else beside what its runs need', () => {
    const [given, computed] = [newStack(), make()];
    newMonitor(given, { engine: MonitoringEngine.modelMonitor() });
    const known = permissionsOfRole(given, 'DataQualityRole').map((permission) => JSON.stringify(permission));
    const added = permissionsOfRole(computed, 'DataQualityRole').filter((one) => !known.includes(JSON.stringify(one)));
    expect(added).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `arn:\${AWS::Partition}:s3:::training/churn/train.csv` },
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: `\${Reports.Arn}/model-monitoring/Stack/DataQuality/baseline/*`,
      },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['churn/train.csv'] } },
        Effect: 'Allow',
        Resource: `arn:\${AWS::Partition}:s3:::training`,
      },
      {
        Action: 's3:ListBucket', // an input of a job is a prefix, also where it is one object
        Condition: { StringLike: { 's3:prefix': ['model-monitoring/Stack/DataQuality/baseline/*'] } },
        Effect: 'Allow',
        Resource: `\${Reports.Arn}`,
      },
    ]);
  });

  test('[E6] let the function run jobs of this stack with the role of the monitor, and keep the files', () => {
    const jobs = `arn:\${AWS::Partition}:sagemaker:eu-west-1:111122223333:processing-job/`;
    const files = `\${Reports.Arn}/model-monitoring/Stack/*/baseline/*`;
    const statements = statementsOfRole(make(), 'BaselineJobsJobRole').slice(1);
    expect(statements).toEqual([
      {
        Action: [
          'sagemaker:CreateProcessingJob',
          'sagemaker:DescribeProcessingJob',
          'sagemaker:StopProcessingJob',
          'sagemaker:AddTags',
        ],
        Effect: 'Allow',
        Resource: expect.stringMatching(/processing-job\/.*-\*$/),
      },
      {
        Action: 'iam:PassRole',
        Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
        Effect: 'Allow',
        Resource: `\${DataQualityRole.Arn}`,
      },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['model-monitoring/Stack/*/baseline/*'] } },
        Effect: 'Allow',
        Resource: `\${Reports.Arn}`,
      },
      { Action: 's3:GetObject', Effect: 'Allow', Resource: files },
      { Action: 's3:PutObject', Effect: 'Allow', Resource: files },
    ]);
    expect(String(statements[0].Resource)).toContain(jobs);
  });

  test('[E6] let the handler start the machine and look for files', () => {
    expect(statementsOfRole(make(), 'BaselinesRole').slice(1)).toEqual([
      { Action: 'states:StartExecution', Effect: 'Allow', Resource: `\${BaselineJobs}` },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['model-monitoring/Stack/*/baseline/*'] } },
        Effect: 'Allow',
        Resource: `\${Reports.Arn}`,
      },
    ]);
  });

  test('use a role of the user as it is', () => {
    const stack = newStack();
    const role = iam.Role.fromRoleArn(stack, 'Own', 'arn:aws:iam::111122223333:role/own', { mutable: false });
    make({ engine: { role } }, stack);
    expect(requestOf(stack)?.RoleArn).toBe('arn:aws:iam::111122223333:role/own');
    expect(statementsOfRole(stack, 'BaselineJobsJobRole')).toContainEqual(
      expect.objectContaining({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/own' }),
    );
    const policies = resourcesOf(stack, 'AWS::IAM::Policy').map(({ Properties }) => Properties.Roles);
    expect(policies).toEqual([[`\${DrainDrainingRole}`]]);
  });
});

describe('the machine that awaits', () => {
  test('is one per stack, however many monitors there are', () => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    const bucket = s3.Bucket.fromBucketName(stack, 'Training', 'training');
    for (const id of ['One', 'Two']) {
      const baseline = Baseline.fromDataset(Dataset.csv(bucket, `${id}.csv`));
      newMonitor(
        stack,
        { engine: MonitoringEngine.modelMonitor(), data: MonitoredData.endpoint(endpoint), baseline },
        id,
      );
    }
    const machines = resourcesOf(stack, 'AWS::StepFunctions::StateMachine').map(({ id }) => id);
    expect(machines.filter((id) => id.startsWith('BaselineJobs'))).toEqual(['BaselineJobs']);
    expect(resourceOf(stack, 'AWS::Lambda::Function', 'Baselines').Properties.Environment.Variables).toEqual({
      JOB_MACHINE_ARN: `\${BaselineJobs}`,
      JOB_NAME_PREFIX: expect.stringMatching(/^baseline-/),
      STACK_ACCOUNT: `\${AWS::AccountId}`,
    });
  });

  test('starts the job, waits, looks again, and tells the outcome whatever happens', () => {
    const { DefinitionString } = resourceOf(make(), 'AWS::StepFunctions::StateMachine', 'BaselineJobs').Properties;
    const { States } = JSON.parse(String(readable(DefinitionString)));
    expect(States.Wait).toEqual({ Type: 'Wait', Seconds: 30, Next: 'Advance' });
    expect(States.InProgress.Choices).toEqual([
      { Variable: '$.progress.status', StringEquals: 'InProgress', Next: 'Wait' },
      { Variable: '$.progress.status', StringEquals: 'Completed', Next: 'Conclude' },
    ]);
    expect(States.InProgress.Default).toBe('ConcludeFailure');
    expect(States.Advance.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'ConcludeFailure' },
    ]);
    expect(States.Advance.Retry).toMatchObject([{ MaxAttempts: 6, JitterStrategy: 'FULL' }]);
    expect(States.Advance.Retry[0].ErrorEquals).toEqual(
      expect.arrayContaining(['ThrottlingException', 'Lambda.ServiceException', 'Lambda.TooManyRequestsException']),
    );
  });

  test('tells a success for minutes, and nothing else after it, as it may have arrived', () => {
    const { DefinitionString } = resourceOf(make(), 'AWS::StepFunctions::StateMachine', 'BaselineJobs').Properties;
    const { States } = JSON.parse(String(readable(DefinitionString)));
    const telling = {
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 5,
      MaxAttempts: 8,
      BackoffRate: 2,
      MaxDelaySeconds: 60,
      JitterStrategy: 'FULL',
    };
    expect(States.Conclude.Catch).toBeUndefined();
    for (const state of ['Conclude', 'ConcludeFailure']) expect(States[state].Retry).toEqual([telling]);
  });

  test('tries again what passes: a function that was ended, and answers that were lost', () => {
    const { DefinitionString } = resourceOf(make(), 'AWS::StepFunctions::StateMachine', 'BaselineJobs').Properties;
    const { States } = JSON.parse(String(readable(DefinitionString)));
    expect(States.Advance.Retry[0].ErrorEquals).toEqual(
      expect.arrayContaining(['Lambda.Unknown', 'Sandbox.Timedout', 'TimeoutError', 'InternalError']),
    );
  });

  test('is not made for files that are given', () => {
    const stack = newStack();
    const baseline = givenBaseline(stack).withOverrides({ comparisonThreshold: 0.2 });
    newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), baseline });
    const machines = resourcesOf(stack, 'AWS::StepFunctions::StateMachine').map(({ id }) => id);
    expect(machines.filter((id) => id.startsWith('BaselineJobs'))).toEqual([]);
  });
});

test('[D10] overrides travel beside the job, which they do not change', () => {
  const overrides: ConstraintOverrides = {
    categoricalDriftMethod: CategoricalDriftMethod.CHI_SQUARED,
    emitMetrics: false,
    features: { plan: { comparisonThreshold: 0.3 } },
  };
  const spec = specOf(make({ overrides }));
  expect(spec.overrides).toEqual({
    categoricalDriftMethod: 'ChiSquared',
    emitMetrics: false,
    features: { plan: { comparisonThreshold: 0.3 } },
  });
  expect(spec.job).toEqual(specOf(make()).job);
});

test('[D10] overrides let the handler read what was suggested and write what is changed', () => {
  const permissions = permissionsOfRole(make({ overrides: { comparisonThreshold: 0.2 } }), 'BaselinesRole');
  const files = `\${Reports.Arn}/model-monitoring/Stack/*/baseline/*`;
  for (const Action of ['s3:GetObject', 's3:PutObject']) {
    expect(permissions).toContainEqual({ Action, Effect: 'Allow', Resource: files });
  }
});
