import { Stack } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { deadLetterQueue } from '../../core/dead-letter-queue';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import type { AnalysisMachine } from './analysis-machine';
import type { MonitorRequest } from './contract';
import { startMinute } from './start-times';

/** What a schedule is made of. */
export interface ScheduleParts {
  readonly machine: AnalysisMachine;
  readonly frequency: MonitoringFrequency;
  readonly request: MonitorRequest;
  /** between the end of a window and the earliest start of its run */
  readonly settleMinutes: number;
}

/**
 * The schedule of a monitor. A start that could not be made lies in the stack's dead-letter queue, with the request of the run.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 * @internal
 */
export function monitorSchedule(
  scope: Construct,
  { machine, frequency, request, settleMinutes }: ScheduleParts,
): scheduler.CfnSchedule {
  return new scheduler.CfnSchedule(scope, 'Schedule', {
    description: `Runs the monitor ${request.monitor.id}`,
    scheduleExpression: expression(frequency, startMinute(request.monitor.id, settleMinutes)),
    scheduleExpressionTimezone: frequency.timeZone === 'UTC' ? undefined : frequency.timeZone,
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: machine.stateMachine.stateMachineArn,
      roleArn: machine.schedulerRole.roleArn,
      input: Stack.of(scope).toJsonString(request),
      retryPolicy: { maximumEventAgeInSeconds: 1800, maximumRetryAttempts: 5 },
      deadLetterConfig: { arn: deadLetterQueue(scope).queueArn },
    },
  });
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
function expression({ intervalHours, startHour, weekday }: MonitoringFrequency, minute: number): string {
  if (weekday) return `cron(${minute} ${startHour} ? * ${weekday.slice(0, 3).toUpperCase()} *)`;
  if (intervalHours < 1) return `cron(${minute}/${intervalHours * 60} * * * ? *)`;
  if (intervalHours === 1) return `cron(${minute} * * * ? *)`;
  return `cron(${minute} ${intervalHours === 24 ? startHour : `${startHour}/${intervalHours}`} * * ? *)`;
}
