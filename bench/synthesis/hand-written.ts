// What `l1-app.ts` and `l2-app.ts` write in the same way: endpoints, schedules and job definitions, which have no L2, names and permissions.

import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

const BUCKET = 'churn-data';
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
export const SAGEMAKER_ARN = 'arn:aws:sagemaker:eu-west-1:123456789012';
const ANALYZER = '468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer';
const CLARIFY = '131013547314.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-clarify-processing:1.0';
export const RUNBOOK = 'https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md';
const REPORTS = { kmsKeyId: undefined, localPath: '/opt/ml/processing/output', s3UploadMode: 'EndOfJob' };

/** Actions that are allowed on resources. */
export interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: { readonly [operator: string]: object };
}

/** What a role of SageMaker is for, under which conditions it may be assumed, and what it may do. */
export interface JobRole {
  readonly description: string;
  readonly conditions?: Permission['conditions'];
  readonly permissions: Permission[];
}

/** A schedule, and what its watcher is told. */
export interface WatchedSchedule {
  readonly monitorId: string;
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
  protected abstract createRole(id: string, role: JobRole): string;

  /** The URI of the image of models. */
  protected abstract image(): string;

  /** A topic with its policy, an alarm for each of the `KINDS` and one for all, and a rule. */
  protected abstract createMessages(): void;

  /** In metrics, events and messages. */
  protected monitorIdOf(kind: Kind): string {
    return `${this.node.path}/Monitoring/${kind}`;
  }

  /** Where the configuration of an analysis lies, which may be written there. */
  protected writeConfig(_kind: Kind, _prefix: string, _config: object): string {
    return `s3://${BUCKET}/config/analysis_config.json`;
  }

  /** Has the given files of a baseline judged before a definition is made of them. */
  protected judge(_kind: Kind, _prefix: string, _definition: cdk.CfnResource): void {}

  /** Tells of a schedule that runs could be missed of. */
  protected watch(_schedule: WatchedSchedule): void {}

  private createEndpoint() {
    const model = new sagemaker.CfnModel(this, 'Model', {
      executionRoleArn: this.createRole('ModelRole', MODEL_ROLE),
      primaryContainer: { image: this.image(), modelDataUrl: `s3://${BUCKET}/models/churn.tar.gz` },
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
    const monitorId = this.monitorIdOf(kind);
    const prefix = `model-monitoring/${monitorId}`;
    const permissions = permissionsOf(kind, { endpointName, prefix, model });
    const output = { ...REPORTS, s3Uri: `s3://${BUCKET}/${prefix}` };
    const parts: DefinitionParts = {
      roleArn: this.createRole(`${kind}Role`, {
        description: `Runs the jobs of the monitor ${monitorId}`,
        conditions: { ArnLikeIfExists: { 'aws:SourceArn': `${SAGEMAKER_ARN}:*` } },
        permissions,
      }),
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
    this.judge(kind, `${prefix}/baseline`, definition);
    const name = `${monitorId.replaceAll('/', '-')}`.toLowerCase();
    const jobDefinitionName = definition.getAtt('JobDefinitionName').toString();
    const resource = new sagemaker.CfnMonitoringSchedule(this, `${kind}Schedule`, {
      monitoringScheduleName: name,
      monitoringScheduleConfig: {
        monitoringType: kind,
        monitoringJobDefinitionName: jobDefinitionName,
        scheduleConfig: { scheduleExpression: 'cron(0 * ? * * *)' },
      },
    });
    this.watch({ resource, monitorId, name, kind, jobDefinitionName, endpointName, prefix });
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

const LOG_EVENTS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'];
const LOG_GROUPS = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker';
const METRICS = allow(['cloudwatch:PutMetricData'], '*', {
  StringLike: { 'cloudwatch:namespace': ['aws/sagemaker/*', '/aws/sagemaker/*'] },
});

const MODEL_ROLE: JobRole = {
  description: 'Hosts a model on SageMaker',
  conditions: { ArnLike: { 'aws:SourceArn': `${SAGEMAKER_ARN}:*` } },
  permissions: [
    allow(LOG_EVENTS, `${LOG_GROUPS}/Endpoints/*`),
    METRICS,
    allow(PULL, 'arn:aws:ecr:eu-west-1:123456789012:repository/churn'),
    allow(['ecr:GetAuthorizationToken'], '*'),
    allow(['s3:GetObject'], `${BUCKET_ARN}/models/churn.tar.gz`),
    allow(['s3:ListBucket'], BUCKET_ARN, { StringEquals: { 's3:prefix': 'models/churn.tar.gz' } }),
    allow(['s3:PutObject'], `${BUCKET_ARN}/capture/*`),
  ],
};

/** What the jobs of a monitor work with. */
interface Work {
  readonly endpointName: string;
  readonly prefix: string;
  readonly model: sagemaker.CfnModel;
}

/** What the jobs of a monitor may do. */
function permissionsOf(kind: Kind, work: Work): Permission[] {
  const { keys, labels = [], permissions } = FURTHER_PERMISSIONS[kind](work);
  const read = [cdk.Fn.join('', ['capture/', work.endpointName, '/*']), ...keys];
  return [
    METRICS,
    allow(LOG_EVENTS, [`${LOG_GROUPS}/ProcessingJobs`, `${LOG_GROUPS}/ProcessingJobs:*`]),
    allow(
      ['s3:GetObject'],
      [...read, ...labels].map((key) => `${BUCKET_ARN}/${key}`),
    ),
    allowListing(...read),
    allow(['s3:PutObject'], `${BUCKET_ARN}/${work.prefix}/*`),
    allow(['ecr:GetAuthorizationToken'], '*'),
    ...permissions,
    ...labels.map((key) => allowListing(key)),
  ];
}

const LABELS = ['labels/*'];
const pull = (account: string, repository: string) =>
  allow(PULL, `arn:aws:ecr:eu-west-1:${account}:repository/${repository}`);
const pullAnalyzer = pull('468650794304', 'sagemaker-model-monitor-analyzer');
const pullClarify = pull('131013547314', 'sagemaker-clarify-processing');

/** What the jobs of one kind may do beside it: read objects of further keys, those of labels among them, and more. */
const FURTHER_PERMISSIONS: { readonly [kind in Kind]: (work: Work) => Further } = {
  DataQuality: () => ({
    keys: ['baselines/statistics.json', 'baselines/constraints.json'],
    permissions: [pullAnalyzer],
  }),
  ModelQuality: ({ prefix }) => ({
    keys: ['baselines/quality.json', `${prefix}/merge/*`],
    labels: LABELS,
    permissions: [pullAnalyzer],
  }),
  ModelBias: ({ prefix }) => ({
    keys: ['baselines/bias.json', `${prefix}/config/*`, `${prefix}/merge/*`],
    labels: LABELS,
    permissions: [pullClarify],
  }),
  ModelExplainability: ({ prefix, model }) => ({
    keys: ['baselines/attribution.json', `${prefix}/config/*`],
    permissions: [pullClarify, ...temporaryEndpointOf(model)],
  }),
};

interface Further {
  readonly keys: string[];
  readonly labels?: string[];
  readonly permissions: Permission[];
}

function temporaryEndpointOf(model: sagemaker.CfnModel): Permission[] {
  const config = `${SAGEMAKER_ARN}:endpoint-config/sm-clarify-config*`;
  return [
    allow(['sagemaker:DescribeModel'], [model.ref, cdk.Fn.join('', [`${SAGEMAKER_ARN}:model/`, model.attrModelName])]),
    allow(
      ['CreateEndpointConfig', 'DescribeEndpointConfig', 'DeleteEndpointConfig'].map((verb) => `sagemaker:${verb}`),
      config,
    ),
    allow(
      ['CreateEndpoint', 'DescribeEndpoint', 'DeleteEndpoint', 'InvokeEndpoint'].map((action) => `sagemaker:${action}`),
      `${SAGEMAKER_ARN}:endpoint/sm-clarify-*`,
    ),
    allow(['sagemaker:CreateEndpoint'], config),
  ];
}

export function allowListing(...prefixes: string[]): Permission {
  return allow(['s3:ListBucket'], BUCKET_ARN, { StringLike: { 's3:prefix': prefixes } });
}

export function allow(
  actions: string[],
  resources: string | string[],
  conditions?: Permission['conditions'],
): Permission {
  return { actions, resources: [resources].flat(), conditions };
}
