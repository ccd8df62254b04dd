import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { type MonitorAlarmOptions, MonitorAlarms } from '../../lib/alarm/monitor-alarms';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { Monitor } from '../../lib/monitor/monitor';
import { MonitoringFrequency, Weekday } from '../../lib/monitor/monitoring-frequency';
import { newMonitor, newStack } from '../monitor/fixtures';
import { resourceOf, resourcesOf } from '../monitor/readable-template';

const ALARM = 'AWS::CloudWatch::Alarm';
const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

function make(alarmActions?: cloudwatch.IAlarmAction[], frequency?: MonitoringFrequency) {
  const stack = newStack();
  const monitor = newMonitor(stack, { frequency });
  return { stack, alarms: new MonitorAlarms(stack, 'Alarms', { monitor, alarmActions }) };
}

describe.each([
  ['Drift', 'Violations', 'MonitorId', 'The data violate the constraints of the baseline.'],
  [
    'Health',
    'Health',
    'MonitoringId',
    'A model monitor sees less than it should (1: less was read or checked than asked, 2: a run failed, 3: a run is missing).',
  ],
])('the alarm %s', (id, MetricName, Name, meaning) => {
  test('[G8][G10][defect 12] fires when its metric is above 0 in one run, and not when there is no value', () => {
    expect(resourceOf(make().stack, ALARM, id).Properties).toEqual({
      Namespace: 'SageMakerMonitoring',
      MetricName,
      Dimensions: [{ Name, Value: 'Stack/DataQuality' }],
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 27,
      DatapointsToAlarm: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
      Tags: [{ Key: 'cdk-sagemaker-monitoring:monitor', Value: 'Stack/DataQuality' }],
      AlarmDescription: `${meaning} Monitor Stack/DataQuality. Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#${id.toLowerCase()}`,
    });
  });

  test.each([
    ['a quarter of an hour', MonitoringFrequency.everyMinutes(15), 60, 30],
    ['half an hour', MonitoringFrequency.everyMinutes(30), 60, 45],
    ['an hour', MonitoringFrequency.hourly(), 300, 27],
    ['twelve hours', MonitoringFrequency.everyHours(12), 300, 159],
    ['a day', MonitoringFrequency.dailyAt(3), 3600, 27],
  ])('[defect 12] looks at the time between two runs, of %s, and a while longer', (_, frequency, period, periods) => {
    const { Period, EvaluationPeriods, DatapointsToAlarm } = resourceOf(
      make([], frequency).stack,
      ALARM,
      id,
    ).Properties;
    expect([Period, EvaluationPeriods, DatapointsToAlarm]).toEqual([period, periods, 1]);
  });

  test('looks at a week alone where runs are so far apart, since no alarm looks farther back', () => {
    const { stack } = make([], MonitoringFrequency.weeklyAt(Weekday.MONDAY, 6));
    expect(resourceOf(stack, ALARM, id).Properties).toMatchObject({ Period: 604_800, EvaluationPeriods: 1 });
  });

  test('does what it is told to', () => {
    const { stack } = make([action('arn:one'), action('arn:two')]);
    expect(resourceOf(stack, ALARM, id).Properties.AlarmActions).toEqual(['arn:one', 'arn:two']);
  });
});

test('actions can be added to an alarm for each of its states', () => {
  const { stack, alarms } = make([action('arn:one')]);
  alarms.driftAlarm.addAlarmAction(action('arn:two'));
  alarms.driftAlarm.addOkAction(action('arn:three'));
  alarms.driftAlarm.addInsufficientDataAction(action('arn:four'));
  expect(resourceOf(stack, ALARM, 'Drift').Properties).toMatchObject({
    AlarmActions: ['arn:one', 'arn:two'],
    OKActions: ['arn:three'],
    InsufficientDataActions: ['arn:four'],
  });
});

test('[G12] an alarm can be part of a composite alarm', () => {
  const { stack, alarms } = make();
  new cloudwatch.CompositeAlarm(stack, 'Any', {
    alarmRule: cloudwatch.AlarmRule.anyOf(alarms.driftAlarm, alarms.healthAlarm),
  });
  const { AlarmRule } = resourceOf(stack, 'AWS::CloudWatch::CompositeAlarm').Properties;
  expect(AlarmRule).toBe(`(ALARM("\${AlarmsDrift.Arn}") OR ALARM("\${AlarmsHealth.Arn}"))`);
});

test('there are two alarms per monitor, each at hand', () => {
  const { stack, alarms } = make();
  expect(resourcesOf(stack, ALARM)).toHaveLength(2);
  const ids = [alarms.driftAlarm, alarms.healthAlarm].map(({ node }) => node.path);
  expect(ids).toEqual(['Stack/Alarms/Drift', 'Stack/Alarms/Health']);
});

test('a monitor that is deployed elsewhere can have alarms here', () => {
  const stack = newStack();
  const monitor = Monitor.fromMonitorAttributes(stack, 'Imported', {
    monitorId: 'Churn/DataQuality',
    monitorKind: MonitorKind.DATA_QUALITY,
    endpointName: 'churn',
    interval: Duration.hours(4),
  });
  new MonitorAlarms(stack, 'Alarms', { monitor });
  expect(resourceOf(stack, ALARM, 'Drift').Properties).toMatchObject({
    Dimensions: [{ Name: 'MonitorId', Value: 'Churn/DataQuality' }],
    Period: 300,
    EvaluationPeriods: 63,
  });
});

test('what the alarms do when they go back is said with them', () => {
  const stack = newStack();
  new MonitorAlarms(stack, 'Alarms', { monitor: newMonitor(stack), okActions: [action('arn:ok')] });
  for (const { Properties } of resourcesOf(stack, ALARM)) expect(Properties.OKActions).toEqual(['arn:ok']);
});

test('health of a monitor of a ModelMonitoring is refused, whose monitors share the alarm on it', () => {
  const stack = newStack();
  const monitor = Monitor.fromMonitorAttributes(stack, 'Imported', {
    monitorId: 'Churn/DataQuality',
    monitoringId: 'Churn',
    monitorKind: MonitorKind.DATA_QUALITY,
    endpointName: 'churn',
  });
  expect(() => new MonitorAlarms(stack, 'Refused', { monitor, health: { enabled: false } })).toThrow(
    'InvalidAlarmOptions at Stack/Refused: \'health\' is "options", allowed is nothing: the monitors of a ModelMonitoring share ' +
      "the alarm on their health (give it to the ModelMonitoring, as 'alarms')",
  );
  expect(new MonitorAlarms(stack, 'Alarms', { monitor, drift: {} }).alarms).toHaveLength(1);
});

describe('the options of an alarm', () => {
  const withOptions = (options: MonitorAlarmOptions, frequency?: MonitoringFrequency) => {
    const stack = newStack();
    return new MonitorAlarms(stack, 'Alarms', { monitor: newMonitor(stack, { frequency }), ...options });
  };

  test('set threshold and m of n of the one, and leave the other', () => {
    const { node } = withOptions({ drift: { threshold: 2, evaluationPeriods: 4, datapointsToAlarm: 3 } });
    const [drift, health] = ['Drift', 'Health'].map((id) => resourceOf(node.scope as Stack, ALARM, id).Properties);
    expect(drift).toMatchObject({ Threshold: 2, Period: 3600, EvaluationPeriods: 4, DatapointsToAlarm: 3 });
    expect(health).toMatchObject({ Threshold: 0, Period: 300, EvaluationPeriods: 27, DatapointsToAlarm: 1 });
  });

  test('leave one out, which is an error where it is asked for', () => {
    const alarms = withOptions({ drift: { enabled: false } });
    expect(alarms.alarms).toEqual([alarms.healthAlarm]);
    expect(resourcesOf(alarms, ALARM).map(({ id }) => id)).toEqual(['AlarmsHealth']);
    const message =
      "AlarmNotEnabled at Stack/Alarms: 'drift.enabled' is false, allowed is true, where the alarm is asked for";
    expect(() => alarms.driftAlarm).toThrow(message);
  });

  test.each<[string, MonitorAlarmOptions]>([
    ["'drift.threshold' is -0.5, allowed is a number, 0 or more", { drift: { threshold: -0.5 } }],
    ["'health.threshold' is NaN", { health: { threshold: Number.NaN } }],
    ["'drift.evaluationPeriods' is 0, allowed is a whole number from 1 to 7", { drift: { evaluationPeriods: 0 } }],
    ["'drift.evaluationPeriods' is 8", { drift: { evaluationPeriods: 8 } }],
    ["'health.datapointsToAlarm' is 2, allowed is a whole number from 1 to 1", { health: { datapointsToAlarm: 2 } }],
    ["'health.datapointsToAlarm' is 1.5", { health: { evaluationPeriods: 2, datapointsToAlarm: 1.5 } }],
  ])('are refused where CloudWatch refuses them, for a daily monitor: %s', (message, options) => {
    expect(() => withOptions(options, MonitoringFrequency.dailyAt(3))).toThrow('InvalidAlarmOptions at Stack/Alarms');
    expect(() => withOptions(options, MonitoringFrequency.dailyAt(3))).toThrow(message);
  });

  test('may look at a week', () => {
    const { node } = withOptions({ drift: { evaluationPeriods: 7 } }, MonitoringFrequency.dailyAt(3));
    expect(resourceOf(node.scope as Stack, ALARM, 'Drift').Properties.EvaluationPeriods).toBe(7);
  });
});
