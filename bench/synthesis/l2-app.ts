// The same resources as in `library-app.ts`, written with the CDK's L2 constructs where there are any.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cdk from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { HandWrittenEndpoint, KINDS, type Kind, type Permission, type WatchedSchedule } from './hand-written';
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

  protected createRole(id: string, permissions: Permission[]): string {
    return createRole(this, id, { service: 'sagemaker.amazonaws.com', permissions }).roleArn;
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
      eventPattern: { source: ['monitoring'], detailType: ['Completed'], detail: { status: ['Failed'] } },
      targets: [this.shared.tell(topic)],
    });
  }

  private createAlarms(kind: string, topic: sns.Topic): void {
    for (const metricName of ['Violations', 'Failed']) {
      const metric = new cloudwatch.Metric({
        namespace: 'Monitoring',
        metricName,
        dimensionsMap: { MonitorId: `${this.node.id}/${kind}` },
        statistic: cloudwatch.Stats.MAXIMUM,
        period: cdk.Duration.hours(1),
      });
      const alarm = new cloudwatch.Alarm(this, `${kind}${metricName}`, {
        metric,
        alarmDescription: `${metricName} of the monitor ${kind} of ${this.node.id}.`,
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
        conditions: { StringEquals: { 'aws:SourceAccount': cdk.Stack.of(this).account } },
      }),
    );
  }
}

synthesize((stack) => {
  const shared = new SharedByEndpoints(stack, 'Shared');
  return (index) => new MonitoredEndpoint(stack, `Endpoint${index}`, shared).create();
});
