// What the monitored endpoints of a stack share, as `library-app.ts` has it: functions, queue, machine, watcher and its alarms, written with L2.

import { join } from 'node:path';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import { EventField, type IRuleTarget, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as cdk from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledgeQueue } from './acknowledged';
import {
  allow,
  allowListing,
  type Kind,
  type Permission,
  RUNBOOK,
  SAGEMAKER_ARN,
  type WatchedSchedule,
} from './hand-written';
import { createRole } from './l2-role';

const ASSETS = join(__dirname, '../../assets');
const ARNS = 'eu-west-1:123456789012';
const STATISTICS = 'baselines/statistics.json';
const CONSTRAINTS: { readonly [kind in Kind]: string } = {
  DataQuality: 'baselines/constraints.json',
  ModelQuality: 'baselines/quality.json',
  ModelBias: 'baselines/bias.json',
  ModelExplainability: 'baselines/attribution.json',
};
const METRICS = allow(['cloudwatch:PutMetricData'], '*', {
  StringEquals: { 'cloudwatch:namespace': 'SageMakerMonitoring' },
});
const EVENTS = allow(['events:PutEvents'], `arn:aws:events:${ARNS}:event-bus/default`, {
  StringEquals: {
    'events:source': 'cdk-sagemaker-monitoring',
    'events:detail-type': 'Model Monitoring Execution Completed',
  },
});
const LISTING = allow(['sagemaker:ListMonitoringExecutions'], '*');
const RULES = `arn:aws:events:${ARNS}:rule/*`;
const HOUR = cdk.Duration.hours(1);
const LOGS = { retention: logs.RetentionDays.THREE_MONTHS, removalPolicy: cdk.RemovalPolicy.DESTROY };

/** Alarms take five actions for a state: of every five endpoints one tells all of them. */
const ENDPOINTS_PER_ALARM = 5;

/** Of one stack. */
export class SharedByEndpoints extends Construct {
  public readonly repository: ecr.IRepository;
  private readonly bucket: s3.IBucket;
  private readonly handlerLogs: logs.ILogGroup;
  private readonly digest: lambda.IFunction;
  private readonly deadLetters: sqs.IQueue;
  private readonly configWriter: lambda.IFunction;
  private readonly judge: lambda.IFunction;
  private readonly constraints: Construct;
  private readonly given: object[] = [];
  private readonly rest: Construct;
  private readonly drain: Construct;
  private readonly watcher: Construct;
  private readonly topics: sns.ITopic[] = [];
  private readonly schedules: WatchedSchedule[] = [];
  private alarms: cloudwatch.Alarm[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = s3.Bucket.fromBucketName(this, 'Bucket', 'churn-data');
    this.repository = ecr.Repository.fromRepositoryName(this, 'Repository', 'churn');
    this.handlerLogs = new logs.LogGroup(this, 'HandlerLogs', LOGS);
    this.deadLetters = this.createQueue();
    this.digest = this.createDigest();
    this.configWriter = this.createHandler('analysis-config', [
      allow(['s3:PutObject'], this.bucket.arnForObjects('model-monitoring/*/config/*')),
    ]);
    const files = [...Object.values(CONSTRAINTS), STATISTICS].map((key) => this.bucket.arnForObjects(key));
    this.judge = this.createHandler('baseline', [{ actions: ['s3:GetObject'], resources: files }]);
    this.constraints = new cdk.CustomResource(this, 'Constraints', {
      serviceToken: this.judge.functionArn,
      properties: { Files: cdk.Lazy.any({ produce: () => this.given }) },
    });
    const serviceToken = this.createDrain().functionArn;
    this.watcher = this.createWatcher();
    const Schedules = cdk.Lazy.any({ produce: () => this.schedules.map(configurationOf) });
    const ScheduleNames = cdk.Lazy.list({ produce: () => this.schedules.map(({ name }) => name) });
    const Monitors = cdk.Lazy.string({ produce: () => this.expectations() });
    this.rest = new cdk.CustomResource(this, 'Rest', { serviceToken, properties: { Schedules } });
    this.drain = new cdk.CustomResource(this, 'Drain', { serviceToken, properties: { ScheduleNames, Monitors } });
    this.drain.node.addDependency(this.watcher);
    this.drawRuns(this.createPages());
  }

  /** Tells what is found to a topic, and lets the alarms of the stack go there, too. */
  public tell(topic: sns.ITopic, monitorIds: string[]): IRuleTarget {
    if (this.topics.length % ENDPOINTS_PER_ALARM === 0) this.alarms = this.createAlarms();
    this.topics.push(topic);
    for (const alarm of this.alarms) alarm.addAlarmAction(new SnsAction(topic));
    const { eventId, account, region, fromPath } = EventField;
    const reports = [{ bucket: this.bucket.bucketName, prefix: 'model-monitoring', monitorIds }];
    const told = { eventId, account, region, detail: fromPath('$.detail'), reports };
    return this.served(this.digest, RuleTargetInput.fromObject({ topicArn: topic.topicArn, ...told }));
  }

  /** Watches and drains a schedule. */
  public watch(schedule: WatchedSchedule): void {
    this.schedules.push(schedule);
    schedule.resource.node.addDependency(this.rest);
    this.drain.node.addDependency(schedule.resource);
  }

  /** Writes the configuration of an analysis; returns its URI. */
  public writeConfig(scope: Construct, id: string, prefix: string, config: object): string {
    const file = new cdk.CustomResource(scope, id, {
      serviceToken: this.configWriter.functionArn,
      serviceTimeout: cdk.Duration.minutes(5),
      properties: {
        Bucket: this.bucket.bucketName,
        Prefix: prefix,
        Text: cdk.Stack.of(this).toJsonString(config),
      },
    });
    return this.bucket.s3UrlForObject(file.getAttString('Key'));
  }

  /** Judges the given files of a baseline at the deployment. */
  public judgeFiles(scope: Construct, id: string, prefix: string): cdk.CustomResource {
    const bucket = this.bucket.bucketName;
    const constraints = { bucket, key: CONSTRAINTS.DataQuality };
    const statistics = { bucket, key: STATISTICS };
    const spec = { constraints, statistics, output: { bucket, prefix } };
    return new cdk.CustomResource(scope, id, {
      serviceToken: this.judge.functionArn,
      serviceTimeout: cdk.Duration.hours(1),
      properties: { Spec: cdk.Stack.of(this).toJsonString(spec) },
    });
  }

  /** Judges given constraints of a kind that compares no statistics at the deployment, with those of all others. */
  public judgeConstraints(monitorId: string, kind: Kind): Construct {
    this.given.push({ Monitor: monitorId, Kind: kind, Bucket: this.bucket.bucketName, Key: CONSTRAINTS[kind] });
    return this.constraints;
  }

  private createQueue(): sqs.IQueue {
    const queue = new sqs.Queue(this, 'DeadLetters', {
      retentionPeriod: cdk.Duration.days(14),
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnLike: { 'aws:SourceArn': RULES } },
      }),
    );
    acknowledgeQueue(queue);
    return queue;
  }

  private createDigest(): lambda.IFunction {
    const queueArn = this.deadLetters.queueArn;
    const topicArns = cdk.Lazy.list({ produce: () => this.topics.map(({ topicArn }) => topicArn) });
    const digest = this.createHandler('digest', [
      allow(['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'], queueArn),
      { actions: ['sns:Publish'], resources: topicArns },
      ...this.reading(),
      allow(['s3:GetObject', 's3:PutObject'], this.bucket.arnForObjects('model-monitoring/*/told.json')),
    ]);
    this.serveRules(digest);
    return digest;
  }

  private createPages(): lambda.IFunction {
    const pages = this.createHandler('page', [
      allow(['sqs:SendMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'], this.deadLetters.queueArn),
      ...this.reading(),
      allow(['s3:PutObject'], this.bucket.arnForObjects('model-monitoring/*/report.html')),
    ]);
    this.serveRules(pages);
    return pages;
  }

  /** Has each run of the stack's monitors drawn. */
  private drawRuns(pages: lambda.IFunction): void {
    const { account, region, stackName } = cdk.Stack.of(this);
    const { fromPath } = EventField;
    const run = { monitorId: fromPath('$.detail.monitorId'), reportUri: fromPath('$.detail.reportUri') };
    const buckets = [{ bucket: this.bucket.bucketName }];
    new Rule(this, 'PageRule', {
      description: 'Runs of model monitors, to be drawn',
      eventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        detailType: ['Model Monitoring Execution Completed', 'Model Variant Test Ended'],
        account: [account],
        region: [region],
        detail: { monitorId: Match.prefix(`${stackName}/`) },
      },
      targets: [
        this.served(
          pages,
          RuleTargetInput.fromObject({ account: EventField.account, region: EventField.region, ...run, buckets }),
        ),
      ],
    });
  }

  /** Lets rules start the function, whose failures go to the queue. */
  private serveRules(handler: lambda.IFunction): void {
    const destination = this.deadLetters.queueArn;
    handler.configureAsyncInvoke({ onFailure: { bind: () => ({ destination }) } });
    handler.addPermission('Rules', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: RULES });
  }

  private served(handler: lambda.IFunction, input: RuleTargetInput): IRuleTarget {
    const config = {
      arn: handler.functionArn,
      input,
      deadLetterConfig: { arn: this.deadLetters.queueArn },
      retryPolicy: { maximumEventAgeInSeconds: 7200, maximumRetryAttempts: 10 },
    };
    return { bind: () => config };
  }

  private createDrain(): lambda.IFunction {
    const draining = this.createHandler('draining', [
      allow(
        ['Describe', 'Start', 'Stop'].map((verb) => `sagemaker:${verb}MonitoringSchedule`),
        `${SAGEMAKER_ARN}:monitoring-schedule/*`,
      ),
      allow(['sagemaker:StopProcessingJob'], `${SAGEMAKER_ARN}:processing-job/*`),
      METRICS,
      LISTING,
      EVENTS,
      ...this.reading(),
      allow(['s3:PutObject'], this.bucket.arnForObjects('model-monitoring/*/report.json')),
    ]);
    const { stateMachineArn } = new sfn.StateMachine(this, 'Machine', {
      definitionBody: sfn.DefinitionBody.fromString(cdk.Stack.of(this).toJsonString(definitionOf(draining))),
      role: this.createMachineRole(draining).withoutPolicyUpdates(),
      tracingEnabled: true,
      logs: {
        level: sfn.LogLevel.ALL,
        includeExecutionData: false,
        destination: new logs.LogGroup(this, 'MachineLogs', LOGS),
      },
    });
    new iam.Policy(this, 'OtherDrains', {
      statements: [new iam.PolicyStatement({ actions: ['states:ListExecutions'], resources: [stateMachineArn] })],
      roles: [draining.role as iam.IRole],
    });
    const start = allow(['states:StartExecution'], stateMachineArn);
    return this.createHandler('drain', [start], { STATE_MACHINE_ARN: stateMachineArn });
  }

  private createMachineRole(draining: lambda.IFunction): iam.Role {
    return createRole(this, 'MachineRole', {
      service: 'states.amazonaws.com',
      description: 'Drains model monitoring schedules',
      conditions: { StringEquals: { 'aws:SourceAccount': cdk.Stack.of(this).account } },
      permissions: [
        allow(['lambda:InvokeFunction'], draining.functionArn),
        allow(
          ['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries']
            .concat(['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'])
            .map((action) => `logs:${action}`),
          '*',
        ),
        allow(
          ['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].map(
            (action) => `xray:${action}`,
          ),
          '*',
        ),
      ],
    });
  }

  /** The function that notices missed runs, and what starts it. */
  private createWatcher(): Construct {
    const watcher = new Construct(this, 'Watcher');
    const handler = this.createHandler('reconcile', [
      METRICS,
      EVENTS,
      LISTING,
      allow(
        ['s3:PutObject'],
        ['report', 'reconciled'].map((name) => this.bucket.arnForObjects(`model-monitoring/*/${name}.json`)),
      ),
      ...this.reading(),
    ]);
    const role = createRole(watcher, 'Role', {
      service: 'scheduler.amazonaws.com',
      description: 'Starts what watches the runs of model monitors',
      conditions: {
        StringEquals: {
          'aws:SourceAccount': cdk.Stack.of(this).account,
          'aws:SourceArn': `arn:aws:scheduler:${ARNS}:schedule-group/default`,
        },
      },
      permissions: [allow(['lambda:InvokeFunction'], handler.functionArn)],
    });
    const turns = this.createTurns(watcher);
    const schedule = new scheduler.CfnSchedule(watcher, 'Schedule', {
      description: 'Watches the runs of model monitors',
      scheduleExpression: 'rate(1 hour)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: handler.functionArn,
        roleArn: role.roleArn,
        input: cdk.Lazy.string({ produce: () => this.expectations() }),
        retryPolicy: { maximumEventAgeInSeconds: 1800, maximumRetryAttempts: 5 },
      },
    });
    schedule.node.addDependency(turns);
    return watcher;
  }

  /** What gives engines their turns at deployments. */
  private createTurns(watcher: Construct): Construct {
    const file = this.bucket.arnForObjects('model-monitoring/*/turns.json');
    const permissions = [
      allow(['s3:GetObject'], file),
      allowListing('model-monitoring/*'),
      allow(['s3:PutObject'], file),
    ];
    return new cdk.CustomResource(watcher, 'Turns', {
      serviceToken: this.createHandler('turns', permissions).functionArn,
      serviceTimeout: cdk.Duration.minutes(10),
      properties: { Monitors: cdk.Lazy.string({ produce: () => this.expectations() }) },
    });
  }

  private expectations(): string {
    const scheduledTime = '<aws.scheduler.scheduled-time>';
    const reconcilerId = cdk.Stack.of(this).stackName;
    return JSON.stringify({ scheduledTime, reconcilerId, monitors: this.schedules.map(expectationOf) });
  }

  /** Of reports of the stack's monitors. */
  private reading(): Permission[] {
    return [
      allow(['s3:GetObject'], this.bucket.arnForObjects('model-monitoring/*')),
      allowListing('model-monitoring/*'),
    ];
  }

  private createHandler(name: string, permissions: Permission[], environment?: { [name: string]: string }) {
    const log = allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.handlerLogs.logGroupArn);
    return new lambda.Function(this, name, {
      code: lambda.Code.fromAsset(join(ASSETS, name)),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_24_X,
      description: `Model monitoring: the function of ${name}`,
      memorySize: 512,
      timeout: cdk.Duration.minutes(5),
      environment: { STACK_ACCOUNT: cdk.Aws.ACCOUNT_ID, ...environment },
      role: createRole(this, `${name}Role`, {
        service: 'lambda.amazonaws.com',
        description: `Model monitoring: the function of ${name} (role)`,
        permissions: [log, ...permissions],
      }),
      logGroup: this.handlerLogs,
    });
  }

  private createAlarms(): cloudwatch.Alarm[] {
    const suffix = this.topics.length / ENDPOINTS_PER_ALARM;
    const heartbeat = this.metric('Heartbeat').createAlarm(this, `Heartbeat${suffix}`, {
      alarmDescription: `What notices missed runs is silent: they would go unnoticed. Runbook: ${RUNBOOK}#heartbeat`,
      evaluationPeriods: 3,
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    heartbeat.node.addDependency(this.watcher);
    const resource = heartbeat.node.defaultChild as cloudwatch.CfnAlarm;
    resource.addPropertyOverride('WarmUpConfiguration.WarmUpPeriodDurationInMinutes', 180);
    const undelivered = this.deadLetters
      .metricApproximateNumberOfMessagesVisible({ statistic: cloudwatch.Stats.MAXIMUM, period: HOUR })
      .createAlarm(this, `Undelivered${suffix}`, {
        alarmDescription: `Model monitoring could not deliver something: a message, the start of a training or of a run. Runbook: ${RUNBOOK}#undelivered`,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      });
    return [heartbeat, undelivered];
  }

  private metric(metricName: string): cloudwatch.Metric {
    const dimensionsMap = { ReconcilerId: cdk.Stack.of(this).stackName };
    return new cloudwatch.Metric({
      namespace: 'SageMakerMonitoring',
      metricName,
      dimensionsMap,
      statistic: cloudwatch.Stats.SUM,
      period: HOUR,
    });
  }
}

function configurationOf({ name, jobDefinitionName }: WatchedSchedule): object {
  return { Name: name, JobDefinitionName: jobDefinitionName, ScheduleExpression: 'cron(0 * ? * * *)' };
}

function expectationOf({ monitorId, name, kind, endpointName, resource, prefix }: WatchedSchedule): object {
  return {
    id: monitorId,
    monitoringId: monitorId.slice(0, monitorId.lastIndexOf('/')),
    engine: 'model-monitor',
    kind,
    monitoringScheduleName: name,
    endpointName,
    everyHours: 1,
    startHour: 0,
    graceMinutes: 110,
    output: { bucket: 'churn-data', prefix },
    scheduleIdentity: resource.attrCreationTime,
    ...(COMPARED.includes(kind) ? LABELLED : {}),
  };
}

/** Kinds that compare predictions with labels, and when and where these are there. */
const COMPARED: readonly Kind[] = ['ModelQuality', 'ModelBias'];
const LABELLED = { window: { startHours: 1, endHours: 0 }, groundTruthUri: 's3://churn-data/labels' };

/** In the States Language: a loop that waits until the function has answered. */
function definitionOf({ functionArn }: lambda.IFunction): object {
  const step = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: functionArn, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 3, BackoffRate: 2 }],
  };
  const whether = (StringEquals: string, Next: string) => ({ Variable: '$.status', StringEquals, Next });
  return {
    StartAt: 'Prepare',
    States: {
      Prepare: { Type: 'Pass', Parameters: { 'request.$': '$' }, Next: 'Drain' },
      Drain: { ...step, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'AnswerFailure' }], Next: 'HasAnswered' },
      HasAnswered: {
        Type: 'Choice',
        Choices: [whether('OPEN', 'Pause'), whether('FAILED', 'Failed')],
        Default: 'Drained',
      },
      Pause: { Type: 'Wait', Seconds: 20, Next: 'Drain' },
      Drained: { Type: 'Succeed' },
      AnswerFailure: { ...step, Next: 'Failed' },
      Failed: { Type: 'Fail', Error: 'NotDrained' },
    },
  };
}
