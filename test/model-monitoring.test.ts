import { App, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { StackAlarms } from '../lib/alarm/stack-alarms';
import { DOCUMENTATION_URL } from '../lib/core/contract';
import { CapturedData } from '../lib/endpoint/captured-data';
import { Endpoint } from '../lib/endpoint/endpoint';
import { EndpointOperations } from '../lib/endpoint/endpoint-operations';
import { OperationsAlarm } from '../lib/endpoint/operations-alarm';
import { MonitoringEngine } from '../lib/engine/monitoring-engine';
import { ModelMonitoring, type ModelMonitoringProps } from '../lib/model-monitoring';
import { FeatureMetrics } from '../lib/monitor/feature-metrics';
import { MonitoredData } from '../lib/monitor/monitored-data';
import type { IMonitoringEngine } from '../lib/monitor/monitoring-engine';
import { MonitoringFrequency } from '../lib/monitor/monitoring-frequency';
import { RetrainingTrigger } from '../lib/retraining/retraining-trigger';
import { believingEvents, ENV, givenBaseline, newEndpoint, newMonitor, newStack } from './monitor/fixtures';
import { resourceOf, resourcesOf, ruleOf, rulesOf, statementsOfRole } from './monitor/readable-template';

const ALARM = 'AWS::CloudWatch::Alarm';
const action = (alarmActionArn: string): cloudwatch.IAlarmAction => ({ bind: () => ({ alarmActionArn }) });

function make(props: Partial<ModelMonitoringProps> = {}, stack = newStack()) {
  const monitoring = new ModelMonitoring(stack, 'Monitoring', {
    data: props.data ?? MonitoredData.endpoint(newEndpoint(stack)),
    engine: MonitoringEngine.serverless(),
    ...props,
  });
  return { stack, monitoring, baseline: givenBaseline(stack) };
}

describe('model monitoring', () => {
  test('adds alarms on operations, which do what the alarms of its monitors do, below its address of documents', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'Topic');
    const endpoint = newEndpoint(stack);
    const { monitoring, baseline } = make(
      {
        data: MonitoredData.endpoint(endpoint),
        notificationTopic: topic,
        alarmActions: [action('arn:aws:one')],
        okActions: [action('arn:aws:ok')],
        documentationUrl: 'https://docs.example.com',
      },
      stack,
    );
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    const operations = EndpointOperations.of(endpoint);
    const added = monitoring.addOperationsAlarms('Operations', operations, [OperationsAlarm.serverErrors()]);
    expect(added.alarms).toHaveLength(1);
    monitoring.addOperationsAlarms('Defaults', operations);
    const made = resourcesOf(stack, ALARM).filter(({ Properties }) =>
      /Answers of a model|An endpoint ends|used up/.test(Properties.AlarmDescription),
    );
    expect(made).toHaveLength(4);
    for (const { Properties } of made) {
      expect(Properties.AlarmActions).toEqual([expect.anything(), 'arn:aws:one']);
      expect(Properties.OKActions).toEqual(['arn:aws:ok']);
      expect(Properties.AlarmDescription).toContain('https://docs.example.com');
    }
    expect(() => monitoring.addOperationsAlarms('Operations', operations)).toThrow('MonitorIdTaken');
  });

  test('adds monitors with the options of each, on the placement of all', () => {
    const { stack, monitoring, baseline } = make({ reportsPrefix: 'reports' });
    const monitor = monitoring.addDataQualityMonitor('DataQuality', {
      baseline,
      frequency: MonitoringFrequency.everyHours(4),
      featureMetrics: FeatureMetrics.of('tenure'),
    });
    expect(monitor.node.path).toBe('Stack/Monitoring/DataQuality');
    expect(monitor.reports.prefix).toBe('reports/Stack/Monitoring/DataQuality');
    expect(monitor.interval.toHours()).toBe(4);
    expect(monitor.metricFeatureDrift('tenure').dimensions).toMatchObject({ Feature: 'tenure' });
    expect(
      JSON.parse(resourceOf(stack, 'AWS::Scheduler::Schedule', 'DataQualityServerlessSchedule').Properties.Target.Input)
        .windowHours,
    ).toBe(4);
  });

  test('takes an endpoint, captured data and a bucket that exist already', () => {
    const stack = newStack();
    const { monitoring, baseline } = make(
      {
        data: MonitoredData.endpoint(Endpoint.fromEndpointName(stack, 'Imported', 'Churn-Prod'), {
          capturedData: CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture'),
        }),
        reportsBucket: s3.Bucket.fromBucketName(stack, 'Mine', 'mine'),
      },
      stack,
    );
    const monitor = monitoring.addDataQualityMonitor('DataQuality', { baseline });
    expect(monitor.endpointName).toBe('Churn-Prod');
    expect(monitor.reports.bucket.bucketName).toBe('mine');
  });

  test('takes the name of an endpoint that is a mere reference', () => {
    const stack = newStack();
    const { endpointRef, node, env } = Endpoint.fromEndpointName(stack, 'Reference', 'churn');
    const { monitoring, baseline } = make(
      {
        data: MonitoredData.endpoint({ endpointRef, node, env } as sagemaker.IEndpointRef, {
          endpointName: 'Churn',
          capturedData: CapturedData.at(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'capture'),
        }),
      },
      stack,
    );
    expect(monitoring.addDataQualityMonitor('DataQuality', { baseline }).endpointName).toBe('Churn');
  });

  test('runs on the serverless engine, but for monitors that are added with another', () => {
    const stack = newStack();
    const monitoring = new ModelMonitoring(stack, 'Monitoring', { data: MonitoredData.endpoint(newEndpoint(stack)) });
    const baseline = givenBaseline(stack);
    monitoring.addDataQualityMonitor('Ours', { baseline, engine: undefined });
    const theirs = monitoring.addDataQualityMonitor('Theirs', { baseline, engine: MonitoringEngine.modelMonitor() });
    expect(theirs.engineBinding.monitoringScheduleName).toBeDefined();
    const schedules = ['AWS::Scheduler::Schedule', 'AWS::SageMaker::MonitoringSchedule'].map((type) =>
      resourcesOf(stack, type).map(({ id }) => id.slice(0, 20)),
    );
    expect(schedules).toEqual([
      [expect.stringContaining('MonitoringOurs'), expect.stringContaining('Reconciler')],
      [expect.stringContaining('MonitoringTheirs')],
    ]);
  });

  test('refuses an engine that is none, of all monitors or of one', () => {
    const none = {} as IMonitoringEngine;
    expect(() => make({ engine: none })).toThrow("InvalidProps at Stack/Monitoring: 'engine' is");
    const { monitoring, baseline } = make();
    expect(() => monitoring.addDataQualityMonitor('One', { baseline, engine: none })).toThrow(
      "InvalidProps at Stack/Monitoring/One: 'engine' is",
    );
  });

  test('is a group of the monitors that were added, which cannot be changed from outside', () => {
    const { monitoring, baseline } = make();
    expect(monitoring.monitorIds).toEqual([]);
    const one = monitoring.addDataQualityMonitor('One', { baseline });
    monitoring.monitors.pop();
    monitoring.monitorIds.pop();
    expect(monitoring.monitors).toEqual([one]);
    expect(monitoring.monitorIds).toEqual(['Stack/Monitoring/One']);
  });
});

describe('outputs', () => {
  const outputs = (stack: Stack) => Template.fromStack(stack).toJSON().Outputs ?? {};

  test('are none unless they are asked for', () => {
    const { stack, monitoring, baseline } = make();
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    expect(outputs(stack)).toEqual({});
  });

  test('are added for monitors that are there and that come, each once: its reports, and what runs it once', () => {
    const stack = newStack();
    const { monitoring, baseline } = make({ reportsBucket: s3.Bucket.fromBucketName(stack, 'Mine', 'mine') }, stack);
    monitoring.addDataQualityMonitor('Ours', { baseline });
    monitoring.addOutputs();
    monitoring.addOutputs();
    monitoring.addDataQualityMonitor('Theirs', { baseline, engine: MonitoringEngine.modelMonitor() });
    const made = outputs(stack);
    expect(Object.keys(made).map((id) => id.slice(0, -8))).toEqual([
      'MonitoringOursReportsUri',
      'MonitoringOursRunOnceCommand',
      'MonitoringTheirsReportsUri',
      'MonitoringTheirsRunOnceCommand',
    ]);
    const [ours] = Object.values(made);
    const Value = 's3://mine/model-monitoring/Stack/Monitoring/Ours/';
    expect(ours).toEqual({ Description: 'Reports of the monitor Stack/Monitoring/Ours', Value });
  });
});

describe('the bus', () => {
  test('is what every monitor publishes on, and where messages and retraining listen', () => {
    const stack = newStack();
    const eventBus = new events.EventBus(stack, 'Bus');
    const notificationTopic = new sns.Topic(stack, 'Topic');
    const { monitoring, baseline } = make({ eventBus, notificationTopic }, stack);
    monitoring.addDataQualityMonitor('Ours', { baseline });
    monitoring.addDataQualityMonitor('Theirs', { baseline, engine: MonitoringEngine.modelMonitor() });
    monitoring.onViolations('Tell');
    expect(monitoring.monitors.map((monitor) => monitor.eventBus)).toEqual([eventBus, eventBus]);
    expect(rulesOf(stack).map(({ Properties }) => Properties.EventBusName)).toEqual([`\${Bus}`, `\${Bus}`]);
    for (const role of ['AnalysisConcludeRole', 'ReconcilerReconcileRole']) {
      const put = statementsOfRole(stack, role).filter(({ Action }) => Action === 'events:PutEvents');
      expect(put.map(({ Resource }) => Resource)).toEqual([`\${Bus.Arn}`]);
    }
  });

  test('of each monitor is in the policy, where a stack has several', () => {
    const stack = newStack();
    const baseline = givenBaseline(stack);
    const data = MonitoredData.endpoint(newEndpoint(stack));
    for (const id of ['One', 'Two'])
      newMonitor(stack, { data, baseline, eventBus: new events.EventBus(stack, `Bus${id}`) }, id);
    for (const role of ['ConcludeRole', 'ReconcilerReconcileRole']) {
      const [put] = statementsOfRole(stack, role).filter(({ Action }) => Action === 'events:PutEvents');
      expect(put.Resource).toEqual([`\${BusOne.Arn}`, `\${BusTwo.Arn}`]);
    }
  });

  test('is one for all: a monitor that publishes elsewhere is refused', () => {
    const { stack, monitoring, baseline } = make();
    const eventBus = new events.EventBus(stack, 'Bus');
    const data = MonitoredData.endpoint(newEndpoint(stack, 'Other'));
    expect(() => monitoring.addMonitor(newMonitor(stack, { baseline, data, eventBus }, 'Mine'))).toThrow(
      "MixedEventBuses at Stack/Monitoring: 'monitor' is \"one whose 'eventBus' is Stack/Bus\", allowed is one whose 'eventBus' is the default bus",
    );
  });

  test('has to be one', () => {
    expect(() => make({ eventBus: 'central' as never })).toThrow(
      '\'eventBus\' is "central", allowed is a bus of EventBridge',
    );
  });
});

describe('the alarms', () => {
  test('are one per monitor, one for the health of all of them, and per stack a heartbeat and one on what could not be delivered', () => {
    const { stack, monitoring, baseline } = make();
    for (const id of ['One', 'Two']) monitoring.addDataQualityMonitor(id, { baseline });
    const second = new ModelMonitoring(stack, 'Second', {
      data: MonitoredData.endpoint(newEndpoint(stack, 'Other')),
      engine: MonitoringEngine.serverless(),
    });
    second.addDataQualityMonitor('Three', { baseline });
    const ids = resourcesOf(stack, ALARM).map(({ id }) => id);
    expect(ids.sort()).toEqual([
      'AlarmsHeartbeatAlarm',
      'AlarmsUndeliveredAlarm',
      'MonitoringHealth',
      'MonitoringOneAlarmsDrift',
      'MonitoringTwoAlarmsDrift',
      'SecondHealth',
      'SecondThreeAlarmsDrift',
    ]);
  });

  test('[G9] on the health of all monitors look at the longest time between two runs, so that what the slowest said stands', () => {
    const { stack, monitoring, baseline } = make();
    monitoring.addDataQualityMonitor('One', { baseline });
    monitoring.addDataQualityMonitor('Two', { baseline, frequency: MonitoringFrequency.dailyAt(3) });
    monitoring.addDataQualityMonitor('Three', { baseline });
    expect(resourceOf(stack, ALARM, 'MonitoringHealth').Properties).toMatchObject({
      MetricName: 'Health',
      Dimensions: [{ Name: 'MonitoringId', Value: 'Stack/Monitoring' }],
      Statistic: 'Maximum',
      Period: 3600,
      EvaluationPeriods: 27,
      DatapointsToAlarm: 1,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
    expect(monitoring.metricHealth().period.toDays()).toBe(1);
    expect(monitoring.healthAlarm.node.path).toBe('Stack/Monitoring/Health');
  });

  test('say on a bill which monitor they are of, or which front door, unless the app says it otherwise', () => {
    const { stack, monitoring, baseline } = make();
    monitoring.addDataQualityMonitor('One', { baseline });
    const tagsOf = (id: string) => resourceOf(stack, ALARM, id).Properties.Tags;
    const tag = (Value: string) => [{ Key: 'cdk-sagemaker-monitoring:monitor', Value }];
    expect(tagsOf('MonitoringHealth')).toEqual(tag('Stack/Monitoring'));
    expect(tagsOf('OneAlarmsDrift')).toEqual(tag('Stack/Monitoring/One'));
    const other = make();
    Tags.of(other.stack).add('cdk-sagemaker-monitoring:monitor', 'ours');
    other.monitoring.addDataQualityMonitor('One', { baseline: other.baseline });
    expect(resourceOf(other.stack, ALARM, 'MonitoringHealth').Properties.Tags).toEqual(tag('ours'));
  });

  test('on the health can be told to wait for a failure, or be left out', () => {
    const quiet = make({ alarms: { health: { threshold: 1 } } });
    quiet.monitoring.addDataQualityMonitor('One', { baseline: quiet.baseline });
    expect(resourceOf(quiet.stack, ALARM, 'MonitoringHealth').Properties.Threshold).toBe(1);
    const none = make({ alarms: { health: { enabled: false } } });
    none.monitoring.addDataQualityMonitor('One', { baseline: none.baseline });
    expect(() => none.monitoring.healthAlarm).toThrow(
      "AlarmNotEnabled at Stack/Monitoring: 'alarms.health.enabled' is false",
    );
    const wrong = make({ alarms: { health: { threshold: -1 } } });
    expect(() => wrong.monitoring.addDataQualityMonitor('One', { baseline: wrong.baseline })).toThrow(
      "InvalidAlarmOptions at Stack/Monitoring: 'alarms.health.threshold' is -1",
    );
  });

  test('on the health are not those of one monitor', () => {
    const { monitoring, baseline } = make();
    const alarms = { health: { threshold: 1 } };
    expect(() => monitoring.addDataQualityMonitor('One', { baseline, alarms })).toThrow(
      'InvalidAlarmOptions at Stack/Monitoring: \'alarms.health\' is "options", allowed is nothing: the monitors of a ' +
        'ModelMonitoring share the alarm on their health',
    );
  });

  test('on the health of a monitor that was made elsewhere are its own', () => {
    const { stack, monitoring, baseline } = make();
    const monitor = newMonitor(stack, { baseline, data: MonitoredData.endpoint(newEndpoint(stack, 'Other')) }, 'Mine');
    expect(monitoring.addMonitor(monitor).healthAlarm.node.path).toBe('Stack/Mine/Alarms/Health');
    expect(resourcesOf(stack, ALARM).map(({ id }) => id)).not.toContain('MonitoringHealth');
  });

  test('leave the id of the alarm on the health to it', () => {
    const { monitoring, baseline } = make();
    expect(() => monitoring.addDataQualityMonitor('Health', { baseline })).toThrow(
      "'Health' is the alarm on the health of the monitors",
    );
  });

  test('do nothing by default', () => {
    const { stack, monitoring, baseline } = make();
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    expect(resourcesOf(stack, ALARM).filter(({ Properties }) => Properties.AlarmActions)).toEqual([]);
  });

  test('[G11] tell the topic, which lets them, and do what else they are told to', () => {
    const stack = newStack();
    const notificationTopic = new sns.Topic(stack, 'Topic');
    const { monitoring, baseline } = make({ notificationTopic, alarmActions: [action('arn:pager')] }, stack);
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    expect(resourcesOf(stack, ALARM)).toHaveLength(4);
    for (const { Properties } of resourcesOf(stack, ALARM)) {
      expect(Properties.AlarmActions).toEqual([`\${Topic}`, 'arn:pager']);
    }
    const { Statement } = resourceOf(stack, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;
    expect(Statement).toMatchObject([{ Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }]);
  });

  test('of the stack have each action once, whatever the number of monitors and endpoints', () => {
    const stack = newStack();
    const notificationTopic = new sns.Topic(stack, 'Topic');
    const other = new sns.Topic(stack, 'OtherTopic');
    const { monitoring, baseline } = make({ notificationTopic }, stack);
    for (const id of ['One', 'Two']) monitoring.addDataQualityMonitor(id, { baseline });
    new ModelMonitoring(stack, 'Second', {
      data: MonitoredData.endpoint(newEndpoint(stack, 'Other')),
      engine: MonitoringEngine.serverless(),
      notificationTopic: other,
      alarmActions: [action('arn:pager')],
    }).addDataQualityMonitor('Three', { baseline });
    const { AlarmActions } = resourceOf(stack, ALARM, 'AlarmsHeartbeatAlarm').Properties;
    expect(AlarmActions).toEqual([`\${Topic}`, `\${OtherTopic}`, 'arn:pager']);
  });
});

describe('actions of the alarms', () => {
  test('may make constructs: a function is invoked by all alarms of all monitors', () => {
    const stack = newStack();
    const code = lambda.Code.fromInline('exports.handler = () => {};');
    const runtime = lambda.Runtime.NODEJS_22_X;
    const pager = new lambda.Function(stack, 'Pager', { code, handler: 'index.handler', runtime });
    const alarmActions = [new LambdaAction(pager)];
    const { monitoring, baseline } = make({ alarmActions, okActions: alarmActions }, stack);
    for (const id of ['One', 'Two']) monitoring.addDataQualityMonitor(id, { baseline });
    const permissions = resourcesOf(stack, 'AWS::Lambda::Permission').filter(({ id }) => id.startsWith('Pager'));
    expect(permissions).toHaveLength(resourcesOf(stack, ALARM).length);
    for (const { Properties } of resourcesOf(stack, ALARM)) {
      expect(Properties).toMatchObject({ AlarmActions: [`\${Pager.Arn}`], OKActions: [`\${Pager.Arn}`] });
    }
  });

  test('are at most five, the topic among them', () => {
    const stack = newStack();
    const notificationTopic = new sns.Topic(stack, 'Topic');
    const five = ['a', 'b', 'c', 'd', 'e'].map(action);
    const { monitoring, baseline } = make({ notificationTopic, alarmActions: five }, stack);
    expect(() => monitoring.addDataQualityMonitor('DataQuality', { baseline })).toThrow(
      "TooManyAlarmActions at Stack/Monitoring/DataQuality/Alarms/Drift: 'alarmActions' is 6, allowed is at most 5 different " +
        "actions for each state of an alarm, a 'notificationTopic' among them (let one topic tell all",
    );
  });

  test('are at most five when they go back, too; the topic is not told of that', () => {
    const stack = newStack();
    const notificationTopic = new sns.Topic(stack, 'Topic');
    const five = ['a', 'b', 'c', 'd', 'e'].map(action);
    const { monitoring, baseline } = make({ notificationTopic, alarmActions: five.slice(1), okActions: five }, stack);
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    for (const { Properties } of resourcesOf(stack, ALARM)) {
      expect(Properties.AlarmActions).toHaveLength(5);
      expect(Properties.OKActions).toEqual(['a', 'b', 'c', 'd', 'e']);
    }
    const more = make({ okActions: [...five, action('f')] });
    expect(() => more.monitoring.addDataQualityMonitor('More', { baseline: more.baseline })).toThrow(
      "TooManyAlarmActions at Stack/Monitoring/More/Alarms/Drift: 'okActions' is 6",
    );
  });
});

describe('the alarms of a monitor', () => {
  test('are at hand', () => {
    const { monitoring, baseline } = make();
    const monitor = monitoring.addDataQualityMonitor('DataQuality', { baseline });
    const alarms = monitoring.alarmsOf(monitor);
    expect(alarms.alarms.map(({ node }) => node.path)).toEqual(['Stack/Monitoring/DataQuality/Alarms/Drift']);
    expect(() => alarms.healthAlarm).toThrow(/AlarmNotEnabled .* 'healthAlarm' is "a monitor of a ModelMonitoring"/);
    expect(() => make().monitoring.healthAlarm).toThrow(/AlarmNotEnabled .* 'healthAlarm' is "no monitor"/);
    expect(() => make().monitoring.alarmsOf(monitor)).toThrow('UnknownMonitor at Stack/Monitoring');
  });

  test('are as the front door says, where the monitor does not say it', () => {
    const alarms = { drift: { threshold: 1 }, health: { enabled: false } };
    const { stack, monitoring, baseline } = make({ alarms });
    monitoring.addDataQualityMonitor('One', { baseline });
    monitoring.addDataQualityMonitor('Two', { baseline, alarms: { drift: { evaluationPeriods: 2 } } });
    const own = resourcesOf(stack, ALARM).filter(({ id }) => /One|Two/.test(id));
    expect(
      own.map(({ id, Properties: { Threshold, EvaluationPeriods } }) => [id, Threshold, EvaluationPeriods]),
    ).toEqual([
      ['MonitoringOneAlarmsDrift', 1, 27],
      ['MonitoringTwoAlarmsDrift', 0, 2],
    ]);
  });

  test('are made once: a monitor that is added twice is refused', () => {
    const { stack, monitoring, baseline } = make();
    const monitor = newMonitor(stack, { baseline, data: MonitoredData.endpoint(newEndpoint(stack, 'Other')) }, 'Mine');
    const { driftAlarm } = monitoring.addMonitor(monitor);
    expect(driftAlarm.node.path).toBe('Stack/Mine/Alarms/Drift');
    const message = `MonitorAddedTwice at Stack/Monitoring: 'monitor' is "Stack/Mine", allowed is a monitor without alarms`;
    expect(() => monitoring.addMonitor(monitor)).toThrow(message);
    const added = monitoring.addDataQualityMonitor('DataQuality', { baseline });
    expect(() => monitoring.addMonitor(added)).toThrow('MonitorAddedTwice');
    expect(monitoring.monitors).toEqual([monitor, added]);
  });
});

describe('the alarms of a stack', () => {
  test('can be given to one team', () => {
    const stack = newStack();
    const stackAlarms = new StackAlarms(stack, 'Watch', { alarmActions: [action('arn:platform')] });
    const { monitoring, baseline } = make({ alarmActions: [action('arn:churn')], stackAlarms }, stack);
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    const told = resourcesOf(stack, ALARM).map(({ id, Properties }) => [id, Properties.AlarmActions]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['WatchHeartbeatAlarm', ['arn:platform']],
        ['WatchUndeliveredAlarm', ['arn:platform']],
        ['MonitoringDataQualityAlarmsDrift', ['arn:churn']],
        ['MonitoringHealth', ['arn:churn']],
      ]),
    );
    expect(told).toHaveLength(4);
  });

  test('are those of the stack of the monitor, wherever it is added', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    const { monitoring } = make({ alarmActions: [action('arn:churn')] }, stack);
    monitoring.addMonitor(newMonitor(other));
    expect(resourcesOf(stack, ALARM)).toEqual([]);
    const [heartbeat] = resourcesOf(other, ALARM).filter(({ id }) => id === 'AlarmsHeartbeatAlarm');
    expect(heartbeat.Properties).toMatchObject({
      Dimensions: [{ Name: 'ReconcilerId', Value: 'Other' }],
      AlarmActions: ['arn:churn'],
    });
  });

  test('of another stack watch another watcher, which is refused', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    const { monitoring, baseline } = make({ stackAlarms: new StackAlarms(other, 'Watch') }, stack);
    expect(() => monitoring.addDataQualityMonitor('DataQuality', { baseline })).toThrow(
      `InvalidStackAlarms at Stack/Monitoring: 'stackAlarms' is "Other", allowed is alarms made in the stack of the monitor, Stack`,
    );
  });
});

describe('the ids of monitors', () => {
  test("are not the digest's: a monitor cannot have its id where there is one", () => {
    const stack = newStack();
    const { monitoring, baseline } = make({ notificationTopic: new sns.Topic(stack, 'Topic') }, stack);
    expect(() => monitoring.addDataQualityMonitor('Digest', { baseline })).toThrow(
      `MonitorIdTaken at Stack/Monitoring: 'id' is "Digest", allowed is an id that nothing else has here ('Digest' are the messages`,
    );
  });

  test('are free where there is none', () => {
    const { monitoring, baseline } = make();
    expect(monitoring.addDataQualityMonitor('Digest', { baseline }).monitorId).toBe('Stack/Monitoring/Digest');
    expect(() => monitoring.addDataQualityMonitor('Digest', { baseline })).toThrow('MonitorIdTaken');
  });
});

describe('the digest', () => {
  test('tells the topic of every monitor that was added', () => {
    const stack = newStack();
    const { monitoring, baseline } = make({ notificationTopic: new sns.Topic(stack, 'Topic') }, stack);
    for (const id of ['Two', 'One']) monitoring.addDataQualityMonitor(id, { baseline });
    expect(ruleOf(stack).Properties.EventPattern.detail.monitorId).toEqual([
      'Stack/Monitoring/One',
      'Stack/Monitoring/Two',
    ]);
    expect(statementsOfRole(stack, 'DigestFunctionRole')).toContainEqual({
      Action: 'sns:Publish',
      Effect: 'Allow',
      Resource: `\${Topic}`,
    });
  });

  test('is not made without a topic', () => {
    const { stack, monitoring, baseline } = make();
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    expect(rulesOf(stack)).toEqual([]);
  });

  test('fails at synthesis when no monitor was added', () => {
    const stack = newStack();
    make({ notificationTopic: new sns.Topic(stack, 'Topic') }, stack);
    expect(() => Template.fromStack(stack)).toThrow('EmptyMonitorGroup at Stack/Monitoring/Digest/Rule');
  });
});

test('a monitor that is added after a retraining trigger starts the pipeline, too', () => {
  const { stack, monitoring, baseline } = make();
  new RetrainingTrigger(stack, 'Retraining', { monitors: monitoring, pipeline: newPipeline(stack) });
  monitoring.addDataQualityMonitor('DataQuality', { baseline });
  expect(ruleOf(stack).Properties.EventPattern.detail.monitorId).toEqual(['Stack/Monitoring/DataQuality']);
});

function newPipeline(stack: Stack): sagemaker.IPipelineRef {
  return sagemaker.CfnPipeline.fromPipelineName(stack, 'Pipeline', 'churn');
}

/** An app of three stacks, on one engine. */
function threeStacks(engine = MonitoringEngine.serverless(), props: StackProps = { env: ENV }) {
  // an app that does not choose is warned by aws-cdk-lib
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const [endpoints, monitors, retraining] = ['Endpoints', 'Monitors', 'Retraining'].map(
    (id) => new Stack(app, id, props),
  );
  const monitoring = new ModelMonitoring(monitors, 'Monitoring', {
    data: MonitoredData.endpoint(newEndpoint(endpoints)),
    engine,
    notificationTopic: new sns.Topic(monitors, 'Topic'),
  });
  believingEvents(retraining);
  new RetrainingTrigger(retraining, 'Trigger', { monitors: monitoring, pipeline: newPipeline(retraining) });
  monitoring.addDataQualityMonitor('DataQuality', { baseline: givenBaseline(monitors) });
  return { app, endpoints, monitors, retraining };
}

describe.each([
  ['serverless', () => MonitoringEngine.serverless()],
  ['Model Monitor', () => MonitoringEngine.modelMonitor()],
])('on the engine %s', (_, engine) => {
  test('endpoint, monitors and retraining may be three stacks, and no id is exported', () => {
    const { app, endpoints, monitors, retraining } = threeStacks(engine());
    const assembly = app.synth();
    expect(assembly.stacks).toHaveLength(3);
    expect(monitors.dependencies).toEqual([endpoints]);
    expect(retraining.dependencies).toEqual([]);
    expect(Template.fromStack(monitors).toJSON().Outputs).toBeUndefined();
    expect(JSON.stringify(Template.fromStack(retraining).toJSON())).not.toContain('Fn::ImportValue');
    expect(ruleOf(retraining).Properties.EventPattern.detail.monitorId).toEqual(['Monitors/Monitoring/DataQuality']);
  });

  test('two synths are equal, byte by byte', () => {
    const texts = [1, 2].map(() =>
      threeStacks(engine())
        .app.synth()
        .stacks.map(({ template }) => JSON.stringify(template)),
    );
    expect(texts[0]).toEqual(texts[1]);
  });

  test('stacks of any environment are synthesized, with the account and region of the deployment', () => {
    const { app, monitors } = threeStacks(engine(), {});
    app.synth();
    const text = JSON.stringify(Template.fromStack(monitors).toJSON());
    expect(text).toContain('{"Ref":"AWS::Region"}');
    expect(text).not.toMatch(/\$\{Token|111122223333/);
  });

  test('a strict synthesis finds no warning and no error, once it is said that retraining elsewhere may believe events', () => {
    const { app } = threeStacks(engine());
    const messages = app.synth().stacks.flatMap((stack) => stack.messages);
    expect(messages.filter(({ level }) => `${level}` !== 'info')).toEqual([]);
  });

  test('nothing has a physical name but a monitoring schedule, whose name CloudFormation demands', () => {
    const { monitors } = threeStacks(engine());
    expect(physicalNames(monitors).filter((name) => name !== 'AWS::SageMaker::MonitoringSchedule')).toEqual([]);
  });
});

/** Properties that name the resource itself, by type; CloudFormation demands the name of an inline policy, which is none of its own. */
const NAMES: { readonly [type: string]: string } = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Key': 'KeyName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SageMaker::DataQualityJobDefinition': 'JobDefinitionName',
  'AWS::SageMaker::MonitoringSchedule': 'MonitoringScheduleName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};
const UNNAMED = [
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'Custom::SageMakerMonitoringDrain',
  'Custom::SageMakerMonitoringRest',
  'Custom::SageMakerMonitoringBaseline',
  'Custom::SageMakerMonitoringTurns',
];

/** The types of the resources of a stack that have a physical name. Fails for a type that is not known here. */
function physicalNames(stack: Stack): string[] {
  const found = Object.values<{ Type: string; Properties?: object }>(Template.fromStack(stack).toJSON().Resources);
  expect(found.map(({ Type }) => Type).filter((type) => !(type in NAMES) && !UNNAMED.includes(type))).toEqual([]);
  return found.filter(({ Type, Properties = {} }) => NAMES[Type] in Properties).map(({ Type }) => Type);
}

describe('the address of the documents', () => {
  const WIKI = 'https://wiki.example.com/ml';
  const CONTEXT = 'cdk-sagemaker-monitoring:documentationUrl';

  function deployed(documentationUrl?: string, context: Record<string, string> = {}) {
    const stack = new Stack(new App({ context }), 'Stack', { env: ENV });
    const { monitoring, baseline } = make(
      { documentationUrl, notificationTopic: new sns.Topic(stack, 'Topic') },
      stack,
    );
    monitoring.addDataQualityMonitor('DataQuality', { baseline });
    const runbooks = resourcesOf(stack, ALARM).map(
      ({ Properties }) => /Runbook: (\S+)$/.exec(Properties.AlarmDescription)?.[1],
    );
    const [rule] = rulesOf(stack);
    const { InputTemplate } = rule.Properties.Targets[0].InputTransformer;
    const functions = resourcesOf(stack, 'AWS::Lambda::Function').map(
      ({ Properties }) => Properties.Environment?.Variables?.DOCUMENTATION_URL,
    );
    return {
      runbooks: runbooks.sort(),
      told: /"documentationUrl":"([^"]*)"/.exec(InputTemplate)?.[1],
      functions: [...new Set(functions)],
    };
  }

  test('is that of the repository', () => {
    const { runbooks, told, functions } = deployed();
    expect(runbooks).toEqual(
      ['drift', 'health', 'heartbeat', 'undelivered'].map((alarm) => `${DOCUMENTATION_URL}/runbook.md#${alarm}`),
    );
    expect([told, functions]).toEqual([undefined, [undefined]]);
  });

  test('can be another for the alarms and messages of some monitors', () => {
    const { runbooks, told, functions } = deployed(`${WIKI}/`);
    expect(runbooks.filter((runbook) => runbook?.startsWith(WIKI))).toEqual([
      `${WIKI}/runbook.md#drift`,
      `${WIKI}/runbook.md#health`,
    ]);
    expect([told, functions]).toEqual([`${WIKI}/`, [undefined]]);
  });

  test('can be another for all of an app, what the stack shares included', () => {
    const { runbooks, told, functions } = deployed(undefined, { [CONTEXT]: WIKI });
    expect(runbooks).toEqual(
      ['drift', 'health', 'heartbeat', 'undelivered'].map((alarm) => `${WIKI}/runbook.md#${alarm}`),
    );
    expect([told, functions]).toEqual([WIKI, [WIKI]]);
  });

  test.each(['', 'http://wiki.example.com', 7, ['https://wiki.example.com']])('of the context is not %j', (given) => {
    const context = { [CONTEXT]: given } as unknown as Record<string, string>;
    expect(() => deployed(undefined, context)).toThrow(
      /^InvalidDocumentationUrl at Stack\/.*: 'context cdk-sagemaker-monitoring:documentationUrl' is .*, allowed is an address that begins with https:\/\/ \(https:\/\/github/,
    );
  });

  test.each(['', 'http://wiki.example.com', 'wiki', 'https://'])('is not %j', (documentationUrl) => {
    expect(() => deployed(documentationUrl)).toThrow(
      /InvalidDocumentationUrl at Stack\/Monitoring: 'documentationUrl' is ".*", allowed is an address that begins with https:\/\//,
    );
  });
});
