// The same endpoints, monitors, roles, alarms, topics and rules as in `library-app.ts`, written with the CDK's L2 constructs where there are any.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cdk from 'aws-cdk-lib/core';
import { HandWrittenEndpoint, KINDS, type Permission } from './hand-written';
import { synthesize } from './synthesize';

class MonitoredEndpoint extends HandWrittenEndpoint {
  protected createRole(id: string, permissions: Permission[]): string {
    const statements = permissions.map((permission) => new iam.PolicyStatement(permission));
    const role = new iam.Role(this, id, {
      assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
      inlinePolicies: { Inline: new iam.PolicyDocument({ statements }) },
    });
    return role.roleArn;
  }

  protected createMessages(): void {
    const topic = new sns.Topic(this, 'Topic');
    this.admitAlarms(topic);
    for (const kind of KINDS) this.createAlarms(kind, topic);
    new events.Rule(this, 'Rule', {
      eventPattern: { source: ['monitoring'], detailType: ['Completed'], detail: { status: ['Failed'] } },
      targets: [new targets.SnsTopic(topic)],
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

synthesize((stack) => (index) => new MonitoredEndpoint(stack, `Endpoint${index}`));
