import { objectIn } from '../../core/contract';
import { log } from '../../runtime/log';
import { readJsonIfExists, writeJson } from '../../runtime/s3';
import { type ExecutionReport, type ExecutionStatus, FILES } from '../contract';
import { type Conclusion, executionReport, type MonitorRun } from '../execution-report';
import { reportDisposition } from '../report-disposition';
import { type Publishing, publishOutcome } from './publication';

/** How a run ended, as far as its engine knows. */
export interface RunEnd extends Publishing {
  /** Whether it is known to have failed before its data are looked at. */
  readonly hasFailed: boolean;
  /** Whether it is another engine's to tell; asked for only where no report is there. It is not where absent. */
  readonly isLeft?: () => Promise<boolean>;
  /** Looks at its data; asked for only where no report is there that stands. */
  readonly conclusion: () => Promise<Conclusion>;
}

/** What a conclusion says it did. */
export interface ConcludedRun {
  /** absent where it is another engine's to tell */
  readonly status?: ExecutionStatus;
  /** false when the run had been concluded and published before, or is another engine's */
  readonly published: boolean;
}

/** Concludes one run of a monitor: files, report.json, metrics, event, in this order; each of them once, also after retries. */
export async function concludeRun(run: MonitorRun, end: RunEnd): Promise<ConcludedRun> {
  const { executionId } = run;
  const location = objectIn(run.folder, FILES.report);
  const save = (report: ExecutionReport) => writeJson(location, report);
  const existing = await readJsonIfExists<ExecutionReport>(location);
  if (!existing && (await end.isLeft?.())) return { published: false };
  const disposition = reportDisposition(existing, { executionId, hasFailed: end.hasFailed });
  if (existing && disposition === 'skip') return { status: existing.outcome.status, published: false };
  const stands = existing && disposition === 'finish';
  const report = stands ? existing : executionReport(run, await end.conclusion(), new Date());
  if (!stands) await save(report);
  await publishOutcome(report, end, save);
  const { status, monitorId, executionId: reportedBy, violationCount, failureReason } = report.outcome;
  log(disposition, { execution: executionId, reportedBy, monitorId, status, violationCount, failureReason });
  return { status, published: true };
}
