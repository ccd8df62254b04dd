import {
  ListMonitoringExecutionsCommand,
  type ListMonitoringExecutionsCommandInput,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { type Home, type ObjectLocation, objectIn, type PrefixLocation } from '../../../core/contract';
import { KINDS } from '../../../kind/kinds';
import { FILES } from '../../../outcome/contract';
import { baselineAge } from '../../../outcome/handler/baseline-age';
import { concludeRun } from '../../../outcome/handler/run-conclusion';
import { fullHour } from '../../../outcome/run-times';
import { Failure } from '../../../runtime/failure';
import { jsonOf, lastModified, readTextIfExists, s3Uri } from '../../../runtime/s3';
import type { ContainerFile, ContainerFiles } from '../container-files';
import type { ExpectedMonitor } from '../contract';
import { executionConclusion, hasFiles, type MonitoringExecution, monitorRun } from '../monitoring-execution';
import { isLeftNow } from './monitor-turns';

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
      const {
        FailureReason: failureReason,
        ProcessingJobArn: processingJobArn,
        LastModifiedTime: modifiedTime,
      } = summary;
      found.push({ scheduledTime, status, failureReason, processingJobArn, modifiedTime });
    }
    token = page.NextToken;
  } while (token);
  return found;
}

/**
 * Concludes one ended execution: what the container found and wrote is told as the runs of every engine are.
 *
 * A window that the other engine has decided, or has still to decide, as while an update switches engines, is left to it.
 */
export async function concludeExecution(
  monitor: ExpectedMonitor,
  execution: MonitoringExecution,
  home: Home,
): Promise<void> {
  const run = monitorRun(monitor, execution, home);
  const due = fullHour(execution.scheduledTime);
  await concludeRun(run, {
    hasFailed: !hasFiles(execution),
    monitoringId: monitor.monitoringId ?? monitor.id,
    runMetrics: monitor.runMetrics,
    featureMetrics: [],
    eventBus: monitor.eventBus,
    isLeft: () => isLeftNow(monitor.output, { engine: run.engine, due }),
    conclusion: async () => {
      const files = hasFiles(execution) ? await executionFiles(monitor, execution, run.folder) : undefined;
      const conclusion = executionConclusion({ monitor, execution, files });
      if (conclusion.status === 'Failed') return conclusion;
      return { ...conclusion, ...(await baselineAge(monitor.baseline?.file, run.window.end)) };
    },
    alert: monitor.alert,
    dataAt: monitor.dataAt,
    earlier: { output: monitor.output, times: monitor, due },
  });
}

async function executionFiles(
  { kind }: ExpectedMonitor,
  { modifiedTime }: MonitoringExecution,
  folder: PrefixLocation,
): Promise<ContainerFiles> {
  const file = (name: string) => containerFile(objectIn(folder, name), modifiedTime);
  return { measured: await file(KINDS[kind].report.measured.file), violations: await file(FILES.violations) };
}

async function containerFile(location: ObjectLocation, ended: Date | undefined): Promise<ContainerFile> {
  const uri = s3Uri(location);
  const text = await readTextIfExists(location);
  if (text === undefined) return { uri, isThere: false };
  if (ended) await refuseFilesOfAnother(location, ended);
  return { uri, isThere: true, content: jsonOf(text) };
}

/** Milliseconds by which the clocks of two services may differ. */
const CLOCKS = 60_000;

/**
 * Throws for a file of the container that was written when its execution had ended: files do not say whose they are, and a stack of the same name in another account may
 * write to the same place. A container uploads its files before its job ends.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringS3Output.html
 */
async function refuseFilesOfAnother(file: ObjectLocation, ended: Date): Promise<void> {
  const written = await lastModified(file);
  if (written.getTime() <= ended.getTime() + CLOCKS) return;
  const [when, end] = [written, ended].map((time) => time.toISOString());
  throw new Failure(
    'FilesOfAnother',
    `${s3Uri(file)} was written at ${when}, and the execution that it lies there for had ended by ${end}: somebody else writes there; give each deployment its own 'reportsBucket' or 'reportsPrefix'`,
  );
}
