import { type App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { Monitor } from '../../lib/monitor/monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { ENV, givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';
import { resourceOf, ruleOf } from './readable-template';

const RULE = 'AWS::Events::Rule';
const imported = (stack: Stack, eventBus?: events.IEventBus) =>
  Monitor.fromMonitorAttributes(stack, 'Theirs', {
    monitorId: 'Churn/DataQuality',
    monitorKind: MonitorKind.DATA_QUALITY,
    eventBus,
  });
const ruleIn = (stack: Stack, id?: string) =>
  (id === undefined ? ruleOf(stack) : resourceOf(stack, RULE, id)).Properties;

describe('a rule on violations', () => {
  test('matches the runs of the monitor that found some, on the default bus', () => {
    const stack = newStack();
    const topic = new sns.Topic(stack, 'Topic');
    const target = new targets.SnsTopic(topic);
    const rule = newMonitor(stack).onViolations('Tell', { target, description: 'tells the team', ruleName: 'tell' });
    expect(rule).toBeInstanceOf(events.Rule);
    const { EventPattern, EventBusName, Targets, Description, Name } = ruleIn(stack);
    expect(EventPattern).toEqual({
      source: ['cdk-sagemaker-monitoring'],
      'detail-type': ['Model Monitoring Execution Completed'],
      account: [ENV.account],
      region: [ENV.region],
      detail: { status: ['CompletedWithViolations'], monitorId: ['Stack/DataQuality'] },
    });
    expect([EventBusName, Description, Name]).toEqual([undefined, 'tells the team', 'tell']);
    expect(Targets).toHaveLength(1);
  });

  test('may be narrowed by a pattern', () => {
    const stack = newStack();
    newMonitor(stack).onViolations('Age', { eventPattern: { detail: { violations: { feature: ['age'] } } } });
    expect(ruleIn(stack).EventPattern.detail).toEqual({
      status: ['CompletedWithViolations'],
      monitorId: ['Stack/DataQuality'],
      violations: { feature: ['age'] },
    });
  });

  test('may lie in another stack', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    newMonitor(stack).onViolations('Tell', { crossStackScope: other });
    expect(ruleIn(other).EventPattern.detail.monitorId).toEqual(['Stack/DataQuality']);
  });

  test('of a group includes the monitors that join it later', () => {
    const stack = newStack();
    const data = MonitoredData.endpoint(newEndpoint(stack));
    const monitoring = new ModelMonitoring(stack, 'Monitoring', { data });
    monitoring.onViolations('Tell');
    for (const id of ['One', 'Two']) monitoring.addDataQualityMonitor(id, { baseline: givenBaseline(stack, id) });
    expect(ruleIn(stack).EventPattern.detail.monitorId).toEqual(['Stack/Monitoring/One', 'Stack/Monitoring/Two']);
  });

  test('of a group that stays empty fails at synthesis', () => {
    const stack = newStack();
    const data = MonitoredData.endpoint(newEndpoint(stack));
    new ModelMonitoring(stack, 'Monitoring', { data }).onViolations('Tell');
    expect(() => ruleIn(stack)).toThrow('EmptyMonitorGroup at Stack/Monitoring/Tell');
  });

  test('of an imported monitor knows it by its id', () => {
    const stack = newStack();
    imported(stack).onViolations('Tell');
    expect(ruleIn(stack).EventPattern.detail.monitorId).toEqual(['Churn/DataQuality']);
  });
});

test('a rule on any outcome does not ask how the run ended, of a monitor or of a group', () => {
  const stack = newStack();
  const data = MonitoredData.endpoint(newEndpoint(stack));
  const monitoring = new ModelMonitoring(stack, 'Monitoring', { data });
  monitoring.addDataQualityMonitor('One', { baseline: givenBaseline(stack) }).onOutcome('Own');
  monitoring.onOutcome('Every', { eventPattern: { detail: { status: ['Failed'] } } });
  const monitorId = ['Stack/Monitoring/One'];
  expect(ruleIn(stack, 'MonitoringOneOwn').EventPattern.detail).toEqual({ monitorId });
  expect(ruleIn(stack, 'MonitoringEvery').EventPattern.detail).toEqual({ monitorId, status: ['Failed'] });
});

describe('a rule on monitors that run elsewhere believes what was put there', () => {
  const THERE = { account: '444455556666', region: 'us-east-1' };
  const placesOf = (stack: Stack) => {
    const { account, region } = ruleIn(stack).EventPattern;
    return { account, region };
  };

  test('of an imported monitor, whose account and region are given', () => {
    const stack = newStack();
    const attributes = { monitorId: 'Churn/DataQuality', monitorKind: MonitorKind.DATA_QUALITY, ...THERE };
    Monitor.fromMonitorAttributes(stack, 'Theirs', attributes).onViolations('Tell');
    expect(placesOf(stack)).toEqual({ account: [THERE.account], region: [THERE.region] });
  });

  test('of an imported monitor of which nothing is said, here', () => {
    const stack = newStack();
    imported(stack).onViolations('Tell');
    expect(placesOf(stack)).toEqual({ account: [ENV.account], region: [ENV.region] });
  });

  test.each([
    [{ account: '4444' }, '\'account\' is "4444", allowed is the id of an account, 12 digits'],
    [{ region: 'Ireland' }, "'region' is \"Ireland\", allowed is a region, such as 'eu-west-1'"],
  ])('refuses %j, which no event ever has', (place, message) => {
    const attributes = { monitorId: 'Churn/DataQuality', monitorKind: MonitorKind.DATA_QUALITY, ...place };
    expect(() => Monitor.fromMonitorAttributes(newStack(), 'Theirs', attributes)).toThrow(message);
  });

  test('of a monitor of a stack of another account, in a rule of this one', () => {
    const stack = newStack({ env: THERE });
    const here = new Stack(stack.node.root as App, 'Here', { env: ENV });
    newMonitor(stack).onViolations('Tell', { crossStackScope: here });
    expect(placesOf(here)).toEqual({ account: [THERE.account], region: [THERE.region] });
  });
});

describe('the bus of a rule', () => {
  test('is that of the monitor, made here or imported', () => {
    const stack = newStack();
    const eventBus = new events.EventBus(stack, 'Bus');
    newMonitor(stack, { eventBus }).onViolations('Tell');
    imported(stack, eventBus).onOutcome('Tell');
    for (const id of ['DataQualityTell', 'TheirsTell']) expect(ruleIn(stack, id).EventBusName).toBe(`\${Bus}`);
  });

  test.each([
    ['account', `arn:aws:events:${ENV.region}:444455556666:event-bus/central`],
    ['region', `arn:aws:events:us-east-1:${ENV.account}:event-bus/central`],
  ])('cannot be one of another %s, which monitors may publish on', (_, busArn) => {
    const stack = newStack();
    const eventBus = events.EventBus.fromEventBusArn(stack, 'Central', busArn);
    const monitor = newMonitor(stack, { eventBus });
    expect(() => monitor.onViolations('Tell')).toThrow("EventBusElsewhere at Stack/DataQuality: 'eventBus' is");
  });
});
