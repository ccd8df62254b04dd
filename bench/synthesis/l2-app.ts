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

  protected override watch(schedule: WatchedSchedule): void {
    this.shared.watch(schedule);
  }

  protected createMessages(): void {
    const topic = new sns.Topic(this, 'Topic');
    this.admitAlarms(topic);
    for (const kind of KINDS) this.createAlarms(kind, topic);
    new events.Rule(this, 'Rule', {
      description: 'Runs of model monitors that found violations or failed',
      eventPattern: {
        source: ['cdk-sagemaker-monitoring'],
        detailType: ['Model Monitoring Execution Completed'],
        detail: {
          status: ['CompletedWithViolations', 'Failed'],
          monitorId: KINDS.map((kind) => this.monitorIdOf(kind)),
        },
      },
      targets: [this.shared.tell(topic)],
    });
  }

  private createAlarms(kind: Kind, topic: sns.Topic): void {
    const monitorId = this.monitorIdOf(kind);
    for (const { metricName, statistic, what, section } of ALARMS) {
      const metric = new cloudwatch.Metric({
        namespace: 'SageMakerMonitoring',
        metricName,
        dimensionsMap: { MonitorId: monitorId },
        statistic,
        period: cdk.Duration.hours(1),
      });
      const alarm = new cloudwatch.Alarm(this, `${kind}${metricName}`, {
        metric,
        alarmDescription: `${what} Monitor ${monitorId}. Runbook: ${RUNBOOK}#${section}`,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(topic));
    }
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

/** Of each monitor. */
const ALARMS = [
  {
    metricName: 'Violations',
    statistic: cloudwatch.Stats.MAXIMUM,
    what: 'The data violate the constraints of the baseline.',
    section: 'drift',
  },
  {
    metricName: 'Failed',
    statistic: cloudwatch.Stats.SUM,
    what: 'A monitoring run ended without a report.',
    section: 'failed',
  },
];

synthesize((stack) => {
  const shared = new SharedByEndpoints(stack, 'Shared');
  return (index) => new MonitoredEndpoint(stack, `Endpoint${index}`, shared).create();
});
