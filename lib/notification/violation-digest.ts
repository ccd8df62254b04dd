import type * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { TOPIC } from '../core/cdk-shapes';
import { having, requireProps } from '../core/prop-shapes';
import { settleLogicalIds } from '../core/settled-ids';
import type { IMonitorGroup } from '../monitor/monitor-group';
import { outcomeRule } from '../monitor/outcome-rule';
import { DigestFunction } from './digest-function';
import { MESSAGE_OPTIONS, type MessageOptions } from './message-options';

/** Props of a `ViolationDigest`. */
export interface ViolationDigestProps extends MessageOptions {
  /**
   * The monitors whose outcome is told. Monitors that join the group later are included; a group that stays empty is an error at
   * synthesis.
   */
  readonly monitors: IMonitorGroup;

  /** Receives the messages. */
  readonly topic: sns.ITopic;
}

/**
 * Tells people what a monitor found, in words: what, how much and since when; which feature, what was expected, what was seen, where the report is.
 *
 * One message when an incident begins, grows or ends, and not one for each window of it; runs that fail one after the other are told when they begin and end, too:
 *
 * ```text
 * Subject: 2 violations in data quality of churn, since 2026-03-04 09:00 UTC (Stack/Monitor)
 * - tenure: expected 100% of the values to be present, saw 97.85%
 * ```
 *
 * What a `RetrainingTrigger` did about it is a second message: that a training was started, or why not.
 *
 * A run that knows of no incidents, as of an engine of your own, is told by itself, where it found violations or failed. For a message of each window, give `onViolations` of the monitors a topic as its target.
 *
 * It costs a stack one rule: function, role and queue are those of all digests. An outcome that could not be told raises the alarm Undelivered of `StackAlarms`.
 */
export class ViolationDigest extends Construct {
  /** Matches the outcomes that are told. */
  public readonly rule: events.Rule;

  /** Writes the messages; the digests of a stack share it. */
  public readonly handler: lambda.IFunction;

  /** Takes the outcomes that could not be told; all of a stack share it. */
  public readonly deadLetterQueue: sqs.IQueue;

  constructor(scope: Construct, id: string, props: ViolationDigestProps) {
    super(scope, id);
    requireProps(
      props,
      {
        ...MESSAGE_OPTIONS,
        monitors: having('monitorIds', 'a monitor or a group of them (IMonitorGroup)'),
        topic: TOPIC,
      },
      this,
    );
    settleLogicalIds(this);
    const shared = DigestFunction.of(this);
    this.handler = shared.handler;
    this.deadLetterQueue = shared.deadLetterQueue;
    this.rule = outcomeRule(this, 'Rule', {
      monitors: props.monitors,
      statuses: ['CompletedWithViolations', 'Failed'],
      forPeople: true,
      options: {
        description:
          'Runs of model monitors that found violations or failed, those that end an incident, and what was done about one',
        target: shared.target(this, props),
      },
    });
  }
}
