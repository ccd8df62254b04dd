import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { HeartbeatAlarm } from '../../lib/alarm/heartbeat-alarm';
import { newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf } from '../monitor/readable-template';

const ALARM = 'AWS::CloudWatch::Alarm';
const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

describe('the heartbeat alarm', () => {
  test('fires when the reconciler was silent for three hours: no value is breaching', () => {
    const stack = newStack();
    HeartbeatAlarm.of(stack, 'Stack');
    expect(resourceOf(stack, ALARM).Properties).toEqual({
      Namespace: 'SageMakerMonitoring',
      MetricName: 'Heartbeat',
      Dimensions: [{ Name: 'ReconcilerId', Value: 'Stack' }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      AlarmDescription:
        'The reconciler of model monitoring is silent: missed runs would go unnoticed. Runbook: docs/runbook.md, Heartbeat.',
    });
  });

  test('is one per stack', () => {
    const stack = newStack();
    const one = HeartbeatAlarm.of(new Construct(stack, 'One'), 'Stack');
    expect(HeartbeatAlarm.of(new Construct(stack, 'Two'), 'Stack')).toBe(one);
    expect(resourcesOf(stack, ALARM)).toHaveLength(1);
  });

  test('is another one in another stack', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as Construct, 'Other');
    expect(HeartbeatAlarm.of(other, 'Other')).not.toBe(HeartbeatAlarm.of(stack, 'Stack'));
  });

  test('has each action once, however often it is added', () => {
    const stack = newStack();
    const heartbeat = HeartbeatAlarm.of(stack, 'Stack');
    for (const arn of ['arn:one', 'arn:two', 'arn:one']) heartbeat.addActionOnce(action(arn));
    expect(resourceOf(stack, ALARM).Properties.AlarmActions).toEqual(['arn:one', 'arn:two']);
  });
});
