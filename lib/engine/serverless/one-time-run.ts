import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** What a one-time run starts, and with whose input. */
interface OneTimeRun {
  readonly stateMachineArn: string;
  readonly scheduleName: string;
}

/**
 * A line for a POSIX shell that starts the run that was due last, or those that were due at or before each of `$TIMES`, with the input of the schedule as
 * it is deployed. A window that is told already is not told again.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * @internal
 */
export function oneTimeRunCommand(scope: Construct, { stateMachineArn, scheduleName }: OneTimeRun): string {
  const { region } = Stack.of(scope);
  const input = `aws scheduler get-schedule --region ${region} --name ${scheduleName} --query Target.Input --output text`;
  const start = `aws stepfunctions start-execution --region ${region} --state-machine-arn ${stateMachineArn}`;
  return [
    `request=$(${input}) && for time in \${TIMES:-$(date -u +%Y-%m-%dT%H:%M:%SZ)}`,
    `do ${start} --input "$(printf %s "$request" | sed "s/<aws.scheduler.scheduled-time>/$time/")" || break`,
    'done',
  ].join('; ');
}
