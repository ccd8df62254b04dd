import type { ContainerViolation } from '../../kind/container-violation';
import { KINDS } from '../../kind/kinds';
import type { EventViolation, ExecutionReport, ExecutionStatus } from '../../outcome/contract';
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

/** What the files of an execution say. */
export interface ExecutionFiles {
  /** absent where there is no constraint_violations.json */
  readonly violations?: ContainerViolation[];
  /** 0 where the kind, or the execution, has no statistics.json */
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

/** The service's words for an hour without objects; it names their folder, of labels or captured data alike. */
const NO_OBJECTS = 'No S3 objects found under S3 URL';

/** Whether an execution has ended. */
export function isTerminal({ status }: MonitoringExecution): boolean {
  return TERMINAL.includes(status);
}

/** Whether an execution has files to read. */
export function hasFiles({ status }: MonitoringExecution): boolean {
  return status === 'Completed' || status === 'CompletedWithViolations';
}

/** Whether the reports of a kind have a statistics.json. */
export function hasStatistics({ kind }: ExpectedMonitor): boolean {
  return KINDS[kind].report.hasStatistics;
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
 * The report of an ended execution, nothing of it published yet.
 *
 * Failed where the service says that there are violations and the file that names them is missing: reports are uploaded before a job ends, so
 * the file will not come any more, and what was violated is not known.
 */
export function containerReport(ended: EndedExecution, now: Date): ExecutionReport {
  const { monitor, execution, files } = ended;
  const violations = (files.violations ?? []).map((violation) => eventViolation(monitor, violation));
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
      status: statusOf(ended),
      ...windowOf(monitor, end),
      recordCount: files.recordCount,
      violationCount: violations.length,
      violations,
      reportUri: `s3://${monitor.output.bucket}/${prefix}/`,
      failureReason: failureReason(ended),
    },
    concludedAt: now.toISOString(),
    published: [],
    distances: [],
    notEvaluated: [],
  };
}

/** The hours that an execution analysed: those since the run before it, unless the monitor says which. */
function windowOf({ everyHours, window }: ExpectedMonitor, due: Date) {
  const { startHours, endHours } = window ?? { startHours: everyHours, endHours: 0 };
  const before = (hours: number) => new Date(due.getTime() - hours * HOUR_MILLISECONDS).toISOString();
  return { windowStart: before(startHours), windowEnd: before(endHours) };
}

function statusOf({ execution, files: { violations } }: EndedExecution): ExecutionStatus {
  const { status, failureReason: reason } = execution;
  if (status === 'CompletedWithViolations' && !violations) return 'Failed';
  if (hasFiles(execution)) return violations && violations.length > 0 ? 'CompletedWithViolations' : 'Completed';
  return reason?.includes(NO_DATA) ? 'NoData' : 'Failed';
}

function failureReason({ monitor, execution, files }: EndedExecution): string | undefined {
  const { status, failureReason: reason } = execution;
  if (status === 'Stopped') return reason ?? 'the execution was stopped';
  if (status === 'Failed') return labelsMissing(monitor, reason) ?? reason ?? 'the service gave no reason';
  if (status !== 'CompletedWithViolations' || files.violations) return undefined;
  const prefix = executionPrefix(monitor, execution);
  return `ViolationsNotFound: the execution ended CompletedWithViolations, but s3://${monitor.output.bucket}/${prefix}/ has no constraint_violations.json that lists them`;
}

/** What to make of the service's words where labels were looked for: they do not say what they did not find. */
function labelsMissing({ groundTruthUri }: ExpectedMonitor, reason: string | undefined): string | undefined {
  if (!groundTruthUri || !reason?.includes(`${NO_OBJECTS} "${groundTruthUri}/`)) return undefined;
  return `GroundTruthNotFound: no labels (ground truth) lie where this run looks for them. ${reason}`;
}

function eventViolation({ kind }: ExpectedMonitor, violation: ContainerViolation): EventViolation {
  return {
    feature: KINDS[kind].report.subjectOf(violation),
    check: violation.constraint_check_type ?? '',
    description: violation.description ?? '',
  };
}
