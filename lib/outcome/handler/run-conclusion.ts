import { objectIn } from '../../core/contract';
import { log } from '../../runtime/log';
import { readJsonIfExists, writeJson } from '../../runtime/s3';
import { confirmed, DEFAULT_ALERT, isConfirmedAlone } from '../confirmation';
import { type AlertSettings, type ExecutionReport, type ExecutionStatus, FILES, type Publishing } from '../contract';
import { type Conclusion, executionReport, type JudgedConclusion, type MonitorRun } from '../execution-report';
import { reportDisposition } from '../report-disposition';
import { type EarlierRuns, earlierViolations } from './earlier-runs';
import { publishOutcome } from './publication';

/** How a run ended, as far as its engine knows. */
export interface RunEnd extends Publishing {
  /** Whether it is known to have failed before its data are looked at. */
  readonly hasFailed: boolean;
  /** Whether it is another engine's to tell; asked for only where no report is there. It is not where absent. */
  readonly isLeft?: () => Promise<boolean>;
  /** Looks at its data; asked for only where no report is there that stands. */
  readonly conclusion: () => Promise<Conclusion>;
  /** When its violations are confirmed; 2 of the last 3 windows where absent. */
  readonly alert?: AlertSettings;
  /** Where the runs before it have left their reports. */
  readonly earlier: EarlierRuns;
  /** Does what has to be done with its report before that is kept. */
  readonly claim?: (report: ExecutionReport) => Promise<void>;
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
  const report = stands ? existing : await newReport(run, end);
  if (!stands) {
    await end.claim?.(report);
    await save(report);
  }
  await publishOutcome(report, end, save);
  const { status, monitorId, executionId: reportedBy, violationCount, failureReason } = report.outcome;
  log(disposition, { execution: executionId, reportedBy, monitorId, status, violationCount, failureReason });
  return { status, published: true };
}

async function newReport(run: MonitorRun, end: RunEnd): Promise<ExecutionReport> {
  const { monitoringId, runMetrics, featureMetrics, eventBus } = end;
  const publishing: Publishing = { monitoringId, runMetrics, featureMetrics, eventBus };
  return { ...executionReport(run, await judged(run, end), new Date()), publishing };
}

/** What a run came to, with the windows before it in mind: they are read only where that makes a difference. */
async function judged({ monitorKind: kind }: MonitorRun, end: RunEnd): Promise<JudgedConclusion> {
  const { alert = DEFAULT_ALERT, earlier } = end;
  const conclusion = await end.conclusion();
  const { violations = [] } = conclusion;
  const isOpen = violations.some((violation) => !isConfirmedAlone(kind, violation, alert));
  const windows = isOpen ? await earlierViolations(earlier, alert.lastWindows - 1) : [];
  return { ...conclusion, violations: confirmed({ kind, violations, alert, earlier: windows }) };
}
