import { Lazy, Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import { EVENT_DETAIL_TYPE, EVENT_SOURCE, type ExecutionStatus } from '../outcome/contract';
import type { Concern } from './concern';
import type { IMonitorGroup } from './monitor-group';

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_PATTERN_SIZE = 2048;

/** All that a pattern needs of a group. */
type MonitorIds = Pick<IMonitorGroup, 'monitorIds'>;

/**
 * Which runs are meant: that ended so, and whose violations are about one of these concerns; where absent, any.
 *
 * @internal
 */
export interface OutcomeChoice {
  readonly statuses?: ExecutionStatus[];
  readonly concerns?: Concern[];
}

/**
 * Matches the runs of a group's monitors that are meant; monitors that join the group later are included.
 *
 * @internal
 */
export function outcomePattern(monitors: MonitorIds, { statuses, concerns }: OutcomeChoice = {}): events.EventPattern {
  const monitorId = Lazy.list({ produce: () => [...new Set(monitors.monitorIds)].sort() });
  const detail = { ...(statuses && { status: statuses }), ...(concerns && { concerns }), monitorId };
  return { source: [EVENT_SOURCE], detailType: [EVENT_DETAIL_TYPE], detail };
}

/**
 * Makes synthesis fail for a rule with an `outcomePattern` that EventBridge would refuse: of no monitor, or of too many.
 *
 * @internal
 */
export function validateOutcomePattern(rule: events.Rule, monitors: MonitorIds): void {
  const { path } = rule.node;
  const resource = rule.node.defaultChild as events.CfnRule;
  rule.node.addValidation({
    validate: () => {
      if (monitors.monitorIds.length === 0) {
        return [`EmptyMonitorGroup at ${path}: 'monitors' is [], allowed is 1 monitor or more (add one to the group)`];
      }
      const size = JSON.stringify(Stack.of(rule).resolve(resource.eventPattern)).length;
      if (size <= MAX_PATTERN_SIZE) return [];
      const allowed = `a rule's pattern of at most ${MAX_PATTERN_SIZE} characters (make a group for each part)`;
      return [`TooManyMonitors at ${path}: 'monitors' takes ${size} characters, allowed is ${allowed}`];
    },
  });
}
