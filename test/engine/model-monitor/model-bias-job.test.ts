import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DatasetFormat } from '../../../lib/core/dataset-format';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import { Facet } from '../../../lib/monitor/facet';
import { ModelBiasMonitor } from '../../../lib/monitor/model-bias-monitor';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { Predictor } from '../../../lib/monitor/predictor';
import { givenBaseline, newEndpoint, newStack } from '../../monitor/fixtures';
import {
  awaitedBy,
  permissionsOfRole,
  resourceOf,
  resourcesOf,
  statementsOfRole,
} from '../../monitor/readable-template';
import { BIAS_JOB, biasAnalysis, biasStackWith, CONFIG, configsIn, HEADERS, jobIn, SCHEDULE } from './clarify';
import { biasMonitorFaults } from './clarify-schema';
import { givenLabels, givenTransforms } from './quality';

const jobOf = (...args: Parameters<typeof biasStackWith>) => jobIn(biasStackWith(...args), BIAS_JOB);

const CONFIG_KEY = `s3://\${Reports}/\${BiasAnalysisConfig.Key}`;

describe('the job definition', () => {
  test('[A3][B1][B19][D8] reads endpoint, labels and configuration, compares with analysis.json and writes the report', () => {
    expect(jobOf()).toEqual({
      RoleArn: `\${BiasRole.Arn}`,
      Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/Bias' }],
      ModelBiasAppSpecification: {
        ConfigUri: CONFIG_KEY,
        ImageUri: '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0',
        Environment: { publish_cloudwatch_metrics: 'Disabled' },
      },
      ModelBiasBaselineConfig: { ConstraintsResource: { S3Uri: 's3://baselines/churn/constraints.json' } },
      ModelBiasJobInput: {
        EndpointInput: {
          EndpointName: `\${Endpoint.EndpointName}`,
          LocalPath: '/opt/ml/processing/input/endpoint',
          S3InputMode: 'File',
          S3DataDistributionType: 'FullyReplicated',
          StartTimeOffset: '-PT1H',
          EndTimeOffset: '-PT0H',
          InferenceAttribute: '0',
        },
        GroundTruthS3Input: { S3Uri: 's3://labels/truth' },
      },
      ModelBiasJobOutputConfig: {
        MonitoringOutputs: [
          {
            S3Output: {
              S3Uri: `s3://\${Reports}/model-monitoring/Stack/Bias`,
              LocalPath: '/opt/ml/processing/output',
              S3UploadMode: 'EndOfJob',
            },
          },
        ],
      },
      JobResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5.xlarge', VolumeSizeInGB: 30 } },
      StoppingCondition: { MaxRuntimeInSeconds: 1800 },
    });
  });

  test('[F1] has no name: each of its properties is create-only, and a replacement must not collide', () => {
    expect(jobOf().JobDefinitionName).toBeUndefined();
  });

  test('[A3][F5] is run by a schedule that waits for the endpoint', () => {
    const stack = biasStackWith();
    const { Properties } = resourceOf(stack, SCHEDULE);
    expect(Properties.MonitoringScheduleConfig).toEqual({
      MonitoringType: 'ModelBias',
      MonitoringJobDefinitionName: `\${BiasJobDefinition.JobDefinitionName}`,
      ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
    });
    expect(awaitedBy(stack, SCHEDULE)).toContain('Endpoint');
  });

  test('[B13] has the places of features, predictions and probabilities, and the threshold', () => {
    const places = { features: 'features', prediction: 'label', probability: 'score', threshold: 0.6 };
    expect(jobOf({}, { analysis: biasAnalysis(places) }).ModelBiasJobInput.EndpointInput).toMatchObject({
      FeaturesAttribute: 'features',
      InferenceAttribute: 'label',
      ProbabilityAttribute: 'score',
      ProbabilityThresholdAttribute: 0.6,
    });
  });

  test('[B4] reads batch transform jobs, with their format', () => {
    const stack = newStack();
    const job = jobIn(
      biasStackWith({}, { data: MonitoredData.batchTransform(givenTransforms(stack)) }, stack),
      BIAS_JOB,
    );
    expect(job.ModelBiasJobInput).toEqual({
      BatchTransformInput: {
        DataCapturedDestinationS3Uri: 's3://transforms/jobs/captured',
        DatasetFormat: { Csv: { Header: true } },
        LocalPath: '/opt/ml/processing/input/batch-transform',
        S3InputMode: 'File',
        S3DataDistributionType: 'FullyReplicated',
        StartTimeOffset: '-PT1H',
        EndTimeOffset: '-PT0H',
        InferenceAttribute: '0',
      },
      GroundTruthS3Input: { S3Uri: 's3://labels/truth' },
    });
  });

  test('[B10] analyses the hours of a window', () => {
    const window = AnalysisWindow.delayedBy(Duration.days(1));
    const { EndpointInput } = jobOf({}, { window, frequency: MonitoringFrequency.dailyAt(4) }).ModelBiasJobInput;
    expect([EndpointInput.StartTimeOffset, EndpointInput.EndTimeOffset]).toEqual(['-PT48H', '-PT24H']);
  });

  test.each([
    ['hourly', MonitoringFrequency.hourly(), 1800],
    ['every 2 hours', MonitoringFrequency.everyHours(2), 3600],
    ['daily', MonitoringFrequency.dailyAt(0), 3600],
  ])('[B22] has its time, %s', (_, frequency, seconds) => {
    expect(jobOf({}, { frequency }).StoppingCondition).toEqual({ MaxRuntimeInSeconds: seconds });
  });

  test('[B22] fails for an hourly run of more than 1,800 s, which it shares with the job that merges labels', () => {
    const maxRuntime = Duration.seconds(1801);
    expect(() => biasStackWith({ maxRuntime })).toThrow(
      `'maxRuntime' is "1801 s", allowed is a whole number, 1 to 1800 s (hourly modelBias jobs share their hour`,
    );
    expect(() => biasStackWith({ modelBias: { maxRuntime } })).toThrow(`'modelBias.maxRuntime' is "1801 s"`);
  });

  test('[A6][A7] takes another image, which the job may pull, and variables', () => {
    const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/bias:1';
    const stack = biasStackWith({ modelBias: { imageUri, environment: { LOCALE: 'de' } } });
    expect(jobIn(stack, BIAS_JOB).ModelBiasAppSpecification).toEqual({
      ConfigUri: CONFIG_KEY,
      ImageUri: imageUri,
      Environment: { LOCALE: 'de', publish_cloudwatch_metrics: 'Disabled' },
    });
    expect(JSON.stringify(statementsOfRole(stack, 'BiasRole'))).toContain(':repository/bias"');
    expect(JSON.stringify(statementsOfRole(stack, 'BiasRole'))).not.toContain('sagemaker-clarify-processing');
  });

  test('[A8] fails in a region without Clarify, but for another image', () => {
    const stackThere = () => newStack({ env: { account: '111122223333', region: 'il-central-1' } });
    expect(() => biasStackWith({}, {}, stackThere())).toThrow(
      /^UnknownClarifyImage at Stack\/Bias: .* \(name the image with 'modelBias\.imageUri'\) \(\S+\)$/,
    );
    const imageUri = '111122223333.dkr.ecr.il-central-1.amazonaws.com/bias:1';
    expect(() => biasStackWith({ modelBias: { imageUri } }, {}, stackThere())).not.toThrow();
  });

  test('fails for a variable that cannot be set', () => {
    const modelBias = { environment: { publish_cloudwatch_metrics: 'Disabled' } };
    expect(() => biasStackWith({ modelBias })).toThrow(
      `'modelBias.environment' is "publish_cloudwatch_metrics", allowed is a name other than`,
    );
  });

  test('[E5] fails in isolation, for Clarify calls SageMaker', () => {
    expect(() => biasStackWith({ networkIsolation: true })).toThrow(
      "'networkIsolation' is true, allowed is false for modelBias jobs: Clarify calls SageMaker " +
        '(give this monitor an engine of its own, without isolation; a VPC limits what its jobs can reach)',
    );
    expect(() => biasStackWith({ networkIsolation: false })).not.toThrow();
  });
});

describe('the columns of an analysis', () => {
  const unnamed = (name: string) =>
    biasAnalysis({ headers: undefined, facets: [Facet.categorical(name)], groupVariable: undefined, label: '3' });

  test('[B13] fail without headers where captured data have no names', () => {
    expect(() => biasStackWith({}, { analysis: unnamed('sex') })).toThrow(
      "'analysis.headers' is undefined, allowed is names of columns, with sex " +
        '(what is captured has no names; or name columns by their indices)',
    );
  });

  test.each(['1', '_c1'])('[B13] may be indices there (%s)', (name) => {
    expect(() => biasStackWith({}, { analysis: unnamed(name) })).not.toThrow();
  });

  test.each<[string, DatasetFormat, boolean]>([
    ['CSV with a header', DatasetFormat.csv(), true],
    ['Parquet', DatasetFormat.PARQUET, true],
    ['CSV without a header', DatasetFormat.csv({ header: false }), false],
  ])('[B4][B7] are found in %s of transform jobs by their names: %s', (_, format, found) => {
    const stack = newStack();
    const made = () =>
      biasStackWith(
        {},
        { data: MonitoredData.batchTransform(givenTransforms(stack, format)), analysis: unnamed('sex') },
        stack,
      );
    if (found) expect(made).not.toThrow();
    else expect(made).toThrow(`'analysis.headers' is undefined`);
  });

  test.each([DatasetFormat.JSON, DatasetFormat.JSON_LINES])(
    '[B4][B7] need a path in JSON of transform jobs',
    (format) => {
      const stack = newStack();
      const batchTransform = givenTransforms(stack, format);
      expect(() => biasStackWith({}, { data: MonitoredData.batchTransform(batchTransform) }, stack)).toThrow(
        "'analysis.features' is undefined, allowed is where the features stand, as the data are JSON",
      );
    },
  );
});

describe('the configuration', () => {
  test('[A3][D3] is written at deployment, and read from where its content says', () => {
    const stack = biasStackWith();
    const { Properties } = resourceOf(stack, CONFIG);
    expect(Properties).toMatchObject({
      Bucket: `\${Reports}`,
      Prefix: 'model-monitoring/Stack/Bias/config',
      ServiceToken: `\${AnalysisConfigs.Arn}`,
      ServiceTimeout: '300',
    });
    const { BiasAnalysisConfig: config } = configsIn(stack);
    expect(config).toMatchObject({ headers: HEADERS, label: 'income' });
    expect(biasMonitorFaults(config)).toEqual([]);
  });

  test('is one resource for each monitor, written by one function with one role for each stack', () => {
    const stack = biasStackWith();
    new ModelBiasMonitor(stack, 'Second', {
      data: MonitoredData.endpoint(newEndpoint(stack, 'Other')),
      engine: MonitoringEngine.modelMonitor(),
      baseline: givenBaseline(stack, 'Others'),
      analysis: biasAnalysis(),
      groundTruth: givenLabels(newStack()),
    });
    expect(resourcesOf(stack, CONFIG).map(({ id }) => id)).toEqual(['BiasAnalysisConfig', 'SecondAnalysisConfig']);
    expect(resourcesOf(stack, 'AWS::Lambda::Function').filter(({ id }) => id === 'AnalysisConfigs')).toHaveLength(1);
    const writes = statementsOfRole(stack, 'AnalysisConfigsRole').filter(({ Action }) => Action === 's3:PutObject');
    expect(writes).toEqual([
      { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*/config/*` },
    ]);
  });

  test('is written by a function that may do nothing else', () => {
    expect(statementsOfRole(biasStackWith(), 'AnalysisConfigsRole')).toEqual([
      {
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Effect: 'Allow',
        Resource: `\${HandlerLogs.Arn}`,
      },
      { Action: 's3:PutObject', Effect: 'Allow', Resource: `\${Reports.Arn}/model-monitoring/Stack/*/config/*` },
    ]);
  });

  test('[E1] is encrypted with the key of the bucket, which function and job may use', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const reportsBucket = new s3.Bucket(stack, 'Bucket', { encryptionKey });
    biasStackWith({}, { reportsBucket }, stack);
    const kmsOf = (role: string) =>
      statementsOfRole(stack, role)
        .filter(({ Resource }) => Resource === `\${Key.Arn}`)
        .flatMap(({ Action }) => Action);
    expect(kmsOf('AnalysisConfigsRole')).toEqual(expect.arrayContaining(['kms:Encrypt', 'kms:GenerateDataKey*']));
    expect(kmsOf('BiasRole')).toContain('kms:Decrypt');
  });
});

describe('the role', () => {
  test('[E6] may read captured data, labels, merged data, baseline and configuration, and write the report', () => {
    const s3Permissions = permissionsOfRole(biasStackWith(), 'BiasRole').filter(({ Action }) =>
      [Action].flat().some((action) => action.startsWith('s3:')),
    );
    const reports = `\${Reports.Arn}/model-monitoring/Stack/Bias`;
    const allowed = s3Permissions.map(({ Action, Resource }) => `${Action} ${Resource}`).sort();
    expect(allowed).toEqual(
      [
        `s3:GetObject \${Capture.Arn}/data-capture/\${Endpoint.EndpointName}/*`,
        `s3:GetObject ${reports}/config/*`,
        `s3:GetObject ${reports}/merge/*`,
        `s3:GetObject arn:\${AWS::Partition}:s3:::baselines/churn/constraints.json`,
        `s3:GetObject arn:\${AWS::Partition}:s3:::labels/truth/*`,
        `s3:ListBucket \${Capture.Arn}`,
        `s3:ListBucket \${Reports.Arn}`, // merged data and configuration
        `s3:ListBucket arn:\${AWS::Partition}:s3:::baselines`, // an input of a job is a prefix, also where it is one object
        `s3:ListBucket arn:\${AWS::Partition}:s3:::labels`,
        `s3:PutObject ${reports}/*`,
      ].sort(),
    );
  });

  test('[E7] may start no endpoint: runs read captured predictions', () => {
    const analysis = biasAnalysis({ predictor: Predictor.fromModelName('churn') });
    const statements = statementsOfRole(biasStackWith({}, { analysis }), 'BiasRole');
    expect(JSON.stringify(statements)).not.toContain('sagemaker:');
  });

  test('[E6] is used as it is when it is given', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Given', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    biasStackWith({ role }, {}, stack);
    expect(jobIn(stack, BIAS_JOB).RoleArn).toBe(`\${Given.Arn}`);
    const policies = resourcesOf(stack, 'AWS::IAM::Policy').map(({ Properties }) => Properties.Roles);
    expect(policies).toEqual([[`\${DrainDrainingRole}`]]);
    expect(resourceOf(stack, 'AWS::IAM::Role', 'Given').Properties.Policies).toBeUndefined();
  });
});
