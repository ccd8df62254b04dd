import { type App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { MonitorKind } from '../../lib/kind/monitor-kind';
import { ModelMonitoring } from '../../lib/model-monitoring';
import { Monitor } from '../../lib/monitor/monitor';
import { MonitoredData } from '../../lib/monitor/monitored-data';
import { ENV, givenBaseline, newEndpoint, newMonitor, newStack } from './fixtures';
import { resourceOf } from './readable-template';

const RULE = 'AWS::Events::Rule';
const imported = (stack: Stack, eventBus?: events.IEventBus) =>
  Monitor.fromMonitorAttributes(stack, 'Theirs', {
    monitorId: 'Churn/DataQuality',
    monitorKind: MonitorKind.DATA_QUALITY,
    eventBus,
  });
const ruleIn = (stack: Stack, id?: string) => resourceOf(stack, RULE, id).Properties;

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
