import type { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { stackSingleton } from '../core/stack-singleton';
import { METRIC_DIMENSIONS, METRICS } from '../outcome/contract';
import { reconcilerMetric } from './reconciler-metric';
import { StackAlarm } from './stack-alarm';

/**
 * Fires when a run of any monitor of a stack was due and left no trace. One per stack: what keeps runs from starting seldom stops at one
 * monitor, and which it was stands in the metric of each.
 *
 * It goes back with the next reconciliation that finds all runs; missing values are for the heartbeat to tell.
 *
 * @internal
 */
export class MissedAlarm extends StackAlarm {
  /** The alarm on missed runs of a stack, created when it is first asked for. */
  public static of(scope: Construct, reconcilerId: string): MissedAlarm {
    return stackSingleton(scope, 'Missed', (stack, id) => new MissedAlarm(stack, id, reconcilerId));
  }

  private constructor(stack: Stack, id: string, reconcilerId: string) {
    super(stack, id, {
      metric: reconcilerMetric(METRICS.missed, reconcilerId),
      alarmDescription:
        `A run of a model monitor of ${reconcilerId} was due and left no trace. Which monitor: metric ${METRICS.missed} by ` +
        `${METRIC_DIMENSIONS.monitor}, or 'run missed' in the log of the reconciler. Runbook: docs/runbook.md, Missed.`,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}
