import {
  ListMonitoringExecutionsCommand,
  type ListMonitoringExecutionsCommandInput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { ContainerViolation } from '../../kind/container-violation';
import type { ExecutionReport } from '../../outcome/contract';
import { eventViolations, publishOutcome } from '../../outcome/publication.lambda-shared';
import { log } from '../../runtime/log';
import { readJsonIfExists, writeJson } from '../../runtime/s3';
import { KEYS } from '../serverless/contract';
import type { ExpectedMonitor } from './contract';
import {
  containerReport,
  type ExecutionFiles,
  executionPrefix,
  hasFiles,
  hasStatistics,
  type MonitoringExecution,
} from './monitoring-execution';

const sageMaker = new SageMakerClient({});

/**
 * The executions of a monitor's schedule that were scheduled at or after a time; every page is read.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListMonitoringExecutions.html
 */
export async function monitoringExecutions(monitor: ExpectedMonitor, since: Date): Promise<MonitoringExecution[]> {
  const request: ListMonitoringExecutionsCommandInput = {
    MonitoringScheduleName: monitor.monitoringScheduleName,
    ScheduledTimeAfter: new Date(since.getTime() - 1), // the service's "after" may leave out the time itself
    SortBy: 'ScheduledTime',
    SortOrder: 'Ascending',
  };
  const found: MonitoringExecution[] = [];
  let token: string | undefined;
  do {
    const page = await sageMaker.send(new ListMonitoringExecutionsCommand({ ...request, NextToken: token }));
    for (const summary of page.MonitoringExecutionSummaries ?? []) {
      const { ScheduledTime: scheduledTime, MonitoringExecutionStatus: status } = summary;
      if (!scheduledTime || !status) continue; // both are required members of the answer
      const { FailureReason: failureReason, ProcessingJobArn: processingJobArn } = summary;
      found.push({ scheduledTime, status, failureReason, processingJobArn });
    }
    token = page.NextToken;
  } while (token);
  return found;
}

/**
 * Concludes one ended execution as *conclude* does for the serverless engine: report.json, metrics, event.
 *
 * The report is the mark of it: one that was published whole is left alone, one that was not is published to its end.
 */
export async function concludeExecution(monitor: ExpectedMonitor, execution: MonitoringExecution): Promise<void> {
  const { bucket } = monitor.output;
  const location = { bucket, key: `${executionPrefix(monitor, execution)}/${KEYS.report}` };
  const save = (report: ExecutionReport) => writeJson(location, report);
  const existing = await readJsonIfExists<ExecutionReport>(location);
  if (existing?.published.includes('event')) return;
  const report = existing ?? (await newReport(monitor, execution));
  if (!existing) await save(report);
  await publishOutcome(report, [], save);
  const { executionId, status, violationCount, failureReason } = report.outcome;
  log('concluded', { monitorId: monitor.id, executionId, status, violationCount, failureReason });
}

async function newReport(monitor: ExpectedMonitor, execution: MonitoringExecution): Promise<ExecutionReport> {
  const files = hasFiles(execution) ? await executionFiles(monitor, execution) : { recordCount: 0 };
  const report = containerReport({ monitor, execution, files }, new Date());
  return { ...report, outcome: { ...report.outcome, violations: eventViolations(report.outcome.violations) } };
}

async function executionFiles(monitor: ExpectedMonitor, execution: MonitoringExecution): Promise<ExecutionFiles> {
  const { bucket } = monitor.output;
  const prefix = executionPrefix(monitor, execution);
  const file = <T>(name: string) => readJsonIfExists<T>({ bucket, key: `${prefix}/${name}` });
  const listed = (await file<{ violations?: ContainerViolation[] }>(KEYS.violations))?.violations;
  const violations = Array.isArray(listed) ? listed : undefined; // an image of the user writes it
  if (!hasStatistics(monitor)) return { violations, recordCount: 0 };
  const statistics = await file<{ dataset?: { item_count?: number } }>(KEYS.statistics);
  return { violations, recordCount: statistics?.dataset?.item_count ?? 0 };
}
