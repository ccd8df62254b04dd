import type { Home, PrefixLocation } from '../../core/contract';
import type { MeasuredFile } from '../../kind/kind-sheet';
import { KINDS } from '../../kind/kinds';
import { wordedFigures } from '../../outcome/container-wording';
import { hourPath, type LeftOut } from '../../outcome/contract';
import type { Conclusion, MonitorRun } from '../../outcome/execution-report';
import { reportedViolation } from '../../outcome/reported-violation';
import { fullHour, reportFolder, windowBefore } from '../../outcome/run-times';
import { processingJobLog } from '../processing-job-log';
import { type ContainerFile, type ContainerFiles, listedViolations, measuredBy } from './container-files';
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

/** An execution that has ended, with its files. */
export interface EndedExecution {
  readonly monitor: ExpectedMonitor;
  readonly execution: MonitoringExecution;
  /** absent where the container cannot have left any */
  readonly files?: ContainerFiles;
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
    limits: { baselineAgeHours: monitor.baseline?.ageHours, hoursWithoutData: monitor.hoursWithoutData },
  };
}

/** What an ended execution came to: by its files where it has any, else by what the service says. */
export function executionConclusion(ended: EndedExecution): Conclusion {
  const { execution, files } = ended;
  if (files) return filesConclusion(ended, files);
  const { status, failureReason: reason } = execution;
  if (status === 'Stopped') {
    const stopped = 'the execution was stopped, by somebody or by a deployment that had waited for it';
    return { status: 'Failed', failureReason: reason ?? stopped };
  }
  const failureReason = labelsMissing(ended.monitor, reason) ?? reason ?? unexplained(execution);
  return { status: reason?.includes(NO_DATA) ? 'NoData' : 'Failed', failureReason };
}

/**
 * What the files of an execution come to. Nothing of them is taken for granted: reports are uploaded before a job ends, so what is not there will not come
 * any more, and what nobody has measured or listed is not known to be well. Violations that are there are told, whatever else is missing.
 */
function filesConclusion({ monitor: { kind }, execution }: EndedExecution, files: ContainerFiles): Conclusion {
  const { report } = KINDS[kind];
  const listed = listedViolations(files.violations);
  const violations = listed ?? [];
  const { recordCount, problem } = measuredBy(report.measured, files.measured);
  if (violations.length === 0) {
    const isViolated = execution.status === 'CompletedWithViolations';
    const failureReason = isViolated ? unlisted(files.violations) : problem;
    if (failureReason !== undefined) return { status: 'Failed', recordCount, failureReason };
    if (report.measured.countsRecords && recordCount === 0) return { status: 'NoData' };
  }
  return {
    status: 'Analysed',
    recordCount,
    violations: violations.map((entry) => reportedViolation(kind, { entry, ...wordedFigures(entry) })),
    notEvaluated: [
      ...violations.flatMap((entry) => report.skippedBy(entry) ?? []),
      ...(problem === undefined ? [] : [leftOut(problem)]),
      ...(listed || isListOfNone(report.measured, files.violations) ? [] : [leftOut(unlistedNone(files.violations))]),
    ],
  };
}

const leftOut = (reason: string): LeftOut => ({ feature: '', check: 'all', reason });

/** Whether a missing list says that nothing was violated. */
function isListOfNone({ listsNone }: MeasuredFile, { isThere }: ContainerFile): boolean {
  return !listsNone && !isThere;
}

function unlisted({ uri }: ContainerFile): string {
  return `ViolationsNotFound: the execution ended CompletedWithViolations, but there is no list of them at ${uri}`;
}

function unlistedNone({ uri }: ContainerFile): string {
  return `the execution ended Completed, but no list of violations, not even an empty one, is at ${uri}`;
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
