import type { ExecutionReport, ExecutionStatus } from '../../outcome/contract';
import { publishOutcome } from '../../outcome/publication.lambda-shared';
import { reportDisposition } from '../../outcome/report-disposition';
import { Failure } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { readJsonIfExists, writeJson } from '../../runtime/s3';
import { type ConcludeEvent, KEYS, type MonitorRequest, reportPrefix } from './contract';
import { executionFailure } from './execution-failure.lambda-shared';
import { type Conclusion, executionReport } from './execution-report.lambda-shared';
import { lateObjects } from './late-objects.lambda-shared';
import { analyseWindow } from './window-analysis.lambda-shared';

/** What a conclusion says it did. */
export interface ConcludeResult {
  readonly status: ExecutionStatus;
  /** false when the window had been concluded and published before */
  readonly published: boolean;
}

/** Concludes one run of a monitor: files, report.json, metrics, event, in this order; each of them once, also after retries. */
export async function concludeMonitor(event: ConcludeEvent, request: MonitorRequest): Promise<ConcludeResult> {
  const key = `${reportPrefix(request.output.prefix, request.scheduledTime)}/${KEYS.report}`;
  const location = { bucket: request.output.bucket, key };
  const save = (report: ExecutionReport) => writeJson(location, report);
  const existing = await readJsonIfExists<ExecutionReport>(location);
  const disposition = reportDisposition(existing, event.error !== undefined);
  const report = existing && disposition !== 'conclude' ? existing : await newReport(event, request);
  if (disposition === 'conclude') await save(report);
  if (disposition !== 'skip') await publishOutcome(report, request.featureMetrics, save);
  const { status, monitorId, executionId, violationCount, failureReason } = report.outcome;
  const { execution } = event;
  log(disposition, { execution, reportedBy: executionId, monitorId, status, violationCount, failureReason });
  return { status, published: disposition !== 'skip' };
}

async function newReport(event: ConcludeEvent, request: MonitorRequest): Promise<ExecutionReport> {
  const { execution } = event;
  const conclusion = await conclusionOf(event, request);
  return executionReport(
    { request, execution, now: new Date() },
    { objectCount: event.plan?.objectCount, ...conclusion },
  );
}

async function conclusionOf(event: ConcludeEvent, request: MonitorRequest): Promise<Conclusion> {
  const { plan, error, execution } = event;
  if (error) return { status: 'Failed', failureReason: await executionFailure(error, request.output, execution) };
  if (!plan) throw new Failure('MalformedRequest', "the state has neither 'plan' nor 'error'");
  const conclusion = await analyseWindow(request, execution, plan);
  return { ...conclusion, lateObjects: await lateObjects(request) };
}
