import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { MonitoringAlarm } from '../../lib/core/monitoring-alarm';
import { TopicAlarmAction } from '../../lib/core/topic-alarm-action';
import { ENV } from '../monitor/fixtures';
import { resourceOf, resourcesOf } from '../monitor/readable-template';

const ALARM = 'AWS::CloudWatch::Alarm';
const FLAG = '@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction';
const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

function newStack(context = {}): Stack {
  return new Stack(new App({ context }), 'Stack', { env: ENV });
}

function newAlarm(scope: Construct, id = 'Alarm'): MonitoringAlarm {
  const metric = new cloudwatch.Metric({ namespace: 'N', metricName: 'M' });
  return new MonitoringAlarm(scope, id, { metric, threshold: 1, evaluationPeriods: 1 });
}

function newFunction(stack: Stack): lambda.Function {
  return new lambda.Function(stack, 'Function', {
    code: lambda.Code.fromInline('exports.handler = () => {};'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
}

/** An action that makes a construct where it is bound, always under the same id. */
class MakingAction implements cloudwatch.IAlarmAction {
  public bind(scope: Construct): cloudwatch.AlarmActionConfig {
    new CfnResource(scope, 'Made', { type: 'AWS::SNS::Topic' });
    return { alarmActionArn: 'arn:made' };
  }
}

describe.each([false, true])('with the flag of LambdaAction at %s', (flag) => {
  test.each([{}, { useUniquePermissionId: true }])(
    'alarms of one name share a function: each may invoke it (%j)',
    (props) => {
      const stack = newStack({ [FLAG]: flag });
      const action = new actions.LambdaAction(newFunction(stack), props);
      for (const id of ['One', 'Two']) {
        const alarm = newAlarm(new Construct(stack, id));
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
      }
      const alarms = ['Here', 'There'].map((id) => newAlarm(stack, id));
      for (const alarm of alarms) alarm.addAlarmAction(action);
      const sources = resourcesOf(stack, 'AWS::Lambda::Permission').map(({ Properties }) => Properties.SourceArn);
      expect(sources).toHaveLength(4);
      expect(sources).toEqual(expect.arrayContaining([`\${Here.Arn}`, `\${There.Arn}`]));
    },
  );
});

test('an action that makes constructs may be given to any number of alarms, for each of their states', () => {
  const stack = newStack();
  const making = new MakingAction();
  for (const id of ['One', 'Two']) {
    const alarm = newAlarm(stack, id);
    alarm.addAlarmAction(making, making);
    alarm.addOkAction(making);
    alarm.addInsufficientDataAction(making);
  }
  expect(resourcesOf(stack, 'AWS::SNS::Topic')).toHaveLength(2);
  expect(resourceOf(stack, ALARM, 'One').Properties).toMatchObject({
    AlarmActions: ['arn:made'],
    OKActions: ['arn:made'],
    InsufficientDataActions: ['arn:made'],
  });
});

test('a topic costs an alarm no construct', () => {
  const stack = newStack();
  const alarm = newAlarm(stack);
  alarm.addAlarmAction(new TopicAlarmAction(new sns.Topic(stack, 'Topic')));
  expect(alarm.node.findAll().map(({ node }) => node.path)).toEqual(['Stack/Alarm', 'Stack/Alarm/Resource']);
});

test('actions that make nothing are taken as they are', () => {
  const stack = newStack();
  newAlarm(stack).addAlarmAction(
    new actions.SsmAction(actions.OpsItemSeverity.HIGH),
    new actions.SsmIncidentAction('plan'),
  );
  expect(resourceOf(stack, ALARM).Properties.AlarmActions).toEqual([
    `arn:\${AWS::Partition}:ssm:eu-west-1:111122223333:opsitem:2`,
    `arn:\${AWS::Partition}:ssm-incidents::111122223333:response-plan/plan`,
  ]);
});

test('an action on an EC2 instance is refused: the metric is of none', () => {
  const reboot = new actions.Ec2Action(actions.Ec2InstanceAction.REBOOT);
  expect(() => newAlarm(newStack()).addAlarmAction(reboot)).toThrow(
    'InvalidAlarmAction at Stack/Alarm: \'alarmActions\' is "an Ec2Action"',
  );
});

const LISTS = [
  [
    'alarmActions',
    'AlarmActions',
    (alarm: MonitoringAlarm, ...list: cloudwatch.IAlarmAction[]) => alarm.addAlarmAction(...list),
  ],
  [
    'okActions',
    'OKActions',
    (alarm: MonitoringAlarm, ...list: cloudwatch.IAlarmAction[]) => alarm.addOkAction(...list),
  ],
  [
    'insufficientDataActions',
    'InsufficientDataActions',
    (alarm: MonitoringAlarm, ...list: cloudwatch.IAlarmAction[]) => alarm.addInsufficientDataAction(...list),
  ],
] as const;

test.each(LISTS)(
  'five different %s are taken, a sixth is refused, whether at once or one by one',
  (prop, property, add) => {
    const stack = newStack();
    const alarm = newAlarm(stack);
    const five = ['a', 'b', 'c', 'd', 'e'].map(action);
    add(alarm, ...five);
    add(alarm, action('a'));
    const message = `TooManyAlarmActions at Stack/Alarm: '${prop}' is 6, allowed is at most 5 different actions for each state`;
    expect(() => add(alarm, action('f'))).toThrow(message);
    expect(() => add(newAlarm(stack, 'Other'), ...five, action('f'))).toThrow('TooManyAlarmActions');
    expect(Template.fromStack(stack).toJSON().Resources).toMatchObject({
      Alarm7103F465: { Properties: { [property]: ['a', 'b', 'c', 'd', 'e'] } },
    });
  },
);
