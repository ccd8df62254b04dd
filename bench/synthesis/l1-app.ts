// The peer of `library-app.ts`: the same endpoints, monitors, roles, alarms, topics and rules, each written by hand as L1 resources.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { synthesize } from './synthesize';

const BUCKET = 'churn-data';
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
const SAGEMAKER_ARN = 'arn:aws:sagemaker:eu-west-1:123456789012';
const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1';
const ANALYZER = '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer';
const CLARIFY = '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0';
const REPORTS = { kmsKeyId: undefined, localPath: '/opt/ml/processing/output', s3UploadMode: 'EndOfJob' };

/** Everything about one endpoint. */
class MonitoredEndpoint extends Construct {
  private readonly endpoint: sagemaker.CfnEndpoint;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.endpoint = this.createEndpoint();
    const topic = new sns.CfnTopic(this, 'Topic');
    this.createTopicPolicy(topic);
    for (const kind of ['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'] as const) {
      this.createMonitor(kind);
      this.createAlarms(kind, topic);
    }
    new events.CfnRule(this, 'Rule', {
      eventPattern: { source: ['monitoring'], 'detail-type': ['Completed'], detail: { status: ['Failed'] } },
      targets: [{ id: 'Topic', arn: topic.ref }],
    });
  }

  private createEndpoint(): sagemaker.CfnEndpoint {
    const role = this.createRole('ModelRole', [
      allow(['s3:GetObject'], `arn:aws:s3:::${BUCKET}/models/*`),
      allow(['s3:PutObject'], `arn:aws:s3:::${BUCKET}/capture/*`),
      allow(
        ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        'arn:aws:logs:*:*:log-group:/aws/sagemaker/*',
      ),
      allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'arn:aws:ecr:eu-west-1:123456789012:repository/churn'),
      allow(['ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData'], '*'),
    ]);
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: role.attrArn,
      primaryContainer: { image: IMAGE, modelDataUrl: `s3://${BUCKET}/models/churn.tar.gz` },
    });
    const config = new sagemaker.CfnEndpointConfig(this, 'Config', {
      productionVariants: [
        {
          modelName: model.attrModelName,
          variantName: 'live',
          instanceType: 'ml.m5.large',
          initialInstanceCount: 1,
          initialVariantWeight: 1,
        },
      ],
      dataCaptureConfig: {
        enableCapture: true,
        initialSamplingPercentage: 20,
        destinationS3Uri: `s3://${BUCKET}/capture`,
        captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
        captureContentTypeHeader: { csvContentTypes: ['text/csv'], jsonContentTypes: ['application/json'] },
      },
    });
    return new sagemaker.CfnEndpoint(this, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
  }

  private createMonitor(kind: keyof typeof DEFINITIONS): void {
    const prefix = `reports/${this.node.id}/${kind}`;
    const { objects, statements } = FURTHER_PERMISSIONS[kind](prefix);
    const role = this.createRole(`${kind}Role`, [
      ...monitorStatements(this.endpoint.attrEndpointName, prefix, objects),
      ...statements,
    ]);
    const output = { ...REPORTS, s3Uri: `s3://${BUCKET}/${prefix}` };
    const definition = DEFINITIONS[kind](this, {
      roleArn: role.attrArn,
      jobResources: { clusterConfig: { instanceCount: 1, instanceType: 'ml.m5.xlarge', volumeSizeInGb: 30 } },
      stoppingCondition: { maxRuntimeInSeconds: 1800 },
      input: {
        endpointName: this.endpoint.attrEndpointName,
        localPath: '/opt/ml/processing/input/endpoint',
        s3InputMode: 'File',
        s3DataDistributionType: 'FullyReplicated',
      },
      output: { monitoringOutputs: [{ s3Output: output }] },
    });
    new sagemaker.CfnMonitoringSchedule(this, `${kind}Schedule`, {
      monitoringScheduleName: `${this.node.id}-${kind}`.toLowerCase(),
      monitoringScheduleConfig: {
        monitoringType: kind,
        monitoringJobDefinitionName: definition.getAtt('JobDefinitionName').toString(),
        scheduleConfig: { scheduleExpression: 'cron(0 * ? * * *)' },
      },
    });
  }

  private createAlarms(kind: string, topic: sns.CfnTopic): void {
    for (const metricName of ['Violations', 'Failed']) {
      new cloudwatch.CfnAlarm(this, `${kind}${metricName}`, {
        namespace: 'Monitoring',
        metricName,
        dimensions: [{ name: 'MonitorId', value: `${this.node.id}/${kind}` }],
        alarmDescription: `${metricName} of the monitor ${kind} of ${this.node.id}.`,
        statistic: 'Maximum',
        period: 3600,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: 'GreaterThanThreshold',
        treatMissingData: 'notBreaching',
        alarmActions: [topic.ref],
      });
    }
  }

  private createTopicPolicy(topic: sns.CfnTopic): void {
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
        Action: 'sns:Publish',
        Resource: topic.ref,
        Condition: { StringEquals: { 'aws:SourceAccount': cdk.Aws.ACCOUNT_ID } },
      },
    ];
    new sns.CfnTopicPolicy(this, 'TopicPolicy', {
      topics: [topic.ref],
      policyDocument: { Version: '2012-10-17', Statement },
    });
  }

  private createRole(id: string, Statement: object[]): iam.CfnRole {
    const Principal = { Service: 'sagemaker.amazonaws.com' };
    return new iam.CfnRole(this, id, {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
      },
      policies: [{ policyName: 'Inline', policyDocument: { Version: '2012-10-17', Statement } }],
    });
  }
}

interface DefinitionParts {
  readonly roleArn: string;
  readonly jobResources: sagemaker.CfnDataQualityJobDefinition.MonitoringResourcesProperty;
  readonly stoppingCondition: sagemaker.CfnDataQualityJobDefinition.StoppingConditionProperty;
  readonly input: sagemaker.CfnDataQualityJobDefinition.EndpointInputProperty;
  readonly output: sagemaker.CfnDataQualityJobDefinition.MonitoringOutputConfigProperty;
}

const environment = { publish_cloudwatch_metrics: 'Disabled' };
const file = (name: string) => ({ s3Uri: `s3://${BUCKET}/baselines/${name}` });
const configUri = `s3://${BUCKET}/config/analysis_config.json`;
const groundTruthS3Input = { s3Uri: `s3://${BUCKET}/labels` };
const offsets = { startTimeOffset: '-PT1H', endTimeOffset: '-PT0H' };

const DEFINITIONS = {
  DataQuality: (scope: Construct, { input, output, ...common }: DefinitionParts) =>
    new sagemaker.CfnDataQualityJobDefinition(scope, 'DataQualityDefinition', {
      ...common,
      dataQualityAppSpecification: { imageUri: ANALYZER, environment },
      dataQualityBaselineConfig: {
        statisticsResource: file('statistics.json'),
        constraintsResource: file('constraints.json'),
      },
      dataQualityJobInput: { endpointInput: input },
      dataQualityJobOutputConfig: output,
    }),
  ModelQuality: (scope: Construct, { input, output, ...common }: DefinitionParts) =>
    new sagemaker.CfnModelQualityJobDefinition(scope, 'ModelQualityDefinition', {
      ...common,
      modelQualityAppSpecification: { imageUri: ANALYZER, environment, problemType: 'BinaryClassification' },
      modelQualityBaselineConfig: { constraintsResource: file('quality.json') },
      modelQualityJobInput: {
        endpointInput: { ...input, ...offsets, probabilityAttribute: '0', probabilityThresholdAttribute: 0.5 },
        groundTruthS3Input,
      },
      modelQualityJobOutputConfig: output,
    }),
  ModelBias: (scope: Construct, { input, output, ...common }: DefinitionParts) =>
    new sagemaker.CfnModelBiasJobDefinition(scope, 'ModelBiasDefinition', {
      ...common,
      modelBiasAppSpecification: { imageUri: CLARIFY, configUri, environment },
      modelBiasBaselineConfig: { constraintsResource: file('bias.json') },
      modelBiasJobInput: {
        endpointInput: { ...input, ...offsets, probabilityAttribute: '0', probabilityThresholdAttribute: 0.5 },
        groundTruthS3Input,
      },
      modelBiasJobOutputConfig: output,
    }),
  ModelExplainability: (scope: Construct, { input, output, ...common }: DefinitionParts) =>
    new sagemaker.CfnModelExplainabilityJobDefinition(scope, 'ModelExplainabilityDefinition', {
      ...common,
      modelExplainabilityAppSpecification: { imageUri: CLARIFY, configUri, environment },
      modelExplainabilityBaselineConfig: { constraintsResource: file('attribution.json') },
      modelExplainabilityJobInput: { endpointInput: { ...input, inferenceAttribute: '0' } },
      modelExplainabilityJobOutputConfig: output,
    }),
};

/** What the jobs of all kinds may do. */
function monitorStatements(endpointName: string, prefix: string, objects: string[]): object[] {
  const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/ProcessingJobs';
  const captured = cdk.Fn.join('', ['capture/', endpointName, '/*']);
  return [
    allow(['cloudwatch:PutMetricData'], '*', {
      StringLike: { 'cloudwatch:namespace': ['aws/sagemaker/*', '/aws/sagemaker/*'] },
    }),
    allow(
      ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      [group, `${group}:*`],
    ),
    allow(['s3:GetObject'], [cdk.Fn.join('', [`${BUCKET_ARN}/`, captured]), ...objects]),
    allowListing(captured),
    allow(['s3:PutObject'], `${BUCKET_ARN}/${prefix}/*`),
    allow(['ecr:GetAuthorizationToken'], '*'),
  ];
}

const LABELS = (prefix: string) => ({
  objects: [`${BUCKET_ARN}/labels/*`, `${BUCKET_ARN}/${prefix}/merge/*`],
  statements: [allowListing('labels/*'), allowListing(`${prefix}/merge/*`)],
});
const CONFIG = (prefix: string) => ({
  objects: [`${BUCKET_ARN}/${prefix}/config/*`],
  statements: [allowListing(`${prefix}/config/*`)],
});
const baseline = (name: string) => `${BUCKET_ARN}/baselines/${name}`;
const pull = (account: string, repository: string) =>
  allow(
    ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
    `arn:aws:ecr:eu-west-1:${account}:repository/${repository}`,
  );
const pullAnalyzer = pull('468650794304', 'sagemaker-model-monitor-analyzer');
const pullClarify = pull('131013547314', 'sagemaker-clarify-processing');

/** What the jobs of one kind may do beside it: read further objects, and more. */
const FURTHER_PERMISSIONS = {
  DataQuality: () => ({
    objects: [baseline('statistics.json'), baseline('constraints.json')],
    statements: [pullAnalyzer],
  }),
  ModelQuality: (prefix: string) => {
    const labels = LABELS(prefix);
    return { objects: [baseline('quality.json'), ...labels.objects], statements: [pullAnalyzer, ...labels.statements] };
  },
  ModelBias: (prefix: string) => {
    const [labels, config] = [LABELS(prefix), CONFIG(prefix)];
    return {
      objects: [baseline('bias.json'), ...labels.objects, ...config.objects],
      statements: [pullClarify, ...labels.statements, ...config.statements],
    };
  },
  ModelExplainability: (prefix: string) => {
    const config = CONFIG(prefix);
    const statements = [pullClarify, ...config.statements, ...TEMPORARY_ENDPOINT];
    return { objects: [baseline('attribution.json'), ...config.objects], statements };
  },
};

const TEMPORARY_ENDPOINT = [
  allow(['sagemaker:DescribeModel'], `${SAGEMAKER_ARN}:model/*`),
  allow(
    ['sagemaker:CreateEndpointConfig', 'sagemaker:DescribeEndpointConfig', 'sagemaker:DeleteEndpointConfig'],
    `${SAGEMAKER_ARN}:endpoint-config/sm-clarify-config*`,
  ),
  allow(
    ['CreateEndpoint', 'DescribeEndpoint', 'DeleteEndpoint', 'InvokeEndpoint'].map((action) => `sagemaker:${action}`),
    `${SAGEMAKER_ARN}:endpoint/sm-clarify-*`,
  ),
  allow(['sagemaker:CreateEndpoint'], `${SAGEMAKER_ARN}:endpoint-config/sm-clarify-config*`),
];

function allowListing(prefix: string): object {
  return allow(['s3:ListBucket'], BUCKET_ARN, { StringLike: { 's3:prefix': prefix } });
}

function allow(Action: string[], Resource: string | string[], Condition?: object): object {
  return { Effect: 'Allow', Action, Resource, Condition };
}

synthesize((stack) => (index) => new MonitoredEndpoint(stack, `Endpoint${index}`));
