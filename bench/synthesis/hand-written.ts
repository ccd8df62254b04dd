// What `l1-app.ts` and `l2-app.ts` write in the same way: endpoints, schedules and job definitions, which have no L2, names and permissions.

import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const BUCKET = 'churn-data';
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
export const SAGEMAKER_ARN = 'arn:aws:sagemaker:eu-west-1:123456789012';
const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1';
const ANALYZER = '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer';
const CLARIFY = '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0';
const REPORTS = { kmsKeyId: undefined, localPath: '/opt/ml/processing/output', s3UploadMode: 'EndOfJob' };

/** Actions that are allowed on resources. */
export interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: { readonly [operator: string]: object };
}

/** A schedule, and what its watcher is told. */
export interface WatchedSchedule {
  readonly resource: sagemaker.CfnMonitoringSchedule;
  readonly name: string;
  readonly kind: Kind;
  readonly jobDefinitionName: string;
  readonly endpointName: string;
  readonly prefix: string;
}

/** Everything about one endpoint. Roles, topic, alarms and rule are each app's own. */
export abstract class HandWrittenEndpoint extends Construct {
  /** Makes all of it. */
  public create(): void {
    const { model, endpoint } = this.createEndpoint();
    for (const kind of KINDS) this.createMonitor(kind, model, endpoint);
    this.createMessages();
  }

  /** A role of SageMaker with one inline policy; returns its ARN. */
  protected abstract createRole(id: string, permissions: Permission[]): string;

  /** A topic with its policy, two alarms for each of the `KINDS`, and a rule. */
  protected abstract createMessages(): void;

  /** Where the configuration of an analysis lies, which may be written there. */
  protected writeConfig(_kind: Kind, _prefix: string, _config: object): string {
    return `s3://${BUCKET}/config/analysis_config.json`;
  }

  /** Tells of a schedule that runs could be missed of. */
  protected watch(_schedule: WatchedSchedule): void {}

  private createEndpoint() {
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: this.createRole('ModelRole', MODEL_PERMISSIONS),
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
    const endpointConfigName = config.attrEndpointConfigName;
    return { model, endpoint: new sagemaker.CfnEndpoint(this, 'Endpoint', { endpointConfigName }) };
  }

  private createMonitor(kind: Kind, model: sagemaker.CfnModel, endpoint: sagemaker.CfnEndpoint): void {
    const { attrEndpointName: endpointName } = endpoint;
    const prefix = `reports/${this.node.id}/${kind}`;
    const output = { ...REPORTS, s3Uri: `s3://${BUCKET}/${prefix}` };
    const parts: DefinitionParts = {
      roleArn: this.createRole(`${kind}Role`, permissionsOf(kind, endpointName, prefix)),
      jobResources: { clusterConfig: { instanceCount: 1, instanceType: 'ml.m5.xlarge', volumeSizeInGb: 30 } },
      stoppingCondition: { maxRuntimeInSeconds: 1800 },
      input: {
        endpointName,
        localPath: '/opt/ml/processing/input/endpoint',
        s3InputMode: 'File',
        s3DataDistributionType: 'FullyReplicated',
      },
      output: { monitoringOutputs: [{ s3Output: output }] },
    };
    const definition = DEFINITIONS[kind](this, parts, {
      modelName: model.attrModelName,
      uriOf: (config) => this.writeConfig(kind, `${prefix}/config`, config),
    });
    const name = `${this.node.id}-${kind}`.toLowerCase();
    const jobDefinitionName = definition.getAtt('JobDefinitionName').toString();
    const resource = new sagemaker.CfnMonitoringSchedule(this, `${kind}Schedule`, {
      monitoringScheduleName: name,
      monitoringScheduleConfig: {
        monitoringType: kind,
        monitoringJobDefinitionName: jobDefinitionName,
        scheduleConfig: { scheduleExpression: 'cron(0 * ? * * *)' },
      },
    });
    this.watch({ resource, name, kind, jobDefinitionName, endpointName, prefix });
  }
}

/** What the job definitions of all kinds have. */
interface DefinitionParts {
  readonly roleArn: string;
  readonly jobResources: sagemaker.CfnDataQualityJobDefinition.MonitoringResourcesProperty;
  readonly stoppingCondition: sagemaker.CfnDataQualityJobDefinition.StoppingConditionProperty;
  readonly input: sagemaker.CfnDataQualityJobDefinition.EndpointInputProperty;
  readonly output: sagemaker.CfnDataQualityJobDefinition.MonitoringOutputConfigProperty;
}

/** What an analysis of Clarify is told, beside. */
interface Analysis {
  readonly modelName: string;
  /** Where a configuration lies. */
  readonly uriOf: (config: object) => string;
}

const environment = { publish_cloudwatch_metrics: 'Disabled' };
const file = (name: string) => ({ s3Uri: `s3://${BUCKET}/baselines/${name}` });
const groundTruthS3Input = { s3Uri: `s3://${BUCKET}/labels` };
const offsets = { startTimeOffset: '-PT1H', endTimeOffset: '-PT0H' };

const BIAS = {
  headers: ['age', 'sex', 'tenure', 'churned'],
  label: 'churned',
  label_values_or_threshold: [0],
  facet: [{ name_or_index: 'sex', value_or_threshold: [0] }],
  methods: { pre_training_bias: { methods: 'all' }, post_training_bias: { methods: 'all' } },
};
const shapOf = (model_name: string) => ({
  headers: ['age', 'sex', 'tenure'],
  methods: { shap: { agg_method: 'mean_abs', use_logit: false, save_local_shap_values: false } },
  predictor: { model_name, instance_type: 'ml.m5.xlarge', initial_instance_count: 1 },
});

/** The job definition of each kind; it has no L2. */
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
  ModelBias: (scope: Construct, { input, output, ...common }: DefinitionParts, { uriOf }: Analysis) =>
    new sagemaker.CfnModelBiasJobDefinition(scope, 'ModelBiasDefinition', {
      ...common,
      modelBiasAppSpecification: { imageUri: CLARIFY, configUri: uriOf(BIAS), environment },
      modelBiasBaselineConfig: { constraintsResource: file('bias.json') },
      modelBiasJobInput: {
        endpointInput: { ...input, ...offsets, probabilityAttribute: '0', probabilityThresholdAttribute: 0.5 },
        groundTruthS3Input,
      },
      modelBiasJobOutputConfig: output,
    }),
  ModelExplainability: (
    scope: Construct,
    { input, output, ...common }: DefinitionParts,
    { modelName, uriOf }: Analysis,
  ) =>
    new sagemaker.CfnModelExplainabilityJobDefinition(scope, 'ModelExplainabilityDefinition', {
      ...common,
      modelExplainabilityAppSpecification: { imageUri: CLARIFY, configUri: uriOf(shapOf(modelName)), environment },
      modelExplainabilityBaselineConfig: { constraintsResource: file('attribution.json') },
      modelExplainabilityJobInput: { endpointInput: { ...input, inferenceAttribute: '0' } },
      modelExplainabilityJobOutputConfig: output,
    }),
};

/** The kinds of monitor, of which each endpoint has one each. */
export const KINDS = ['DataQuality', 'ModelQuality', 'ModelBias', 'ModelExplainability'] as const;

/** One of them. */
export type Kind = (typeof KINDS)[number];

const MODEL_PERMISSIONS = [
  allow(['s3:GetObject'], `arn:aws:s3:::${BUCKET}/models/*`),
  allow(['s3:PutObject'], `arn:aws:s3:::${BUCKET}/capture/*`),
  allow(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    'arn:aws:logs:*:*:log-group:/aws/sagemaker/*',
  ),
  allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'arn:aws:ecr:eu-west-1:123456789012:repository/churn'),
  allow(['ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData'], '*'),
];

/** What the jobs of a monitor may do. */
function permissionsOf(kind: Kind, endpointName: string, prefix: string): Permission[] {
  const { objects, permissions } = FURTHER_PERMISSIONS[kind](prefix);
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
    ...permissions,
  ];
}

const LABELS = (prefix: string) => ({
  objects: [`${BUCKET_ARN}/labels/*`, `${BUCKET_ARN}/${prefix}/merge/*`],
  permissions: [allowListing('labels/*'), allowListing(`${prefix}/merge/*`)],
});
const CONFIG = (prefix: string) => ({
  objects: [`${BUCKET_ARN}/${prefix}/config/*`],
  permissions: [allowListing(`${prefix}/config/*`)],
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
    permissions: [pullAnalyzer],
  }),
  ModelQuality: (prefix: string) => {
    const labels = LABELS(prefix);
    return {
      objects: [baseline('quality.json'), ...labels.objects],
      permissions: [pullAnalyzer, ...labels.permissions],
    };
  },
  ModelBias: (prefix: string) => {
    const [labels, config] = [LABELS(prefix), CONFIG(prefix)];
    return {
      objects: [baseline('bias.json'), ...labels.objects, ...config.objects],
      permissions: [pullClarify, ...labels.permissions, ...config.permissions],
    };
  },
  ModelExplainability: (prefix: string) => {
    const config = CONFIG(prefix);
    const permissions = [pullClarify, ...config.permissions, ...TEMPORARY_ENDPOINT];
    return { objects: [baseline('attribution.json'), ...config.objects], permissions };
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

export function allowListing(prefix: string): Permission {
  return allow(['s3:ListBucket'], BUCKET_ARN, { StringLike: { 's3:prefix': prefix } });
}

export function allow(
  actions: string[],
  resources: string | string[],
  conditions?: Permission['conditions'],
): Permission {
  return { actions, resources: [resources].flat(), conditions };
}
