import {
  type ExecutionStatus,
  ListMonitoringExecutionsCommand,
  type MonitoringExecutionSummary,
  type SageMakerClient,
} from '@aws-sdk/client-sagemaker';

/** Statuses of an execution that keeps its schedule from being deleted. */
const OPEN: readonly ExecutionStatus[] = ['Pending', 'InProgress', 'Stopping'];

/**
 * The executions of a schedule that have not ended; every page is read, one status after the other, as the service filters by one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListMonitoringExecutions.html
 */
export async function openExecutions(
  client: SageMakerClient,
  scheduleName: string,
): Promise<MonitoringExecutionSummary[]> {
  const found: MonitoringExecutionSummary[] = [];
  for (const status of OPEN) found.push(...(await executionsIn(client, scheduleName, status)));
  return found;
}

async function executionsIn(
  client: SageMakerClient,
  MonitoringScheduleName: string,
  StatusEquals: ExecutionStatus,
): Promise<MonitoringExecutionSummary[]> {
  const found: MonitoringExecutionSummary[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListMonitoringExecutionsCommand({ MonitoringScheduleName, StatusEquals, NextToken });
    const page = await client.send(command);
    found.push(...(page.MonitoringExecutionSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** What a person needs to find an execution: `the execution of 2026-03-04T10:00:00.000Z is InProgress (job monitoring-1)`. */
export function executionWords(execution: MonitoringExecutionSummary): string {
  const { ScheduledTime: time, MonitoringExecutionStatus: status } = execution;
  const job = jobName(execution);
  return `the execution of ${time?.toISOString()} is ${status}${job ? ` (job ${job})` : ''}`;
}

/** Name of the processing job that an execution runs; absent before it has one. */
export function jobName({ ProcessingJobArn: arn }: MonitoringExecutionSummary): string | undefined {
  return arn?.split('/').pop();
}
