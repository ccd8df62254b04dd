import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { EVENT_SOURCE } from './contract';

/** Which events of this library a rule matches, beside those of runs. */
export interface OwnEvents {
  readonly detailType: string;
  readonly detail: { readonly [member: string]: string[] };
  /** @default - the default bus of the account */
  readonly eventBus?: events.IEventBus;
}

/**
 * A rule that matches events of this library's own that were put in this account and region; below the scope, unless the options say another.
 *
 * @internal
 */
export function ownEventRule(
  scope: Construct,
  id: string,
  { eventBus, detailType, detail, ...options }: OwnEvents & events.OnEventOptions,
): events.Rule {
  const { target, eventPattern, crossStackScope = scope, ...others } = options;
  const { account, region } = Stack.of(scope);
  const pattern = { source: [EVENT_SOURCE], detailType: [detailType], account: [account], region: [region], detail };
  const targets = target ? [target] : [];
  const rule = new events.Rule(crossStackScope, id, { ...others, eventBus, eventPattern: pattern, targets });
  if (eventPattern) rule.addEventPattern(eventPattern);
  return rule;
}
