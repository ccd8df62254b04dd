import { App, Stack, type StackProps } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { matchesPattern } from '../../lib/cloud/semantics/event-pattern/event-pattern';
import { outcomePattern, validateOutcomePattern } from '../../lib/monitor/outcome-pattern';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE } from '../../lib/outcome/contract';
import { ENV } from './fixtures';
import { resourceOf } from './readable-template';

const RULE = 'AWS::Events::Rule';

function newRule(monitorIds: string[], places: { accounts?: string[]; regions?: string[] } = {}, props?: StackProps) {
  const stack = new Stack(new App(), 'Stack', props);
  const monitors = { monitorIds, ...places };
  const eventPattern = outcomePattern(stack, monitors, { statuses: ['Failed'] });
  const rule = new events.Rule(stack, 'Rule', { eventPattern });
  validateOutcomePattern(rule, monitors);
  return { stack, rule };
}

/** A group whose pattern has this many characters. */
function groupOfSize(size: number): string[] {
  const { stack } = newRule([''], {}, { env: ENV });
  const empty = JSON.stringify(resourceOf(stack, RULE).Properties.EventPattern).length;
  return ['a'.repeat(size - empty)];
}

describe('the pattern of outcomes', () => {
  test('matches the runs of these monitors that ended so', () => {
    const { stack } = newRule(['b', 'a'], {}, { env: ENV });
    expect(resourceOf(stack, RULE).Properties.EventPattern).toEqual({
      source: ['cdk-sagemaker-monitoring'],
      'detail-type': ['Model Monitoring Execution Completed'],
      account: [ENV.account],
      region: [ENV.region],
      detail: { status: ['Failed'], monitorId: ['a', 'b'] },
    });
  });

  test('believes only what the account and the region of the stack put, whichever that will be', () => {
    const { account, region } = resourceOf(newRule(['a']).stack, RULE).Properties.EventPattern;
    expect([account, region]).toEqual([[`\${AWS::AccountId}`], [`\${AWS::Region}`]]);
  });

  test.each([
    ['another account', { account: '999988887777' }],
    ['another region', { region: 'us-east-1' }],
  ])('believes nothing that %s put, though it says of itself that it is of this one', (_, forged) => {
    const { stack } = newRule(['a'], {}, { env: ENV });
    const pattern = resourceOf(stack, RULE).Properties.EventPattern;
    const detail = { status: 'Failed', monitorId: 'a', accountId: ENV.account, region: ENV.region };
    const said = { source: EVENT_SOURCE, 'detail-type': EVENT_DETAIL_TYPE, detail };
    expect(matchesPattern(pattern, { ...said, ...ENV })).toBe(true);
    expect(matchesPattern(pattern, { ...said, ...ENV, ...forged })).toBe(false);
  });

  test('believes the accounts and regions of the monitors, each once, where they run elsewhere', () => {
    const places = { accounts: ['444455556666', ENV.account, '444455556666'], regions: ['us-east-1', 'eu-west-1'] };
    const { stack } = newRule(['a'], places, { env: ENV });
    const { account, region } = resourceOf(stack, RULE).Properties.EventPattern;
    expect(account).toEqual([ENV.account, '444455556666']);
    expect(region).toEqual(['eu-west-1', 'us-east-1']);
  });

  test('includes monitors that join the group later, each once', () => {
    const monitorIds = ['b'];
    const { stack } = newRule(monitorIds);
    monitorIds.push('a', 'b');
    expect(resourceOf(stack, RULE).Properties.EventPattern.detail.monitorId).toEqual(['a', 'b']);
    expect(monitorIds).toEqual(['b', 'a', 'b']);
  });

  test('fails at synthesis for an empty group: EventBridge takes no empty list', () => {
    expect(() => resourceOf(newRule([]).stack, RULE)).toThrow(
      "EmptyMonitorGroup at Stack/Rule: 'monitors' is [], allowed is 1 monitor or more (add one to the group)",
    );
  });

  test('counts an account that only the deployment knows with its 12 digits, and a region with the longest name', () => {
    const known = JSON.stringify(
      resourceOf(newRule([''], {}, { env: { account: '1'.repeat(12), region: 'ap-southeast-2' } }).stack, RULE)
        .Properties.EventPattern,
    ).length;
    const ids = (size: number) => ['a'.repeat(size - known)];
    expect(() => resourceOf(newRule(ids(2048)).stack, RULE)).not.toThrow();
    expect(() => resourceOf(newRule(ids(2049)).stack, RULE)).toThrow('TooManyMonitors');
  });

  test('may have 2,048 characters', () => {
    expect(() => resourceOf(newRule(groupOfSize(2048), {}, { env: ENV }).stack, RULE)).not.toThrow();
  });

  test('fails at synthesis with 2,049 characters', () => {
    expect(() => resourceOf(newRule(groupOfSize(2049), {}, { env: ENV }).stack, RULE)).toThrow(
      "TooManyMonitors at Stack/Rule: 'monitors' is \"2049 characters\", allowed is a rule's pattern of at most 2048 " +
        'characters (make a group for each part)',
    );
  });
});
