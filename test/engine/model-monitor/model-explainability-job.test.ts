import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { DatasetFormat } from '../../../lib/core/dataset-format';
import { MonitoredData } from '../../../lib/monitor/monitored-data';
import { MonitoringFrequency } from '../../../lib/monitor/monitoring-frequency';
import { Predictor } from '../../../lib/monitor/predictor';
import { PredictorRequest } from '../../../lib/monitor/predictor-request';
import { ShapBaseline } from '../../../lib/monitor/shap-baseline';
import { newModel } from '../../endpoint/fixtures';
import { newStack } from '../../monitor/fixtures';
import {
  awaitedBy,
  permissionsOfRole,
  type ReadableStatement,
  resourceOf,
  statementsOfRole,
} from '../../monitor/readable-template';
import {
  CONFIG,
  configsIn,
  EXPLAINABILITY_JOB,
  explainabilityStackWith,
  FEATURES,
  jobIn,
  SCHEDULE,
  shapAnalysis,
} from './clarify';
import { explainabilityMonitorFaults } from './clarify-schema';
import { givenTransforms } from './quality';

const jobOf = (...args: Parameters<typeof explainabilityStackWith>) =>
  jobIn(explainabilityStackWith(...args), EXPLAINABILITY_JOB);

const ARN = `arn:\${AWS::Partition}:sagemaker:eu-west-1:111122223333:`;

/** What the role may do with SageMaker. */
function sagemakerStatements(...args: Parameters<typeof explainabilityStackWith>): ReadableStatement[] {
  return statementsOfRole(explainabilityStackWith(...args), 'ExplainabilityRole').filter(({ Action }) =>
    [Action].flat().some((action) => action.startsWith('sagemaker:')),
  );
}

describe('the job definition', () => {
  test('[A4][B1][D8] reads endpoint and configuration, compares with analysis.json and writes the report', () => {
    expect(jobOf()).toEqual({
      RoleArn: `\${ExplainabilityRole.Arn}`,
      Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/Explainability' }],
      ModelExplainabilityAppSpecification: {
        ConfigUri: `s3://\${Reports}/\${ExplainabilityAnalysisConfig.Key}`,
        ImageUri: '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0',
        Environment: { publish_cloudwatch_metrics: 'Disabled' },
      },
      ModelExplainabilityBaselineConfig: { ConstraintsResource: { S3Uri: 's3://baselines/churn/constraints.json' } },
      ModelExplainabilityJobInput: {
        EndpointInput: {
          EndpointName: `\${Endpoint.EndpointName}`,
          LocalPath: '/opt/ml/processing/input/endpoint',
          S3InputMode: 'File',
          S3DataDistributionType: 'FullyReplicated',
          ProbabilityAttribute: '1',
        },
      },
      ModelExplainabilityJobOutputConfig: {
        MonitoringOutputs: [
          {
            S3Output: {
              S3Uri: `s3://\${Reports}/model-monitoring/Stack/Explainability`,
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

  test('[F1] has no name: each of its properties is create-only, and a replacement must not collide', () => {
    expect(jobOf().JobDefinitionName).toBeUndefined();
  });

  test('[A4][F5] is run by a schedule that waits for the endpoint', () => {
    const stack = explainabilityStackWith();
    const { Properties } = resourceOf(stack, SCHEDULE);
    expect(Properties.MonitoringScheduleConfig).toMatchObject({
      MonitoringType: 'ModelExplainability',
      MonitoringJobDefinitionName: `\${ExplainabilityJobDefinition.JobDefinitionName}`,
    });
    expect(awaitedBy(stack, SCHEDULE)).toContain('Endpoint');
  });

  test('[B13] has the places of features, predictions and scores', () => {
    const request = PredictorRequest.jsonLines('{"features":$features}');
    const predictor = Predictor.fromModelName('churn', { request });
    const analysis = shapAnalysis({ features: 'features', prediction: 'label', probability: 'score', predictor });
    expect(jobOf({}, { analysis }).ModelExplainabilityJobInput.EndpointInput).toMatchObject({
      FeaturesAttribute: 'features',
      InferenceAttribute: 'label',
      ProbabilityAttribute: 'score',
    });
  });

  test('[B5] reads batch transform jobs, with their format', () => {
    const stack = newStack();
    const batchTransform = givenTransforms(stack, DatasetFormat.PARQUET);
    const job = jobIn(
      explainabilityStackWith({}, { data: MonitoredData.batchTransform(batchTransform) }, stack),
      EXPLAINABILITY_JOB,
    );
    expect(job.ModelExplainabilityJobInput).toEqual({
      BatchTransformInput: {
        DataCapturedDestinationS3Uri: 's3://transforms/jobs/captured',
        DatasetFormat: { Parquet: true },
        LocalPath: '/opt/ml/processing/input/batch-transform',
        S3InputMode: 'File',
        S3DataDistributionType: 'FullyReplicated',
        ProbabilityAttribute: '1',
      },
    });
  });

  test('[B5][B7] fails for JSON of transform jobs without the path of features', () => {
    const stack = newStack();
    const batchTransform = givenTransforms(stack, DatasetFormat.JSON_LINES);
    expect(() => explainabilityStackWith({}, { data: MonitoredData.batchTransform(batchTransform) }, stack)).toThrow(
      "'analysis.features' is undefined, allowed is where the features stand, as the data are JSON",
    );
  });

  test.each([
    [3600, MonitoringFrequency.hourly()],
    [86_400, MonitoringFrequency.dailyAt(3)],
  ])('[B22] may last %i s, and no longer', (seconds, frequency) => {
    const lasting = (count: number) => () =>
      explainabilityStackWith({ modelExplainability: { maxRuntime: Duration.seconds(count) } }, { frequency });
    expect(lasting(seconds)).not.toThrow();
    expect(lasting(seconds + 1)).toThrow(`'modelExplainability.maxRuntime' is "${seconds + 1} s"`);
  });

  test('[A6][A7] takes another image and variables', () => {
    const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shap:1';
    const { ModelExplainabilityAppSpecification } = jobOf({
      modelExplainability: { imageUri, environment: { LOCALE: 'de' } },
    });
    expect(ModelExplainabilityAppSpecification).toMatchObject({
      ImageUri: imageUri,
      Environment: { LOCALE: 'de', publish_cloudwatch_metrics: 'Disabled' },
    });
  });

  test('[A8] fails in a region without Clarify', () => {
    const stack = newStack({ env: { account: '111122223333', region: 'me-central-1' } });
    expect(() => explainabilityStackWith({}, {}, stack)).toThrow(
      /^UnknownClarifyImage at Stack\/Explainability: .* \(name the image with 'modelExplainability\.imageUri'\) \(\S+\)$/,
    );
  });

  test('[E5] fails in isolation, for Clarify calls SageMaker', () => {
    expect(() => explainabilityStackWith({ networkIsolation: true })).toThrow(
      "'networkIsolation' is true, allowed is false for modelExplainability jobs: Clarify calls SageMaker",
    );
  });
});

describe('the configuration', () => {
  test('[A4][D3] names a model of the app, whose name is known at deployment only', () => {
    const stack = newStack();
    const model = newModel(stack, 'Explained');
    explainabilityStackWith({}, { analysis: shapAnalysis({ predictor: Predictor.fromModel(model) }) }, stack);
    const { ExplainabilityAnalysisConfig: config } = configsIn(stack);
    expect(config).toMatchObject({
      headers: FEATURES,
      predictor: { model_name: `\${Explained.ModelName}`, instance_type: 'ml.m5.xlarge', initial_instance_count: 1 },
    });
    expect(explainabilityMonitorFaults(config)).toEqual([]);
    expect(resourceOf(stack, CONFIG).Properties.Prefix).toBe('model-monitoring/Stack/Explainability/config');
  });
});

describe('the role', () => {
  const ENDPOINT = [
    {
      Action: ['sagemaker:CreateEndpointConfig', 'sagemaker:DescribeEndpointConfig', 'sagemaker:DeleteEndpointConfig'],
      Effect: 'Allow',
      Resource: `${ARN}endpoint-config/sm-clarify-config*`,
    },
    {
      Action: [
        'sagemaker:CreateEndpoint',
        'sagemaker:DescribeEndpoint',
        'sagemaker:DeleteEndpoint',
        'sagemaker:InvokeEndpoint',
      ],
      Effect: 'Allow',
      Resource: `${ARN}endpoint/sm-clarify-*`,
    },
    {
      Action: 'sagemaker:CreateEndpoint',
      Effect: 'Allow',
      Resource: `${ARN}endpoint-config/sm-clarify-config*`,
    },
  ];

  test('[E7] may describe the model, start an endpoint with a name of Clarify, ask and delete it', () => {
    expect(sagemakerStatements()).toEqual([
      { Action: 'sagemaker:DescribeModel', Effect: 'Allow', Resource: `${ARN}model/churn` },
      ...ENDPOINT,
    ]);
  });

  test('[E7] may describe a model of the app by its ARN, and by its name in its own spelling', () => {
    const stack = newStack();
    const predictor = Predictor.fromModel(newModel(stack, 'Explained'));
    expect(sagemakerStatements({}, { analysis: shapAnalysis({ predictor }) }, stack)).toEqual([
      {
        Action: 'sagemaker:DescribeModel',
        Effect: 'Allow',
        Resource: [`\${Explained}`, `${ARN}model/\${Explained.ModelName}`],
      },
      ...ENDPOINT,
    ]);
  });

  test('[E7] may describe a model whose name has capitals in both spellings', () => {
    const analysis = shapAnalysis({ predictor: Predictor.fromModelName('Churn') });
    expect(sagemakerStatements({}, { analysis })[0].Resource).toEqual([`${ARN}model/Churn`, `${ARN}model/churn`]);
  });

  test('[E11] may do so in other partitions', () => {
    const stack = newStack({ env: { account: '111122223333', region: 'us-gov-west-1' } });
    const [, { Resource }] = sagemakerStatements({}, {}, stack);
    expect(Resource).toBe(
      `arn:\${AWS::Partition}:sagemaker:us-gov-west-1:111122223333:endpoint-config/sm-clarify-config*`,
    );
  });

  test('[E6] may read captured data, baseline, configuration and SHAP baseline, and write the report', () => {
    const stack = newStack();
    const baseline = ShapBaseline.fromBucket(s3.Bucket.fromBucketName(stack, 'Shap', 'shap'), 'mean.csv');
    explainabilityStackWith({}, { analysis: shapAnalysis({ baseline }) }, stack);
    const reports = `\${Reports.Arn}/model-monitoring/Stack/Explainability`;
    const allowed = permissionsOfRole(stack, 'ExplainabilityRole')
      .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('s3:')))
      .map(({ Action, Resource }) => `${Action} ${Resource}`);
    expect(allowed.sort()).toEqual(
      [
        `s3:GetObject \${Capture.Arn}/data-capture/\${Endpoint.EndpointName}/*`,
        `s3:GetObject ${reports}/config/*`,
        `s3:GetObject arn:\${AWS::Partition}:s3:::baselines/churn/constraints.json`,
        `s3:GetObject arn:\${AWS::Partition}:s3:::shap/mean.csv`,
        `s3:ListBucket \${Capture.Arn}`,
        `s3:ListBucket \${Reports.Arn}`,
        `s3:ListBucket arn:\${AWS::Partition}:s3:::baselines`, // an input of a job is a prefix, also where it is one object
        `s3:ListBucket arn:\${AWS::Partition}:s3:::shap`,
        `s3:PutObject ${reports}/*`,
      ].sort(),
    );
  });
});
