import type { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { stackSingleton } from '../core/stack-singleton';
import { HEARTBEAT } from '../outcome/contract';
import { reconcilerMetric } from './reconciler-metric';
import { StackAlarm } from './stack-alarm';

/**
 * Fires when the reconciler of a stack, which notices missed runs, has itself been silent for three hours. One per stack.
 *
 * Missing values are breaching here, so it may fire once in the minutes between its creation and the first heartbeat.
 *
 * @internal
 */
export class HeartbeatAlarm extends StackAlarm {
  /** The heartbeat alarm of a stack, created when it is first asked for. */
  public static of(scope: Construct, reconcilerId: string): HeartbeatAlarm {
    return stackSingleton(scope, 'Heartbeat', (stack, id) => new HeartbeatAlarm(stack, id, reconcilerId));
  }

  private constructor(stack: Stack, id: string, reconcilerId: string) {
    super(stack, id, {
      metric: reconcilerMetric(HEARTBEAT.metric, reconcilerId),
      alarmDescription:
        'The reconciler of model monitoring is silent: missed runs would go unnoticed. Runbook: docs/runbook.md, Heartbeat.',
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 3,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
  }
}
