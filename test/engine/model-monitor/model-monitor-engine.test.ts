import { type App, Annotations as CoreAnnotations, Duration, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Baseline } from '../../../lib/baseline/baseline';
import { Dataset } from '../../../lib/baseline/dataset';
import { conditionHolds } from '../../../lib/cloud/semantics/policy/condition';
import { CapturedData } from '../../../lib/endpoint/captured-data';
import { Endpoint } from '../../../lib/endpoint/endpoint';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import type { DataQualityMonitorProps } from '../../../lib/monitor/data-quality-monitor';
import { FeatureMetrics } from '../../../lib/monitor/feature-metrics';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { ENV, givenBaseline, newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { awaitedBy, permissionsOfRole, readable, resourceOf, statementsOfRole } from '../../monitor/readable-template';

const JOB_DEFINITION = 'AWS::SageMaker::DataQualityJobDefinition';
const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';

function make(props: Partial<DataQualityMonitorProps> = {}, stack = newStack()) {
  const monitor = newMonitor(stack, { engine: MonitoringEngine.modelMonitor(), ...props });
  return { stack, monitor };
}

describe('the job definition', () => {
  test('[F1] has no name: each of its properties is create-only, and a replacement must not collide', () => {
    expect(resourceOf(make().stack, JOB_DEFINITION).Properties.JobDefinitionName).toBeUndefined();
  });

  test('[A1][B1][D8] reads the endpoint, compares with the baseline and writes the report', () => {
    expect(resourceOf(make().stack, JOB_DEFINITION).Properties).toEqual({
      RoleArn: `\${DataQualityRole.Arn}`,
      Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/DataQuality' }],
      DataQualityAppSpecification: {
        ImageUri: '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer',
        Environment: { publish_cloudwatch_metrics: 'Disabled' },
      },
      DataQualityBaselineConfig: {
        StatisticsResource: { S3Uri: 's3://baselines/churn/statistics.json' },
        ConstraintsResource: { S3Uri: 's3://baselines/churn/constraints.json' },
      },
      DataQualityJobInput: {
        EndpointInput: {
          EndpointName: `\${Endpoint.EndpointName}`,
          LocalPath: '/opt/ml/processing/input/endpoint',
          S3InputMode: 'File',
          S3DataDistributionType: 'FullyReplicated',
        },
      },
      DataQualityJobOutputConfig: {
        MonitoringOutputs: [
          {
            S3Output: {
              S3Uri: `s3://\${Reports}/model-monitoring/Stack/DataQuality`,
              LocalPath: '/opt/ml/processing/output',
              S3UploadMode: 'EndOfJob',
            },
          },
        ],
      },
      JobResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    });
  });

  test('[A6] may have an image of the user, which the job may pull', () => {
    const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:7';
    const { stack } = make({ engine: MonitoringEngine.modelMonitor({ dataQuality: { imageUri } }) });
    expect(resourceOf(stack, JOB_DEFINITION).Properties.DataQualityAppSpecification.ImageUri).toBe(imageUri);
    expect(permissionsOfRole(stack, 'DataQualityRole')).toContainEqual({
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      Effect: 'Allow',
      Resource: `arn:\${AWS::Partition}:ecr:eu-west-1:111122223333:repository/analyzer`,
    });
  });

  test('may have an image of the user in a region without an image of SageMaker', () => {
    const stack = newStack({ env: { ...ENV, region: 'us-gov-east-1' } });
    const imageUri = '111122223333.dkr.ecr.us-gov-east-1.amazonaws.com/analyzer:7';
    expect(() => make({ engine: MonitoringEngine.modelMonitor({ dataQuality: { imageUri } }) }, stack)).not.toThrow();
  });

  test.each(['', 'analyzer:7', 'docker.io/library/analyzer'])('fails for the image %j', (imageUri) => {
    expect(() => make({ engine: MonitoringEngine.modelMonitor({ dataQuality: { imageUri } }) })).toThrow(
      `InvalidModelImage: 'uri' is "${imageUri}", allowed is an image in Amazon ECR`,
    );
  });

  test('fails in a region without an image', () => {
    expect(() => make({}, newStack({ env: { ...ENV, region: 'us-gov-east-1' } }))).toThrow(
      'UnknownAnalyzerImage at Stack/DataQuality',
    );
  });
});

describe('the monitoring schedule', () => {
  test('takes the name of the definition by attribute, never by Ref, which is the ARN', () => {
    const { stack } = make();
    const [id] = Object.keys(Template.fromStack(stack).findResources(JOB_DEFINITION));
    Template.fromStack(stack).hasResourceProperties(SCHEDULE, {
      MonitoringScheduleConfig: {
        MonitoringType: 'DataQuality',
        MonitoringJobDefinitionName: { 'Fn::GetAtt': [id, 'JobDefinitionName'] },
      },
    });
  });

  test('has the name that the engine tells of', () => {
    const { stack, monitor } = make();
    expect(resourceOf(stack, SCHEDULE).Properties.MonitoringScheduleName).toEqual(
      readable(stack.resolve(monitor.engineBinding.monitoringScheduleName)),
    );
  });

  test('[F5] waits for the endpoint, which has to exist and to capture when the schedule is made', () => {
    expect(awaitedBy(make().stack, SCHEDULE)).toContain('Endpoint');
  });

  test('may be of an endpoint that exists already', () => {
    const stack = newStack();
    const endpoint = Endpoint.fromEndpointName(stack, 'Imported', 'Churn-Prod');
    const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture');
    make({ data: MonitoredData.endpoint(endpoint, { capturedData }) }, stack);
    expect(resourceOf(stack, JOB_DEFINITION).Properties.DataQualityJobInput.EndpointInput.EndpointName).toBe(
      'Churn-Prod',
    );
    expect(resourceOf(stack, SCHEDULE).DependsOn).toEqual(['DrainRest']); // nothing of the endpoint
  });

  test.each([
    ['hourly', MonitoringFrequency.hourly(), 'cron(0 * ? * * *)'],
    ['every hour', MonitoringFrequency.everyHours(1), 'cron(0 * ? * * *)'],
    ['every two hours', MonitoringFrequency.everyHours(2), 'cron(0 0/2 ? * * *)'],
    ['every twelve hours', MonitoringFrequency.everyHours(12), 'cron(0 0/12 ? * * *)'],
    ['every day', MonitoringFrequency.everyHours(24), 'cron(0 0 ? * * *)'],
    ['daily at 23', MonitoringFrequency.dailyAt(23), 'cron(0 23 ? * * *)'],
  ])('runs %s', (_, frequency, ScheduleExpression) => {
    expect(resourceOf(make({ frequency }).stack, SCHEDULE).Properties.MonitoringScheduleConfig.ScheduleConfig).toEqual({
      ScheduleExpression,
    });
  });
});

describe('the role of the job', () => {
  const trust = () =>
    resourceOf(make().stack, 'AWS::IAM::Role', 'DataQualityRole').Properties.AssumeRolePolicyDocument.Statement[0];

  test('is assumed by SageMaker, for what is of this account and region', () => {
    expect(trust()).toEqual({
      Action: 'sts:AssumeRole',
      Condition: {
        ArnLikeIfExists: { 'aws:SourceArn': `arn:\${AWS::Partition}:sagemaker:eu-west-1:111122223333:*` },
      },
      Effect: 'Allow',
      Principal: { Service: 'sagemaker.amazonaws.com' },
    });
  });

  test.each([
    ['for a processing job of this account', 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/dq-2026', true],
    ['for a processing job of another account', 'arn:aws:sagemaker:eu-west-1:999988887777:processing-job/dq', false],
    ['for a processing job of another region', 'arn:aws:sagemaker:us-east-1:111122223333:processing-job/dq', false],
    ['where SageMaker does not say for what', undefined, true],
  ])('is assumed %s: %s, %p', (_, source, isAssumed) => {
    const condition = JSON.parse(JSON.stringify(trust().Condition).replace(`\${AWS::Partition}`, 'aws'));
    expect(conditionHolds(condition, source === undefined ? {} : { 'aws:SourceArn': source })).toBe(isAssumed);
  });

  test('[E6][E8] allows exactly what the job does', () => {
    const allow = (Action: string | string[], Resource: string, Condition?: object) => ({
      Action,
      ...(Condition && { Condition }),
      Effect: 'Allow',
      Resource,
    });
    const group = `arn:\${AWS::Partition}:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/ProcessingJobs`;
    const captured = `data-capture/\${Endpoint.EndpointName}/*`;
    const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];
    const repository = 'ecr:eu-west-1:468650794304:repository/sagemaker-model-monitor-analyzer';
    const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
    const permissions = permissionsOfRole(make().stack, 'DataQualityRole');
    const expected = [
      allow('cloudwatch:PutMetricData', '*', {
        StringLike: { 'cloudwatch:namespace': ['aws/sagemaker/*', '/aws/sagemaker/*'] },
      }),
      allow(logs, group),
      allow(logs, `${group}:*`),
      allow('s3:GetObject', `\${Capture.Arn}/${captured}`),
      allow('s3:ListBucket', `\${Capture.Arn}`, { StringLike: { 's3:prefix': [captured] } }),
      allow('s3:PutObject', `\${Reports.Arn}/model-monitoring/Stack/DataQuality/*`),
      allow(pull, `arn:\${AWS::Partition}:${repository}`),
      allow('ecr:GetAuthorizationToken', '*'),
      allow('s3:GetObject', `arn:\${AWS::Partition}:s3:::baselines/churn/statistics.json`),
      allow('s3:GetObject', `arn:\${AWS::Partition}:s3:::baselines/churn/constraints.json`),
      // an input of a job is a prefix, also where it is one object
      allow('s3:ListBucket', `arn:\${AWS::Partition}:s3:::baselines`, {
        StringLike: { 's3:prefix': ['churn/statistics.json', 'churn/constraints.json'] },
      }),
    ];
    expect(permissions).toHaveLength(expected.length);
    expect(permissions).toEqual(expect.arrayContaining(expected));
  });

  test('[E1] may use the keys of captured data and reports', () => {
    const stack = newStack();
    const reportsBucket = new s3.Bucket(stack, 'Mine', { encryptionKey: new kms.Key(stack, 'ReportsKey') });
    const encryptionKey = new kms.Key(stack, 'CaptureKey');
    const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture', { encryptionKey });
    make({ reportsBucket, data: MonitoredData.endpoint(newEndpoint(stack), { capturedData }) }, stack);
    const keys = statementsOfRole(stack, 'DataQualityRole').filter(({ Action }) => `${Action}`.startsWith('kms:'));
    expect(keys).toEqual([
      { Action: 'kms:Decrypt', Effect: 'Allow', Resource: `\${CaptureKey.Arn}` },
      {
        Action: ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        Effect: 'Allow',
        Resource: `\${ReportsKey.Arn}`,
      },
    ]);
  });
});

describe('the baseline', () => {
  test('[D8][D10] may have overrides, which a function of the stack applies to the files of each monitor', () => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    const baseline = givenBaseline(stack).withOverrides({ comparisonThreshold: 0.2 });
    const engine = MonitoringEngine.modelMonitor();
    newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint), baseline }, 'One');
    newMonitor(stack, { engine, data: MonitoredData.endpoint(endpoint), baseline }, 'Two');
    expect(resourceOf(stack, JOB_DEFINITION, 'OneJobDefinition').Properties.DataQualityBaselineConfig).toEqual({
      StatisticsResource: { S3Uri: 's3://baselines/churn/statistics.json' },
      ConstraintsResource: { S3Uri: `s3://\${Reports}/\${OneBaseline.ConstraintsKey}` },
    });
    for (const id of ['OneBaseline', 'TwoBaseline']) {
      expect(resourceOf(stack, 'Custom::SageMakerMonitoringBaseline', id).Properties.ServiceToken).toBe(
        `\${Baselines.Arn}`,
      );
    }
    const handler = resourceOf(stack, 'AWS::Lambda::Function', 'Baselines');
    expect(handler.Properties).toMatchObject({ Timeout: 60, MemorySize: 512 });
    expect(handler.Properties.Environment.Variables).toEqual({ STACK_ACCOUNT: `\${AWS::AccountId}` });
    expect(statementsOfRole(stack, 'BaselinesRole').filter(({ Action }) => `${Action}`.startsWith('s3:'))).toEqual([
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: `arn:\${AWS::Partition}:s3:::baselines/churn/constraints.json`,
      },
      {
        Action: 's3:PutObject',
        Effect: 'Allow',
        Resource: `\${Reports.Arn}/model-monitoring/Stack/*/baseline/*`,
      },
    ]);
  });

  test('[E6] with overrides may be read by the job', () => {
    const stack = newStack();
    make({ baseline: givenBaseline(stack).withOverrides({ comparisonThreshold: 0.2 }) }, stack);
    expect(permissionsOfRole(stack, 'DataQualityRole')).toContainEqual({
      Action: 's3:GetObject',
      Effect: 'Allow',
      Resource: `\${Reports.Arn}/model-monitoring/Stack/DataQuality/baseline/*`,
    });
  });
});

describe('the age of the baseline', () => {
  const engine = MonitoringEngine.modelMonitor({ baselineAge: Duration.days(30) });
  const readableBy = (stack: Stack, role: string) =>
    statementsOfRole(stack, role).flatMap(({ Action, Resource }) => (Action === 's3:GetObject' ? Resource : []));

  test('is told to the reconciler, and to what tells the last executions: both may look at files that are given', () => {
    const stack = newStack();
    make({ engine, baseline: givenBaseline(stack) }, stack);
    const file = { bucket: 'baselines', key: 'churn/statistics.json' };
    const { Input } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ReconcilerSchedule').Properties.Target;
    expect(JSON.parse(Input).monitors).toMatchObject([{ baseline: { file, ageHours: 720 } }]);
    for (const role of ['ReconcilerReconcileRole', 'DrainDrainingRole']) {
      expect(readableBy(stack, role)).toContain(`arn:\${AWS::Partition}:s3:::baselines/churn/statistics.json`);
    }
  });

  test('that a deployment makes lies with the reports, which both may read already', () => {
    const readers = [engine, MonitoringEngine.modelMonitor()].map((one) => {
      const stack = newStack();
      const dataset = Dataset.csv(s3.Bucket.fromBucketName(stack, 'Training', 'training'), 'churn.csv');
      make({ engine: one, baseline: Baseline.fromDataset(dataset) }, stack);
      return readableBy(stack, 'ReconcilerReconcileRole');
    });
    expect(readers[0]).toEqual(readers[1]);
  });

  test('is in whole hours', () => {
    const odd = MonitoringEngine.modelMonitor({ baselineAge: Duration.minutes(90) });
    expect(() => make({ engine: odd })).toThrow(
      'InvalidModelMonitorEngine at Stack/DataQuality: \'baselineAge\' is "1 hour 30 minutes", allowed is whole hours, 1 or more',
    );
  });
});

test('metrics per feature fail: the container publishes its own', () => {
  expect(() => make({ featureMetrics: FeatureMetrics.of('tenure') })).toThrow(
    `InvalidModelMonitorEngine at Stack/DataQuality: 'featureMetrics' is ["tenure"], allowed is none on this engine ` +
      '(Model Monitor has its own: give the engine serviceMetrics: ServiceMetrics.published(), and take metricFeatureDrift(feature))',
  );
});

test('[A11] an endpoint that Model Monitor cannot watch is refused, with all that is wrong with it', () => {
  const stack = newStack();
  const model = new sagemaker.CfnModel(stack, 'Models', { primaryContainer: { image: 'many', mode: 'MultiModel' } });
  const config = new sagemaker.CfnEndpointConfig(stack, 'Config', {
    productionVariants: [
      {
        modelName: model.attrModelName,
        variantName: 'a',
        serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 1024 },
      },
    ],
  });
  const endpoint = new sagemaker.CfnEndpoint(stack, 'Served', { endpointConfigName: config.attrEndpointConfigName });
  const capturedData = CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture');
  expect(() => make({ data: MonitoredData.endpoint(endpoint, { capturedData }) }, stack)).toThrow(
    /^InvalidModelMonitorEngine at Stack\/DataQuality: .*serverless variant a.*many models.*no data capture/,
  );
});

describe('the notice that the service is closed', () => {
  const ID = 'cdk-sagemaker-monitoring:modelMonitorClosed';

  test('[A10] is an information, once per stack, which does not fail a strict synthesis', () => {
    const { stack } = make();
    newMonitor(
      stack,
      {
        engine: MonitoringEngine.modelMonitor(),
        data: MonitoredData.endpoint(newEndpoint(stack, 'Served')),
        baseline: givenBaseline(stack, 'Others'),
      },
      'Other',
    );
    Annotations.fromStack(stack).hasInfo('/Stack', Match.stringLikeRegexp(`closed to new customers.*${ID}`));
    const messages = (stack.node.root as App).synth().getStackByName('Stack').messages;
    expect(messages.map(({ level }) => `${level}`)).toEqual(['info']);
  });

  test('can be acknowledged', () => {
    const { stack } = make();
    CoreAnnotations.of(stack).acknowledgeInfo(ID);
    expect(Annotations.fromStack(stack).findInfo('*', Match.anyValue())).toEqual([]);
  });
});

describe('the time without data', () => {
  test('is told to the reconciler, in hours', () => {
    const stack = newStack();
    make({ engine: MonitoringEngine.modelMonitor({ timeWithoutData: Duration.days(2) }) }, stack);
    const { Input } = resourceOf(stack, 'AWS::Scheduler::Schedule', 'ReconcilerSchedule').Properties.Target;
    expect(JSON.stringify(Input)).toContain('\\"hoursWithoutData\\":48');
  });

  test('is in whole hours', () => {
    const odd = MonitoringEngine.modelMonitor({ timeWithoutData: Duration.minutes(90) });
    expect(() => make({ engine: odd })).toThrow(
      'InvalidModelMonitorEngine at Stack/DataQuality: \'timeWithoutData\' is "1 hour 30 minutes", allowed is whole hours, 1 or more',
    );
  });
});
