// The same resources as in `library-app.ts`, written with the CDK's L2 constructs where there are any.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cdk from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { HandWrittenEndpoint, type JobRole, KINDS, type Kind, RUNBOOK, type WatchedSchedule } from './hand-written';
import { createRole } from './l2-role';
import { SharedByEndpoints } from './l2-shared';
import { synthesize } from './synthesize';

class MonitoredEndpoint extends HandWrittenEndpoint {
  constructor(
    scope: Construct,
    id: string,
    private readonly shared: SharedByEndpoints,
  ) {
    super(scope, id);
  }

  protected createRole(id: string, role: JobRole): string {
    return createRole(this, id, { service: 'sagemaker.amazonaws.com', ...role }).roleArn;
  }

  protected image(): string {
    return this.shared.repository.repositoryUriForTag('1');
  }

  protected override writeConfig(kind: Kind, prefix: string, config: object): string {
    return this.shared.writeConfig(this, `${kind}Config`, prefix, config);
  }

  protected override judge(kind: Kind, prefix: string, definition: cdk.CfnResource): void {
    const judged =
      kind === 'DataQuality'
        ? this.shared.judgeFiles(this, `${kind}Baseline`, prefix)
        : this.shared.judgeConstraints(this.monitorIdOf(kind), kind);
    definition.node.addDependency(judged);
  }

  protected override watch(schedule: WatchedSchedule): void {
    this.shared.watch(schedule);
  }

  protected createMessages(): void {
    const topic = new sns.Topic(this, 'Topic');
    this.admitAlarms(topic);
    for (const kind of KINDS) this.createAlarm(DRIFT, this.monitorIdOf(kind), topic);
    this.createAlarm(HEALTH, `${this.node.path}/Monitoring`, topic);
    const monitorIds = KINDS.map((kind) => this.monitorIdOf(kind));
    new events.Rule(this, 'Rule', {
      description: 'Runs of model monitors that found violations or failed',
      eventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        detailType: ['Model Monitoring Execution Completed', 'Model Retraining Decided'],
        account: [cdk.Stack.of(this).account],
        region: [cdk.Stack.of(this).region],
        detail: {
          $or: [
            { status: ['CompletedWithViolations', 'Failed'] },
            { incidents: { changes: ['Ended', 'Accepted', 'FailuresEnded'] } },
          ],
          monitorId: monitorIds,
        },
      },
      targets: [this.shared.tell(topic, monitorIds)],
    });
  }

  private createAlarm({ metricName, dimension, of, what, section }: AlarmText, id: string, topic: sns.Topic): void {
    const metric = new cloudwatch.Metric({
      namespace: 'SageMakerMonitoring',
      metricName,
      dimensionsMap: { [dimension]: id },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: cdk.Duration.minutes(5),
    });
    const alarm = new cloudwatch.Alarm(this, `${metricName}${id.split('/').pop()}`, {
      metric,
      alarmDescription: `${what} ${of} ${id}. Runbook: ${RUNBOOK}#${section}`,
      evaluationPeriods: 27, // two hours and a quarter: an hourly run, and a while longer
      datapointsToAlarm: 1,
      threshold: 0,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    // the cheapest way: an aspect of `Tags` would visit every construct below
    (alarm.node.defaultChild as cloudwatch.CfnAlarm).cdkTagManager.setTag('cdk-sagemaker-monitoring:monitor', id);
  }

  private admitAlarms(topic: sns.Topic): void {
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': cdk.Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:*' },
        },
      }),
    );
  }
}

interface AlarmText {
  readonly metricName: string;
  readonly dimension: string;
  readonly of: string;
  readonly what: string;
  readonly section: string;
}

/** Of each monitor. */
const DRIFT: AlarmText = {
  metricName: 'Violations',
  dimension: 'MonitorId',
  of: 'Monitor',
  what: 'The data violate the constraints of the baseline.',
  section: 'drift',
};

/** Of all monitors of an endpoint. */
const HEALTH: AlarmText = {
  metricName: 'Health',
  dimension: 'MonitoringId',
  of: 'Monitors of',
  what: 'A model monitor sees less than it should (1: less was read or checked than asked, 2: a run failed, 3: a run is missing).',
  section: 'health',
};

synthesize((stack) => {
  const shared = new SharedByEndpoints(stack, 'Shared');
  return (index) => new MonitoredEndpoint(stack, `Endpoint${index}`, shared).create();
});
