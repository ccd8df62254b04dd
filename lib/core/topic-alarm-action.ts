import { Annotations, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { TOPIC } from './cdk-shapes';
import { allowKeyUse } from './key-policy';
import { localArn } from './local-arn';
import { requireProps } from './prop-shapes';

/**
 * Sends alarms to a topic, and lets them: CloudWatch may publish to the topic and use its key, for alarms of this account only.
 *
 * (The `SnsAction` of aws-cdk-lib leaves the topic's policy alone. An alarm on a topic with another policy, or with a key, is then
 * silent.)
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export class TopicAlarmAction implements cloudwatch.IAlarmAction {
  /** Stacks whose alarms the topic lets publish already. */
  private readonly admitted = new Set<Stack>();

  /**
   * @param topic receives the alarms; one that is not made in this app must allow CloudWatch by itself
   */
  constructor(private readonly topic: ITopic) {
    requireProps({ topic }, { topic: TOPIC });
  }

  /** Returns the topic as the alarm's action. */
  public bind(scope: Construct, _alarm: cloudwatch.IAlarm): cloudwatch.AlarmActionConfig {
    this.admit(scope);
    return { alarmActionArn: this.topic.topicArn };
  }

  private admit(scope: Construct): void {
    const stack = Stack.of(scope);
    if (this.admitted.has(stack)) return;
    this.admitted.add(stack);
    const { statementAdded } = this.topic.addToResourcePolicy(this.statement(scope));
    if (!statementAdded) {
      Annotations.of(scope).addInfoV2(
        'cdk-sagemaker-monitoring:topicPolicyNotOurs',
        'The topic is not made in this app: see to it that its policy lets cloudwatch.amazonaws.com publish',
      );
    }
    this.allowKey(scope);
  }

  private statement(scope: Construct): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: ownAlarms(Stack.of(scope)),
    });
  }

  /**
   * A topic on a key of AWS's own hears no alarm.
   *
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
   * @see https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
   */
  private allowKey(scope: Construct): void {
    const { masterKey } = this.topic;
    if (!masterKey) return;
    allowKeyUse(scope, masterKey, {
      service: 'cloudwatch',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    });
  }
}

/** All alarms of the account and region: naming single ones would tie the topic's stack to theirs. */
function ownAlarms(stack: Stack): { [operator: string]: object } {
  return {
    StringEquals: { 'aws:SourceAccount': stack.account },
    ArnLike: { 'aws:SourceArn': localArn(stack, 'cloudwatch', 'alarm:*') },
  };
}
