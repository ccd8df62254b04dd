import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { MissedAlarm } from '../../lib/alarm/missed-alarm';
import { newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf } from '../monitor/readable-template';

const ALARM = 'AWS::CloudWatch::Alarm';
const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

describe('the alarm on missed runs', () => {
  test('fires when any monitor of the stack missed a run within the hour, and says how to find out which', () => {
    const stack = newStack();
    MissedAlarm.of(stack, 'Stack');
    expect(resourceOf(stack, ALARM).Properties).toEqual({
      Namespace: 'SageMakerMonitoring',
      MetricName: 'Missed',
      Dimensions: [{ Name: 'ReconcilerId', Value: 'Stack' }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
      AlarmDescription:
        'A run of a model monitor of Stack was due and left no trace. Which monitor: metric Missed by MonitorId, or ' +
        "'run missed' in the log of the reconciler. Runbook: docs/runbook.md, Missed.",
    });
  });

  test('is one per stack, and has each action once', () => {
    const stack = newStack();
    const one = MissedAlarm.of(new Construct(stack, 'One'), 'Stack');
    expect(MissedAlarm.of(new Construct(stack, 'Two'), 'Stack')).toBe(one);
    for (const arn of ['arn:one', 'arn:two', 'arn:one']) one.addActionOnce(action(arn));
    expect(resourcesOf(stack, ALARM)).toHaveLength(1);
    expect(resourceOf(stack, ALARM).Properties.AlarmActions).toEqual(['arn:one', 'arn:two']);
  });

  test('has a twin for each five actions more, because an alarm takes no more than five', () => {
    const stack = newStack();
    const missed = MissedAlarm.of(stack, 'Stack');
    for (let index = 0; index < 11; index += 1) missed.addActionOnce(action(`arn:${index % 11}`));
    missed.addActionOnce(action('arn:3'));
    const alarms = resourcesOf(stack, ALARM);
    expect(alarms.map(({ id }) => id)).toEqual(['MissedAlarm', expect.any(String), expect.any(String)]);
    expect(alarms.map(({ Properties }) => Properties.AlarmActions)).toEqual([
      ['arn:0', 'arn:1', 'arn:2', 'arn:3', 'arn:4'],
      ['arn:5', 'arn:6', 'arn:7', 'arn:8', 'arn:9'],
      ['arn:10'],
    ]);
    const [first, ...twins] = alarms.map(({ Properties: { AlarmActions: _, ...rest } }) => rest);
    expect(twins).toEqual([first, first]);
  });
});
