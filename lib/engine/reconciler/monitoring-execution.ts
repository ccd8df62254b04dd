import type { EventViolation, ExecutionReport, ExecutionStatus } from '../../monitor/contract';
import { hourPath, windowEnd } from '../serverless/contract';
import type { ExpectedMonitor } from './contract';

/**
 * One execution of a monitoring schedule, as ListMonitoringExecutions tells it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringExecutionSummary.html
 */
export interface MonitoringExecution {
  readonly scheduledTime: Date;
  readonly status: string;
  readonly failureReason?: string;
  readonly processingJobArn?: string;
}

/**
 * One entry of a container's constraint_violations.json: by feature (data quality), metric (model quality), facet (bias) or label
 * (explainability).
 */
export interface ContainerViolation {
  readonly feature_name?: string;
  readonly metric_name?: string;
  readonly facet?: string;
  readonly facet_value?: string;
  readonly label?: string;
  readonly constraint_check_type?: string;
  readonly description?: string;
}

/** What the files of an execution say. */
export interface ExecutionFiles {
  /** absent where there is no constraint_violations.json */
  readonly violations?: ContainerViolation[];
  /** 0 where there is no statistics.json */
  readonly recordCount: number;
}

/** An execution that has ended, with what its files say. */
export interface EndedExecution {
  readonly monitor: ExpectedMonitor;
  readonly execution: MonitoringExecution;
  readonly files: ExecutionFiles;
}

const HOUR_MILLISECONDS = 3_600_000;
const TERMINAL = ['Completed', 'CompletedWithViolations', 'Failed', 'Stopped'];

/** The service's words for a window without captured data. */
const NO_DATA = 'Job inputs had no data';

/** Whether an execution has ended. */
export function isTerminal({ status }: MonitoringExecution): boolean {
  return TERMINAL.includes(status);
}

/** Whether an execution has files to read. */
export function hasFiles({ status }: MonitoringExecution): boolean {
  return status === 'Completed' || status === 'CompletedWithViolations';
}

/** The folder of a schedule's reports: `{prefix}/{endpoint}/{schedule}`, or `{prefix}/{schedule}` for batch transform. */
export function schedulePrefix({ output, endpointName, monitoringScheduleName }: ExpectedMonitor): string {
  return [output.prefix, endpointName, monitoringScheduleName].filter((part) => part !== undefined).join('/');
}

/** The folder of one execution's report, below the hour at which it was scheduled. */
export function executionPrefix(monitor: ExpectedMonitor, { scheduledTime }: MonitoringExecution): string {
  return `${schedulePrefix(monitor)}/${hourPath(scheduledTime)}`;
}

/**
 * The report of an ended execution, nothing of it published yet; undefined where the service says that there are violations and the file
 * that names them is missing.
 */
export function containerReport(ended: EndedExecution, now: Date): ExecutionReport | undefined {
  const { monitor, execution, files } = ended;
  if (execution.status === 'CompletedWithViolations' && !files.violations) return undefined;
  const violations = (files.violations ?? []).map(eventViolation);
  const end = windowEnd(execution.scheduledTime.toISOString());
  const prefix = executionPrefix(monitor, execution);
  return {
    version: '1',
    outcome: {
      version: '1',
      executionId: execution.processingJobArn?.split('/').pop() ?? `${monitor.monitoringScheduleName}-${hourPath(end)}`,
      monitorId: monitor.id,
      monitorKind: monitor.kind,
      endpointName: monitor.endpointName,
      engine: 'model-monitor',
      status: statusOf(execution, violations.length),
      windowStart: new Date(end.getTime() - monitor.everyHours * HOUR_MILLISECONDS).toISOString(),
      windowEnd: end.toISOString(),
      recordCount: files.recordCount,
      violationCount: violations.length,
      violations,
      reportUri: `s3://${monitor.output.bucket}/${prefix}/`,
      failureReason: failureReason(execution),
    },
    concludedAt: now.toISOString(),
    published: [],
    distances: [],
    notEvaluated: [],
  };
}

function statusOf(execution: MonitoringExecution, violationCount: number): ExecutionStatus {
  if (hasFiles(execution)) return violationCount > 0 ? 'CompletedWithViolations' : 'Completed';
  return execution.failureReason?.includes(NO_DATA) ? 'NoData' : 'Failed';
}

function failureReason({ status, failureReason: reason }: MonitoringExecution): string | undefined {
  if (status === 'Stopped') return reason ?? 'the execution was stopped';
  return status === 'Failed' ? (reason ?? 'the service gave no reason') : undefined;
}

function eventViolation(violation: ContainerViolation): EventViolation {
  const { feature_name, metric_name, facet, facet_value, label } = violation;
  const bias = facet === undefined ? undefined : `${facet}=${facet_value ?? ''} (${metric_name ?? ''})`;
  return {
    feature: feature_name ?? bias ?? label ?? metric_name ?? '',
    check: violation.constraint_check_type ?? '',
    description: violation.description ?? '',
  };
}
