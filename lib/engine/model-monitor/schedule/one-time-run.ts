import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MonitorKindName } from '../../../kind/kind-sheet';
import { pathSlug } from './schedule-name';

/** What a one-time run runs. */
export interface OneTimeRun {
  readonly jobDefinitionName: string;
  readonly kind: MonitorKindName;
  /** Length of the window, which ends with the run, in hours: 1 to 24. */
  readonly windowHours: number;
}

/** Of a schedule's name, what is left beside `-once-` and the 14 digits of a second. */
const MAX_SLUG = 63 - '-once-'.length - 14;

/**
 * A line for a POSIX shell that runs a job definition once, now, by a schedule of its own, and prints the line that deletes it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ScheduleConfig.html
 * @internal
 */
export function oneTimeRunCommand(scope: Construct, run: OneTimeRun): string {
  const { region } = Stack.of(scope);
  const config = {
    MonitoringJobDefinitionName: run.jobDefinitionName,
    MonitoringType: run.kind,
    ScheduleConfig: {
      ScheduleExpression: 'NOW',
      DataAnalysisStartTime: `-PT${run.windowHours}H`,
      DataAnalysisEndTime: '-PT0H',
    },
  };
  const schedule = `--region ${region} --monitoring-schedule-name "$name"`;
  return [
    `name=${[pathSlug(scope, MAX_SLUG), 'once'].filter((part) => part !== '').join('-')}-$(date -u +%Y%m%d%H%M%S)`,
    `aws sagemaker create-monitoring-schedule ${schedule} --monitoring-schedule-config '${JSON.stringify(config)}'`,
    `echo "when it has ended: aws sagemaker delete-monitoring-schedule --region ${region} --monitoring-schedule-name $name"`,
  ].join(' && ');
}
