// The same endpoints, monitors, roles, alarms, topics and rules as in `library-app.ts`, each written by hand as L1 resources, without what
// the endpoints of a stack share.

import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as cdk from 'aws-cdk-lib/core';
import { HandWrittenEndpoint, type JobRole, KINDS, RUNBOOK } from './hand-written';
import { synthesize } from './synthesize';

class MonitoredEndpoint extends HandWrittenEndpoint {
  protected createRole(id: string, { description, conditions: Condition, permissions }: JobRole): string {
    const Principal = { Service: 'sagemaker.amazonaws.com' };
    const Statement = permissions.map(({ actions, resources, conditions }) => {
      return { Effect: 'Allow', Action: actions, Resource: resources, Condition: conditions };
    });
    const role = new iam.CfnRole(this, id, {
      description,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }],
      },
      policies: [{ policyName: 'Inline', policyDocument: { Version: '2012-10-17', Statement } }],
    });
    return role.attrArn;
  }

  protected image(): string {
    return '123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1';
  }

  protected createMessages(): void {
    const topic = new sns.CfnTopic(this, 'Topic');
    this.createTopicPolicy(topic);
    for (const kind of KINDS) this.createAlarm('Violations', this.monitorIdOf(kind), topic);
    this.createAlarm('Health', this.node.path, topic);
    new events.CfnRule(this, 'Rule', {
      eventPattern: { source: ['monitoring'], 'detail-type': ['Completed'], detail: { status: ['Failed'] } },
      targets: [{ id: 'Topic', arn: topic.ref }],
    });
  }

  private createAlarm(metricName: string, id: string, topic: sns.CfnTopic): void {
    new cloudwatch.CfnAlarm(this, `${metricName}${id.split('/').pop()}`, {
      namespace: 'Monitoring',
      metricName,
      dimensions: [{ name: 'Id', value: id }],
      alarmDescription: `${metricName} of ${id}. Runbook: ${RUNBOOK}#${metricName.toLowerCase()}`,
      statistic: 'Maximum',
      period: 3600,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: 'GreaterThanThreshold',
      treatMissingData: 'notBreaching',
      alarmActions: [topic.ref],
    });
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
}

synthesize((stack) => (index) => new MonitoredEndpoint(stack, `Endpoint${index}`).create());
