import { App, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { outcomePattern, validateOutcomePattern } from '../../lib/monitor/outcome-pattern';
import { resourceOf } from './readable-template';

function newRule(monitorIds: string[]) {
  const stack = new Stack(new App(), 'Stack');
  const monitors = { monitorIds };
  const rule = new events.Rule(stack, 'Rule', { eventPattern: outcomePattern(monitors, { statuses: ['Failed'] }) });
  validateOutcomePattern(rule, monitors);
  return { stack, rule };
}

/** A group whose pattern has this many characters. */
function groupOfSize(size: number): string[] {
  const { stack } = newRule(['']);
  const empty = JSON.stringify(resourceOf(stack, 'AWS::Events::Rule').Properties.EventPattern).length;
  return ['a'.repeat(size - empty)];
}

describe('the pattern of outcomes', () => {
  test('matches the runs of these monitors that ended so', () => {
    const { stack } = newRule(['b', 'a']);
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties.EventPattern).toEqual({
      source: ['cdk-sagemaker-monitoring'],
      'detail-type': ['Model Monitoring Execution Completed'],
      detail: { status: ['Failed'], monitorId: ['a', 'b'] },
    });
  });

  test('includes monitors that join the group later, each once', () => {
    const monitorIds = ['b'];
    const { stack } = newRule(monitorIds);
    monitorIds.push('a', 'b');
    expect(resourceOf(stack, 'AWS::Events::Rule').Properties.EventPattern.detail.monitorId).toEqual(['a', 'b']);
    expect(monitorIds).toEqual(['b', 'a', 'b']);
  });

  test('fails at synthesis for an empty group: EventBridge takes no empty list', () => {
    expect(() => resourceOf(newRule([]).stack, 'AWS::Events::Rule')).toThrow(
      "EmptyMonitorGroup at Stack/Rule: 'monitors' is [], allowed is 1 monitor or more (add one to the group)",
    );
  });

  test('may have 2,048 characters', () => {
    expect(() => resourceOf(newRule(groupOfSize(2048)).stack, 'AWS::Events::Rule')).not.toThrow();
  });

  test('fails at synthesis with 2,049 characters', () => {
    expect(() => resourceOf(newRule(groupOfSize(2049)).stack, 'AWS::Events::Rule')).toThrow(
      "TooManyMonitors at Stack/Rule: 'monitors' takes 2049 characters, allowed is a rule's pattern of at most 2048 " +
        'characters (make a group for each part)',
    );
  });
});
