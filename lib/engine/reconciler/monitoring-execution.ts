import type { Home, PrefixLocation } from '../../core/contract';
import type { ContainerViolation } from '../../kind/container-violation';
import { KINDS } from '../../kind/kinds';
import { wordedFigures } from '../../outcome/container-wording';
import { hourPath } from '../../outcome/contract';
import type { Conclusion, MonitorRun } from '../../outcome/execution-report';
import { reportedViolation } from '../../outcome/reported-violation';
import { fullHour, reportFolder, windowBefore } from '../../outcome/run-times';
import { processingJobLog } from '../processing-job-log';
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
  /** when it was changed last: once it has ended, at its end or later */
  readonly modifiedTime?: Date;
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
export function scheduleFolder({ output, endpointName, monitoringScheduleName }: ExpectedMonitor): PrefixLocation {
  const parts = [output.prefix, endpointName, monitoringScheduleName];
  return { ...output, prefix: parts.filter((part) => part !== undefined).join('/') };
}

/** The folder into which the container of an execution wrote, by the hour at which it was scheduled. */
function executionFolder(monitor: ExpectedMonitor, scheduledTime: Date): PrefixLocation {
  return reportFolder(scheduleFolder(monitor), monitor, fullHour(scheduledTime));
}

/** The run that an execution is. It analysed the hours since the run before it, unless the monitor says which. */
export function monitorRun(monitor: ExpectedMonitor, execution: MonitoringExecution, home: Home): MonitorRun {
  const { scheduledTime, processingJobArn } = execution;
  const due = fullHour(scheduledTime);
  const { startHours, endHours } = monitor.window ?? { startHours: monitor.everyHours, endHours: 0 };
  return {
    executionId: processingJobArn?.split('/').pop() ?? `${monitor.monitoringScheduleName}-${hourPath(due)}`,
    monitorId: monitor.id,
    ...home,
    monitorKind: monitor.kind,
    endpointName: monitor.endpointName,
    engine: 'model-monitor',
    window: windowBefore(due, startHours, endHours),
    folder: executionFolder(monitor, scheduledTime),
    windowFolder: reportFolder(monitor.output, monitor, due),
    limits: monitor.baseline && { baselineAgeHours: monitor.baseline.ageHours },
  };
}

/**
 * What an ended execution came to.
 *
 * Failed where the service says that there are violations and the file that names them is missing: reports are uploaded before a job ends, so
 * the file will not come any more, and what was violated is not known.
 */
export function executionConclusion(ended: EndedExecution): Conclusion {
  const { monitor, files } = ended;
  const { violations = [], recordCount } = files;
  return {
    status: statusOf(ended),
    recordCount,
    violations: violations.map((entry) => reportedViolation(monitor.kind, { entry, ...wordedFigures(entry) })),
    notEvaluated: violations.flatMap((entry) => KINDS[monitor.kind].report.skippedBy(entry) ?? []),
    failureReason: failureReason(ended),
  };
}

function statusOf({ execution, files: { violations } }: EndedExecution): Conclusion['status'] {
  const { status, failureReason: reason } = execution;
  if (status === 'CompletedWithViolations' && !violations) return 'Failed';
  if (hasFiles(execution)) return 'Analysed';
  return reason?.includes(NO_DATA) ? 'NoData' : 'Failed';
}

function failureReason({ monitor, execution, files }: EndedExecution): string | undefined {
  const { status, failureReason: reason } = execution;
  if (status === 'Stopped')
    return reason ?? 'the execution was stopped, by somebody or by a deployment that had waited for it';
  if (status === 'Failed') return labelsMissing(monitor, reason) ?? reason ?? unexplained(execution);
  if (status !== 'CompletedWithViolations' || files.violations) return undefined;
  const { bucket, prefix } = executionFolder(monitor, execution.scheduledTime);
  return `ViolationsNotFound: the execution ended CompletedWithViolations, but s3://${bucket}/${prefix}/ has no constraint_violations.json that lists them`;
}

function unexplained({ processingJobArn }: MonitoringExecution): string {
  const jobName = processingJobArn?.split('/').pop();
  if (jobName === undefined)
    return 'SageMaker gives no reason, and has started no processing job; describe the monitoring schedule, which may have failed';
  return `SageMaker gives no reason; the log of its processing job may: ${processingJobLog(jobName)}`;
}

/** What to make of the service's words where labels were looked for: they do not say what they did not find. */
function labelsMissing({ groundTruthUri }: ExpectedMonitor, reason: string | undefined): string | undefined {
  if (!groundTruthUri || !reason?.includes(`${NO_OBJECTS} "${groundTruthUri}/`)) return undefined;
  return `GroundTruthNotFound: no labels (ground truth) lie where this run looks for them. ${reason}`;
}
