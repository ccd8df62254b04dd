import { Duration, Lazy, type Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Dataset } from '../../../lib/baseline/dataset';
import type { DatasetColumns } from '../../../lib/baseline/dataset-columns';
import { modelQualityBlueprint } from '../../../lib/engine/model-monitor/kinds/model-quality';
import type { ModelMonitorEngineOptions } from '../../../lib/engine/model-monitor/model-monitor-engine-options';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { MonitorKind } from '../../../lib/kind/monitor-kind';
import { AnalysisWindow } from '../../../lib/monitor/analysis-window';
import { GroundTruth } from '../../../lib/monitor/ground-truth';
import type { KindSpec } from '../../../lib/monitor/kind-spec';
import { ModelProblem } from '../../../lib/monitor/model-problem';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { givenBaseline, givenReports, newStack } from '../../monitor/fixtures';
import { awaitedBy, permissionsOfRole, resourceOf } from '../../monitor/readable-template';
import { biasStackWith, explainabilityStackWith } from './clarify';
import { givenLabels, qualityJobOf, qualityStackWith } from './quality';

const inputOf = (...args: Parameters<typeof qualityJobOf>) => qualityJobOf(...args).ModelQualityJobInput.EndpointInput;

describe('the job definition', () => {
  test('[A2][B1][B19][D8] reads endpoint and labels, compares with the constraints and writes the report', () => {
    expect(qualityJobOf()).toEqual({
      RoleArn: `\${ModelQualityRole.Arn}`,
      Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/ModelQuality' }],
      ModelQualityAppSpecification: {
        ImageUri: '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer',
        Environment: { publish_cloudwatch_metrics: 'Disabled' },
        ProblemType: 'Regression',
      },
      ModelQualityBaselineConfig: { ConstraintsResource: { S3Uri: 's3://baselines/churn/constraints.json' } },
      ModelQualityJobInput: {
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
      ModelQualityJobOutputConfig: {
        MonitoringOutputs: [
          {
            S3Output: {
              S3Uri: `s3://\${Reports}/model-monitoring/Stack/ModelQuality`,
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
    expect(qualityJobOf().JobDefinitionName).toBeUndefined();
  });

  test('[A2][F5] is run by a schedule that waits for the endpoint', () => {
    const stack = qualityStackWith();
    const { Properties } = resourceOf(stack, 'AWS::SageMaker::MonitoringSchedule');
    expect(Properties.MonitoringScheduleConfig).toEqual({
      MonitoringType: 'ModelQuality',
      MonitoringJobDefinitionName: `\${ModelQualityJobDefinition.JobDefinitionName}`,
      ScheduleConfig: { ScheduleExpression: 'cron(0 * ? * * *)' },
    });
    expect(awaitedBy(stack, 'AWS::SageMaker::MonitoringSchedule')).toContain('Endpoint');
  });

  test.each([
    [ModelProblem.regression({ prediction: '$.y' }), ['Regression', '$.y', undefined, undefined]],
    [
      ModelProblem.binaryClassification({ probability: '0', threshold: 0.8 }),
      ['BinaryClassification', undefined, '0', 0.8],
    ],
    [
      ModelProblem.binaryClassification({ prediction: '0', probability: '1' }),
      ['BinaryClassification', '0', '1', undefined],
    ],
    [
      ModelProblem.multiclassClassification({ prediction: '0', probability: '1' }),
      ['MulticlassClassification', '0', '1', undefined],
    ],
  ])('[B13][B23] has the attributes of %j', (problem, expected) => {
    const { ModelQualityAppSpecification, ModelQualityJobInput } = qualityJobOf({}, { problem });
    const { InferenceAttribute, ProbabilityAttribute, ProbabilityThresholdAttribute } =
      ModelQualityJobInput.EndpointInput;
    expect([
      ModelQualityAppSpecification.ProblemType,
      InferenceAttribute,
      ProbabilityAttribute,
      ProbabilityThresholdAttribute,
    ]).toEqual(expected);
  });

  test.each([
    ['the last day', undefined, MonitoringFrequency.dailyAt(4), '-PT24H', '-PT0H'],
    ['a delayed day', AnalysisWindow.delayedBy(Duration.days(2)), MonitoringFrequency.dailyAt(4), '-PT72H', '-PT48H'],
    ['a week', AnalysisWindow.between(Duration.days(8), Duration.days(1)), undefined, '-PT192H', '-PT24H'],
  ])('[B10] analyses the hours of %s', (_, window, frequency, start, end) => {
    const { StartTimeOffset, EndTimeOffset } = inputOf({}, { window, frequency });
    expect([StartTimeOffset, EndTimeOffset]).toEqual([start, end]);
  });

  test('[A7] has the image, entry point, arguments and variables of the model-quality container, not of another', () => {
    const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/quality:1';
    const { ModelQualityAppSpecification } = qualityJobOf({
      dataQuality: { environment: { LOCALE: 'de' } },
      modelQuality: {
        imageUri,
        containerEntrypoint: ['/run'],
        containerArguments: ['-v'],
        environment: { LOCALE: 'en' },
      },
    });
    expect(ModelQualityAppSpecification).toEqual({
      ImageUri: imageUri,
      ContainerEntrypoint: ['/run'],
      ContainerArguments: ['-v'],
      Environment: { LOCALE: 'en', publish_cloudwatch_metrics: 'Disabled' },
      ProblemType: 'Regression',
    });
  });
});

describe('the role of the job', () => {
  const REPORTS = `\${Reports.Arn}`;
  const statements = (stack = qualityStackWith()) => permissionsOfRole(stack, 'ModelQualityRole');
  const on = (resource: string) => statements().filter(({ Resource }) => Resource.startsWith(resource));

  test('[B19][E6] may list and get the labels', () => {
    const bucket = `arn:\${AWS::Partition}:s3:::labels`;
    expect(on(bucket)).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `${bucket}/truth/*` },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': ['truth/*'] } },
        Effect: 'Allow',
        Resource: bucket,
      },
    ]);
  });

  test('[E6] may put reports, and read back only what is merged of labels and predictions', () => {
    const prefix = 'model-monitoring/Stack/ModelQuality';
    expect(on(REPORTS)).toEqual([
      { Action: 's3:GetObject', Effect: 'Allow', Resource: `${REPORTS}/${prefix}/merge/*` },
      { Action: 's3:PutObject', Effect: 'Allow', Resource: `${REPORTS}/${prefix}/*` },
      {
        Action: 's3:ListBucket',
        Condition: { StringLike: { 's3:prefix': [`${prefix}/merge/*`] } },
        Effect: 'Allow',
        Resource: REPORTS,
      },
    ]);
  });

  test('[E1] may decrypt labels and what is merged', () => {
    const stack = newStack();
    const labels = new s3.Bucket(stack, 'Encrypted', { encryptionKey: new kms.Key(stack, 'LabelsKey') });
    const reportsBucket = new s3.Bucket(stack, 'Output', { encryptionKey: new kms.Key(stack, 'OutputKey') });
    qualityStackWith({}, { groundTruth: GroundTruth.fromBucket(labels, 'truth'), reportsBucket }, stack);
    const keys = statements(stack)
      .filter(({ Action }) => [Action].flat().includes('kms:Decrypt'))
      .map(({ Resource }) => Resource);
    expect(keys).toEqual(expect.arrayContaining([`\${LabelsKey.Arn}`, `\${OutputKey.Arn}`]));
  });
});

describe('the time of a run', () => {
  const { hourly, everyHours } = MonitoringFrequency;
  const run = (options: ModelMonitorEngineOptions, frequency: MonitoringFrequency) =>
    qualityJobOf(options, { frequency }).StoppingCondition.MaxRuntimeInSeconds;

  test.each([
    ['hourly', hourly(), 1800],
    ['every two hours', everyHours(2), 3600],
  ])('[B22] is, %s, %j, %d s when nothing is said', (_, frequency, seconds) => {
    expect(run({}, frequency)).toBe(seconds);
  });

  test('[B22] may be 1800 s of an hour, for this kind alone', () => {
    const modelQuality = { maxRuntime: Duration.seconds(1800) };
    expect(run({ maxRuntime: Duration.hours(1), modelQuality }, hourly())).toBe(1800);
  });

  test.each([
    [{ maxRuntime: Duration.seconds(1801) }, 'maxRuntime', '1801 s'],
    [{ modelQuality: { maxRuntime: Duration.hours(1) } }, 'modelQuality.maxRuntime', '3600 s'],
  ])('[B22] cannot be more of an hour: %j', (options, prop, got) => {
    expect(() => qualityStackWith(options)).toThrow(
      `'${prop}' is "${got}", allowed is a whole number, 1 to 1800 s (hourly modelQuality jobs share their hour`,
    );
  });

  test('[B22] may be more where runs are further apart', () => {
    expect(run({ maxRuntime: Duration.hours(2) }, everyHours(2))).toBe(7200);
  });
});

describe('what SageMaker would refuse, or silently override', () => {
  test.each(['analysis_type', 'problem_type', 'ground_truth_attribute', 'inference_attribute', 'output_path'])(
    'is the variable %s',
    (name) => {
      expect(() => qualityStackWith({ modelQuality: { environment: { [name]: 'x' } } })).toThrow(
        `InvalidModelMonitorEngine at Stack/ModelQuality: 'modelQuality.environment' is "${name}", allowed is a name other`,
      );
    },
  );

  test('is a place of labels with more than 512 characters', () => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Long', 'labels');
    const groundTruth = (characters: number) => GroundTruth.fromBucket(bucket, 'x'.repeat(characters));
    const prefix = 's3://labels/'.length;
    expect(() => qualityStackWith({}, { groundTruth: groundTruth(513 - prefix) })).toThrow(
      /'groundTruth' is "s3:.*", allowed is a text of at most 512 characters/,
    );
    expect(() => qualityStackWith({}, { groundTruth: groundTruth(512 - prefix) })).not.toThrow();
  });
});

describe('the baseline job', () => {
  const BINARY = ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });

  function environmentOf(problem: ModelProblem, columns?: DatasetColumns, options: ModelMonitorEngineOptions = {}) {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
    const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'data');
    const spec: KindSpec<'modelQuality'> = {
      kind: MonitorKind.MODEL_QUALITY,
      modelQuality: { problem, groundTruth: givenLabels(stack), window: AnalysisWindow.sinceLastRun() },
      monitorId: 'Stack/Quality',
      monitoringId: 'Stack/Quality',
      baseline: givenBaseline(stack),
      frequency: MonitoringFrequency.hourly(),
      reports: givenReports(stack),
    };
    const dataset = Dataset.csv(bucket, 'validation.csv', { columns })._bind(stack);
    return modelQualityBlueprint(stack, spec, options).baselineJob(dataset, role).environment;
  }

  test('[D1] is told of the problem what the monitor knows, with the columns of the dataset', () => {
    const columns = { label: 'churned', probability: 'score' };
    expect(environmentOf(BINARY, columns)).toMatchObject({
      analysis_type: 'MODEL_QUALITY',
      problem_type: 'BinaryClassification',
      ground_truth_attribute: 'churned',
      probability_attribute: 'score',
      probability_threshold_attribute: '0.5',
      publish_cloudwatch_metrics: 'Disabled',
      dataset_format: expect.stringContaining('csv'),
    });
  });

  test('may be told of a threshold that is known at deployment only', () => {
    const threshold = Token.asNumber(Lazy.any({ produce: () => 0.25 }));
    const problem = ModelProblem.binaryClassification({ probability: '0', threshold });
    const environment = environmentOf(problem, { label: 'churned', probability: 'score' });
    expect(newStack().resolve(environment)).toMatchObject({ probability_threshold_attribute: '0.25' });
  });

  test('[D1] is told nothing that the monitor does not look at', () => {
    const columns = { label: 'churned', prediction: 'predicted', probability: 'score' };
    const regression = environmentOf(ModelProblem.regression({ prediction: '0' }), columns);
    expect(regression).toMatchObject({ problem_type: 'Regression', inference_attribute: 'predicted' });
    expect(Object.keys(regression ?? {}).filter((name) => name.startsWith('probability'))).toEqual([]);
    expect(environmentOf(BINARY, columns)).not.toHaveProperty('inference_attribute');
  });

  test.each([
    [BINARY, undefined, ['label', 'probability']],
    [BINARY, { label: 'churned', prediction: 'predicted' }, ['probability']],
    [ModelProblem.regression({ prediction: '0' }), { label: 'price' }, ['prediction']],
    [ModelProblem.multiclassClassification({ prediction: '0' }), { prediction: 'species' }, ['label']],
    [
      ModelProblem.binaryClassification({ prediction: '0', probability: '1' }),
      { label: '' },
      ['label', 'prediction', 'probability'],
    ],
  ])('[B23] of %j cannot be made from a dataset with %j', (problem, columns, missing) => {
    const found = (() => {
      try {
        return environmentOf(problem, columns);
      } catch (error) {
        return String(error);
      }
    })();
    expect(found).toMatch(/IncompleteDataset at Stack: /);
    expect([...String(found).matchAll(/'columns\.(\w+)' is/g)].map(([, name]) => name)).toEqual(missing);
    expect(found).toContain(`(say it with the dataset: { columns: { ${missing[0]}: '...' } })`);
  });

  test('cannot be made of a column with more than 256 characters, as it is a variable', () => {
    const columns = { label: 'x'.repeat(257), prediction: 'y' };
    expect(() => environmentOf(ModelProblem.regression({ prediction: '0' }), columns)).toThrow(
      /'columns.label' is "x+", allowed is a text of at most 256 characters/,
    );
  });
});

describe('records with their labels, which the service merges below the reports,', () => {
  const merged = (id: string) => `model-monitoring/Stack/${id}/merge/`;
  const rulesOf = (stack: Stack) =>
    resourceOf(stack, 'AWS::S3::Bucket', 'Reports').Properties.LifecycleConfiguration.Rules;
  const warningsOf = (stack: Stack) =>
    Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('records with their labels'));

  test.each([
    ['model quality', qualityStackWith(), [merged('ModelQuality')]],
    ['bias', biasStackWith(), [merged('Bias')]],
    ['feature attributions, which have none', explainabilityStackWith(), []],
  ])("expire in the stack's own bucket: of %s", (_, stack, prefixes) => {
    const expiring = rulesOf(stack).filter(({ Prefix }: { Prefix?: string }) => Prefix);
    expect(expiring).toEqual(prefixes.map((Prefix) => ({ ExpirationInDays: 7, Prefix, Status: 'Enabled' })));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('stay in one of the user’s that has no rule for them, which synthesis warns of with the rule', () => {
    const of = (lifecycleRules: s3.LifecycleRule[]) => {
      const stack = newStack();
      return qualityStackWith({}, { reportsBucket: new s3.Bucket(stack, 'Mine', { lifecycleRules }) }, stack);
    };
    const [{ id, entry }] = warningsOf(of([{ expiration: Duration.days(7), prefix: 'model-monitoring/Other/' }]));
    expect(id).toBe('/Stack/Mine');
    expect(JSON.parse(/\{.*\}/.exec(`${entry.data}`)?.[0] ?? '')).toEqual({
      ID: 'MergedRecords',
      Status: 'Enabled',
      Filter: { Prefix: merged('ModelQuality') },
      Expiration: { Days: 7 },
    });
    expect(warningsOf(of([{ expiration: Duration.days(7), prefix: 'model-monitoring/Stack/' }]))).toEqual([]);
  });

  test('are nothing that the serverless engine leaves', () => {
    const stack = qualityStackWith({}, { engine: MonitoringEngine.serverless() });
    expect(rulesOf(stack).filter(({ Prefix }: { Prefix?: string }) => Prefix)).toEqual([]);
  });
});
