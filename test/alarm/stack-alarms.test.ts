import { Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { StackAlarms, type StackAlarmsProps } from '../../lib/alarm/stack-alarms';
import { newMonitor, newStack } from '../monitor/fixtures';
import { awaitedBy, resourceOf, resourcesOf } from '../monitor/readable-template';

const ALARM = 'AWS::CloudWatch::Alarm';
const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

function alarmsOf(props: StackAlarmsProps) {
  const stack = newStack();
  new StackAlarms(stack, 'Watch', props);
  return resourcesOf(stack, ALARM);
}

describe('the heartbeat alarm', () => {
  test('fires when the reconciler was silent for three hours, and no sooner after its creation: no value is breaching', () => {
    const stack = newStack();
    StackAlarms.of(stack);
    expect(resourceOf(stack, ALARM, 'HeartbeatAlarm').Properties).toEqual({
      Namespace: 'SageMakerMonitoring',
      MetricName: 'Heartbeat',
      Dimensions: [{ Name: 'ReconcilerId', Value: 'Stack' }],
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 3,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 180 },
      AlarmDescription:
        'The reconciler of model monitoring is silent: missed runs would go unnoticed. Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#heartbeat',
    });
  });

  test('warms up for as long as it waits', () => {
    const [heartbeat] = alarmsOf({ heartbeat: { evaluationPeriods: 6 } });
    expect(heartbeat.Properties).toMatchObject({
      EvaluationPeriods: 6,
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 360 },
    });
  });

  test.each(['before', 'after'])('comes after the schedule of the reconciler, made %s it', (order) => {
    const stack = newStack();
    if (order === 'after') newMonitor(stack);
    new StackAlarms(stack, 'Watch');
    if (order === 'before') newMonitor(stack);
    expect(awaitedBy(stack, ALARM, 'WatchHeartbeatAlarm')).toContain('ReconcilerSchedule');
  });
});

describe('the alarm on what could not be delivered', () => {
  test('fires as long as something lies in the dead-letter queue of the stack, and stays as it is without values', () => {
    const stack = newStack();
    StackAlarms.of(stack);
    expect(resourceOf(stack, ALARM, 'UndeliveredAlarm').Properties).toEqual({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: `\${DeadLetters.QueueName}` }],
      Statistic: 'Maximum',
      Period: 3600,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'ignore',
      AlarmDescription:
        'Model monitoring could not deliver something: a message, the start of a training or of a run. Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#undelivered',
    });
  });

  test('takes a threshold, more periods, or is left out', () => {
    const undelivered = { threshold: 3, evaluationPeriods: 2 };
    const [, alarm] = alarmsOf({ undelivered });
    expect(alarm.Properties).toMatchObject({ Threshold: 3, EvaluationPeriods: 2 });
    expect(alarmsOf({ undelivered: { enabled: false } })).toHaveLength(1);
  });
});

describe('the alarms that are shared by default', () => {
  test('are there once per stack', () => {
    const stack = newStack();
    const one = StackAlarms.of(new Construct(stack, 'One'));
    expect(StackAlarms.of(new Construct(stack, 'Two'))).toBe(one);
    const other = new Stack(stack.node.root as Construct, 'Other');
    expect(StackAlarms.of(other)).not.toBe(one);
    expect(resourcesOf(stack, ALARM).map(({ id }) => id)).toEqual(['AlarmsHeartbeatAlarm', 'AlarmsUndeliveredAlarm']);
  });

  test('have each action once, however often it is added', () => {
    const stack = newStack();
    const alarms = StackAlarms.of(stack);
    for (const arn of ['arn:one', 'arn:two', 'arn:one']) alarms._addOnce('alarmActions', [action(arn)]);
    alarms._addOnce('okActions', [action('arn:one')]);
    for (const { Properties } of resourcesOf(stack, ALARM)) {
      expect(Properties).toMatchObject({ AlarmActions: ['arn:one', 'arn:two'], OKActions: ['arn:one'] });
    }
  });

  test('have twins for each five actions more, because an alarm takes no more than five', () => {
    const stack = newStack();
    const alarms = StackAlarms.of(stack);
    for (let index = 0; index < 11; index += 1) alarms._addOnce('alarmActions', [action(`arn:${index}`)]);
    alarms._addOnce('alarmActions', [action('arn:3'), action('arn:10')]);
    const heartbeats = resourcesOf(stack, ALARM).filter(({ id }) => id.includes('Heartbeat'));
    expect(heartbeats.map(({ Properties }) => Properties.AlarmActions)).toEqual([
      ['arn:0', 'arn:1', 'arn:2', 'arn:3', 'arn:4'],
      ['arn:5', 'arn:6', 'arn:7', 'arn:8', 'arn:9'],
      ['arn:10'],
    ]);
    const [first, ...twins] = heartbeats.map(({ Properties: { AlarmActions: _, ...rest } }) => rest);
    expect(twins).toEqual([first, first]);
  });
});

test('they are at hand, for actions that are added by hand', () => {
  const stack = newStack();
  const alarms = new StackAlarms(stack, 'Watch', { alarmActions: [action('arn:one')], okActions: [action('arn:two')] });
  alarms.heartbeatAlarm.addOkAction(action('arn:four'));
  expect(alarms.undeliveredAlarm.node.path).toBe('Stack/Watch/Undelivered/Alarm');
  expect(resourceOf(stack, ALARM, 'HeartbeatAlarm').Properties).toMatchObject({
    AlarmActions: ['arn:one'],
    OKActions: ['arn:two', 'arn:four'],
  });
});

test('they can be left out, and then are errors where they are asked for', () => {
  const stack = newStack();
  const alarms = new StackAlarms(stack, 'Watch', { heartbeat: { enabled: false }, undelivered: { enabled: false } });
  expect(() => alarms.undeliveredAlarm).toThrow(/^AlarmNotEnabled at Stack\/Watch: 'undelivered.enabled' is false/);
  expect(resourcesOf(stack, ALARM)).toEqual([]);
  expect(() => alarms.heartbeatAlarm).toThrow(/^AlarmNotEnabled at Stack\/Watch: 'heartbeat.enabled' is false/);
});

test.each<[string, StackAlarmsProps]>([
  ["'heartbeat.threshold' is 2, allowed is nothing", { heartbeat: { threshold: 2 } }],
  ["'heartbeat.evaluationPeriods' is 49, allowed is at most 48 hours", { heartbeat: { evaluationPeriods: 49 } }],
  [
    "'heartbeat.datapointsToAlarm' is 4, allowed is a whole number from 1 to 3",
    { heartbeat: { datapointsToAlarm: 4 } },
  ],
  ["'undelivered.threshold' is -1, allowed is a number, 0 or more", { undelivered: { threshold: -1 } }],
])('options that no alarm can have are refused: %s', (message, props) => {
  expect(() => alarmsOf(props)).toThrow(message);
});

test('the longest window is taken', () => {
  const periods = alarmsOf({ heartbeat: { evaluationPeriods: 48 }, undelivered: { enabled: false } });
  expect(periods.map(({ Properties }) => Properties.EvaluationPeriods)).toEqual([48]);
});
