import { Stack, Token } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { ValidationError } from '../core/validation-error';
import type { IMonitorGroup } from './monitor-group';
import { type OutcomeChoice, outcomePattern, validateOutcomePattern } from './outcome-pattern';

/** What a rule on the outcome of monitors is made from. */
export interface OutcomeRuleProps extends OutcomeChoice {
  readonly monitors: IMonitorGroup;
  readonly options: events.OnEventOptions;
}

/**
 * A rule on the bus of a group's monitors that matches their runs; monitors that join the group later are included.
 *
 * @internal
 */
export function outcomeRule(scope: Construct, id: string, props: OutcomeRuleProps): events.Rule {
  const { monitors, options } = props;
  const { target, eventPattern, crossStackScope = scope, ...others } = options;
  const { eventBus } = monitors;
  if (eventBus) refuseElsewhere(crossStackScope, eventBus);
  const rule = new events.Rule(crossStackScope, id, {
    ...others,
    eventBus,
    eventPattern: outcomePattern(crossStackScope, monitors, props),
    targets: target ? [target] : [],
  });
  if (eventPattern) rule.addEventPattern(eventPattern);
  validateOutcomePattern(rule, monitors);
  return rule;
}

/**
 * Whether a bus is known to be of another account or region than a stack: a rule lies where its bus is, and would listen to a bus of the same name here.
 *
 * @internal
 */
export function isBusElsewhere(scope: Construct, { env: { account, region } }: events.IEventBus): boolean {
  const stack = Stack.of(scope);
  const differs = (bus: string, here: string) => !Token.isUnresolved(bus) && !Token.isUnresolved(here) && bus !== here;
  return differs(account, stack.account) || differs(region, stack.region);
}

function refuseElsewhere(scope: Construct, eventBus: events.IEventBus): void {
  if (!isBusElsewhere(scope, eventBus)) return;
  const stack = Stack.of(scope);
  const { account, region } = eventBus.env;
  const problem = {
    prop: 'eventBus',
    got: `a bus of ${account} in ${region}`,
    allowed: `one of ${stack.account} in ${stack.region}`,
    advice: 'make the rule where the bus is, in a stack that imports the monitor',
  };
  throw new ValidationError('EventBusElsewhere', [problem], scope);
}

/**
 * Throws where a monitor that is to join a group publishes elsewhere: rules and messages of the group listen to one bus.
 *
 * @internal
 */
export function refuseOtherBus(group: Construct & IMonitorGroup, { eventBus }: IMonitorGroup): void {
  if (eventBus?.eventBusArn === group.eventBus?.eventBusArn) return;
  const on = (bus?: events.IEventBus) => `one whose 'eventBus' is ${bus?.node.path ?? 'the default bus'}`;
  const advice = 'give both the same bus, or make another ModelMonitoring for the other';
  const problem = { prop: 'monitor', got: on(eventBus), allowed: on(group.eventBus), advice };
  throw new ValidationError('MixedEventBuses', [problem], group);
}
